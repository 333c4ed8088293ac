"""By when the protocol wants a case moved, where its route states a last day: pure reading of rows."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from casetransfer.calendars import CalendarError
from casetransfer.protocols import TimerError, due
from casetransfer.protocols.answers import starts_of
from transfers.brief import Brief


@dataclass(frozen=True, slots=True)
class LastDay:
    on: date
    clauses: tuple[str, ...]


def last_day_of(brief: Brief) -> LastDay | None:
    """Nothing while what it counts from is not known."""
    timer = brief.pack.timers.get(brief.route.latest_timer)
    if timer is None:
        return None
    starts = starts_of(timer, brief.decision.facts)
    try:
        found = due(brief.pack, timer.code, starts[0], other=starts[1:]).due_at if any(starts) else None
    except (TimerError, CalendarError):
        return None
    return LastDay(localdate(found), timer.clauses) if found else None
