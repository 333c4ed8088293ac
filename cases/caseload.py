"""What one worker holds, by what is due: the first page of whoever works with children."""

from dataclasses import dataclass
from datetime import datetime

from cases.actions import calendar_of
from cases.models import Case, Deadline
from cases.notice_presenters import DeadlineLine
from cases.presenters.worklist import Row, rows_of
from teams.models import Person

MOST = 60  # more than one person ever holds


@dataclass(frozen=True, slots=True)
class Held:
    """A case of mine with the next thing that is due in it."""

    case: Row
    due: DeadlineLine | None


def caseload_of(person: Person, at: datetime) -> list[Held]:
    """The soonest first; then those in which nothing is due. A fixed number of queries."""
    cases = list(Case.objects.visible_to(person).allocated_to(person).select_related("child").order_by("pk")[:MOST])
    if not cases:
        return []
    owed = Deadline.objects.open().filter(case__in=cases).order_by("case_id", "due_at", "pk").distinct("case_id")
    soonest = {row.case_id: row for row in owed.select_related("case")}
    calendar, rows = calendar_of(person.authority), rows_of(cases, at)
    found = [(soonest.get(case.pk), row) for case, row in zip(cases, rows, strict=True)]
    found.sort(key=lambda one: one[0].due_at.timestamp() if one[0] else float("inf"))
    return [Held(row, DeadlineLine.of(due, at, calendar) if due else None) for due, row in found]
