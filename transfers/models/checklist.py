"""What the protocol wants beforehand: each item's answer, what was waived and by whom, and what was let go through."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.models.rules import at_with_by, known
from teams.models import Person
from transfers.models.transfer import Transfer


class Says(models.TextChoices):
    YES = "yes", "Done"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
    NO = "no", "Missing"


class ChecklistAnswer(models.Model):
    """The present answer to one item of the pack; simple_history keeps the earlier ones. `checked_` is the receiving
    manager's own look at it."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="answers", db_index=False)
    item = models.CharField(max_length=60, db_index=False)
    says = models.CharField(max_length=20, choices=Says.choices)
    dated_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    text = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    found_wanting = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["transfer", "item"]
        constraints = [
            known("says", Says, of="checklist_answer"),
            models.UniqueConstraint(fields=["transfer", "item"], name="checklist_item_answered_once"),
            models.CheckConstraint(condition=~Q(item=""), name="checklist_answer_is_about_an_item"),
            models.CheckConstraint(condition=Q(says=Says.YES) | ~Q(text=""), name="checklist_answer_says_why"),
            at_with_by("checked_at", "checked_by", of="checklist_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_says_display()}"


class Waiver(models.Model):
    """Two managers let a move go on without a paper until a day. It counts once the second one has signed."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="waivers", db_index=False)
    item = models.CharField(max_length=60, db_index=False)
    reason = models.CharField(max_length=500)
    expires_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["transfer", "item", "-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "item"], condition=Q(ended_at=None), name="waiver_one_at_a_time_for_an_item"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(asked_by=None) | ~Q(signed_by=F("asked_by")),
                name="waiver_is_signed_by_two_people",
            ),
            at_with_by("signed_at", "signed_by", of="waiver"),
            at_with_by("ended_at", "ended_by", of="waiver"),
        ]

    def __str__(self) -> str:
        return f"{self.item} waived until {self.expires_on}"

    def counts_on(self, day: date) -> bool:
        return self.signed_at is not None and self.ended_at is None and day <= self.expires_on


class PracticeIssue(models.Model):
    """A paper that was missing when the case moved, where the protocol lets no paper delay a move: who sorts it out."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="practice_issues", db_index=False)
    item = models.CharField(max_length=60, db_index=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["opened_at", "item"]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "item"], name="practice_issue_once_for_an_item"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="practice_issue_closed_with_an_outcome",
            ),
            at_with_by("closed_at", "closed_by", of="practice_issue"),
        ]

    def __str__(self) -> str:
        return f"{self.item} was missing"
