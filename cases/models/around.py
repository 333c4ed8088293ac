"""The people around a child, and the warnings everybody must see."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.models.child import Child
from cases.models.rules import at_with_by, known
from teams.models import Person


class RelationshipKind(models.TextChoices):
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    GRANDPARENT = "grandparent", "Grandparent"
    SIBLING = "sibling", "Brother or sister"
    RELATIVE = "relative", "Other relative"
    OTHER = "other", "Other"


class Relationship(models.Model):
    """Somebody around the child. What is not known of them stays unknown (null), never "no"."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="relationships")
    kind = models.CharField(max_length=20, choices=RelationshipKind.choices)
    name = models.CharField(max_length=200)
    other_child = models.ForeignKey(
        Child, on_delete=models.PROTECT, related_name="related_to", null=True, blank=True,
        help_text="Where this person is, or was, a child known to the authority.",
    )  # fmt: skip
    date_of_birth = models.DateField(null=True, blank=True)
    parental_responsibility = models.BooleanField(null=True, blank=True)
    lives_with_child = models.BooleanField(null=True, blank=True)
    learning_disability = models.BooleanField(null=True, blank=True)
    care_leaver = models.BooleanField(null=True, blank=True)
    looked_after = models.BooleanField(null=True, blank=True)
    earlier_child_removed = models.BooleanField(null=True, blank=True)
    address = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            known("kind", RelationshipKind, of="relationship"),
            models.CheckConstraint(condition=~Q(name=""), name="relationship_is_named"),
            models.CheckConstraint(condition=~Q(other_child=F("child")), name="relationship_is_to_somebody_else"),
            at_with_by("ended_at", "ended_by", of="relationship"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_kind_display().lower()}"

    @property
    def is_parent(self) -> bool:
        return self.kind in (RelationshipKind.MOTHER, RelationshipKind.FATHER, RelationshipKind.PARENT)


class Warning(models.Model):
    """Something everybody who opens the record must see, until a day on which it is looked at again."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="warnings")
    says = models.CharField(max_length=200)
    review_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["review_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(says=""), name="warning_says_something"),
            at_with_by("ended_at", "ended_by", of="warning"),
        ]

    def __str__(self) -> str:
        return self.says
