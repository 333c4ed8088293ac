"""The record: children, families, cases, the ledger of who held them, deadlines and notices."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django_fsm
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_ground"),
        ("teams", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "Open"), ("closing", "Being closed"), ("closed", "Closed")],
                        default="open",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CT-"),
                            models.Value("cases_case_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closure_reason",
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
                ("pack", models.SlugField(db_index=False)),
                ("pack_version", models.CharField(blank=True, max_length=20)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="teams.authority",
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
                    "opened_by",
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
                "ordering": ["-opened_at", "-pk"],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ClockRun",
            fields=[
                ("work", models.SlugField(primary_key=True, serialize=False)),
                ("ended_at", models.DateTimeField()),
                ("away_from_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["work"],
            },
        ),
        migrations.CreateModel(
            name="Recalculation",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["asked_at"],
            },
        ),
        migrations.CreateModel(
            name="Child",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CH-"),
                            models.Value("cases_child_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("given_name", models.CharField(max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("also_known_as", models.CharField(blank=True, max_length=200)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                ("expected_delivery_date", models.DateField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("female", "Female"),
                            ("male", "Male"),
                            ("indeterminate", "Indeterminate"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=20,
                    ),
                ),
                (
                    "age_assessed_on",
                    models.DateField(blank=True, help_text="The date of birth was assessed on this day.", null=True),
                ),
                (
                    "year_11_ends_on",
                    models.DateField(blank=True, help_text="Where it is not the one of the birthday.", null=True),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
                ("address", models.TextField(blank=True)),
                ("school", models.CharField(blank=True, max_length=150)),
                (
                    "restricted",
                    models.BooleanField(
                        default=False, help_text="Only those named in the case, and its managers, see it."
                    ),
                ),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat(
                                "given_name",
                                models.Value(" "),
                                "family_name",
                                models.Value(" "),
                                "also_known_as",
                                output_field=models.TextField(),
                            ),
                            function="cases_plain",
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "sounds",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat(
                                "given_name",
                                models.Value(" "),
                                "family_name",
                                models.Value(" "),
                                "also_known_as",
                                output_field=models.TextField(),
                            ),
                            function="cases_sounds",
                        ),
                        output_field=django.contrib.postgres.fields.ArrayField(
                            base_field=models.TextField(), size=None
                        ),
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="teams.authority"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "children",
                "ordering": ["family_name", "given_name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="cases.child"
            ),
        ),
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("review_by_on", models.DateField()),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("was_needed", models.BooleanField(blank=True, null=True)),
                ("finding", models.CharField(blank=True, max_length=300)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="emergency_openings", to="cases.child"
                    ),
                ),
            ],
            options={
                "verbose_name": "emergency opening",
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="broken_glass_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("opened_at"))), name="broken_glass_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finding", ""), ("reviewed_at", None), ("reviewed_by", None), ("was_needed", None)
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                ("was_needed__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="broken_glass_review_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_by", models.F("opened_by")), _negated=True),
                        name="broken_glass_reviewed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conflicts", to="cases.child"
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
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
                "ordering": ["-recorded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("ended_by__isnull", True), _connector="OR"),
                        name="conflict_ended_by_has_ended_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("child", "person"), name="conflict_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("new", "New"),
                            ("rated", "Being looked into"),
                            ("passed_on", "With the worker of the open case"),
                            ("referred", "Became a referral"),
                            ("closed", "Closed without a referral"),
                        ],
                        default="new",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CO-"),
                            models.Value("cases_contact_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("given_name", models.CharField(max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("written", "In writing"),
                            ("in_person", "In person"),
                            ("electronic", "By e-mail or online form"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("family", "Child, family or carer"),
                            ("individual", "Neighbour or other individual"),
                            ("school", "School"),
                            ("education", "Education services"),
                            ("health", "Health services"),
                            ("housing", "Housing"),
                            ("local_authority", "Local authority service"),
                            ("police", "Police"),
                            ("legal", "Court, probation or other legal agency"),
                            ("other", "Other"),
                            ("anonymous", "Anonymous"),
                        ],
                        max_length=20,
                    ),
                ),
                ("referrer", models.CharField(blank=True, max_length=200)),
                ("says", models.TextField()),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Tier 1, universal"),
                            ("2", "Tier 2"),
                            ("3", "Tier 3"),
                            ("4", "Tier 4, in need or at risk of significant harm"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "reasons",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The same reasons as at the last closing"),
                            ("different", "Different reasons"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("scale", models.CharField(blank=True, max_length=60)),
                ("colour", models.CharField(blank=True, max_length=10)),
                ("rated_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("clarify", "Information gathered, nothing more"),
                            ("signpost", "Advice, or shown to another service"),
                            ("letter", "Letter with information or a warning"),
                            ("early_help_assessment", "Early help assessment"),
                            ("early_help_service", "Early help service"),
                            ("no_further_action", "No further action"),
                            ("assessment", "Referral: a team takes the child on"),
                        ],
                        max_length=30,
                    ),
                ),
                ("decision", models.TextField(blank=True)),
                ("route", models.CharField(blank=True, max_length=60)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("information", models.TextField(blank=True)),
                ("information_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="teams.authority",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="cases.case",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="cases.child",
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
                    "information_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="teams.team"
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-pk"],
                "indexes": [
                    models.Index(fields=["authority", "state", "due_at"], name="contact_board"),
                    models.Index(fields=["authority", "-received_at"], name="contact_list"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "rated", "passed_on", "referred", "closed"])),
                        name="contact_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["phone", "written", "in_person", "electronic"])),
                        name="contact_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "family",
                                    "individual",
                                    "school",
                                    "education",
                                    "health",
                                    "housing",
                                    "local_authority",
                                    "police",
                                    "legal",
                                    "other",
                                    "anonymous",
                                ],
                            )
                        ),
                        name="contact_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_name", ""), _negated=True), models.Q(("says", ""), _negated=True)
                        ),
                        name="contact_says_of_whom_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("colour", ""), models.Q(("scale", ""), _negated=True), _connector="OR"),
                        name="contact_colour_has_its_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state__in", ["new", "rated"])),
                            models.Q(
                                models.Q(("state__in", ["new", "rated"]), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="contact_decided_with_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["referred", "passed_on"]), _negated=True),
                            ("case__isnull", False),
                            _connector="OR",
                        ),
                        name="contact_taken_has_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rated_at__isnull", False), ("rated_by__isnull", True), _connector="OR"),
                        name="contact_rated_by_has_rated_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", False), ("decided_by__isnull", True), _connector="OR"
                        ),
                        name="contact_decided_by_has_decided_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("information_at__isnull", False), ("information_by__isnull", True), _connector="OR"
                        ),
                        name="contact_information_by_has_information_at",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("timer", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=300)),
                ("pack", models.SlugField(db_index=False)),
                ("version", models.CharField(blank=True, max_length=20)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("strength", models.CharField(blank=True, max_length=20)),
                ("scale", models.CharField(blank=True, max_length=60)),
                ("colour", models.CharField(blank=True, max_length=10)),
                ("occasion", models.CharField(max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("due_soon_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField()),
                ("is_owed", models.BooleanField(default=True)),
                ("is_certain", models.BooleanField(default=True)),
                ("is_stale", models.BooleanField(default=False)),
                ("computed_at", models.DateTimeField()),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("met_known_at", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("paused_reason", models.CharField(blank=True, max_length=300)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_reason", models.CharField(blank=True, max_length=300)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("due_soon_told_at", models.DateTimeField(blank=True, null=True)),
                ("breached_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="cases.case",
                    ),
                ),
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
                    "paused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.deadline",
                    ),
                ),
                (
                    "stopped_by",
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
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(fields=["case", "due_at"], name="deadline_of_case"),
                    models.Index(
                        condition=models.Q(
                            ("met_at", None),
                            ("stopped_at", None),
                            ("superseded_at", None),
                            ("is_certain", True),
                            ("is_stale", False),
                            ("paused_at", None),
                            ("breached_at", None),
                        ),
                        fields=["due_at"],
                        name="deadline_to_pass",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("met_at", None),
                            ("stopped_at", None),
                            ("superseded_at", None),
                            ("is_certain", True),
                            ("is_stale", False),
                            ("paused_at", None),
                            ("breached_at", None),
                            ("due_soon_told_at", None),
                            ("is_owed", True),
                        ),
                        fields=["due_soon_at"],
                        name="deadline_soon",
                    ),
                    models.Index(
                        condition=models.Q(("replaces__isnull", False)), fields=["replaces"], name="deadline_chain"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("case", "timer", "occasion"),
                        name="deadline_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("timer", ""), _negated=True), models.Q(("occasion", ""), _negated=True)
                        ),
                        name="deadline_is_of_a_timer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("colour", ""), ("scale", "")),
                            models.Q(("scale", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="deadline_colour_has_its_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met_at", None), ("met_known_at", None)),
                            models.Q(("met_at__isnull", False), ("met_known_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="deadline_met_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_soon_at", None), ("due_soon_at__lte", models.F("due_at")), _connector="OR"
                        ),
                        name="deadline_soon_before_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at__isnull", False), ("met_by__isnull", True), _connector="OR"),
                        name="deadline_met_by_has_met_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paused_at__isnull", False), ("paused_by__isnull", True), _connector="OR"),
                        name="deadline_paused_by_has_paused_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_at__isnull", False), ("stopped_by__isnull", True), _connector="OR"
                        ),
                        name="deadline_stopped_by_has_stopped_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("link", models.URLField(max_length=500)),
                ("dated_on", models.DateField()),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["-dated_on", "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("kind", ""), _negated=True)
                        ),
                        name="document_is_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(db_index=False, max_length=60)),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.SlugField(blank=True, db_index=False, max_length=60)),
                ("place", models.CharField(blank=True, max_length=150)),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField()),
                ("held_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.case",
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        help_text="The adjourned event that this one goes on with.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="cases.event",
                    ),
                ),
                (
                    "held_recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.event",
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
                "ordering": ["case_id", "planned_at", "pk"],
                "indexes": [
                    models.Index(fields=["case", "kind"], name="event_of_case"),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("held_at", None), ("withdrawn_at", None)),
                        fields=["planned_at"],
                        name="event_to_come",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="event_has_a_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("planned_at__isnull", False), ("held_at__isnull", False), _connector="OR"),
                        name="event_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ordinal__isnull", True), ("ordinal__gte", 1), _connector="OR"),
                        name="event_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held_at__isnull", False), ("outcome", ""), _connector="OR"),
                        name="event_has_an_outcome_once_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held_at__isnull", True), ("cancelled_at__isnull", True), _connector="OR"),
                        name="event_held_or_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", True), ("held_recorded_at__isnull", True)),
                            models.Q(("held_at__isnull", False), ("held_recorded_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="event_held_means_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_recorded_at__isnull", False), ("held_recorded_by__isnull", True), _connector="OR"
                        ),
                        name="event_held_recorded_by_has_held_recorded_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", False), ("cancelled_by__isnull", True), _connector="OR"
                        ),
                        name="event_cancelled_by_has_cancelled_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", True), _connector="OR"
                        ),
                        name="event_withdrawn_by_has_withdrawn_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="event_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("part", models.CharField(blank=True, max_length=100)),
                ("attended", models.BooleanField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendees", to="cases.event"
                    ),
                ),
            ],
            options={
                "ordering": ["event_id", "name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="attendee_is_named"),
                    models.UniqueConstraint(fields=("event", "name", "part"), name="attendee_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was moved; empty for the first date.", max_length=300
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dates", to="cases.event"
                    ),
                ),
                (
                    "recorded_by",
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
                "ordering": ["event_id", "recorded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("FA-"),
                            models.Value("cases_family_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="families", to="teams.authority"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "families",
                "ordering": ["reference"],
            },
        ),
        migrations.AddField(
            model_name="child",
            name="family",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="cases.family",
            ),
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="cases.child"
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
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-granted_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="grant_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("ended_by__isnull", True), _connector="OR"),
                        name="grant_ended_by_has_ended_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("child", "person"), name="grant_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAttendee",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("part", models.CharField(blank=True, max_length=100)),
                ("attended", models.BooleanField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.event",
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
                    "person",
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
                "verbose_name": "historical attendee",
                "verbose_name_plural": "historical attendees",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalBrokenGlass",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("review_by_on", models.DateField()),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("was_needed", models.BooleanField(blank=True, null=True)),
                ("finding", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                    "reviewed_by",
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
                "verbose_name": "historical emergency opening",
                "verbose_name_plural": "historical emergency openings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCase",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[("open", "Open"), ("closing", "Being closed"), ("closed", "Closed")],
                        default="open",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CT-"),
                            models.Value("cases_case_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        db_index=True,
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closure_reason",
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
                ("pack", models.SlugField(db_index=False)),
                ("pack_version", models.CharField(blank=True, max_length=20)),
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
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
            ],
            options={
                "verbose_name": "historical case",
                "verbose_name_plural": "historical cases",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChild",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CH-"),
                            models.Value("cases_child_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        db_index=True,
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("given_name", models.CharField(max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("also_known_as", models.CharField(blank=True, max_length=200)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                ("expected_delivery_date", models.DateField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("female", "Female"),
                            ("male", "Male"),
                            ("indeterminate", "Indeterminate"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=20,
                    ),
                ),
                (
                    "age_assessed_on",
                    models.DateField(blank=True, help_text="The date of birth was assessed on this day.", null=True),
                ),
                (
                    "year_11_ends_on",
                    models.DateField(blank=True, help_text="Where it is not the one of the birthday.", null=True),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
                ("address", models.TextField(blank=True)),
                ("school", models.CharField(blank=True, max_length=150)),
                (
                    "restricted",
                    models.BooleanField(
                        default=False, help_text="Only those named in the case, and its managers, see it."
                    ),
                ),
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
                    "family",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.family",
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
                "verbose_name": "historical child",
                "verbose_name_plural": "historical children",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalConflict",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                    "person",
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
                "verbose_name": "historical conflict",
                "verbose_name_plural": "historical conflicts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContact",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("new", "New"),
                            ("rated", "Being looked into"),
                            ("passed_on", "With the worker of the open case"),
                            ("referred", "Became a referral"),
                            ("closed", "Closed without a referral"),
                        ],
                        default="new",
                        max_length=50,
                        protected=True,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("CO-"),
                            models.Value("cases_contact_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        db_index=True,
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("given_name", models.CharField(max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("written", "In writing"),
                            ("in_person", "In person"),
                            ("electronic", "By e-mail or online form"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("family", "Child, family or carer"),
                            ("individual", "Neighbour or other individual"),
                            ("school", "School"),
                            ("education", "Education services"),
                            ("health", "Health services"),
                            ("housing", "Housing"),
                            ("local_authority", "Local authority service"),
                            ("police", "Police"),
                            ("legal", "Court, probation or other legal agency"),
                            ("other", "Other"),
                            ("anonymous", "Anonymous"),
                        ],
                        max_length=20,
                    ),
                ),
                ("referrer", models.CharField(blank=True, max_length=200)),
                ("says", models.TextField()),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Tier 1, universal"),
                            ("2", "Tier 2"),
                            ("3", "Tier 3"),
                            ("4", "Tier 4, in need or at risk of significant harm"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "reasons",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The same reasons as at the last closing"),
                            ("different", "Different reasons"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("scale", models.CharField(blank=True, max_length=60)),
                ("colour", models.CharField(blank=True, max_length=10)),
                ("rated_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("clarify", "Information gathered, nothing more"),
                            ("signpost", "Advice, or shown to another service"),
                            ("letter", "Letter with information or a warning"),
                            ("early_help_assessment", "Early help assessment"),
                            ("early_help_service", "Early help service"),
                            ("no_further_action", "No further action"),
                            ("assessment", "Referral: a team takes the child on"),
                        ],
                        max_length=30,
                    ),
                ),
                ("decision", models.TextField(blank=True)),
                ("route", models.CharField(blank=True, max_length=60)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("information", models.TextField(blank=True)),
                ("information_at", models.DateTimeField(blank=True, null=True)),
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
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                    "information_by",
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
                    "rated_by",
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
                    "received_by",
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
            ],
            options={
                "verbose_name": "historical contact",
                "verbose_name_plural": "historical contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocument",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("link", models.URLField(max_length=500)),
                ("dated_on", models.DateField()),
                ("added_at", models.DateTimeField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "added_by",
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
                "verbose_name": "historical document",
                "verbose_name_plural": "historical documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("kind", models.SlugField(db_index=False, max_length=60)),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.SlugField(blank=True, db_index=False, max_length=60)),
                ("place", models.CharField(blank=True, max_length=150)),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField()),
                ("held_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "cancelled_by",
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
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The adjourned event that this one goes on with.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.event",
                    ),
                ),
                (
                    "held_recorded_by",
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
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.event",
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
                "verbose_name": "historical event",
                "verbose_name_plural": "historical events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFamily",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=models.Func(
                            models.Value("FA-"),
                            models.Value("cases_family_reference"),
                            function="cases_reference",
                            output_field=models.CharField(),
                        ),
                        db_index=True,
                        editable=False,
                        max_length=20,
                    ),
                ),
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
                "verbose_name": "historical family",
                "verbose_name_plural": "historical families",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGrant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                    "granted_by",
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
                    "person",
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
                "verbose_name": "historical grant",
                "verbose_name_plural": "historical grants",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIdentifier",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_id", "Local number"),
                            ("upn", "Unique pupil number"),
                            ("former_upn", "Former unique pupil number"),
                            ("nhs_number", "NHS number"),
                            ("legacy_id", "Number in a former system"),
                            ("other", "Other number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=50)),
                ("source", models.CharField(blank=True, max_length=100)),
                ("recorded_at", models.DateTimeField()),
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
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                "verbose_name": "historical identifier",
                "verbose_name_plural": "historical identifiers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalImport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("reading", "Being read"),
                            ("staged", "Ready to be checked"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("refused", "Refused"),
                            ("discarded", "Discarded"),
                        ],
                        default="reading",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("sheets", models.JSONField(blank=True, default=list, help_text="What each sheet was, in order.")),
                ("why_refused", models.TextField(blank=True)),
                ("uploaded_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "applied_by",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
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
                "verbose_name": "historical import",
                "verbose_name_plural": "historical imports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalImportHeader",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("list_number", models.PositiveSmallIntegerField()),
                ("field", models.SlugField(db_index=False, max_length=40)),
                ("header", models.CharField(max_length=200)),
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
                "verbose_name": "historical import header",
                "verbose_name_plural": "historical import headers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOpening",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
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
                "verbose_name": "historical opening",
                "verbose_name_plural": "historical openings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRelationship",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("parent", "Parent"),
                            ("carer", "Carer"),
                            ("grandparent", "Grandparent"),
                            ("sibling", "Brother or sister"),
                            ("relative", "Other relative"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                ("parental_responsibility", models.BooleanField(blank=True, null=True)),
                ("lives_with_child", models.BooleanField(blank=True, null=True)),
                ("learning_disability", models.BooleanField(blank=True, null=True)),
                ("care_leaver", models.BooleanField(blank=True, null=True)),
                ("looked_after", models.BooleanField(blank=True, null=True)),
                ("earlier_child_removed", models.BooleanField(blank=True, null=True)),
                ("address", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                    "other_child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Where this person is, or was, a child known to the authority.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                "verbose_name": "historical relationship",
                "verbose_name_plural": "historical relationships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalWarning",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("says", models.CharField(max_length=200)),
                ("review_on", models.DateField()),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "added_by",
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
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.child",
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
                "verbose_name": "historical warning",
                "verbose_name_plural": "historical warnings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_id", "Local number"),
                            ("upn", "Unique pupil number"),
                            ("former_upn", "Former unique pupil number"),
                            ("nhs_number", "NHS number"),
                            ("legacy_id", "Number in a former system"),
                            ("other", "Other number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=50)),
                ("source", models.CharField(blank=True, max_length=100)),
                ("recorded_at", models.DateTimeField()),
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="identifiers", to="cases.child"
                    ),
                ),
                (
                    "recorded_by",
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
                "ordering": ["kind", "value"],
                "indexes": [
                    models.Index(fields=["authority", "value"], name="identifier_value"),
                    models.Index(django.db.models.functions.text.Upper("value"), name="identifier_typed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["local_id", "upn", "former_upn", "nhs_number", "legacy_id", "other"])
                        ),
                        name="identifier_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True), name="identifier_has_a_value"
                    ),
                    models.UniqueConstraint(fields=("child", "kind", "value"), name="identifier_once_for_a_child"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["local_id", "nhs_number"])),
                        fields=("authority", "kind", "value"),
                        name="identifier_names_one_child",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("reading", "Being read"),
                            ("staged", "Ready to be checked"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("refused", "Refused"),
                            ("discarded", "Discarded"),
                        ],
                        default="reading",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField(blank=True, null=True)),
                ("sheets", models.JSONField(blank=True, default=list, help_text="What each sheet was, in order.")),
                ("why_refused", models.TextField(blank=True)),
                ("uploaded_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="teams.authority"
                    ),
                ),
                (
                    "uploaded_by",
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
                "ordering": ["-uploaded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["reading", "staged", "applying", "applied", "refused", "discarded"])
                        ),
                        name="import_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applied_at__isnull", False), ("applied_by__isnull", True), _connector="OR"
                        ),
                        name="import_applied_by_has_applied_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "applied"), _negated=True),
                            ("applied_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_applied_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "reading"), ("content__isnull", True), _connector="OR"),
                        name="import_keeps_no_file_once_read",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ImportHeader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_number", models.PositiveSmallIntegerField()),
                ("field", models.SlugField(db_index=False, max_length=40)),
                ("header", models.CharField(max_length=200)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_headers",
                        to="teams.authority",
                    ),
                ),
            ],
            options={
                "ordering": ["list_number", "field"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "list_number", "field"), name="import_header_once"),
                    models.CheckConstraint(
                        condition=models.Q(("header", ""), _negated=True), name="import_header_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("team", "Team"), ("worker", "Worker")], max_length=10)),
                (
                    "written",
                    models.CharField(blank=True, help_text="Empty: the workbook names no team.", max_length=300),
                ),
                ("plain", models.CharField(blank=True, max_length=300)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("leave_out", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="cases.import",
                    ),
                ),
                (
                    "person",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "ordering": ["of", "kind", "written"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["team", "worker"])), name="import_name_kind_is_known"
                    ),
                    models.UniqueConstraint(fields=("of", "kind", "plain"), name="import_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", False), ("confirmed_by__isnull", True), _connector="OR"
                        ),
                        name="import_name_confirmed_by_has_confirmed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", False),
                            models.Q(("leave_out", False), ("person__isnull", True), ("team__isnull", True)),
                            _connector="OR",
                        ),
                        name="import_name_matched_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "team"), ("person__isnull", True)),
                            models.Q(("kind", "worker"), ("team__isnull", True)),
                            _connector="OR",
                        ),
                        name="import_name_is_of_its_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_number", models.PositiveSmallIntegerField()),
                ("sheet", models.CharField(max_length=40)),
                ("row_number", models.PositiveIntegerField()),
                ("child_number", models.CharField(blank=True, max_length=50)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("rejected", "Rejected"),
                            ("left_out", "Left out"),
                            ("done", "In the record"),
                        ],
                        default="ready",
                        max_length=10,
                    ),
                ),
                ("problems", models.JSONField(blank=True, default=list, help_text="Sentences.")),
                ("outcome", models.CharField(blank=True, max_length=500)),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="cases.import",
                    ),
                ),
            ],
            options={
                "ordering": ["of", "list_number", "row_number"],
                "indexes": [models.Index(fields=["of", "child_number"], name="import_row_of_child")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["ready", "rejected", "left_out", "done"])),
                        name="import_row_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("of", "list_number", "row_number"), name="import_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["rejected", "left_out"]), _negated=True),
                            models.Q(("problems", []), _negated=True),
                            _connector="OR",
                        ),
                        name="import_row_rejected_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("responsible_team", "Responsible team"),
                            ("allocated_social_worker", "Allocated social worker"),
                            ("duty", "Held on duty"),
                            ("co_worker", "Co-worker"),
                            ("personal_adviser", "Personal adviser"),
                            ("supporting_team", "Team working alongside"),
                            ("receiving_team", "Team preparing to take the case"),
                            ("chair", "Conference chair"),
                            ("reviewing_officer", "Independent reviewing officer"),
                        ],
                        max_length=30,
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("recorded", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
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
                        max_length=6,
                    ),
                ),
                (
                    "delay_reason",
                    models.CharField(blank=True, help_text="On duty: why there is no worker yet.", max_length=200),
                ),
                (
                    "review_on",
                    models.DateField(blank=True, help_text="On duty: when this is looked at again.", null=True),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
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
                        related_name="involvements",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "-period", "role"],
                "indexes": [
                    models.Index(fields=["case", "role"], name="involvement_of_case"),
                    models.Index(
                        condition=models.Q(("period__upper_inf", True), ("recorded__upper_inf", True)),
                        fields=["team", "role", "case"],
                        name="involvement_current_team",
                    ),
                    models.Index(
                        condition=models.Q(("period__upper_inf", True), ("recorded__upper_inf", True)),
                        fields=["person", "role", "case"],
                        name="involvement_current_person",
                    ),
                    models.Index(fields=["team", "case"], name="involvement_of_team"),
                    models.Index(fields=["person", "case"], name="involvement_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "responsible_team",
                                    "allocated_social_worker",
                                    "duty",
                                    "co_worker",
                                    "personal_adviser",
                                    "supporting_team",
                                    "receiving_team",
                                    "chair",
                                    "reviewing_officer",
                                ],
                            )
                        ),
                        name="involvement_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role", "duty"),
                            models.Q(
                                ("person__isnull", True),
                                ("role__in", ("responsible_team", "supporting_team", "receiving_team")),
                            ),
                            models.Q(
                                models.Q(
                                    ("role__in", ("responsible_team", "supporting_team", "receiving_team")),
                                    _negated=True,
                                ),
                                ("person__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="involvement_names_a_person_where_it_must",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "duty"), _negated=True),
                            models.Q(models.Q(("delay_reason", ""), _negated=True), ("review_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="involvement_on_duty_has_reason_and_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__lower_inf", False)),
                        name="involvement_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded__isempty", False), ("recorded__lower_inf", False)),
                        name="involvement_is_recorded",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "responsible_team")),
                        expressions=[("case", "="), ("period", "&&"), ("recorded", "&&")],
                        name="involvement_one_responsible_team",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "allocated_social_worker")),
                        expressions=[("case", "="), ("period", "&&"), ("recorded", "&&")],
                        name="involvement_one_allocated_worker",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "duty")),
                        expressions=[("case", "="), ("period", "&&"), ("recorded", "&&")],
                        name="involvement_one_duty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(db_index=False, max_length=60)),
                ("says", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("pack", models.SlugField(blank=True, db_index=False)),
                ("version", models.CharField(blank=True, max_length=20)),
                ("route", models.CharField(blank=True, max_length=60)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("detail", models.JSONField(blank=True, default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journal",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "journal entries",
                "ordering": ["-recorded_at", "-pk"],
                "indexes": [
                    models.Index(fields=["case", "-recorded_at"], name="journal_of_case"),
                    models.Index(fields=["by", "-recorded_at"], name="journal_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True), models.Q(("says", ""), _negated=True)
                        ),
                        name="journal_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept_at", models.DateTimeField()),
                ("sender", models.CharField(max_length=254)),
                (
                    "to",
                    django.contrib.postgres.fields.ArrayField(base_field=models.EmailField(max_length=254), size=None),
                ),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("message_id", models.CharField(max_length=200, unique=True)),
            ],
            options={
                "ordering": ["-kept_at", "-pk"],
                "indexes": [models.Index(fields=["-kept_at"], name="mailbox_newest")],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["period"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__lower_inf", False)),
                        name="opening_begins_and_lasts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("case", "="), ("period", "&&")], name="opening_does_not_overlap"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("parent", "Parent"),
                            ("carer", "Carer"),
                            ("grandparent", "Grandparent"),
                            ("sibling", "Brother or sister"),
                            ("relative", "Other relative"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                ("parental_responsibility", models.BooleanField(blank=True, null=True)),
                ("lives_with_child", models.BooleanField(blank=True, null=True)),
                ("learning_disability", models.BooleanField(blank=True, null=True)),
                ("care_leaver", models.BooleanField(blank=True, null=True)),
                ("looked_after", models.BooleanField(blank=True, null=True)),
                ("earlier_child_removed", models.BooleanField(blank=True, null=True)),
                ("address", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relationships", to="cases.child"
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
                    "other_child",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where this person is, or was, a child known to the authority.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="related_to",
                        to="cases.child",
                    ),
                ),
                (
                    "recorded_by",
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
                "ordering": ["kind", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["mother", "father", "parent", "carer", "grandparent", "sibling", "relative", "other"],
                            )
                        ),
                        name="relationship_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="relationship_is_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("other_child", models.F("child")), _negated=True),
                        name="relationship_is_to_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("ended_by__isnull", True), _connector="OR"),
                        name="relationship_ended_by_has_ended_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("pack", models.SlugField(blank=True, db_index=False)),
                ("version", models.CharField(blank=True, max_length=20)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("subject", models.CharField(help_text="The reference of what it is about.", max_length=60)),
                ("occasion", models.CharField(max_length=200)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("letter", "Letter"),
                            ("task", "Task"),
                            ("in_app", "Shown here"),
                            ("phone", "Phone call"),
                            ("in_person", "In person"),
                            ("record", "Written in the record"),
                        ],
                        max_length=20,
                    ),
                ),
                ("party", models.CharField(blank=True, max_length=60)),
                (
                    "on_behalf_of",
                    models.CharField(blank=True, help_text="In whose role the protocol sends it.", max_length=200),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), blank=True, default=list, size=None
                    ),
                ),
                ("link", models.CharField(blank=True, max_length=200)),
                (
                    "text",
                    models.TextField(blank=True, help_text="What a letter says, in the words of whoever writes it."),
                ),
                ("must_act", models.BooleanField(default=False)),
                ("act_by", models.DateTimeField(blank=True, null=True)),
                ("queued_at", models.DateTimeField()),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("to_do", "To be done by a person"),
                            ("sent", "Sent"),
                            ("failed", "Could not be sent"),
                            ("cancelled", "No longer needed"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("send_after", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("sent_to", models.CharField(blank=True, max_length=254)),
                ("message_id", models.CharField(blank=True, max_length=200)),
                (
                    "bounced_at",
                    models.DateTimeField(blank=True, help_text="When the other side sent it back.", null=True),
                ),
                (
                    "wants_check",
                    models.BooleanField(default=False, help_text="A second person looks at it before it is sent."),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("acted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recipient",
                    models.CharField(
                        help_text="Who it is for, as one word: person:5, team:3, party:court.", max_length=100
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "acted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="teams.authority",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="cases.case",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
                (
                    "relationship",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.relationship",
                    ),
                ),
            ],
            options={
                "ordering": ["-queued_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivery", "waiting")), fields=["send_after"], name="notice_waiting"
                    ),
                    models.Index(fields=["authority", "-queued_at"], name="notice_of_authority"),
                    models.Index(
                        condition=models.Q(("delivery__in", ["failed", "to_do"])),
                        fields=["authority", "delivery"],
                        name="notice_to_mend",
                    ),
                    models.Index(
                        condition=models.Q(("message_id", ""), _negated=True),
                        fields=["message_id"],
                        name="notice_message",
                    ),
                    models.Index(
                        condition=models.Q(("case__isnull", False)),
                        fields=["case", "-queued_at"],
                        name="notice_of_case",
                    ),
                    models.Index(
                        condition=models.Q(("person__isnull", False)),
                        fields=["person", "-queued_at"],
                        name="notice_of_person",
                    ),
                    models.Index(
                        condition=models.Q(("team__isnull", False)),
                        fields=["team", "-queued_at"],
                        name="notice_of_team",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["email", "letter", "task", "in_app", "phone", "in_person", "record"])
                        ),
                        name="notice_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delivery__in", ["waiting", "to_do", "sent", "failed", "cancelled"])),
                        name="notice_delivery_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("subject", "code", "recipient", "occasion", "authority"), name="notice_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("subject", ""), _negated=True),
                            models.Q(("recipient", ""), _negated=True),
                            models.Q(("occasion", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                        ),
                        name="notice_says_what_to_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delivery", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="notice_sent_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delivery", "failed"), _negated=True),
                            models.Q(("trouble", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at__isnull", False), ("sent_by__isnull", True), _connector="OR"),
                        name="notice_sent_by_has_sent_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wants_check", False),
                            models.Q(("delivery", "sent"), _negated=True),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="notice_checked_before_it_is_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_at__isnull", False), ("checked_by__isnull", True), _connector="OR"
                        ),
                        name="notice_checked_by_has_checked_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acknowledged_at__isnull", False), ("acknowledged_by__isnull", True), _connector="OR"
                        ),
                        name="notice_acknowledged_by_has_acknowledged_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acted_at__isnull", False), ("acted_by__isnull", True), _connector="OR"),
                        name="notice_acted_by_has_acted_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("status", "Status"),
                            ("legal", "Legal status"),
                            ("plan", "Plan"),
                            ("placement", "Placement"),
                            ("proceedings", "Proceedings"),
                            ("circumstance", "Circumstance"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("value", models.SlugField(blank=True, db_index=False, max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("planned_on", models.DateField(blank=True, null=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "track",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(kind__in=("plan", "placement", "proceedings"), then=models.F("kind")),
                            models.When(
                                code__in=(
                                    "section_20",
                                    "police_protection",
                                    "emergency_protection_order",
                                    "interim_care_order",
                                    "care_order",
                                    "remand",
                                ),
                                kind="legal",
                                then=models.Value("legal:care"),
                            ),
                            models.When(
                                code__in=("interim_supervision_order", "supervision_order"),
                                kind="legal",
                                then=models.Value("legal:supervision"),
                            ),
                            default=django.db.models.functions.text.Concat(
                                models.F("kind"), models.Value(":"), models.F("code"), output_field=models.TextField()
                            ),
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spells",
                        to="cases.case",
                    ),
                ),
                (
                    "ended_by_event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spells_ended",
                        to="cases.event",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.spell",
                    ),
                ),
                (
                    "started_by_event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spells_started",
                        to="cases.event",
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
                "ordering": ["case_id", "starts_on", "pk"],
                "indexes": [
                    models.Index(fields=["case", "kind", "starts_on"], name="spell_of_case"),
                    models.Index(
                        condition=models.Q(("ends_on", None), ("withdrawn_at", None)),
                        fields=["kind", "code", "case"],
                        name="spell_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["status", "legal", "plan", "placement", "proceedings", "circumstance"])
                        ),
                        name="spell_kind_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="spell_has_a_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "circumstance"), models.Q(("value", ""), _negated=True)),
                            models.Q(models.Q(("kind", "circumstance"), _negated=True), ("value", "")),
                            _connector="OR",
                        ),
                        name="spell_circumstance_has_a_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="spell_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", True), _connector="OR"
                        ),
                        name="spell_withdrawn_by_has_withdrawn_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="spell_withdrawn_with_a_reason",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[
                            ("case", "="),
                            ("track", "="),
                            (
                                models.Func(
                                    models.F("starts_on"), models.F("ends_on"), models.Value("[)"), function="daterange"
                                ),
                                "&&",
                            ),
                        ],
                        name="spell_does_not_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpell",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("status", "Status"),
                            ("legal", "Legal status"),
                            ("plan", "Plan"),
                            ("placement", "Placement"),
                            ("proceedings", "Proceedings"),
                            ("circumstance", "Circumstance"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("value", models.SlugField(blank=True, db_index=False, max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("planned_on", models.DateField(blank=True, null=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
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
                    "ended_by_event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.event",
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
                (
                    "started_by_event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.event",
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
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.spell",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical spell",
                "verbose_name_plural": "historical spells",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Warning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("says", models.CharField(max_length=200)),
                ("review_on", models.DateField()),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="warnings", to="cases.child"
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
                "ordering": ["review_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("says", ""), _negated=True), name="warning_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("ended_by__isnull", True), _connector="OR"),
                        name="warning_ended_by_has_ended_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.SlugField(db_index=False, max_length=60)),
                ("value", models.JSONField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField()),
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
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.answer",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "fact", "answered_at", "pk"],
                "indexes": [models.Index(fields=["case", "fact", "-answered_at"], name="answer_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fact", ""), _negated=True), name="answer_is_about_a_fact"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["authority", "state", "-opened_at"], name="case_worklist"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["closing", "open"])),
                fields=["authority", "-opened_at", "-id"],
                name="case_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closing", "closed"])), name="case_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("child",), name="case_one_open_for_a_child"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closure_reason__in", ["RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9"]),
                        ("state", "closed"),
                    ),
                    models.Q(("closed_at__isnull", True), ("closure_reason", ""), ("state__in", ["closing", "open"])),
                    _connector="OR",
                ),
                name="case_closed_with_date_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), ("closed_at__gt", models.F("opened_at")), _connector="OR"
                ),
                name="case_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at__isnull", False), ("closed_by__isnull", True), _connector="OR"),
                name="case_closed_by_has_closed_at",
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("search_text"), name="gin_trgm_ops"),
                name="child_search_text",
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.GinIndex(fields=["sounds"], name="child_sounds"),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(fields=["authority", "date_of_birth"], name="child_born"),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(fields=["family_name", "given_name"], name="child_by_name"),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex__in", ["female", "male", "indeterminate", "unknown"])),
                name="child_sex_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_name", ""), _negated=True), name="child_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("died_on__isnull", True),
                    ("date_of_birth__isnull", True),
                    ("died_on__gte", models.F("date_of_birth")),
                    _connector="OR",
                ),
                name="child_dies_after_birth",
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("age_assessed_on__isnull", True), ("date_of_birth__isnull", False), _connector="OR"
                ),
                name="child_age_assessed_means_a_date_of_birth",
            ),
        ),
    ]
