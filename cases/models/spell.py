"""Spells: what was true of a child between two days. Status, legal basis, plan, placement, proceedings, circumstances.
Correcting is not overwriting: the wrong spell is withdrawn with its reason, and another one replaces it."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, Value, When
from django.db.models.functions import Concat
from simple_history.models import HistoricalRecords

from cases.factors import Factor
from cases.models.case import Case
from cases.models.event import Event
from cases.models.rules import at_with_by, days_from, in_order, known
from teams.models import Person


class SpellKind(models.TextChoices):
    STATUS = "status", "Status"
    LEGAL = "legal", "Legal status"
    PLAN = "plan", "Plan"
    PLACEMENT = "placement", "Placement"
    PROCEEDINGS = "proceedings", "Proceedings"
    CIRCUMSTANCE = "circumstance", "Circumstance"


# Bases for caring for a child: one ends where the next begins. A placement order stands beside a care order.
CARE_BASES = (
    "section_20", "police_protection", "emergency_protection_order", "interim_care_order", "care_order", "remand",
)  # fmt: skip
SUPERVISION = ("interim_supervision_order", "supervision_order")
SINGLE_KINDS = (SpellKind.PLAN, SpellKind.PLACEMENT, SpellKind.PROCEEDINGS)

TRACK = Choose(
    When(kind__in=SINGLE_KINDS, then=F("kind")),
    When(kind=SpellKind.LEGAL, code__in=CARE_BASES, then=Value("legal:care")),
    When(kind=SpellKind.LEGAL, code__in=SUPERVISION, then=Value("legal:supervision")),
    default=Concat(F("kind"), Value(":"), F("code"), output_field=models.TextField()),
    output_field=models.TextField(),
)


class SpellQuerySet(models.QuerySet["Spell"]):
    def standing(self) -> "SpellQuerySet":
        """What the record says now: without what was withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def open_ended(self) -> "SpellQuerySet":
        return self.filter(ends_on__isnull=True)

    def current_on(self, day: date) -> "SpellQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class Spell(models.Model):
    """`code` and `value` are words of the protocols' vocabulary. A status, an order, a plan or a placement is its
    code; a circumstance is the fact `code` with the value "yes", "no" or one of that fact's choices. `ends_on` is the
    day it ended: another spell may begin on it. `planned_on` is the day the plan is for (a return home). `factors` are
    those that an assessment found when it ended."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="spells", db_index=False)
    kind = models.CharField(max_length=20, choices=SpellKind.choices)
    code = models.SlugField(max_length=60, db_index=False)
    value = models.SlugField(max_length=60, blank=True, db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    factors = ArrayField(models.CharField(max_length=3, choices=Factor.choices), default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    started_by_event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="spells_started", null=True, blank=True
    )
    ended_by_event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="spells_ended", null=True, blank=True
    )
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    track = models.GeneratedField(expression=TRACK, output_field=models.TextField(), db_persist=True)
    history = HistoricalRecords(excluded_fields=["track"])

    objects = SpellQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "starts_on", "pk"]
        constraints = [
            known("kind", SpellKind, of="spell"),
            models.CheckConstraint(condition=~Q(code=""), name="spell_has_a_code"),
            models.CheckConstraint(
                condition=Q(kind=SpellKind.CIRCUMSTANCE) & ~Q(value="") | ~Q(kind=SpellKind.CIRCUMSTANCE) & Q(value=""),
                name="spell_circumstance_has_a_value",
            ),
            in_order("starts_on", "ends_on", of="spell"),
            at_with_by("withdrawn_at", "withdrawn_by", of="spell"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="spell_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(factors=[])
                | Q(kind=SpellKind.STATUS, code="assessment", factors__contained_by=Factor.values),
                name="spell_factors_are_of_an_assessment",
            ),
            ExclusionConstraint(
                name="spell_does_not_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("track", RangeOperators.EQUAL),
                    (days_from("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "kind", "starts_on"], name="spell_of_case"),
            models.Index(
                fields=["kind", "code", "case"], condition=Q(withdrawn_at=None, ends_on=None), name="spell_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.code} {self.value}".strip()

    @property
    def is_assessment(self) -> bool:
        return (self.kind, self.code) == (SpellKind.STATUS, "assessment")

    def shares_track_with(self, other: "Spell") -> bool:
        """Whether the two may not run at once (the database's `track` says the same)."""
        if self.kind != other.kind:
            return False
        if self.kind in SINGLE_KINDS or self.code == other.code:
            return True
        return any(self.code in group and other.code in group for group in (CARE_BASES, SUPERVISION))

    def is_current_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)
