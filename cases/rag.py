"""How a deadline stands at a moment: a word, a colour, and a sentence that says how soon or how late. The moment is
stored, the colour never: the same function gives the colour of today and of any day past."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from django.utils.timezone import localdate, localtime

from casetransfer.calendars import CalendarError, WorkingCalendar, in_full, in_words, months_between

END_OF_DAY = (23, 59, 59)


class Timeliness(StrEnum):
    MET = "Met"
    MET_LATE = "Met late"
    ON_TIME = "On time"
    DUE_SOON = "Due soon"
    OVERDUE = "Overdue"
    PAUSED = "Paused"
    STOPPED = "Stopped"
    AHEAD = "To come"
    PASSED = "Passed"


COLOURS = {
    Timeliness.MET: "green",
    Timeliness.MET_LATE: "grey",
    Timeliness.ON_TIME: "green",
    Timeliness.DUE_SOON: "amber",
    Timeliness.OVERDUE: "red",
    Timeliness.PAUSED: "blue",
    Timeliness.STOPPED: "grey",
    Timeliness.AHEAD: "grey",
    Timeliness.PASSED: "grey",
}


class Due(Protocol):
    """What a colour is worked out from. Each moment of knowing is stored once and never changed. What is not owed by
    anybody (an age, the end of a window) is never late: it lies ahead or has passed."""

    is_owed: bool
    due_at: datetime
    due_soon_at: datetime | None
    met_at: datetime | None
    met_known_at: datetime | None
    paused_at: datetime | None
    stopped_at: datetime | None


def rag(deadline: Due, at: datetime) -> Timeliness:
    """How it stood at that moment, as the record knew it then."""
    if deadline.met_at and deadline.met_known_at and deadline.met_known_at <= at:
        return Timeliness.MET if deadline.met_at <= deadline.due_at else Timeliness.MET_LATE
    if deadline.stopped_at and deadline.stopped_at <= at:
        return Timeliness.STOPPED
    if deadline.paused_at and deadline.paused_at <= at:
        return Timeliness.PAUSED
    if not deadline.is_owed:
        return Timeliness.PASSED if at > deadline.due_at else Timeliness.AHEAD
    if at > deadline.due_at:
        return Timeliness.OVERDUE
    soon = deadline.due_soon_at is not None and at >= deadline.due_soon_at
    return Timeliness.DUE_SOON if soon else Timeliness.ON_TIME


def in_a_sentence(deadline: Due, at: datetime, calendar: WorkingCalendar) -> str:
    """ "due Tuesday 24 November, in 3 working days"; "overdue by 1 year 2 months, since Monday 5 January 2026"."""
    how = rag(deadline, at)
    if how in (Timeliness.MET, Timeliness.MET_LATE):
        assert deadline.met_at is not None
        late = f", {lateness(deadline.due_at, deadline.met_at)} late" if how is Timeliness.MET_LATE else ""
        return f"met on {_day(deadline.met_at, at)}{late}"
    if how in (Timeliness.STOPPED, Timeliness.PAUSED):
        return f"{how.lower()}, was due {_day(deadline.due_at, at)}"
    if how is Timeliness.PASSED:
        return f"on {_moment(deadline.due_at, at)}"
    if how is Timeliness.AHEAD:
        return f"on {_moment(deadline.due_at, at)}, {ahead(at, deadline.due_at, calendar)}"
    if how is Timeliness.OVERDUE:
        return f"overdue by {lateness(deadline.due_at, at)}, since {_moment(deadline.due_at, at)}"
    return f"due {_moment(deadline.due_at, at)}, {ahead(at, deadline.due_at, calendar)}"


def lateness(due_at: datetime, at: datetime) -> str:
    """How long after: "25 minutes", "3 hours", "1 day", "1 year 2 months". A day's end is late by days, never hours."""
    late = at - due_at
    days = (localdate(at) - localdate(due_at)).days
    if not _is_end_of_day(due_at) and late < timedelta(hours=48):
        return _hours(late)
    if days <= 60:
        return _count(max(days, 1), "day")
    years, months = divmod(months_between(localdate(due_at), localdate(at)), 12)
    parts = [_count(years, "year")] if years else []
    return " ".join([*parts, *([_count(months, "month")] if months else [])])


def ahead(at: datetime, due_at: datetime, calendar: WorkingCalendar) -> str:
    """How long until: "in 3 hours", "today", "tomorrow", "in 3 working days", "in 2 years"."""
    today, on = localdate(at), localdate(due_at)
    if not _is_end_of_day(due_at) and due_at - at < timedelta(hours=48):
        return f"in {_hours(due_at - at)}"
    if on == today:
        return "today"
    if (on - today).days == 1:
        return "tomorrow"
    if (on - today).days > 90:
        years, months = divmod(months_between(today, on), 12)
        return f"in {_count(years, 'year')}" if years else f"in {_count(months, 'month')}"
    return _working_days(today, on, calendar)


def _working_days(today: date, on: date, calendar: WorkingCalendar) -> str:
    try:
        return f"in {_count(calendar.working_days_between(today, on), 'working day')}"
    except CalendarError:
        return f"in {_count((on - today).days, 'day')}"


def _hours(length: timedelta) -> str:
    minutes = max(int(length.total_seconds() // 60), 0)
    return _count(minutes // 60, "hour") if minutes >= 60 else _count(minutes, "minute")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is_end_of_day(moment: datetime) -> bool:
    local = localtime(moment)
    return (local.hour, local.minute, local.second) == END_OF_DAY


def _moment(moment: datetime, at: datetime) -> str:
    return _day(moment, at) if _is_end_of_day(moment) else f"{_day(moment, at)} at {localtime(moment):%H:%M}"


def _day(moment: datetime, at: datetime) -> str:
    """The year is named when it is not this one."""
    day = localdate(moment)
    return in_words(day) if day.year == localdate(at).year else in_full(day)
