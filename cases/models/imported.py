"""What was read from a workbook and waits to be looked at: the import, its rows, the names in it, and the headers that
a council uses for its own columns."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.imports.machine import ImportMachine, ImportState
from cases.models.rules import at_with_by, known
from teams.models import Authority, Person, Team


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, person: Person) -> "ImportQuerySet":
        return self.filter(authority=person.authority_id)


class Import(ImportMachine):
    """One workbook. Its bytes are kept only until they are read; `digest` tells whether the same one comes again."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="imports")
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True)
    sheets = models.JSONField(default=list, blank=True, help_text="What each sheet was, in order.")
    why_refused = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["content"])

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            known("state", ImportState, of="import"),
            at_with_by("applied_at", "applied_by", of="import"),
            models.CheckConstraint(
                condition=~Q(state=ImportState.APPLIED) | Q(applied_at__isnull=False),
                name="import_applied_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.READING) | Q(content__isnull=True), name="import_keeps_no_file_once_read"
            ),
        ]

    if TYPE_CHECKING:
        rows: "ImportRowQuerySet"
        names: "models.QuerySet[ImportName]"

    def __str__(self) -> str:
        return self.filename


class RowState(models.TextChoices):
    READY = "ready", "Ready"
    REJECTED = "rejected", "Rejected"
    LEFT_OUT = "left_out", "Left out"
    DONE = "done", "In the record"


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def ready(self) -> "ImportRowQuerySet":
        return self.filter(state=RowState.READY)

    def rejected(self) -> "ImportRowQuerySet":
        return self.filter(state__in=[RowState.REJECTED, RowState.LEFT_OUT])


class ImportRow(models.Model):
    """One row of a sheet: what it says, cleaned; or why it cannot be used. `outcome`: what became of it."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    list_number = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=40)
    row_number = models.PositiveIntegerField()
    child_number = models.CharField(max_length=50, blank=True)
    data = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=RowState.choices, default=RowState.READY)
    problems = models.JSONField(default=list, blank=True, help_text="Sentences.")
    outcome = models.CharField(max_length=500, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["of", "list_number", "row_number"]
        constraints = [
            known("state", RowState, of="import_row"),
            models.UniqueConstraint(fields=["of", "list_number", "row_number"], name="import_row_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "left_out"]) | ~Q(problems=[]),
                name="import_row_rejected_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["of", "child_number"], name="import_row_of_child")]

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row_number}"


class NameKind(models.TextChoices):
    TEAM = "team", "Team"
    WORKER = "worker", "Worker"


class ImportName(models.Model):
    """A team or worker as a workbook writes it, and who a person says that is. `leave_out`: nobody here."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="names", db_index=False)
    kind = models.CharField(max_length=10, choices=NameKind.choices)
    written = models.CharField(max_length=300, blank=True, help_text="Empty: the workbook names no team.")
    plain = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    leave_out = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["of", "kind", "written"]
        constraints = [
            known("kind", NameKind, of="import_name"),
            models.UniqueConstraint(fields=["of", "kind", "plain"], name="import_name_once"),
            at_with_by("confirmed_at", "confirmed_by", of="import_name"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(team__isnull=True, person__isnull=True, leave_out=False),
                name="import_name_matched_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind=NameKind.TEAM, person__isnull=True) | Q(kind=NameKind.WORKER, team__isnull=True),
                name="import_name_is_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.written or "No team given"


class ImportHeader(models.Model):
    """A council's own header for a column of a list."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="import_headers", db_index=False)
    list_number = models.PositiveSmallIntegerField()
    field = models.SlugField(max_length=40, db_index=False)
    header = models.CharField(max_length=200)
    history = HistoricalRecords()

    class Meta:
        ordering = ["list_number", "field"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "list_number", "field"], name="import_header_once"),
            models.CheckConstraint(condition=~Q(header=""), name="import_header_says_something"),
        ]

    def __str__(self) -> str:
        return self.header
