"""What one worker holds, by what is due: the first page of whoever works with children."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from cases.actions import calendar_of
from cases.models import Case, Involvement, Standing
from cases.notice_presenters import DeadlineLine
from cases.presenters.worklist import Brief, briefs_of, dues_of
from cases.standing_in import away_for, in_words
from teams.models import Absence, Person

MOST = 120  # more than one person ever holds, with those of a colleague who is away


@dataclass(frozen=True, slots=True)
class Held:
    """A case of mine with the next thing that is due in it; `instead`: whose it is, where I stand in for them today."""

    case: Brief
    due: DeadlineLine | None
    instead: str = ""


def caseload_of(person: Person, at: datetime, standing: Standing | None = None) -> list[Held]:
    """My own and those of colleagues for whom I stand in today, the soonest first; then those in which nothing is due.
    A fixed number of queries."""
    away = away_for(person, localdate(at))
    mine = Case.objects.visible_to(person, standing).allocated_to(person, *away)
    cases = list(mine.select_related("child").order_by("pk")[:MOST])
    if not cases:
        return []
    soonest, instead = dues_of(cases, at), _instead(cases, away)
    calendar, rows = calendar_of(person.authority_id), briefs_of(cases, at)
    found = [(soonest.get(case.pk), row, instead.get(case.pk, "")) for case, row in zip(cases, rows, strict=True)]
    found.sort(key=lambda one: one[0].due_at.timestamp() if one[0] else float("inf"))
    return [Held(row, DeadlineLine.of(due, at, calendar) if due else None, whose) for due, row, whose in found]


def _instead(cases: list[Case], away: dict[int, Absence]) -> dict[int, str]:
    if not away:
        return {}
    lines = Involvement.objects.allocated().current().filter(case__in=cases, person__in=away)
    return {case: in_words(away[person]) for case, person in lines.values_list("case", "person") if person}
