"""The radar: which cases may come to which team, from when it was first seen to when it came or went."""

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cases.models import Case, Standing
from cases.models.rules import known
from cases.models.scope import must_not_see
from teams.models import Authority, Person, Team
from teams.roles import Permission
from transfers.models.transfer import Effect


class Certainty(models.TextChoices):
    CERTAIN = "certain", "Certain"
    LIKELY = "likely", "Likely"
    POSSIBLE = "possible", "Possible"


class RadarQuerySet(models.QuerySet["RadarEntry"]):
    def expected(self) -> "RadarQuerySet":
        """Still to come."""
        return self.filter(gone_at=None)

    def untold(self) -> "RadarQuerySet":
        """New, moved or gone since the team was last told. What came and went in between is never told."""
        came = Q(told_at=None, gone_at=None)
        return self.filter(came | Q(changed_at__gt=F("told_at"), gone_at=None) | Q(gone_at__gt=F("told_at")))

    def visible_to(self, person: Person, standing: Standing | None = None) -> "RadarQuerySet":
        """Those that come to one's teams or leave them; all of the council for those who see all of it. A restricted
        child's is for those who may open the record, and the receiving team's own managers. Nobody sees a family with
        which they have a conflict of interest."""
        standing = standing or Standing.of(person)
        rows = self.filter(authority=person.authority_id).exclude(case__child__in=must_not_see(person))
        own = standing.teams_with(Permission.DECIDE_TRANSFER, own_only=True)
        visible = Q(case__in=Case.objects.visible_to(person, standing).values("pk"))
        if standing.allows(Permission.SEE_ALL_CASES):
            return rows.filter(Q(case__child__restricted=False) | visible | Q(receiving_team__in=own))
        mine = standing.teams_with(Permission.SEE_TEAM_CASES)
        coming = Q(receiving_team__in=mine, case__child__restricted=False) | Q(receiving_team__in=own)
        return rows.filter(coming | Q(transferring_team__in=mine) & visible)

    def with_openable(self, person: Person, standing: Standing | None = None) -> "RadarQuerySet":
        """Each with `is_openable`: a child's name is for those who may open the case."""
        openable = Case.objects.visible_to(person, standing).filter(pk=OuterRef("case"))
        return self.annotate(is_openable=Exists(openable))


class RadarEntry(models.Model):
    """One case that may move along one route to one team. `was_expected_on` is the date before the last change;
    `told_at` is when the receiving team's managers last heard of it, `first_told_at` when they first did."""

    is_openable: bool  # where with_openable was asked

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="radar", db_index=False)
    route = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    clause = models.CharField(max_length=200, blank=True)
    transferring_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiving_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    expected_on = models.DateField(null=True, blank=True)
    was_expected_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)
    first_told_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = RadarQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "radar entries"
        ordering = [F("expected_on").asc(nulls_last=True), "pk"]
        constraints = [
            known("certainty", Certainty, of="radar"),
            known("effect", Effect, of="radar"),
            models.UniqueConstraint(
                fields=["case", "route", "receiving_team"], condition=Q(gone_at=None), name="radar_once"
            ),
        ]
        indexes = [
            models.Index(fields=["receiving_team", "expected_on"], condition=Q(gone_at=None), name="radar_coming"),
            models.Index(fields=["transferring_team"], condition=Q(gone_at=None), name="radar_going"),
            models.Index(fields=["case", "gone_at"], name="radar_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case} to {self.receiving_team}: {self.name}"

    def news(self) -> str:
        """New, moved, gone or nothing new since the team was last told."""
        if self.gone_at:
            return "gone"
        if self.told_at is None:
            return "new"
        return "moved" if self.changed_at > self.told_at else ""

    def is_late(self, on: date) -> bool:
        return self.expected_on is not None and self.expected_on < on

    def notice_given(self, moved_at: datetime) -> int | None:
        """Days between the first telling and the move; nothing when nobody was told."""
        return (moved_at - self.first_told_at).days if self.first_told_at else None


class RadarSlice(models.Model):
    """Some of the open cases, from one number to another, that wait to be looked through this morning. A worker
    deletes the row in the same transaction as it writes what it saw: many share the work, and a killed one loses
    nothing."""

    first = models.BigIntegerField()
    last = models.BigIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["first"], name="radar_slice_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="radar_slice_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"
