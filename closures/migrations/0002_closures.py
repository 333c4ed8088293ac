"""Closings, returns and destruction."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0002_record"),
        ("closures", "0001_ground"),
        ("teams", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("started", "Being prepared"),
                            ("proposed", "Proposed"),
                            ("authorised", "Authorised"),
                            ("checked", "Being checked"),
                            ("returned", "Sent back"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                            ("undone", "Undone"),
                        ],
                        default="started",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CL-"),
                            models.Value("closures_closure_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("way", models.CharField(max_length=60)),
                (
                    "added",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("pack", models.SlugField(db_index=False)),
                ("pack_version", models.CharField(max_length=20)),
                (
                    "applying_items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("waiting_since", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RC1", "Adopted"),
                            ("RC2", "Died"),
                            ("RC3", "Child arrangements order"),
                            ("RC4", "Special guardianship order"),
                            ("RC5", "Transferred to the social services of another authority"),
                            ("RC6", "Transferred to adult social services"),
                            ("RC7", "Any other reason, including no longer in need"),
                            ("RC8", "Closed after assessment, no further action"),
                            ("RC9", "Closed after assessment, referred to early help"),
                        ],
                        max_length=3,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("started_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closures", to="cases.case"
                    ),
                ),
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
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
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
            ],
            options={
                "ordering": ["waiting_since", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["authorised", "checked", "proposed", "returned", "started"])),
                        fields=["waiting_since"],
                        name="closure_queue",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "started",
                                    "proposed",
                                    "authorised",
                                    "checked",
                                    "returned",
                                    "closed",
                                    "withdrawn",
                                    "undone",
                                ],
                            )
                        ),
                        name="closure_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["authorised", "checked", "proposed", "returned", "started"])),
                        fields=("case",),
                        name="closure_one_under_way_for_a_case",
                    ),
                    models.CheckConstraint(condition=models.Q(("way", ""), _negated=True), name="closure_takes_a_way"),
                    models.CheckConstraint(condition=models.Q(("turn__gte", 1)), name="closure_turn_counts_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason", ""),
                            ("reason__in", ["RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9"]),
                            _connector="OR",
                        ),
                        name="closure_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["closed", "undone"]), _negated=True),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("reason__in", ["RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9"]),
                            ),
                            _connector="OR",
                        ),
                        name="closure_closed_with_date_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="closure_closes_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", False), ("closed_by__isnull", True), _connector="OR"),
                        name="closure_closed_by_has_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", True), _connector="OR"
                        ),
                        name="closure_withdrawn_by_has_withdrawn_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("undone_at__isnull", False), ("undone_by__isnull", True), _connector="OR"),
                        name="closure_undone_by_has_undone_at",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("not_done", "Not done"),
                            ("does_not_apply", "Does not apply"),
                            ("waived", "Waived"),
                        ],
                        max_length=20,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "closure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="closures.closure"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["done", "not_done", "does_not_apply", "waived"])),
                        name="check_answer_is_known",
                    ),
                    models.UniqueConstraint(fields=("closure", "item"), name="check_once_for_a_closure"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("condition", models.SlugField(max_length=40)),
                ("because", models.CharField(max_length=300)),
                ("decided_at", models.DateTimeField()),
                (
                    "closure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="departures", to="closures.closure"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["decided_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("closure", "condition"), name="departure_once_for_a_condition"),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="departure_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Destruction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "record",
                    models.CharField(
                        help_text="The child's reference, which names nobody now.", max_length=20, unique=True
                    ),
                ),
                ("kept_until", models.DateField()),
                ("rule", models.CharField(max_length=200)),
                ("proposed_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="destructions", to="teams.authority"
                    ),
                ),
                (
                    "destroyed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("destroyed_at__isnull", False), ("destroyed_by__isnull", True), _connector="OR"
                        ),
                        name="destruction_destroyed_by_has_destroyed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("destroyed_by", models.F("proposed_by")), _negated=True),
                        name="destruction_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at", None), ("rows", 0)),
                            models.Q(("destroyed_at__isnull", False), ("rows__gt", 0)),
                            _connector="OR",
                        ),
                        name="destruction_says_how_much",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCheck",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("not_done", "Not done"),
                            ("does_not_apply", "Does not apply"),
                            ("waived", "Waived"),
                        ],
                        max_length=20,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField()),
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
                    "closure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="closures.closure",
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
                "verbose_name": "historical check",
                "verbose_name_plural": "historical checks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClosure",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("started", "Being prepared"),
                            ("proposed", "Proposed"),
                            ("authorised", "Authorised"),
                            ("checked", "Being checked"),
                            ("returned", "Sent back"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                            ("undone", "Undone"),
                        ],
                        default="started",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CL-"),
                            models.Value("closures_closure_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        db_index=True,
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("way", models.CharField(max_length=60)),
                (
                    "added",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("pack", models.SlugField(db_index=False)),
                ("pack_version", models.CharField(max_length=20)),
                (
                    "applying_items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("waiting_since", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RC1", "Adopted"),
                            ("RC2", "Died"),
                            ("RC3", "Child arrangements order"),
                            ("RC4", "Special guardianship order"),
                            ("RC5", "Transferred to the social services of another authority"),
                            ("RC6", "Transferred to adult social services"),
                            ("RC7", "Any other reason, including no longer in need"),
                            ("RC8", "Closed after assessment, no further action"),
                            ("RC9", "Closed after assessment, referred to early help"),
                        ],
                        max_length=3,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("started_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
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
                    "started_by",
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
                    "undone_by",
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
            ],
            options={
                "verbose_name": "historical closure",
                "verbose_name_plural": "historical closures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeparture",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("condition", models.SlugField(max_length=40)),
                ("because", models.CharField(max_length=300)),
                ("decided_at", models.DateTimeField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "closure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="closures.closure",
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
            name="HistoricalReturn",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("offered", "Offered to the team before"),
                            ("escalated", "Refused, with the managers above"),
                            ("accepted", "Accepted"),
                            ("ordinary", "To go the normal way"),
                        ],
                        default="offered",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("row", models.CharField(help_text="The pack's window.", max_length=60)),
                ("pack", models.SlugField(db_index=False)),
                ("pack_version", models.CharField(max_length=20)),
                ("came_on", models.DateField()),
                ("came_at", models.DateTimeField()),
                ("reason_now", models.TextField()),
                ("same_reasons", models.BooleanField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_because", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "came_by",
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
                    "to_team",
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
                    "to_worker",
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
                "verbose_name": "historical return",
                "verbose_name_plural": "historical returns",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStepDown",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("service", models.SlugField(max_length=60)),
                ("lead_professional", models.CharField(blank=True, max_length=150)),
                ("lead_organisation", models.CharField(blank=True, max_length=150)),
                (
                    "sought_by",
                    models.CharField(
                        blank=True, help_text="Who keeps looking for a lead professional.", max_length=150
                    ),
                ),
                ("consent_of", models.CharField(blank=True, help_text="Who in the family agreed.", max_length=150)),
                ("consent_on", models.DateField(blank=True, null=True)),
                (
                    "handover_on",
                    models.DateField(blank=True, help_text="The meeting at which it was handed over.", null=True),
                ),
                ("recorded_at", models.DateTimeField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "closure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="closures.closure",
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
                    "recorded_by",
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
                "verbose_name": "historical step down",
                "verbose_name_plural": "historical step downs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTurnDone",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("makes", models.CharField(max_length=20)),
                ("comment", models.TextField(blank=True)),
                ("done_at", models.DateTimeField()),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_because", models.CharField(blank=True, max_length=500)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "closure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="closures.closure",
                    ),
                ),
                (
                    "done_by",
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
            ],
            options={
                "verbose_name": "historical turn done",
                "verbose_name_plural": "historical turn dones",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("offered", "Offered to the team before"),
                            ("escalated", "Refused, with the managers above"),
                            ("accepted", "Accepted"),
                            ("ordinary", "To go the normal way"),
                        ],
                        default="offered",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("row", models.CharField(help_text="The pack's window.", max_length=60)),
                ("pack", models.SlugField(db_index=False)),
                ("pack_version", models.CharField(max_length=20)),
                ("came_on", models.DateField()),
                ("came_at", models.DateTimeField()),
                ("reason_now", models.TextField()),
                ("same_reasons", models.BooleanField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_because", models.CharField(blank=True, max_length=300)),
                (
                    "came_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="cases.case"
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
                    "to_team",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.team"),
                ),
                (
                    "to_worker",
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
                "ordering": ["-came_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["offered", "escalated", "accepted", "ordinary"])),
                        name="return_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "escalated"])),
                        fields=("case",),
                        name="return_one_waiting_for_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason_now", ""), _negated=True), name="return_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", False), ("decided_by__isnull", True), _connector="OR"
                        ),
                        name="return_decided_by_has_decided_at",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="StepDown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.SlugField(max_length=60)),
                ("lead_professional", models.CharField(blank=True, max_length=150)),
                ("lead_organisation", models.CharField(blank=True, max_length=150)),
                (
                    "sought_by",
                    models.CharField(
                        blank=True, help_text="Who keeps looking for a lead professional.", max_length=150
                    ),
                ),
                ("consent_of", models.CharField(blank=True, help_text="Who in the family agreed.", max_length=150)),
                ("consent_on", models.DateField(blank=True, null=True)),
                (
                    "handover_on",
                    models.DateField(blank=True, help_text="The meeting at which it was handed over.", null=True),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "closure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="step_down", to="closures.closure"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lead_professional", ""), ("sought_by", ""), _connector="OR"),
                        name="step_down_lead_is_named_or_sought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent_of", ""), ("consent_on", None)),
                            models.Q(("consent_on__isnull", False), models.Q(("consent_of", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="step_down_consent_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TurnDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("makes", models.CharField(max_length=20)),
                ("comment", models.TextField(blank=True)),
                ("done_at", models.DateTimeField()),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_because", models.CharField(blank=True, max_length=500)),
                (
                    "closure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns_done", to="closures.closure"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            ],
            options={
                "ordering": ["done_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at", None)), fields=("closure", "number"), name="turn_done_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", False), ("returned_by__isnull", True), _connector="OR"
                        ),
                        name="turn_done_returned_by_has_returned_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at__isnull", True), ("returned_because", "")),
                            models.Q(("returned_at__isnull", False), models.Q(("returned_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="turn_returned_with_a_reason",
                    ),
                ],
            },
        ),
    ]
