"""A manager decides otherwise than the protocol for one child: shown on the case for ever."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from cases.models import Case, Standing
from cases.models.rules import at_with_by
from cases.models.scope import must_not_see
from teams.models import Person


class DepartureQuerySet(models.QuerySet["Departure"]):
    def standing(self) -> "DepartureQuerySet":
        """Not ended: they lead the engine."""
        return self.filter(ended_at=None)

    def in_force_between(self, start: datetime, end: datetime) -> "DepartureQuerySet":
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=start), decided_at__lte=end)

    def visible_to(self, person: Person, standing: Standing | None = None) -> "DepartureQuerySet":
        """All of the council; of restricted records only for those who may open them; never of a family with which
        somebody has a conflict of interest. Each with `is_openable`: the reason and the reference are for those who may
        open the case."""
        openable = Exists(Case.objects.visible_to(person, standing).filter(pk=OuterRef("case")))
        rows = self.filter(case__authority=person.authority_id).exclude(case__child__in=must_not_see(person))
        return rows.annotate(is_openable=openable).filter(Q(case__child__restricted=False) | Q(is_openable=True))


class Departure(models.Model):
    """`route` is what was decided, `clause` what it departs from. It leads the engine until it is ended."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="departures", db_index=False)
    route = models.CharField(max_length=60, db_index=False)
    instead_of = models.CharField(max_length=60, blank=True)
    clause = models.CharField(max_length=200)
    reason = models.CharField(max_length=1000)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    is_openable: bool  # where visible_to was asked

    objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="departure_one_at_a_time"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(clause=""), name="departure_has_reason_and_clause"),
            at_with_by("ended_at", "ended_by", of="departure"),
        ]

    def __str__(self) -> str:
        return f"{self.case} decided otherwise: {self.route}"
