"""The clocks of one case, as its overview shows them."""

from dataclasses import dataclass
from datetime import datetime

from cases import words
from cases.actions import calendar_of
from cases.models import Deadline
from cases.rag import COLOURS, in_a_sentence, rag
from cases.slots import CaseContext, Panel, panels
from casetransfer.calendars import WorkingCalendar


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """What `components/deadline_list.jinja` shows."""

    what: str
    due: str
    timeliness: str
    colour: str
    clauses: tuple[str, ...]

    @classmethod
    def of(cls, row: Deadline, at: datetime, calendar: WorkingCalendar) -> "DeadlineLine":
        how = rag(row, at)
        sure = "" if row.is_certain else " (if it applies: not all is known)"
        clauses = tuple(row.clause.split(", ")) if row.clause else ()
        due = words.capital(in_a_sentence(row, at, calendar))
        return cls(f"{row.what}{sure}", due, how, COLOURS[how], clauses)


@panels
def deadline_panel(context: CaseContext) -> list[Panel]:
    """What is still to be met, the soonest first."""
    if not context.case.is_held:
        return []
    rows = list(Deadline.objects.open().filter(case=context.case).order_by("due_at", "pk"))
    calendar = calendar_of(context.case.authority) if rows else None
    lines = [DeadlineLine.of(row, context.at, calendar) for row in rows if calendar]
    return [Panel("Deadlines", "cases/_deadlines.jinja", lines, rank=20)]
