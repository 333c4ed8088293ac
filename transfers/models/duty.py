"""What a side still owes once the case has moved."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from simple_history.models import HistoricalRecords

from cases.models import Notice, Standing
from cases.models.rules import at_with_by
from teams.models import Person, Team
from transfers.models.transfer import Transfer

DUTY_LATE = "duty_late"


class DutyQuerySet(models.QuerySet["Duty"]):
    def owed(self) -> "DutyQuerySet":
        return self.filter(met_at=None)

    def untold(self) -> "DutyQuerySet":
        """Those of which nobody was told that they are late."""
        told = Notice.objects.filter(
            subject=OuterRef("transfer__reference"), code=DUTY_LATE,
            occasion=Concat(Value("duty "), Cast(OuterRef("pk"), models.CharField())),
        )  # fmt: skip
        return self.filter(~Exists(told))

    def visible_to(self, person: Person, standing: Standing | None = None) -> "DutyQuerySet":
        return self.filter(transfer__in=Transfer.objects.visible_to(person, standing).values("pk"))

    def late(self, at: datetime) -> "DutyQuerySet":
        return self.owed().filter(due_at__lt=at)


class Duty(models.Model):
    """`code` is the pack's row. Without `due_at` the protocol names no time."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="duties", db_index=False)
    code = models.CharField(max_length=60, db_index=False)
    what = models.CharField(max_length=500)
    clause = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="duties", db_index=False)
    due_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords()

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "code", "team"], name="duty_once_for_a_team"),
            models.CheckConstraint(
                condition=Q(met_at=None, evidence="") | Q(met_at__isnull=False) & ~Q(evidence=""),
                name="duty_met_with_evidence",
            ),
            at_with_by("met_at", "met_by", of="duty"),
        ]
        indexes = [models.Index(fields=["team", "due_at"], condition=Q(met_at=None), name="duty_owed")]

    def __str__(self) -> str:
        return self.what
