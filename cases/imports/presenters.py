"""What the pages of an import show, ready made."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from cases import words
from cases.actions.imports import applying_gaps
from cases.imports import progress
from cases.imports.lists import LISTS, columns_of
from cases.imports.machine import UNDER_WAY, ImportState
from cases.imports.names import by_plain_name, suggest
from cases.imports.plans import plan_children, restored
from cases.imports.reconciling import Reconciliation, reconcile
from cases.models import Import, ImportHeader, ImportName, ImportRow, NameKind, RowState
from teams.models import Person, Team
from teams.refusals import Gap

PAGE = 50
COLOURS = {
    ImportState.READING: "blue", ImportState.STAGED: "amber", ImportState.APPLYING: "blue",
    ImportState.APPLIED: "green", ImportState.REFUSED: "red", ImportState.DISCARDED: "grey",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import in the list of them."""

    pk: int
    filename: str
    state: str
    colour: str
    uploaded: str
    uploaded_by: str
    rows: int
    mistakes: int = 0

    @property
    def says(self) -> str:
        wrong = f", {words.plural(self.mistakes, 'row')} with mistakes" if self.mistakes else ""
        return f"{self.state}{wrong}"

    @classmethod
    def of(cls, imported: Import, rows: int, mistakes: int = 0) -> "ImportLine":
        return cls(
            pk=imported.pk, filename=imported.filename, state=imported.get_state_display(),
            colour=COLOURS[imported.state], uploaded=words.moment(imported.uploaded_at),
            uploaded_by=imported.uploaded_by.name if imported.uploaded_by else "the command line", rows=rows,
            mistakes=mistakes,
        )  # fmt: skip


def imports_of(person: Person, page: str | None, show: str = "") -> Page[Any]:
    """All, or those that are `open`: being read, waiting to be looked at, being applied."""
    found = Import.objects.visible_to(person).select_related("uploaded_by")
    if show == "open":
        found = found.filter(state__in=[*UNDER_WAY, ImportState.STAGED])
    wrong = Count("rows", filter=Q(rows__state=RowState.REJECTED))
    found = found.annotate(row_count=Count("rows"), mistakes=wrong)
    found = found.defer("content", "sheets").order_by("-uploaded_at", "-pk")
    shown: Page[Any] = Paginator(found, PAGE).get_page(page)
    shown.object_list = [ImportLine.of(one, one.row_count, one.mistakes) for one in shown.object_list]
    return shown


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One list of a workbook: how many of its rows can be used."""

    name: str
    title: str
    rows: int
    ready: int
    rejected: int
    problem: str
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import: where it stands, what it holds, and what can be done with it."""

    line: ImportLine
    sheets: tuple[SheetLine, ...]
    why_refused: str
    children: int
    cases: int
    names: int
    names_open: int
    rejected: int
    gaps: tuple[Gap, ...]
    done: int
    of: int
    under_way: bool
    can_apply: bool
    can_discard: bool
    is_applied: bool
    applied: str
    same_before: str

    @classmethod
    def of_import(cls, imported: Import, at: date) -> "ImportPage":
        counts = _counts(imported)
        held = [row for row in imported.rows.filter(state__in=[RowState.READY, RowState.DONE]) if row.data]
        plans = plan_children(((row.pk, row.list_number, restored(row.list_number, row.data)) for row in held), at)
        done, of = progress.told(imported.pk) or (0, len(plans))
        staged = imported.state == ImportState.STAGED
        return cls(
            line=ImportLine.of(imported, sum(counts[0].values())),
            sheets=tuple(_sheet(one, counts) for one in imported.sheets),
            why_refused=imported.why_refused,
            children=len(plans), cases=sum(bool(plan.cases) and not plan.problems for plan in plans),
            names=imported.names.count(), names_open=imported.names.filter(confirmed_at=None).count(),
            rejected=imported.rows.rejected().count(),
            gaps=tuple(applying_gaps(imported)) if staged else (),
            done=done, of=of, under_way=imported.state in UNDER_WAY,
            can_apply=staged, can_discard=not imported.blockers("discard"),
            is_applied=imported.state == ImportState.APPLIED,
            applied=_applied(imported), same_before=_same_before(imported) if staged else "",
        )  # fmt: skip


def _applied(imported: Import) -> str:
    if imported.state != ImportState.APPLIED or imported.applied_at is None:
        return ""
    who = f" by {imported.applied_by.name}" if imported.applied_by else ""
    return f"{words.moment(imported.applied_at)}{who}"


def _same_before(imported: Import) -> str:
    same = Import.objects.filter(
        authority=imported.authority_id, digest=imported.digest, state=ImportState.APPLIED
    ).exclude(pk=imported.pk)
    earlier = same.order_by("-applied_at").first()
    return words.moment(earlier.applied_at) if earlier and earlier.applied_at else ""


def _counts(imported: Import) -> tuple[Counter[int], Counter[int]]:
    rows: Counter[int] = Counter()
    rejected: Counter[int] = Counter()
    grouped = imported.rows.order_by().values_list("list_number", "state").annotate(number=Count("pk"))
    for list_number, state, number in grouped:
        rows[list_number] += number
        if state in (RowState.REJECTED, RowState.LEFT_OUT):
            rejected[list_number] += number
    return rows, rejected


def _sheet(one: dict[str, object], counts: tuple[Counter[int], Counter[int]]) -> SheetLine:
    number = int(str(one["list"]))
    rows, rejected = counts[0][number], counts[1][number]
    unread = one["unread"] if isinstance(one["unread"], list) else []
    return SheetLine(
        str(one["name"]), LISTS[number][0], rows, rows - rejected, rejected, str(one["problem"]), tuple(unread)
    )


@dataclass(frozen=True, slots=True)
class RejectLine:
    sheet: str
    row: int
    child_number: str
    reasons: tuple[str, ...]


def rejects_of(imported: Import, sheet: str, page: str | None) -> Page[Any]:
    found = imported.rows.rejected()
    found = found.filter(sheet=sheet) if sheet else found
    shown: Page[Any] = Paginator(found, PAGE).get_page(page)
    shown.object_list = [RejectLine(row.sheet, row.row_number, row.child_number, tuple(row.problems)) for row in shown]
    return shown


def all_rejects(imported: Import) -> QuerySet[ImportRow]:
    return imported.rows.rejected()


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name to be matched: what it may be, and what it looks like or was confirmed as."""

    name: ImportName
    key: str
    chosen: str
    sure: bool


LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Matching:
    """All names of a workbook, and who there is to choose from."""

    teams: tuple[NameLine, ...]
    workers: tuple[NameLine, ...]
    team_choices: tuple[tuple[str, str], ...]
    worker_choices: tuple[tuple[str, str], ...]

    @classmethod
    def of_import(cls, imported: Import) -> "Matching":
        teams = Team.objects.filter(authority=imported.authority_id).in_use()
        people = Person.objects.filter(authority=imported.authority_id).active()
        team_names = by_plain_name((team.pk, team.name) for team in teams)
        people_names = by_plain_name((one.pk, one.name) for one in people)
        before = _decided_before(imported)
        lines: dict[str, list[NameLine]] = defaultdict(list)
        for name in imported.names.all():
            known = team_names if name.kind == NameKind.TEAM else people_names
            lines[name.kind].append(_name_line(name, known, before))
        return cls(
            tuple(lines[NameKind.TEAM]),
            tuple(lines[NameKind.WORKER]),
            tuple((str(team.pk), team.name) for team in teams),
            tuple((str(one.pk), one.name) for one in people),
        )


def _decided_before(imported: Import) -> dict[tuple[str, str], str]:
    """What a person last said that the same name is, in any workbook of this council."""
    earlier = ImportName.objects.filter(of__authority=imported.authority_id, confirmed_at__isnull=False)
    rows = earlier.exclude(of=imported).order_by("confirmed_at").values_list("kind", "plain", "team", "person")
    return {(kind, plain): str(team or person or LEAVE_OUT) for kind, plain, team, person in rows}


def _name_line(name: ImportName, known: dict[str, list[int]], before: dict[tuple[str, str], str]) -> NameLine:
    key = f"name-{name.pk}"
    if name.confirmed_at:
        return NameLine(name, key, str(name.team_id or name.person_id or LEAVE_OUT), True)
    if (name.kind, name.plain) in before:
        return NameLine(name, key, before[name.kind, name.plain], True)
    like = suggest(name.written, known)
    return NameLine(name, key, str(like.pk or ""), like.sure)


@dataclass(frozen=True, slots=True)
class ReportPage:
    line: ImportLine
    report: Reconciliation
    shown: Page[Any]

    @classmethod
    def of_import(cls, imported: Import, at: datetime, page: str | None) -> "ReportPage":
        report = reconcile(imported, at)
        shown = Paginator(report.differences, PAGE).get_page(page)
        return cls(ImportLine.of(imported, 0), report, shown)


def headers_of(person: Person) -> list[ImportHeader]:
    return list(ImportHeader.objects.filter(authority=person.authority_id))


def column_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every column of every list, by list."""
    return [
        (
            f"List {number}: {title}",
            [(f"{number}:{name}", column.header) for name, column in columns_of(number).items()],
        )
        for number, (title, _) in LISTS.items()
    ]


def header_rows(person: Person) -> list[tuple[int, str, str, str]]:
    """(list, official header, own header, key) of what a council calls its columns."""
    return [
        (one.list_number, columns_of(one.list_number)[one.field].header, one.header, f"{one.list_number}:{one.field}")
        for one in headers_of(person)
    ]


def children_in(imported: Import) -> int:
    return imported.rows.ready().order_by().values("child_number").distinct().count()


def people_and_teams(imported: Import) -> tuple[dict[str, Team], dict[str, Person]]:
    """Who a name may mean, by the key of their choice."""
    teams = Team.objects.filter(authority=imported.authority_id).in_use()
    people = Person.objects.filter(authority=imported.authority_id).active()
    return {str(team.pk): team for team in teams}, {str(one.pk): one for one in people}
