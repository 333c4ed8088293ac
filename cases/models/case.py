"""A case: the authority's work with one child, from its opening to its closing, and every time it was reopened."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from simple_history.models import HistoricalRecords

from cases.machine import HELD, CaseMachine, State
from cases.models.child import Child, is_restricted
from cases.models.rules import at_with_by, known, reference_from
from cases.models.scope import Standing, must_not_see, open_to, within_reach
from teams.models import Authority, Person, Team
from teams.roles import Permission

if TYPE_CHECKING:
    from cases.models.event import EventQuerySet
    from cases.models.involvement import Involvement, InvolvementQuerySet
    from cases.models.spell import SpellQuerySet


class ClosureReason(models.TextChoices):
    """The statutory list."""

    ADOPTED = "RC1", "Adopted"
    DIED = "RC2", "Died"
    CHILD_ARRANGEMENTS = "RC3", "Child arrangements order"
    SPECIAL_GUARDIANSHIP = "RC4", "Special guardianship order"
    OTHER_AUTHORITY = "RC5", "Transferred to the social services of another authority"
    ADULT_SERVICES = "RC6", "Transferred to adult social services"
    OTHER = "RC7", "Any other reason, including no longer in need"
    NO_FURTHER_ACTION = "RC8", "Closed after assessment, no further action"
    EARLY_HELP = "RC9", "Closed after assessment, referred to early help"


class CaseQuerySet(models.QuerySet["Case"]):
    def held(self) -> "CaseQuerySet":
        """Open, or being closed: a team is responsible."""
        return self.filter(state__in=HELD)

    def closed(self) -> "CaseQuerySet":
        return self.filter(state=State.CLOSED)

    def held_by(self, *teams: Team | int) -> "CaseQuerySet":
        return self.filter(pk__in=involvements().responsible().current().filter(team__in=teams).values("case"))

    def allocated_to(self, *people: Person | int) -> "CaseQuerySet":
        return self.filter(pk__in=involvements().allocated().current().filter(person__in=people).values("case"))

    def unallocated(self) -> "CaseQuerySet":
        allocated = involvements().allocated().current().filter(case=OuterRef("pk"))
        return self.held().filter(~Exists(allocated))

    def visible_to(self, person: Person, standing: Standing | None = None) -> "CaseQuerySet":
        """The cases this person may open: those of their teams, their own, or all of the authority."""
        standing = standing or Standing.of(person)
        cases = self.filter(authority=person.authority_id).exclude(child__in=must_not_see(person))
        if not standing.allows(Permission.SEE_ALL_CASES):
            cases = cases.filter(pk__in=within_reach(standing))
        if _sees_restricted(standing):
            return cases
        return cases.filter(~is_restricted("child") | Q(pk__in=open_to(standing)))


def involvements() -> "InvolvementQuerySet":
    return apps.get_model("cases", "Involvement").objects.all()


def _sees_restricted(standing: Standing) -> bool:
    """A manager of the whole authority, never as somebody's deputy."""
    managed = standing.teams_with(Permission.ALLOCATE_CASE, own_only=True)
    return bool(managed & standing.teams_with(Permission.SEE_ALL_CASES, own_only=True))


class Case(CaseMachine):
    """`opened_at` and `closed_at` are of the present opening; `openings` has them all.
    The pack and version under which it was opened stay with it."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cases")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="cases", db_index=False)
    reference = models.CharField(
        max_length=20, unique=True, db_default=reference_from("CT-", "cases_case_reference"), editable=False
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closure_reason = models.CharField(max_length=3, choices=ClosureReason.choices, blank=True)
    pack = models.SlugField(db_index=False)
    pack_version = models.CharField(max_length=20, blank=True)
    history = HistoricalRecords()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            known("state", State, of="case"),
            models.UniqueConstraint(fields=["child"], condition=Q(closed_at=None), name="case_one_open_for_a_child"),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False, closure_reason__in=ClosureReason.values)
                | Q(state__in=sorted(HELD), closed_at__isnull=True, closure_reason=""),
                name="case_closed_with_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gt=F("opened_at")), name="case_closes_after_it_opens"
            ),
            at_with_by("closed_at", "closed_by", of="case"),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "-opened_at"], name="case_worklist"),
            models.Index(
                fields=["authority", "-opened_at", "-id"], condition=Q(state__in=sorted(HELD)), name="case_newest"
            ),
        ]

    if TYPE_CHECKING:
        involvements: "InvolvementQuerySet"
        spells: "SpellQuerySet"
        events: "EventQuerySet"

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"/cases/{self.reference}/"

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    def responsible_team_at(self, at: datetime) -> Team | None:
        """The team that holds, or held, the case at that instant, as the record knows it now."""
        found = self.involvements.standing().responsible().at(at).select_related("team").first()
        return found.team if found else None

    def worker_at(self, at: datetime) -> Person | None:
        found = self.involvements.standing().allocated().at(at).select_related("person").first()
        return found.person if found else None

    @property
    def holding(self) -> "Involvement | None":
        """The present responsibility: which team, since when."""
        return self.involvements.responsible().current().select_related("team").first()

    @property
    def responsible_team(self) -> Team | None:
        holding = self.holding
        return holding.team if holding else None

    @property
    def allocated_social_worker(self) -> Person | None:
        found = self.involvements.allocated().current().select_related("person").first()
        return found.person if found else None


class Opening(models.Model):
    """One stretch in which the case was open: a closed case that is reopened has two."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openings", db_index=False)
    period = DateTimeRangeField()
    history = HistoricalRecords()

    class Meta:
        ordering = ["period"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False), name="opening_begins_and_lasts"
            ),
            ExclusionConstraint(
                name="opening_does_not_overlap",
                expressions=[("case", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.period}"
