"""The worklist: one row per case, each read from a fixed number of queries per page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.timezone import localdate

from cases import words
from cases.fact_sources import STATUSES
from cases.models import Case, CaseQuerySet, Event, Involvement, Part, Spell, SpellKind

PAGE = 50
COUNTED_TO = 1000


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


@dataclass(frozen=True, slots=True)
class Worklist:
    rows: tuple[Row, ...]
    found: str
    page: int
    previous_url: str
    next_url: str


def worklist_of(cases: CaseQuerySet, at: datetime, page: int = 1, query: dict[str, Any] | None = None) -> Worklist:
    """One page of these cases. They are counted only as far as a person would read on."""
    counted = cases.order_by()[: COUNTED_TO + 1].count()
    shown = list(cases.select_related("child")[(page - 1) * PAGE : page * PAGE + 1])
    return Worklist(
        rows=tuple(rows_of(shown[:PAGE], at)),
        found=f"more than {COUNTED_TO:,} cases" if counted > COUNTED_TO else words.plural(counted, "case"),
        page=page,
        previous_url=_url(query, page - 1) if page > 1 else "",
        next_url=_url(query, page + 1) if len(shown) > PAGE else "",
    )


def rows_of(cases: list[Case], at: datetime) -> list[Row]:
    """Any list of cases as rows, in three further queries."""
    lines, statuses, events = _lines(cases), _statuses(cases, at), _events(cases)
    return [
        Row(
            url=case.get_absolute_url(),
            reference=case.reference,
            child=case.child.name,
            age=words.age(
                case.child.date_of_birth, case.child.expected_delivery_date, localdate(at), case.child.died_on
            ),
            status=_status(case, statuses[case.pk]),
            holder=lines[case.pk].get(Part.RESPONSIBLE_TEAM, ""),
            worker=_worker(case, lines[case.pk]),
            next_event=events.get(case.pk, ""),
            is_restricted=case.child.restricted,
        )
        for case in cases
    ]


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
