"""Deadlines: a clock of the protocol that runs in a case. The moment is stored; how it stands (cases/rag.py) is not."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import make_aware

from cases.models.case import Case
from cases.models.rules import at_with_by
from teams.models import Person

if TYPE_CHECKING:
    from cases.models.scope import Standing

OPEN = Q(superseded_at=None, met_at=None, stopped_at=None)
CHASED = OPEN & Q(paused_at=None, is_certain=True, is_stale=False)


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def standing(self) -> "DeadlineQuerySet":
        """As the record has it now: without what an event that moved has superseded."""
        return self.filter(superseded_at=None)

    def owed(self) -> "DeadlineQuerySet":
        """Something must be done by then; the others only mark a moment."""
        return self.filter(is_owed=True)

    def open(self) -> "DeadlineQuerySet":
        return self.filter(OPEN)

    def overdue(self, at: datetime) -> "DeadlineQuerySet":
        return self.owed().filter(OPEN, paused_at=None, due_at__lt=at)

    def spanning(self, day: date) -> "DeadlineQuerySet":
        """Those whose time runs over this day, forward from a start or backward from a planned event."""
        begins, ends = (make_aware(datetime.combine(day, at)) for at in (time.min, time.max))
        forward = Q(starts_at__lte=ends, due_at__gte=begins)
        return self.filter(forward | Q(due_at__lte=ends, starts_at__gte=begins))

    def as_of(self, at: datetime) -> "DeadlineQuerySet":
        """The rows that stood at that past moment, as the record knew them then; `rag(deadline, at)` gives colours."""
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gt=at), computed_at__lte=at)

    def visible_to(self, person: Person, standing: "Standing | None" = None) -> "DeadlineQuerySet":
        return self.filter(case__in=Case.objects.visible_to(person, standing).values("pk"))


class Deadline(models.Model):
    """`occasion` names what started it, so that an event which moves keeps its deadline and shows the earlier date.
    `scale` and `colour` are the rating that set it, kept together: a colour without its scale means nothing. A row is
    never changed but for the moments that are stored once: met, paused, stopped, superseded, told. `met_known_at` is
    when the record learned what met it; `is_stale`: long past when it was first computed, so nobody is chased;
    `put_off_by`: how much later it is due than the protocol counts, because it stood still."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines", db_index=False)
    timer = models.CharField(max_length=60)
    what = models.CharField(max_length=300)
    pack = models.SlugField(db_index=False)
    version = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    strength = models.CharField(max_length=20, blank=True)
    scale = models.CharField(max_length=60, blank=True)
    colour = models.CharField(max_length=10, blank=True)
    occasion = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    due_soon_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    is_owed = models.BooleanField(default=True)
    is_certain = models.BooleanField(default=True)
    is_stale = models.BooleanField(default=False)
    computed_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    met_known_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    paused_reason = models.CharField(max_length=300, blank=True)
    put_off_by = models.DurationField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    stopped_reason = models.CharField(max_length=300, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    due_soon_told_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "timer", "occasion"], condition=Q(superseded_at=None), name="deadline_once"
            ),
            models.CheckConstraint(condition=~Q(timer="") & ~Q(occasion=""), name="deadline_is_of_a_timer"),
            models.CheckConstraint(
                condition=Q(scale="", colour="") | ~Q(scale=""), name="deadline_colour_has_its_scale"
            ),
            models.CheckConstraint(
                condition=Q(met_at=None, met_known_at=None) | Q(met_at__isnull=False, met_known_at__isnull=False),
                name="deadline_met_is_known",
            ),
            models.CheckConstraint(
                condition=Q(due_soon_at=None) | Q(due_soon_at__lte=F("due_at")), name="deadline_soon_before_due"
            ),
            at_with_by("met_at", "met_by", of="deadline"),
            at_with_by("paused_at", "paused_by", of="deadline"),
            at_with_by("stopped_at", "stopped_by", of="deadline"),
        ]
        indexes = [
            models.Index(fields=["case", "due_at"], name="deadline_of_case"),
            models.Index(
                fields=["case", "due_at"],
                include=["due_soon_at", "paused_at"],
                condition=OPEN & Q(is_owed=True),
                name="deadline_owed",
            ),
            models.Index(fields=["due_at"], condition=CHASED & Q(breached_at=None), name="deadline_to_pass"),
            models.Index(
                fields=["due_soon_at"],
                condition=CHASED & Q(breached_at=None, due_soon_told_at=None, is_owed=True),
                name="deadline_soon",
            ),
            models.Index(fields=["replaces"], condition=Q(replaces__isnull=False), name="deadline_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.timer} due {self.due_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("cases:deadline", kwargs={"ref": self.case.reference, "pk": self.pk})

    @property
    def is_open(self) -> bool:
        return self.superseded_at is None and self.met_at is None and self.stopped_at is None


class ClockRun(models.Model):
    """When each work of the clock last came to its end: the alarm that it stands still, and the proof that it does
    not. `away_from_at`: the clock had stood still since then, and this run caught up."""

    work = models.SlugField(primary_key=True)
    ended_at = models.DateTimeField()
    away_from_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["work"]

    def __str__(self) -> str:
        return f"{self.work} at {self.ended_at}"


class Recalculation(models.Model):
    """A case whose deadlines wait to be worked out again. Written in the same transaction as what changed, so that no
    lost message and no killed worker can leave a deadline behind."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"{self.case_id} since {self.asked_at}"
