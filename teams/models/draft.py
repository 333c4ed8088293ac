"""What somebody has typed and not sent."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from teams.models.house import Person

KEPT_FOR = timedelta(hours=24)


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, person: Person) -> "DraftQuerySet":
        return self.filter(person=person)


class Draft(models.Model):
    """An unsent form: where it was to go and its boxes. Its writer alone sees it, for a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=300)
    boxes = models.JSONField()
    kept_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at"]
        constraints = [models.CheckConstraint(condition=Q(path__startswith="/"), name="draft_path_is_ours")]

    def __str__(self) -> str:
        return f"Draft of {self.person}"

    @property
    def kept_by(self) -> Person:
        return self.person
