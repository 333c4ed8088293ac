"""The involvement ledger: which team and which worker had what part in a case, between when and when (`period`), and
between when and when the record said so (`recorded`). A row is never rewritten: a correction closes its `recorded`
and writes another. The database itself refuses two responsible teams at one instant, and none while the case is open.
"""

from datetime import datetime
from typing import Any, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.rules import known
from teams.models import Person, Team


class Part(models.TextChoices):
    """What somebody does in a case."""

    RESPONSIBLE_TEAM = "responsible_team", "Responsible team"
    ALLOCATED_SOCIAL_WORKER = "allocated_social_worker", "Allocated social worker"
    DUTY = "duty", "Held on duty"
    CO_WORKER = "co_worker", "Co-worker"
    PERSONAL_ADVISER = "personal_adviser", "Personal adviser"
    SUPPORTING_TEAM = "supporting_team", "Team working alongside"
    RECEIVING_TEAM = "receiving_team", "Team preparing to take the case"
    CHAIR = "chair", "Conference chair"
    REVIEWING_OFFICER = "reviewing_officer", "Independent reviewing officer"


TEAM_PARTS = (Part.RESPONSIBLE_TEAM, Part.SUPPORTING_TEAM, Part.RECEIVING_TEAM)
"""Parts a whole team has, without a name. On duty, a manager may be named; every other part needs a person."""
SINGLE_PARTS = (Part.RESPONSIBLE_TEAM, Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY)
"""Parts that only one at a time can have in a case."""


class Reason(models.TextChoices):
    """Why a worker or team changed: the statutory list."""

    MANAGING_CASELOADS = "MANAGE", "Managing caseloads"
    FIRST_CONTACT = "FCONTA", "First contact or re-referral"
    LEFT_ROLE = "LEFTRL", "The worker before left the role"
    RESTRUCTURE = "ORGRST", "Organisational restructure"
    STANDARD_TRANSFER = "TSPROC", "Standard transfer"
    ABSENCE = "ABSENC", "Cover for an absence, or a return from one"
    CHILD_ASKED = "CHCHAN", "The child asked for a change"
    CARER_ASKED = "PCCHAN", "A parent or carer asked for a change"
    DIED = "SWDIED", "The worker died"
    OTHER = "OTHERS", "Other"


CURRENT = Q(recorded__upper_inf=True, period__upper_inf=True)


def _one_at_a_time(name: str, role: Part) -> ExclusionConstraint:
    """At one instant, as known at one instant, only one row of this part in a case."""
    expressions: list[Any] = [
        ("case", RangeOperators.EQUAL),
        ("period", RangeOperators.OVERLAPS),
        ("recorded", RangeOperators.OVERLAPS),
    ]
    return ExclusionConstraint(name=name, expressions=expressions, condition=Q(role=role))


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    def standing(self) -> "InvolvementQuerySet":
        """What the record says now, of all times."""
        return self.filter(recorded__upper_inf=True)

    def current(self) -> "InvolvementQuerySet":
        """What the record says now, of now."""
        return self.filter(CURRENT)

    def as_known_at(self, known_at: datetime) -> "InvolvementQuerySet":
        """What the record said at that moment, of all times."""
        return self.filter(recorded__contains=known_at)

    def at(self, moment: datetime) -> "InvolvementQuerySet":
        return self.filter(period__contains=moment)

    def responsible(self) -> "InvolvementQuerySet":
        return self.filter(role=Part.RESPONSIBLE_TEAM)

    def allocated(self) -> "InvolvementQuerySet":
        return self.filter(role=Part.ALLOCATED_SOCIAL_WORKER)


class Involvement(models.Model):
    """One line of the ledger."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements", db_index=False)
    role = models.CharField(max_length=30, choices=Part.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="involvements", db_index=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="involvements", null=True, blank=True, db_index=False
    )
    period = DateTimeRangeField()
    recorded = DateTimeRangeField()
    reason = models.CharField(max_length=6, choices=Reason.choices, blank=True)
    delay_reason = models.CharField(max_length=200, blank=True, help_text="On duty: why there is no worker yet.")
    review_on = models.DateField(null=True, blank=True, help_text="On duty: when this is looked at again.")
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "-period", "role"]
        constraints = [
            known("role", Part, of="involvement"),
            models.CheckConstraint(
                condition=Q(role=Part.DUTY)
                | Q(role__in=TEAM_PARTS, person__isnull=True)
                | (~Q(role__in=TEAM_PARTS) & Q(person__isnull=False)),
                name="involvement_names_a_person_where_it_must",
            ),
            models.CheckConstraint(
                condition=~Q(role=Part.DUTY) | (~Q(delay_reason="") & Q(review_on__isnull=False)),
                name="involvement_on_duty_has_reason_and_review",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False), name="involvement_lasts"
            ),
            models.CheckConstraint(
                condition=Q(recorded__isempty=False, recorded__lower_inf=False), name="involvement_is_recorded"
            ),
            _one_at_a_time("involvement_one_responsible_team", Part.RESPONSIBLE_TEAM),
            _one_at_a_time("involvement_one_allocated_worker", Part.ALLOCATED_SOCIAL_WORKER),
            _one_at_a_time("involvement_one_duty", Part.DUTY),
        ]
        indexes = [
            models.Index(fields=["case", "role"], name="involvement_of_case"),
            models.Index(fields=["team", "role", "case"], condition=CURRENT, name="involvement_current_team"),
            models.Index(fields=["person", "role", "case"], condition=CURRENT, name="involvement_current_person"),
            models.Index(fields=["team", "case"], name="involvement_of_team"),
            models.Index(fields=["person", "case"], name="involvement_of_person"),
        ]

    def __str__(self) -> str:
        who = f"{self.person}, {self.team}" if self.person_id else str(self.team)
        return f"{self.get_role_display()}: {who}"

    @property
    def started_at(self) -> datetime:
        return cast(datetime, self.period.lower)

    @property
    def ended_at(self) -> datetime | None:
        return self.period.upper

    @property
    def recorded_at(self) -> datetime:
        return cast(datetime, self.recorded.lower)

    @property
    def is_current(self) -> bool:
        return self.period.upper is None and self.recorded.upper is None
