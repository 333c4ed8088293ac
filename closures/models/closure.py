"""Closing one case: the way it takes, the hands that have done their part, and the lines they answered."""

from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.models import Case, ClosureReason, Standing, must_not_see
from cases.models.rules import at_with_by, known, reference_from
from casetransfer.protocols import pack_for
from closures.guards import DOES_NOT_APPLY, DONE, NOT_DONE, UNDO_WITHIN, WAIVED
from closures.machine import UNDER_WAY, ClosureMachine, State
from closures.ways import Turn, Way, way_of
from teams.models import Person, Team
from teams.roles import Permission

if TYPE_CHECKING:
    from closures.models.ending import Departure


class ClosureQuerySet(models.QuerySet["Closure"]):
    def under_way(self) -> "ClosureQuerySet":
        return self.filter(state__in=UNDER_WAY)

    def visible_to(self, person: Person, standing: Standing | None = None) -> "ClosureQuerySet":
        """Of the cases this person may see; for business support of the whole authority, all that are handed on."""
        standing = standing or Standing.of(person)
        seen = Q(case__in=Case.objects.visible_to(person, standing))
        if serves_all(standing):
            handed_on = ~Q(state=State.STARTED) & Q(case__child__restricted=False)
            seen |= Q(case__authority=person.authority_id) & handed_on
        return self.filter(seen).exclude(case__child__in=must_not_see(person))


def serves_all(standing: Standing) -> bool:
    """Closes cases in a team that holds none: for every team of the authority."""
    teams = standing.teams_with(Permission.COMPLETE_CLOSURE)
    return bool(teams) and Team.objects.filter(pk__in=teams, kind=Team.Kind.SUPPORT).exists()


class Closure(ClosureMachine):
    """`way` and `added` are closing rows of the pack; `turn` is the number of the hand whose turn it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closures")
    reference = models.CharField(
        max_length=20, unique=True, db_default=reference_from("CL-", "closures_closure_reference"), editable=False
    )
    way = models.CharField(max_length=60)
    added = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    pack = models.SlugField(db_index=False)
    pack_version = models.CharField(max_length=20)
    applying_items = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    turn = models.PositiveSmallIntegerField(default=1)
    waiting_since = models.DateTimeField()
    reason = models.CharField(max_length=3, choices=ClosureReason.choices, blank=True)
    why = models.TextField(blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["waiting_since", "pk"]
        constraints = [
            known("state", State, of="closure"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=sorted(UNDER_WAY)), name="closure_one_under_way_for_a_case"
            ),
            models.CheckConstraint(condition=~Q(way=""), name="closure_takes_a_way"),
            models.CheckConstraint(condition=Q(turn__gte=1), name="closure_turn_counts_from_one"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(reason__in=ClosureReason.values), name="closure_reason_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.CLOSED, State.UNDONE])
                | Q(closed_at__isnull=False) & Q(reason__in=ClosureReason.values),
                name="closure_closed_with_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("started_at")),
                name="closure_closes_after_start",
            ),
            at_with_by("closed_at", "closed_by", of="closure"),
            at_with_by("withdrawn_at", "withdrawn_by", of="closure"),
            at_with_by("undone_at", "undone_by", of="closure"),
        ]
        indexes = [
            models.Index(fields=["waiting_since"], condition=Q(state__in=sorted(UNDER_WAY)), name="closure_queue"),
        ]

    if TYPE_CHECKING:
        turns_done: "models.QuerySet[TurnDone]"
        checks: "models.QuerySet[Check]"
        departures: "models.QuerySet[Departure]"

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"/closures/{self.reference}/"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @cached_property
    def plan(self) -> Way:
        """The way this closure walks, hand by hand."""
        return _way(self.pack, self.way, tuple(self.added))

    @property
    def present_turn(self) -> Turn:
        return self.plan.turn(self.turn)

    @property
    def is_last_turn(self) -> bool:
        return self.turn == len(self.plan.turns)

    @cached_property
    def answers(self) -> "dict[str, Check]":
        return {check.item: check for check in self.checks.select_related("answered_by")}

    @cached_property
    def hands(self) -> "dict[int, TurnDone]":
        """Who did which turn, without what was sent back."""
        done = self.turns_done.filter(returned_at=None).select_related("done_by")
        return {turn.number: turn for turn in done}

    @property
    def undo_until(self) -> datetime | None:
        """Until when the closing can be undone: counted from the act, whichever day it was written down for."""
        last = self.hands.get(len(self.plan.turns))
        return last.done_at + UNDO_WITHIN if last and self.closed_at else None


@cache
def _way(pack: str, way: str, added: tuple[str, ...]) -> Way:
    return way_of(pack_for(pack), way, added)


class TurnDone(models.Model):
    """One hand did its part, in one act. Sent back, it is done again by another row."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="turns_done")
    number = models.PositiveSmallIntegerField()
    makes = models.CharField(max_length=20)
    comment = models.TextField(blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    returned_because = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["done_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["closure", "number"], condition=Q(returned_at=None), name="turn_done_once"),
            at_with_by("returned_at", "returned_by", of="turn_done"),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_because="")
                | Q(returned_at__isnull=False) & ~Q(returned_because=""),
                name="turn_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closure}, hand {self.number}"


class Answer(models.TextChoices):
    DONE = DONE, "Done"
    NOT_DONE = NOT_DONE, "Not done"
    DOES_NOT_APPLY = DOES_NOT_APPLY, "Does not apply"
    WAIVED = WAIVED, "Waived"


class Check(models.Model):
    """One line of a closing checklist, answered. Who answered it before stays in its history."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="checks")
    item = models.CharField(max_length=60)
    answer = models.CharField(max_length=20, choices=Answer.choices)
    evidence = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("answer", Answer, of="check"),
            models.UniqueConstraint(fields=["closure", "item"], name="check_once_for_a_closure"),
        ]

    def __str__(self) -> str:
        return f"{self.closure}, {self.item}: {self.answer}"
