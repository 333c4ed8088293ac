"""An approval that the pack asks for and somebody has given."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases import words
from cases.models.rules import at_with_by
from teams.models import Person
from transfers.models.transfer import Transfer


class Approval(models.Model):
    """`place` is the approval's place in the route's list. Where somebody outside this system decided, `on_behalf_of`
    names them and `given_by` wrote it down.."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="approvals", db_index=False)
    place = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    on_behalf_of = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["transfer", "place", "given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "place"], condition=Q(withdrawn_at=None), name="approval_given_once"
            ),
            at_with_by("withdrawn_at", "withdrawn_by", of="approval"),
        ]

    def __str__(self) -> str:
        return f"Approval {self.place} of {self.transfer}"

    @property
    def in_words(self) -> str:
        who = self.given_by.name if self.given_by else "The system"
        return f"{who} has given this approval already, {words.moment(self.given_at)}."
