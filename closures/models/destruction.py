"""The log of destroyed records: which, by what rule, by whom. Nothing in it says who the child was."""

from django.db import models
from django.db.models import F, Q

from cases.models.rules import at_with_by
from teams.models import Authority, Person


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def visible_to(self, person: Person) -> "DestructionQuerySet":
        return self.filter(authority=person.authority_id)

    def proposed(self) -> "DestructionQuerySet":
        return self.filter(destroyed_at=None)

    def done(self) -> "DestructionQuerySet":
        return self.filter(destroyed_at__isnull=False)


class Destruction(models.Model):
    """One person proposes that a record whose time is over is destroyed; another does it. `rows`: how many went."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="destructions")
    record = models.CharField(max_length=20, unique=True, help_text="The child's reference, which names nobody now.")
    kept_until = models.DateField()
    rule = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True, blank=True)
    destroyed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            at_with_by("destroyed_at", "destroyed_by", of="destruction"),
            models.CheckConstraint(condition=~Q(destroyed_by=F("proposed_by")), name="destruction_by_two_people"),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, rows=0) | Q(destroyed_at__isnull=False, rows__gt=0),
                name="destruction_says_how_much",
            ),
        ]

    def __str__(self) -> str:
        return self.record
