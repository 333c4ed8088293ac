"""What one worker holds, by what is due: the first page of whoever works with children."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cases import slots
from cases.actions import calendar_of
from cases.models import Case, Deadline, Involvement, Standing
from cases.notice_presenters import DeadlineLine
from cases.presenters.worklist import Brief, briefs_of, dues_of
from cases.slots import Coming
from cases.standing_in import away_for, in_words
from teams.models import Absence, Person

MOST = 120  # more than one person ever holds, with those of a colleague who is away


@dataclass(frozen=True, slots=True)
class Held:
    """A case of mine with the next thing that is due in it, and what else comes: a move, say. `instead`: whose it is,
    where I stand in for them today."""

    case: Brief
    due: DeadlineLine | None
    instead: str = ""
    comings: tuple[str, ...] = ()


def caseload_of(person: Person, at: datetime, standing: Standing | None = None) -> list[Held]:
    """My own and those of colleagues for whom I stand in today, the soonest first; then those in which nothing is due
    and nothing comes. A fixed number of queries."""
    away = away_for(person, localdate(at))
    mine = Case.objects.visible_to(person, standing).allocated_to(person, *away)
    cases = list(mine.select_related("child").order_by("pk")[:MOST])
    if not cases:
        return []
    soonest, instead = dues_of(cases, at), _instead(cases, away)
    calendar, rows = calendar_of(person.authority_id), briefs_of(cases, at)
    comings = _comings(cases, at)
    found = []
    for case, row in zip(cases, rows, strict=True):
        due, coming = soonest.get(case.pk), comings[case.pk]
        line = DeadlineLine.of(due, at, calendar) if due else None
        held = Held(row, line, instead.get(case.pk, ""), tuple(one.says for one in coming))
        found.append((_soonest(due, coming, localdate(at)), held))
    return [held for _, held in sorted(found, key=lambda one: one[0])]


def _comings(cases: list[Case], at: datetime) -> dict[int, list[Coming]]:
    found: dict[int, list[Coming]] = defaultdict(list)
    for coming in slots.comings.gather(cases, at):
        found[coming.case].append(coming)
    return found


def _soonest(due: Deadline | None, comings: list[Coming], today: date) -> date:
    """By which day a case is to be looked at: what comes without a day comes today."""
    days = [localdate(due.due_at)] if due else []
    return min([*days, *(one.on or today for one in comings)], default=date.max)


def _instead(cases: list[Case], away: dict[int, Absence]) -> dict[int, str]:
    if not away:
        return {}
    lines = Involvement.objects.allocated().current().filter(case__in=cases, person__in=away)
    return {case: in_words(away[person]) for case, person in lines.values_list("case", "person") if person}
