"""The worklist: one row per case, each read from a fixed number of queries per page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.timezone import localdate

from cases import words
from cases.deadlines import calendar_with
from cases.fact_sources import STATUSES
from cases.models import Case, CaseQuerySet, Deadline, Event, Involvement, Part, Spell, SpellKind, Standing
from cases.rag import COLOURS, in_a_sentence, rag
from casetransfer.calendars import WorkingCalendar
from teams.listing import MOST_IN_A_FILE, Cell, Column, Found, Listed
from teams.listing import Row as Cells
from teams.models import AuditEntry, ClosureDay, Person

PAGE = 50
AHEAD = timedelta(days=92)
COUNTED_TO = MOST_IN_A_FILE
CASES = Listed(
    place="cases",
    caption="Cases",
    columns=(
        Column("child", "Child", order="name", reverse="name_down", quiet_head="Case"),
        Column("age", "Age"),
        Column("status", "Status"),
        Column("due", "Next to be done", order="due"),
        Column("next_event", "Next meeting or hearing"),
        Column("holder", "Held by"),
        Column("worker", "Worker"),
        Column("opened", "Open since", order="oldest", reverse="newest"),
    ),
    nothing="No case that you may see is like that. Take a filter away, or search for the child above. You see the "
    "cases in which you or your teams have a part; a closing that waits for you stands under Closures.",
    order="newest",
)


@dataclass(frozen=True, slots=True)
class Row:
    url: str
    reference: str
    child: str
    age: str
    status: str
    holder: str
    worker: str
    next_event: str
    is_restricted: bool
    opened: str
    due: Cell

    @property
    def cells(self) -> Cells:
        flag = "Restricted" if self.is_restricted else ""
        return {
            "child": Cell(self.child, url=self.url, quiet=self.reference, flag=flag),
            "due": self.due,
            **{key: Cell(getattr(self, key)) for key in ("age", "status", "holder", "worker", "next_event", "opened")},
        }


@dataclass(frozen=True, slots=True)
class Worklist:
    rows: tuple[Row, ...]
    found: str
    page: int
    previous_url: str
    next_url: str


def worklist_of(cases: CaseQuerySet, at: datetime, page: int = 1, query: dict[str, Any] | None = None) -> Worklist:
    """One page of these cases."""
    shown, counted = _sheet(cases, page)
    return Worklist(
        rows=tuple(rows_of(shown[:PAGE], at)),
        found=_counted(counted),
        page=page,
        previous_url=_url(query, page - 1) if page > 1 else "",
        next_url=_url(query, page + 1) if len(shown) > PAGE else "",
    )


def cases_found(cases: CaseQuerySet, at: datetime, page: int = 1) -> Found:
    """One page of these cases for a list that people keep."""
    shown, counted = _sheet(cases, page)
    rows = tuple(row.cells for row in rows_of(shown[:PAGE], at))
    return Found(rows, _counted(counted), page, len(shown) > PAGE, counted <= COUNTED_TO)


def _sheet(cases: CaseQuerySet, page: int) -> tuple[list[Case], int]:
    """The cases of one page and one more, and how many there are: counted only as far as a person would read on."""
    shown = list(cases.select_related("child")[(page - 1) * PAGE : page * PAGE + 1])
    return shown, cases.order_by()[: COUNTED_TO + 1].count()


def cases_in_a_file(cases: CaseQuerySet, at: datetime) -> list[Cells]:
    return [row.cells for row in rows_of(list(cases.select_related("child")[:MOST_IN_A_FILE]), at)]


def _counted(number: int) -> str:
    return f"more than {COUNTED_TO:,} cases" if number > COUNTED_TO else words.plural(number, "case")


def rows_of(cases: list[Case], at: datetime) -> list[Row]:
    """Any list of cases as rows, in five further queries."""
    lines, statuses, events, dues = _lines(cases), _statuses(cases, at), _events(cases), dues_of(cases, at)
    calendar = _calendar(cases[0].authority_id) if cases else None
    return [
        Row(
            url=case.get_absolute_url(),
            reference=case.reference,
            child=case.child.name,
            age=_age(case, at),
            status=_status(case, statuses[case.pk]),
            holder=lines[case.pk].get(Part.RESPONSIBLE_TEAM, ""),
            worker=_worker(case, lines[case.pk]),
            next_event=events.get(case.pk, ""),
            is_restricted=case.child.restricted,
            opened=words.day(localdate(case.opened_at)),
            due=_due(dues[case.pk], at, calendar) if calendar and case.pk in dues else Cell(),
        )
        for case in cases
    ]


def _calendar(authority: int) -> WorkingCalendar:
    return calendar_with(frozenset(ClosureDay.objects.filter(authority=authority).values_list("on", flat=True)))


def _due(row: Deadline, at: datetime, calendar: WorkingCalendar) -> Cell:
    how, sure = rag(row, at), "" if row.is_certain else " (if it applies: not all is known)"
    return Cell(f"{row.what}{sure}", quiet=in_a_sentence(row, at, calendar), tag=how, colour=COLOURS[how])


def dues_of(cases: list[Case], at: datetime) -> dict[int, Deadline]:
    """What is to be done next in each. An age to come in years is on the case's horizon, not on anybody's list."""
    owed = Deadline.objects.open().owed().filter(case__in=[case.pk for case in cases if case.is_held])
    owed = owed.filter(due_at__lt=at + AHEAD)
    found = owed.order_by("case_id", "due_at", "pk").distinct("case_id")
    return {row.case_id: row for row in found.select_related("case")}


def _url(query: dict[str, Any] | None, page: int) -> str:
    return "?" + urlencode({**(query or {}), "page": page}, doseq=True)


def _lines(cases: list[Case]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    parts = (Part.RESPONSIBLE_TEAM, Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY)
    lines = Involvement.objects.current().filter(case__in=cases, role__in=parts).order_by()
    for case, role, team, person in lines.values_list("case", "role", "team__name", "person__name"):
        found[case][role] = team if role == Part.RESPONSIBLE_TEAM else person or ""
    return found


def _statuses(cases: list[Case], at: datetime) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    spells = Spell.objects.standing().current_on(localdate(at)).filter(case__in=cases, kind=SpellKind.STATUS)
    for case, code in spells.order_by().values_list("case", "code"):
        found[case].add(code)
    return found


def _events(cases: list[Case]) -> dict[int, str]:
    """The next one planned, or one whose date has passed and of which nobody has said whether it was held."""
    events = Event.objects.planned().filter(case__in=cases).order_by("case_id", "planned_at").distinct("case_id")
    return {event.case_id: f"{words.occasion(event)}, {words.day(localdate(event.when))}" for event in events}


def _age(case: Case, at: datetime) -> str:
    child = case.child
    return words.age(child.date_of_birth, child.expected_delivery_date, localdate(at), child.died_on)


def _status(case: Case, codes: set[str]) -> str:
    if not case.is_held:
        return f"Closed {words.day(localdate(case.closed_at))}"
    return words.capital(", ".join(words.label(code) for code in STATUSES if code in codes))


def _worker(case: Case, lines: dict[str, str]) -> str:
    if not case.is_held:
        return ""
    if Part.DUTY in lines:
        return "On duty"
    return lines.get(Part.ALLOCATED_SOCIAL_WORKER, "Not allocated")


@dataclass(frozen=True, slots=True)
class Brief:
    """A case in a line or two, where what is due in it is said beside it."""

    url: str
    reference: str
    child: str
    age: str
    status: str
    next_event: str


def briefs_of(cases: list[Case], at: datetime) -> list[Brief]:
    """In two further queries."""
    statuses, events = _statuses(cases, at), _events(cases)
    return [
        Brief(
            case.get_absolute_url(), case.reference, case.child.name, _age(case, at), _status(case, statuses[case.pk]),
            events.get(case.pk, ""),
        )
        for case in cases
    ]  # fmt: skip


RECENT, LOOKED_BACK = 8, 200


@dataclass(frozen=True, slots=True)
class Recent:
    url: str
    reference: str
    child: str
    holder: str


def recently_opened(person: Person, standing: Standing | None = None) -> list[Recent]:
    """The cases that this person opened last, as the audit has them, and still may see."""
    looked = AuditEntry.objects.filter(by=person, kind=AuditEntry.Kind.READ).order_by("-at", "-pk")
    subjects = looked.values_list("subject", flat=True)[:LOOKED_BACK]
    named = dict.fromkeys(one.split(" ")[0] for one in subjects)
    references = [one for one in named if one.startswith("CT-")][:RECENT]
    if not references:
        return []
    cases = Case.objects.visible_to(person, standing).filter(reference__in=references).select_related("child")
    found = {case.reference: case for case in cases.order_by("pk")}
    lines = _lines(list(found.values()))
    holders = {case: held.get(Part.RESPONSIBLE_TEAM, "") for case, held in lines.items()}
    shown = [found[one] for one in references if one in found]
    return [Recent(one.get_absolute_url(), one.reference, one.child.name, holders.get(one.pk, "")) for one in shown]
