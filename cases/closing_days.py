"""What a closure day would do: which deadlines in working days it moves, and from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cases.deadlines import calendar_with, clocks_of
from cases.models import Deadline
from casetransfer.calendars import CalendarError, WorkingCalendar
from casetransfer.protocols import Pack, pack_for
from casetransfer.protocols.pack import ById
from casetransfer.protocols.timers import Clock
from teams.models import Authority, ClosureDay


@dataclass(frozen=True, slots=True)
class Moved:
    """One deadline that a closure day moves."""

    deadline: Deadline
    before: date
    after: date


def moved_by(authority: Authority, day: date) -> list[Moved]:
    """Every deadline still to be met that another closure day would move, the soonest first."""
    closed = frozenset(ClosureDay.objects.filter(authority=authority).values_list("on", flat=True))
    before, after = calendar_with(closed), calendar_with(closed | {day})
    rows = Deadline.objects.open().spanning(day).filter(case__authority=authority, case__closed_at=None)
    found: list[Moved] = []
    ready: dict[str, tuple[dict[str, Clock], dict[str, Clock]]] = {}
    for row in rows.select_related("case").order_by("due_at", "pk"):
        if row.case.pack not in ready:
            pack = pack_for(row.case.pack)
            ready[row.case.pack] = _clocks(pack, before), _clocks(pack, after)
        clock, other = (clocks.get(row.timer) for clocks in ready[row.case.pack])
        if clock and other:
            found += [Moved(row, localdate(row.due_at), localdate(moment)) for moment in _otherwise(row, clock, other)]
    return found


def _clocks(pack: Pack, calendar: WorkingCalendar) -> dict[str, Clock]:
    by_start = clocks_of(ById(pack), calendar).by_start
    return {timer.code: clock for ready in by_start.values() for timer, clock in ready if _counts_working_days(clock)}


def _counts_working_days(clock: Clock) -> bool:
    return any(offset is not None and offset.unit == "working days" for offset in clock.offsets)


def _otherwise(row: Deadline, clock: Clock, other: Clock) -> Iterator[datetime]:
    """The moment under the other calendar, by the way that gave the present one; nothing where it stays."""
    for way in range(len(clock.offsets)):
        starts = [row.starts_at if number == way else None for number in range(len(clock.offsets))]
        try:
            now, then = clock.due(starts[0], starts[1:]).due_at, other.due(starts[0], starts[1:]).due_at
        except CalendarError:
            continue
        if now == row.due_at:
            if then and then != now:
                yield then
            return
