"""Where a paper is kept in the authority's record system. No file is stored here."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.models.case import Case
from teams.models import Person


class Document(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500)
    dated_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-dated_on", "title"]
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(kind=""), name="document_is_named")]

    def __str__(self) -> str:
        return self.title
