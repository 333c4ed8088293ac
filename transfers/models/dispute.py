"""A dispute about a transfer, and the rungs of the pack's ladder that it climbed."""

from datetime import datetime

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from simple_history.models import HistoricalRecords

from cases import words
from cases.models.rules import at_with_by, known
from teams.models import Person
from transfers.machine import DisputeMachine, DisputeState
from transfers.models.transfer import Transfer


class Outcome(models.TextChoices):
    GOES_AHEAD = "goes_ahead", "The transfer goes ahead"
    ASK_AGAIN = "ask_again", "It is asked for again and answered anew"
    STAYS = "stays", "The case stays where it is"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def past_their_rung(self, at: datetime) -> "DisputeQuerySet":
        """Open, and the time of the rung they stand on is up; those who must decide were not told so yet."""
        last = Rung.objects.filter(dispute=OuterRef("pk")).order_by("-reached_at", "-pk")
        found = self.filter(state=DisputeState.OPEN).annotate(rung_due=Subquery(last.values("due_at")[:1]))
        told = Subquery(last.values("told_at")[:1])
        return found.annotate(rung_told=told).filter(rung_due__lte=at, rung_told=None).select_related("transfer__case")


class Dispute(DisputeMachine):
    """The case stays with its holder meanwhile. One dispute at a time about a transfer."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="disputes")
    reason = models.CharField(max_length=1000)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decision = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            known("state", DisputeState, of="dispute"),
            models.UniqueConstraint(
                fields=["transfer"], condition=Q(state=DisputeState.OPEN), name="dispute_one_open_about_a_transfer"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="dispute_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state=DisputeState.DECIDED, decided_at__isnull=False, outcome__in=Outcome.values)
                | Q(state=DisputeState.OPEN, decided_at__isnull=True, outcome=""),
                name="dispute_decided_with_an_outcome",
            ),
            at_with_by("decided_at", "decided_by", of="dispute"),
        ]

    def __str__(self) -> str:
        return f"Dispute about {self.transfer}"

    def brought_by(self) -> str:
        by = self.decided_by.name if self.decided_by else "the system"
        return f"{by}, {words.moment(self.decided_at)}" if self.decided_at else ""

    @property
    def rung(self) -> "Rung":
        """Where it stands on the ladder."""
        return self.rungs.latest("reached_at", "pk")


class Rung(models.Model):
    """One rung reached: by when it should be decided there, when the clock told those who must that its time is up,
    and what was said when it was passed on."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="rungs", db_index=False)
    step = models.CharField(max_length=60, db_index=False)
    reached_at = models.DateTimeField()
    reached_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    passed_on_because = models.CharField(max_length=1000, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["dispute", "reached_at"]
        constraints = [models.UniqueConstraint(fields=["dispute", "step"], name="dispute_rung_reached_once")]

    def __str__(self) -> str:
        return f"{self.step} of {self.dispute}"
