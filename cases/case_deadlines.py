"""The clocks of one case, as its overview shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.urls import reverse

from cases.actions import calendar_of
from cases.models import Deadline
from cases.notice_presenters import DeadlineLine
from cases.slots import CaseContext, Panel, panels

AHEAD = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Clocks:
    """What is to be met soon, what lies further ahead, and the ages and windows that have passed."""

    soon: tuple[DeadlineLine, ...]
    later: tuple[DeadlineLine, ...]
    passed: tuple[DeadlineLine, ...]
    url: str


@panels
def deadline_panel(context: CaseContext) -> list[Panel]:
    """What is still to be met, the soonest first: each thing once, however many happenings ask for it by that day. The
    first of all is left for the page, which says it where there is nothing to press."""
    if not context.case.is_held:
        return []
    rows = list(Deadline.objects.open().filter(case=context.case).select_related("case").order_by("due_at", "pk"))
    calendar, near = calendar_of(context.case.authority), context.at + AHEAD
    passed = [row for row in rows if not row.is_owed and row.due_at < context.at]
    soon = [row for row in rows if row.due_at < near and row not in passed]
    later = [row for row in rows if row.due_at >= near]
    first, ahead, gone = (
        _each_once(DeadlineLine.of(row, context.at, calendar) for row in part) for part in (soon, later, passed)
    )
    url = reverse("cases:deadlines", kwargs={"ref": context.case.reference})
    clocks = Clocks(first, ahead, gone, url)
    owed = next((row for row in soon if row.is_owed), None)
    line = DeadlineLine.of(owed, context.at, calendar) if owed else None
    context.read["first_due"] = f"{line.what}. {line.due}." if line else ""
    return [Panel("Deadlines", "cases/_deadlines.jinja", clocks, rank=10)]


def _each_once(lines: Iterable[DeadlineLine]) -> tuple[DeadlineLine, ...]:
    found: dict[tuple[str, str], DeadlineLine] = {}
    for line in lines:
        same = found.get((line.what, line.due))
        clauses = dict.fromkeys((*same.clauses, *line.clauses)) if same else line.clauses
        found[line.what, line.due] = replace(line, clauses=tuple(clauses))
    return tuple(found.values())
