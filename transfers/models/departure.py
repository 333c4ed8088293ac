"""A manager decides otherwise than the protocol for one child: shown on the case for ever."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.models import Case
from cases.models.rules import at_with_by
from teams.models import Person


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

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="departure_one_at_a_time"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(clause=""), name="departure_has_reason_and_clause"),
            at_with_by("ended_at", "ended_by", of="departure"),
        ]

    def __str__(self) -> str:
        return f"{self.case} decided otherwise: {self.route}"
