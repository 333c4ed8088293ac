"""Transfer meetings: the list, and what was decided on each case."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.models.rules import at_with_by
from teams.models import Authority, Person
from transfers.machine import State
from transfers.models.transfer import Transfer


class MeetingQuerySet(models.QuerySet["TransferMeeting"]):
    def visible_to(self, person: Person) -> "MeetingQuerySet":
        """The list names children: it is for those who keep such lists."""
        return self.filter(authority=person.authority_id)

    def to_come(self) -> "MeetingQuerySet":
        return self.filter(held_at=None)


class TransferMeeting(models.Model):
    """`code` is the pack's meeting; requests for its list are due at `due_at`, where the pack has a cut-off. `present`:
    who was there, as it was written down."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="transfer_meetings", db_index=False)
    code = models.CharField(max_length=60, db_index=False)
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    present = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["planned_at"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "code", "planned_at"], name="transfer_meeting_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__lte=F("planned_at")),
                name="transfer_meeting_list_ends_before_it",
            ),
            at_with_by("held_at", "held_by", of="transfer_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.planned_at:%Y-%m-%d}"

    def takes_at(self, at: datetime) -> bool:
        return self.held_at is None and at <= (self.due_at or self.planned_at)


class MeetingSays(models.TextChoices):
    AGREED = "agreed", "Agreed"
    NOT_AGREED = "not_agreed", "Not agreed"
    DEFERRED = "deferred", "Put off"


class MeetingItemQuerySet(models.QuerySet["MeetingItem"]):
    def waiting(self) -> "MeetingItemQuerySet":
        """To be decided: not what was withdrawn, or agreed elsewhere, while it stood on the list."""
        return self.filter(says="", transfer__state=State.LISTED)


class MeetingItem(models.Model):
    """One case on a list, and what the meeting said of it."""

    meeting = models.ForeignKey(TransferMeeting, on_delete=models.PROTECT, related_name="items", db_index=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="listings")
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    says = models.CharField(max_length=20, choices=MeetingSays.choices, blank=True)
    minutes = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    objects = MeetingItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "listed_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "transfer"], name="meeting_lists_a_transfer_once"),
            models.CheckConstraint(condition=Q(says__in=["", *MeetingSays.values]), name="meeting_item_says_is_known"),
            models.CheckConstraint(
                condition=Q(says="", decided_at=None) | ~Q(says="") & Q(decided_at__isnull=False),
                name="meeting_item_decided_has_a_date",
            ),
            at_with_by("decided_at", "decided_by", of="meeting_item"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer} at {self.meeting}"
