"""Families and children, born and unborn, and the numbers they are known by."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat, Upper
from simple_history.models import HistoricalRecords

from cases.models.rules import known, reference_from
from teams.models import Authority, Person

if TYPE_CHECKING:
    from cases.models.case import CaseQuerySet


class Family(models.Model):
    """Brothers and sisters whose cases are looked at together."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="families")
    reference = models.CharField(
        max_length=20, unique=True, db_default=reference_from("FA-", "cases_family_reference"), editable=False
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "families"
        ordering = ["reference"]

    def __str__(self) -> str:
        return self.reference


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    INDETERMINATE = "indeterminate", "Indeterminate"
    UNKNOWN = "unknown", "Not known"


NAMES = Concat("given_name", Value(" "), "family_name", Value(" "), "also_known_as", output_field=models.TextField())


class Child(models.Model):
    """A child or young person. An unborn child has an expected delivery date and no date of birth."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="children")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="children", null=True, blank=True)
    reference = models.CharField(
        max_length=20, unique=True, db_default=reference_from("CH-", "cases_child_reference"), editable=False
    )
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    also_known_as = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    expected_delivery_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=20, choices=Sex.choices, default=Sex.UNKNOWN)
    age_assessed_on = models.DateField(null=True, blank=True, help_text="The date of birth was assessed on this day.")
    year_11_ends_on = models.DateField(null=True, blank=True, help_text="Where it is not the one of the birthday.")
    died_on = models.DateField(null=True, blank=True)
    address = models.TextField(blank=True)
    school = models.CharField(max_length=150, blank=True)
    restricted = models.BooleanField(default=False, help_text="Only those named in the case, and its managers, see it.")
    search_text = models.GeneratedField(
        expression=Func(NAMES, function="cases_plain"), output_field=models.TextField(), db_persist=True
    )
    sounds = models.GeneratedField(
        expression=Func(NAMES, function="cases_sounds"), output_field=ArrayField(models.TextField()), db_persist=True
    )
    history = HistoricalRecords(excluded_fields=["search_text", "sounds"])

    class Meta:
        verbose_name_plural = "children"
        ordering = ["family_name", "given_name", "pk"]
        constraints = [
            known("sex", Sex, of="child"),
            models.CheckConstraint(condition=~Q(given_name=""), name="child_is_named"),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(date_of_birth__isnull=True) | Q(died_on__gte=F("date_of_birth")),
                name="child_dies_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(age_assessed_on__isnull=True) | Q(date_of_birth__isnull=False),
                name="child_age_assessed_means_a_date_of_birth",
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="child_search_text"),
            GinIndex(fields=["sounds"], name="child_sounds"),
            models.Index(fields=["authority", "date_of_birth"], name="child_born"),
            models.Index(fields=["family_name", "given_name"], name="child_by_name"),
            models.Index(fields=["id"], condition=Q(restricted=True), name="child_restricted"),
        ]

    if TYPE_CHECKING:
        cases: "CaseQuerySet"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_unborn(self) -> bool:
        return self.date_of_birth is None and self.expected_delivery_date is not None


def is_restricted(child: str) -> Exists:
    """Whether the child at the end of this path has a restricted record. They are few and have an index of their own,
    so no other child is read for it."""
    return Exists(Child.objects.filter(pk=OuterRef(child), restricted=True))


class IdentifierKind(models.TextChoices):
    LOCAL_ID = "local_id", "Local number"
    UPN = "upn", "Unique pupil number"
    FORMER_UPN = "former_upn", "Former unique pupil number"
    NHS_NUMBER = "nhs_number", "NHS number"
    LEGACY_ID = "legacy_id", "Number in a former system"
    OTHER = "other", "Other number"


class Identifier(models.Model):
    """A number by which somebody knows the child, with who says so. Kinds are kept apart."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20, choices=IdentifierKind.choices)
    value = models.CharField(max_length=50)
    source = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            known("kind", IdentifierKind, of="identifier"),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_has_a_value"),
            models.UniqueConstraint(fields=["child", "kind", "value"], name="identifier_once_for_a_child"),
            models.UniqueConstraint(
                fields=["authority", "kind", "value"],
                condition=Q(kind__in=["local_id", "nhs_number"]),
                name="identifier_names_one_child",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "value"], name="identifier_value"),
            models.Index(Upper("value"), name="identifier_typed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"
