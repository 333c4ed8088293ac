"""Transfers, the radar that sees them coming, meetings and disputes."""

import django.db.models.deletion
import django_fsm
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0002_record"),
        ("teams", "0001_people"),
        ("transfers", "0001_ground"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "Open"), ("decided", "Decided")],
                        default="open",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("raised_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goes_ahead", "The transfer goes ahead"),
                            ("ask_again", "It is asked for again and answered anew"),
                            ("stays", "The case stays where it is"),
                        ],
                        max_length=20,
                    ),
                ),
                ("decision", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-raised_at"],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeparture",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("route", models.CharField(max_length=60)),
                ("instead_of", models.CharField(blank=True, max_length=60)),
                ("clause", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=1000)),
                ("decided_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical departure",
                "verbose_name_plural": "historical departures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRung",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("step", models.CharField(max_length=60)),
                ("reached_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("passed_on_because", models.CharField(blank=True, max_length=1000)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.dispute",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reached_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical rung",
                "verbose_name_plural": "historical rungs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTransferMeeting",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("planned_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="teams.authority",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical transfer meeting",
                "verbose_name_plural": "historical transfer meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RadarSlice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["first"],
                "constraints": [
                    models.UniqueConstraint(fields=("first",), name="radar_slice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))), name="radar_slice_runs_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("on_radar", "On the radar"),
                            ("requested", "Asked for"),
                            ("listed", "Listed for a meeting"),
                            ("agreed", "Agreed"),
                            ("handover", "In handover"),
                            ("completed", "Completed"),
                            ("returned", "Returned with gaps"),
                            ("disputed", "Disputed"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="on_radar",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("TR-"),
                            models.Value("transfers_transfer_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("route", models.CharField(max_length=60)),
                ("pack", models.SlugField(db_index=False)),
                ("version", models.CharField(max_length=20)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("moves", "Moves the case"),
                            ("joins", "Adds a worker or team; the case does not move"),
                            ("refers", "Refers the matter; the case does not move"),
                            ("stays", "Stays where it is"),
                            ("ends", "Ends involvement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=200)),
                (
                    "asked_by_side",
                    models.CharField(
                        choices=[("transferring", "Transferring team"), ("receiving", "Receiving team")],
                        default="transferring",
                        max_length=20,
                    ),
                ),
                ("receiver", models.CharField(blank=True, max_length=150)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("MANAGE", "Managing caseloads"),
                            ("FCONTA", "First contact or re-referral"),
                            ("LEFTRL", "The worker before left the role"),
                            ("ORGRST", "Organisational restructure"),
                            ("TSPROC", "Standard transfer"),
                            ("ABSENC", "Cover for an absence, or a return from one"),
                            ("CHCHAN", "The child asked for a change"),
                            ("PCCHAN", "A parent or carer asked for a change"),
                            ("SWDIED", "The worker died"),
                            ("OTHERS", "Other"),
                        ],
                        default="TSPROC",
                        max_length=6,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("planned_on", models.DateField(blank=True, null=True)),
                ("requested_at", models.DateTimeField(blank=True, null=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("handover_at", models.DateTimeField(blank=True, null=True)),
                ("joined_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_for", models.CharField(blank=True, max_length=1000)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("point_reached_on", models.DateField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("finished_because", models.CharField(blank=True, max_length=500)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_together",
                        to="transfers.transfer",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="cases.case",
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handover_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "joined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiving_team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_in",
                        to="teams.team",
                    ),
                ),
                (
                    "receiving_worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transferring_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers_out", to="teams.team"
                    ),
                ),
            ],
            options={
                "ordering": ["-requested_at", "-pk"],
                "indexes": [
                    models.Index(fields=["case", "-requested_at"], name="transfer_of_case"),
                    models.Index(
                        condition=models.Q(("finished_at", None)),
                        fields=["receiving_team", "state"],
                        name="transfer_coming",
                    ),
                    models.Index(
                        condition=models.Q(("finished_at", None)),
                        fields=["transferring_team", "state"],
                        name="transfer_going",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "on_radar",
                                    "requested",
                                    "listed",
                                    "agreed",
                                    "handover",
                                    "completed",
                                    "returned",
                                    "disputed",
                                    "withdrawn",
                                    "lapsed",
                                ],
                            )
                        ),
                        name="transfer_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effect__in", ["moves", "joins", "refers", "stays", "ends"])),
                        name="transfer_effect_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_by_side__in", ["transferring", "receiving"])),
                        name="transfer_asked_by_side_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("effect__in", ["moves", "ends"]),
                            ("state__in", ["agreed", "disputed", "handover", "listed", "requested", "returned"]),
                        ),
                        fields=("case",),
                        name="transfer_one_under_way_moves_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("route", ""), _negated=True), models.Q(("pack", ""), _negated=True)
                        ),
                        name="transfer_follows_a_route",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receiving_team__isnull", True),
                            models.Q(("effect", "moves"), _negated=True),
                            models.Q(("receiving_team", models.F("transferring_team")), _negated=True),
                            _connector="OR",
                        ),
                        name="transfer_goes_to_another_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "on_radar"),
                            ("state__in", ["withdrawn", "lapsed"]),
                            ("requested_at__isnull", False),
                            _connector="OR",
                        ),
                        name="transfer_was_asked_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", False), ("state__in", ["completed", "withdrawn", "lapsed"])
                            ),
                            models.Q(
                                models.Q(("state__in", ["completed", "withdrawn", "lapsed"]), _negated=True),
                                ("finished_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="transfer_that_is_over_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "handover"]), _negated=True),
                            ("agreed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="transfer_agreed_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requested_at__isnull", False), ("requested_by__isnull", True), _connector="OR"
                        ),
                        name="transfer_requested_by_has_requested_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", True), _connector="OR"),
                        name="transfer_agreed_by_has_agreed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handover_at__isnull", False), ("handover_by__isnull", True), _connector="OR"
                        ),
                        name="transfer_handover_by_has_handover_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("joined_at__isnull", False), ("joined_by__isnull", True), _connector="OR"),
                        name="transfer_joined_by_has_joined_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", False), ("returned_by__isnull", True), _connector="OR"
                        ),
                        name="transfer_returned_by_has_returned_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", False), ("finished_by__isnull", True), _connector="OR"
                        ),
                        name="transfer_finished_by_has_finished_at",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="PracticeIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=500)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_issues",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "ordering": ["opened_at", "item"],
                "constraints": [
                    models.UniqueConstraint(fields=("transfer", "item"), name="practice_issue_once_for_an_item"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("outcome", "")),
                            models.Q(("closed_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="practice_issue_closed_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", False), ("closed_by__isnull", True), _connector="OR"),
                        name="practice_issue_closed_by_has_closed_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalWaiver",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=500)),
                ("expires_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical waiver",
                "verbose_name_plural": "historical waivers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTransfer",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("on_radar", "On the radar"),
                            ("requested", "Asked for"),
                            ("listed", "Listed for a meeting"),
                            ("agreed", "Agreed"),
                            ("handover", "In handover"),
                            ("completed", "Completed"),
                            ("returned", "Returned with gaps"),
                            ("disputed", "Disputed"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="on_radar",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("TR-"),
                            models.Value("transfers_transfer_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        db_index=True,
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("route", models.CharField(max_length=60)),
                ("pack", models.SlugField(db_index=False)),
                ("version", models.CharField(max_length=20)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("moves", "Moves the case"),
                            ("joins", "Adds a worker or team; the case does not move"),
                            ("refers", "Refers the matter; the case does not move"),
                            ("stays", "Stays where it is"),
                            ("ends", "Ends involvement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=200)),
                (
                    "asked_by_side",
                    models.CharField(
                        choices=[("transferring", "Transferring team"), ("receiving", "Receiving team")],
                        default="transferring",
                        max_length=20,
                    ),
                ),
                ("receiver", models.CharField(blank=True, max_length=150)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("MANAGE", "Managing caseloads"),
                            ("FCONTA", "First contact or re-referral"),
                            ("LEFTRL", "The worker before left the role"),
                            ("ORGRST", "Organisational restructure"),
                            ("TSPROC", "Standard transfer"),
                            ("ABSENC", "Cover for an absence, or a return from one"),
                            ("CHCHAN", "The child asked for a change"),
                            ("PCCHAN", "A parent or carer asked for a change"),
                            ("SWDIED", "The worker died"),
                            ("OTHERS", "Other"),
                        ],
                        default="TSPROC",
                        max_length=6,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("planned_on", models.DateField(blank=True, null=True)),
                ("requested_at", models.DateTimeField(blank=True, null=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("handover_at", models.DateTimeField(blank=True, null=True)),
                ("joined_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_for", models.CharField(blank=True, max_length=1000)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("point_reached_on", models.DateField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("finished_because", models.CharField(blank=True, max_length=500)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handover_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "joined_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiving_team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
                (
                    "receiving_worker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transferring_team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
                (
                    "asked_with",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical transfer",
                "verbose_name_plural": "historical transfers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPracticeIssue",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=500)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical practice issue",
                "verbose_name_plural": "historical practice issues",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDuty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=500)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical duty",
                "verbose_name_plural": "historical duties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDispute",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "Open"), ("decided", "Decided")],
                        default="open",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("raised_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goes_ahead", "The transfer goes ahead"),
                            ("ask_again", "It is asked for again and answered anew"),
                            ("stays", "The case stays where it is"),
                        ],
                        max_length=20,
                    ),
                ),
                ("decision", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical dispute",
                "verbose_name_plural": "historical disputes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChecklistAnswer",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                (
                    "says",
                    models.CharField(
                        choices=[("yes", "Done"), ("not_applicable", "Does not apply"), ("no", "Missing")],
                        max_length=20,
                    ),
                ),
                ("dated_on", models.DateField(blank=True, null=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("found_wanting", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical checklist answer",
                "verbose_name_plural": "historical checklist answers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalApproval",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("given_at", models.DateTimeField()),
                ("on_behalf_of", models.CharField(blank=True, max_length=150)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical approval",
                "verbose_name_plural": "historical approvals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=500)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="teams.team",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "duties",
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("met_at", None)), fields=["team", "due_at"], name="duty_owed")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("transfer", "code", "team"), name="duty_once_for_a_team"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", ""), ("met_at", None)),
                            models.Q(("met_at__isnull", False), models.Q(("evidence", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="duty_met_with_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at__isnull", False), ("met_by__isnull", True), _connector="OR"),
                        name="duty_met_by_has_met_at",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="dispute",
            name="transfer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="transfers.transfer"
            ),
        ),
        migrations.CreateModel(
            name="ChecklistAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                (
                    "says",
                    models.CharField(
                        choices=[("yes", "Done"), ("not_applicable", "Does not apply"), ("no", "Missing")],
                        max_length=20,
                    ),
                ),
                ("dated_on", models.DateField(blank=True, null=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("found_wanting", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "ordering": ["transfer", "item"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("says__in", ["yes", "not_applicable", "no"])),
                        name="checklist_answer_says_is_known",
                    ),
                    models.UniqueConstraint(fields=("transfer", "item"), name="checklist_item_answered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("item", ""), _negated=True), name="checklist_answer_is_about_an_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("says", "yes"), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="checklist_answer_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_at__isnull", False), ("checked_by__isnull", True), _connector="OR"
                        ),
                        name="checklist_answer_checked_by_has_checked_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("given_at", models.DateTimeField()),
                ("on_behalf_of", models.CharField(blank=True, max_length=150)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "ordering": ["transfer", "place", "given_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("transfer", "place"),
                        name="approval_given_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", True), _connector="OR"
                        ),
                        name="approval_withdrawn_by_has_withdrawn_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("planned_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfer_meetings",
                        to="teams.authority",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["planned_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "code", "planned_at"), name="transfer_meeting_once_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True), ("due_at__lte", models.F("planned_at")), _connector="OR"
                        ),
                        name="transfer_meeting_list_ends_before_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held_at__isnull", False), ("held_by__isnull", True), _connector="OR"),
                        name="transfer_meeting_held_by_has_held_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("listed_at", models.DateTimeField()),
                (
                    "says",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "Agreed"), ("not_agreed", "Not agreed"), ("deferred", "Put off")],
                        max_length=20,
                    ),
                ),
                ("minutes", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="listings", to="transfers.transfer"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="transfers.transfermeeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "listed_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "transfer"), name="meeting_lists_a_transfer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("says__in", ["", "agreed", "not_agreed", "deferred"])),
                        name="meeting_item_says_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("says", "")),
                            models.Q(models.Q(("says", ""), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_item_decided_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", False), ("decided_by__isnull", True), _connector="OR"
                        ),
                        name="meeting_item_decided_by_has_decided_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeetingItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("listed_at", models.DateTimeField()),
                (
                    "says",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "Agreed"), ("not_agreed", "Not agreed"), ("deferred", "Put off")],
                        max_length=20,
                    ),
                ),
                ("minutes", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfer",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="transfers.transfermeeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical meeting item",
                "verbose_name_plural": "historical meeting items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=500)),
                ("expires_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="transfers.transfer",
                    ),
                ),
            ],
            options={
                "ordering": ["transfer", "item", "-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("transfer", "item"),
                        name="waiver_one_at_a_time_for_an_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="waiver_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None),
                            ("asked_by", None),
                            models.Q(("signed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="waiver_is_signed_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signed_at__isnull", False), ("signed_by__isnull", True), _connector="OR"),
                        name="waiver_signed_by_has_signed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("ended_by__isnull", True), _connector="OR"),
                        name="waiver_ended_by_has_ended_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("route", models.CharField(max_length=60)),
                ("instead_of", models.CharField(blank=True, max_length=60)),
                ("clause", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=1000)),
                ("decided_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("case",), name="departure_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("clause", ""), _negated=True)
                        ),
                        name="departure_has_reason_and_clause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("ended_by__isnull", True), _connector="OR"),
                        name="departure_ended_by_has_ended_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RadarEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("route", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=300)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("moves", "Moves the case"),
                            ("joins", "Adds a worker or team; the case does not move"),
                            ("refers", "Refers the matter; the case does not move"),
                            ("stays", "Stays where it is"),
                            ("ends", "Ends involvement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=200)),
                (
                    "certainty",
                    models.CharField(
                        choices=[("certain", "Certain"), ("likely", "Likely"), ("possible", "Possible")], max_length=10
                    ),
                ),
                ("expected_on", models.DateField(blank=True, null=True)),
                ("was_expected_on", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=500)),
                ("first_seen_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                ("first_told_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.authority",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="radar",
                        to="cases.case",
                    ),
                ),
                (
                    "receiving_team",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.team"
                    ),
                ),
                (
                    "transferring_team",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.team"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "radar entries",
                "ordering": [models.OrderBy(models.F("expected_on"), nulls_last=True), "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("gone_at", None)),
                        fields=["receiving_team", "expected_on"],
                        name="radar_coming",
                    ),
                    models.Index(
                        condition=models.Q(("gone_at", None)), fields=["transferring_team"], name="radar_going"
                    ),
                    models.Index(fields=["case", "gone_at"], name="radar_of_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ["certain", "likely", "possible"])),
                        name="radar_certainty_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effect__in", ["moves", "joins", "refers", "stays", "ends"])),
                        name="radar_effect_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("gone_at", None)),
                        fields=("case", "route", "receiving_team"),
                        name="radar_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=60)),
                ("reached_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("passed_on_because", models.CharField(blank=True, max_length=1000)),
                (
                    "dispute",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rungs",
                        to="transfers.dispute",
                    ),
                ),
                (
                    "reached_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["dispute", "reached_at"],
                "constraints": [models.UniqueConstraint(fields=("dispute", "step"), name="dispute_rung_reached_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "decided"])), name="dispute_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("transfer",), name="dispute_one_open_about_a_transfer"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="dispute_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("outcome__in", ["goes_ahead", "ask_again", "stays"]),
                        ("state", "decided"),
                    ),
                    models.Q(("decided_at__isnull", True), ("outcome", ""), ("state", "open")),
                    _connector="OR",
                ),
                name="dispute_decided_with_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_at__isnull", False), ("decided_by__isnull", True), _connector="OR"),
                name="dispute_decided_by_has_decided_at",
            ),
        ),
    ]
