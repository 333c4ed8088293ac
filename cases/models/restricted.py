"""Who may see a restricted record besides those who work on it, who opened one in an emergency, and who must not see a
child's record at all."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.models.child import Child
from cases.models.rules import at_with_by
from teams.models import Person, Team


class GrantQuerySet(models.QuerySet["Grant"]):
    def standing(self, at: datetime) -> "GrantQuerySet":
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), granted_at__lte=at)


class Grant(models.Model):
    """A person may see a restricted record, from one moment to another, for a reason. An end may lie ahead. Of any
    record: `handed_on` is the team that handed the case on, whose people see it until the family has been met."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    reason = models.CharField(max_length=300)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    handed_on = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    history = HistoricalRecords()

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="grant_has_a_reason"),
            at_with_by("ended_at", "ended_by", of="grant"),
            models.UniqueConstraint(fields=["child", "person"], condition=Q(ended_at=None), name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} may see {self.child.reference}"


class BrokenGlassQuerySet(models.QuerySet["BrokenGlass"]):
    def to_review(self) -> "BrokenGlassQuerySet":
        return self.filter(reviewed_at=None)

    def visible_to(self, person: Person) -> "BrokenGlassQuerySet":
        return self.filter(child__authority=person.authority_id)


class BrokenGlass(models.Model):
    """Somebody opened a restricted record in an emergency. It is reviewed on the next working day by somebody else."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="emergency_openings")
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    review_by_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    was_needed = models.BooleanField(null=True, blank=True)
    finding = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    objects = BrokenGlassQuerySet.as_manager()

    class Meta:
        verbose_name = "emergency opening"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="broken_glass_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="broken_glass_lasts"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, was_needed=None, finding="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, was_needed__isnull=False) & ~Q(finding=""),
                name="broken_glass_review_is_whole",
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=F("opened_by")), name="broken_glass_reviewed_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.opened_by} opened {self.child.reference}"


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def standing(self) -> "ConflictQuerySet":
        return self.filter(ended_at=None)


class Conflict(models.Model):
    """A person is related to the family, or is the client: they never see the record, whatever their role."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            at_with_by("ended_at", "ended_by", of="conflict"),
            models.UniqueConstraint(fields=["child", "person"], condition=Q(ended_at=None), name="conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} must not see {self.child.reference}"
