"""The journal: the told story of a case. It is written in the action, shown to people, and never changed."""

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from teams.models import Person


class JournalEntry(models.Model):
    """`at` is when it happened, `recorded_at` when it was written down. `detail` holds references, never words."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="journal", db_index=False)
    kind = models.SlugField(max_length=60, db_index=False)
    says = models.CharField(max_length=500)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    pack = models.SlugField(blank=True, db_index=False)
    version = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=60, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "journal entries"
        ordering = ["-recorded_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(kind="") & ~Q(says=""), name="journal_says_something")]
        indexes = [
            models.Index(fields=["case", "-recorded_at"], name="journal_of_case"),
            models.Index(fields=["by", "-recorded_at"], name="journal_by"),
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def recorded_by(self) -> Person | None:
        """Whoever does a thing writes it down."""
        return self.by
