"""When is it due? The answer of one timer for one start, with its steps."""

from dataclasses import dataclass
from datetime import datetime

from casetransfer.calendars import CalendarError, in_full
from casetransfer.protocols import Pack, due
from casetransfer.protocols.answers import due_as_dict
from casetransfer.protocols.rows import Timer


@dataclass(frozen=True)
class DueAnswer:
    """`due` in words, empty where there is no date; then `why_none` says why."""

    due: str
    steps: tuple[str, ...]
    why_none: str


def can_be_due(timer: Timer) -> bool:
    """Whether the protocol gives this timer anything to count with."""
    is_weekly = timer.kind in ("cutoff", "recurring") and bool(timer.weekday or timer.meeting)
    return bool(timer.offset or any(other.offset for other in timer.or_from) or is_weekly)


def due_answer(pack: Pack, timer: str, moments: list[datetime | None]) -> DueAnswer:
    try:
        result = due(pack, timer, moments[0], other=moments[1:])
    except CalendarError as error:
        return DueAnswer("", (), str(error))
    if result.due_at is None:
        return DueAnswer("", (), result.why_none.replace(f"{timer} ", "This timer "))
    shown = str(due_as_dict(pack, result)["due"])
    words = in_full(result.due_at) + (f" at {result.due_at:%H:%M}" if "T" in shown else "")
    return DueAnswer(words, tuple(result.steps), "")
