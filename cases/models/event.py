"""Events: meetings, reviews, hearings. Planned, moved (each date kept), held with an outcome, cancelled, corrected."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.models.case import Case
from cases.models.rules import at_with_by
from teams.models import Person

ADJOURNED = "adjourned"


class EventQuerySet(models.QuerySet["Event"]):
    def standing(self) -> "EventQuerySet":
        """What the record says now: without what was withdrawn as wrong, or cancelled."""
        return self.filter(withdrawn_at__isnull=True, cancelled_at__isnull=True)

    def planned(self) -> "EventQuerySet":
        """Booked, and nobody has said that it was held."""
        return self.standing().filter(held_at__isnull=True)

    def held(self) -> "EventQuerySet":
        """Held and not adjourned."""
        return self.standing().filter(held_at__isnull=False).exclude(outcome=ADJOURNED)

    def of_kind(self, kind: str) -> "EventQuerySet":
        return self.filter(kind=kind)


class Event(models.Model):
    """`kind` and `outcome` are words of the protocols' vocabulary; `ordinal` counts reviews and the like (1, 2 ...),
    and is empty where it does not matter or is not known. A correction withdraws the event and writes another."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    kind = models.SlugField(max_length=60, db_index=False)
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    outcome = models.SlugField(max_length=60, blank=True, db_index=False)
    place = models.CharField(max_length=150, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    held_recorded_at = models.DateTimeField(null=True, blank=True)
    held_recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="continued_by", null=True, blank=True,
        help_text="The adjourned event that this one goes on with.",
    )  # fmt: skip
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "planned_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="event_has_a_kind"),
            models.CheckConstraint(
                condition=Q(planned_at__isnull=False) | Q(held_at__isnull=False), name="event_has_a_date"
            ),
            models.CheckConstraint(condition=Q(ordinal__isnull=True) | Q(ordinal__gte=1), name="event_counts_from_one"),
            models.CheckConstraint(
                condition=Q(held_at__isnull=False) | Q(outcome=""), name="event_has_an_outcome_once_held"
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(cancelled_at__isnull=True), name="event_held_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, held_recorded_at__isnull=True)
                | Q(held_at__isnull=False, held_recorded_at__isnull=False),
                name="event_held_means_recorded",
            ),
            at_with_by("held_recorded_at", "held_recorded_by", of="event"),
            at_with_by("cancelled_at", "cancelled_by", of="event"),
            at_with_by("withdrawn_at", "withdrawn_by", of="event"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="event_withdrawn_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "kind"], name="event_of_case"),
            models.Index(
                fields=["planned_at"],
                condition=Q(held_at=None, cancelled_at=None, withdrawn_at=None),
                name="event_to_come",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ordinal or ''}".strip()

    @property
    def is_held(self) -> bool:
        return self.held_at is not None and self.outcome != ADJOURNED

    @property
    def is_planned(self) -> bool:
        return self.held_at is None and self.cancelled_at is None and self.withdrawn_at is None

    @property
    def when(self) -> datetime:
        """When it was held, else when it is planned."""
        moment = self.held_at or self.planned_at
        assert moment is not None
        return moment


class EventDate(models.Model):
    """Every date an event was ever planned for, with why it was moved there."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="dates")
    planned_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was moved; empty for the first date.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["event_id", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.event} planned for {self.planned_at:%-d %B %Y %H:%M}"


class Attendee(models.Model):
    """Who is asked to an event, and whether they came."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attendees")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=150)
    part = models.CharField(max_length=100, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["event_id", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="attendee_is_named"),
            models.UniqueConstraint(fields=["event", "name", "part"], name="attendee_once"),
        ]

    def __str__(self) -> str:
        return self.name
