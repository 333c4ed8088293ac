"""When a protocol's timer is due, and the arithmetic shown. Pure: the start is always given, no clock is read.

Hours are elapsed hours: they run through nights, weekends, bank holidays and clock changes (24 hours over the October
change is 24 elapsed hours, so the clock on the wall shows an hour less). Days, working days and months give a day; its
moment is 23:59:59 local time, or the time of day the timer states. A naive datetime is read as local time; where the
October change makes it ambiguous it is the earlier of the two. Moments carry their offset from UTC, not a zone, so
that comparing and subtracting them counts elapsed time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from difflib import get_close_matches
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from casetransfer import calendars
from casetransfer.calendars import (
    Birthdays,
    CalendarError,
    WorkingCalendar,
    add_months,
    age_reached,
    gestation_reached,
    in_full,
    in_words,
)
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.rows import Meeting, Start, Timer
from casetransfer.protocols.vocabulary import ORDINAL_WORDS, event_kinds

Begin = datetime | date | None  # when something started; None while that is not known

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59, 59)
_BACKWARD = frozenset({"backward", "look_back", "cutoff"})
_WEEKLY = frozenset({"cutoff", "recurring"})
_WEEK = 7
_WHY_NONE = {
    "gate": "it is due at the event itself ({})",
    "immediate": "it is due at once ({})",
    "ordering": "it says what comes before what ({})",
    "cutoff": "no weekday is named for the cut-off ({})",
}
_RESULTS = {
    "backward": "At the latest", "window": "Last day in", "look_back": "Counts from", "recurring": "Next",
    "age": "Reached", "threshold": "Reached", "cutoff": "Closes",
}  # fmt: skip


class TimerError(CalendarError):
    """A timer that cannot be worked out; the message says why in one sentence."""


@dataclass(frozen=True)
class Due:
    """When a timer is due. Without a number or a known start there is no `due_at` and `why_none` says why.

    due_at: the last moment in time; for a look-back, midnight of the first day that still counts. due_on: its day, or
    None for hours, which end at a moment. decided_by: the start that gave the date, where the soonest of several does.
    still_unknown: the starts not known yet, any of which may bring the date forward.
    """

    timer: str
    start: datetime | None
    due_on: date | None = None
    due_at: datetime | None = None
    why_none: str = ""
    decided_by: str = ""
    still_unknown: tuple[str, ...] = ()
    _clock: "Clock | None" = field(default=None, repr=False, compare=False)
    _starts: tuple[datetime | None, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The arithmetic in sentences, worked out only when somebody asks."""
        if not self._clock or not self.due_at:
            return (self.why_none,)
        lines = [
            line for index, begun in enumerate(self._starts) if begun for line in self._clock.arithmetic(index, begun)
        ]
        if self.decided_by:
            lines.append(f"The soonest known comes from: {self.decided_by}")
        lines += [f"Not known yet: {name}. If it gives a sooner date, that one counts" for name in self.still_unknown]
        return (*lines, f"{_RESULTS.get(self._clock.timer.kind, 'Due')}: {_moment_in_words(self.due_at)}")


def due(
    pack: Pack,
    timer_code: str,
    start: Begin,
    *,
    other: Sequence[Begin] = (),
    calendar: WorkingCalendar | None = None,
    time_zone: str = "Europe/London",
) -> Due:
    """When the timer is due if it started at `start`.

    start: for an age timer the date of birth, for a length of pregnancy the expected delivery date, for a backward
    timer or a cut-off the planned meeting. other: the starts of `or_from` in their order, None where not known yet.
    Raises TimerError (unknown timer, a start that is no time) or CalendarError (past the known bank holidays).
    """
    return clock_for(pack, timer_code, calendar=calendar, time_zone=time_zone).due(start, other)


def clock_for(
    pack: Pack, timer_code: str, *, calendar: WorkingCalendar | None = None, time_zone: str = "Europe/London"
) -> "Clock":
    """A timer made ready once, for callers that ask it many times. Raises TimerError."""
    if (timer := pack.timers.get(timer_code)) is None:
        near = get_close_matches(timer_code, pack.timers)
        raise TimerError(
            f'{pack.authority} has no timer "{timer_code}"' + (f": did you mean {near[0]}?" if near else ".")
        )
    meeting = next((row for row in pack.meeting if row.code == timer.meeting), None)
    weekday, at_time = timer.weekday, timer.time
    if timer.kind == "cutoff" and weekday is None and meeting:
        weekday, at_time = meeting.cutoff_weekday, meeting.cutoff_time
    ways = ((timer.starts, timer.offset), *((other.starts, other.offset) for other in timer.or_from))
    try:
        return Clock(
            timer=timer,
            names=tuple(start_in_words(start) for start, _ in ways),
            offsets=tuple(_parsed(offset) if offset else None for _, offset in ways),
            weekday=_day_number(weekday),
            meets_on=_day_number(meeting.weekday) if meeting and _is_for_another_event(timer, meeting) else None,
            time=time.fromisoformat(at_time) if at_time else None,
            zone=ZoneInfo(time_zone),
            calendar=calendar,
            birthdays=pack.identity.birthdays,
        )
    except (ValueError, LookupError) as error:
        raise TimerError(f"{timer_code} cannot be worked out: {error}") from error


@dataclass(frozen=True)
class Clock:
    """A timer made ready: its own start and those of `or_from` in order, each with a name and an offset.

    An offset of None means "at that start itself", or in the course of its day when the start is given without a time
    (midnight). Weekdays are 0 (Monday) to 6; `meets_on` is the weekday of the meeting a cut-off belongs to, where the
    timer starts from another event that the meeting must precede.
    """

    timer: Timer
    names: tuple[str, ...]
    offsets: tuple[Duration | None, ...]
    weekday: int | None
    meets_on: int | None
    time: time | None
    zone: ZoneInfo
    calendar: WorkingCalendar | None
    birthdays: Birthdays = "last_day"

    def due(self, start: Begin, other: Sequence[Begin] = ()) -> Due:
        """When it is due: the soonest that its own start and the other known starts give."""
        code, starts = self.timer.code, self._starts(start, other)
        if not (self._is_weekly or any(self.offsets)):
            return Due(code, starts[0], why_none=self._no_number())
        unknown = tuple(name for name, begun in zip(self.names, starts, strict=True) if begun is None)
        moments = [(self._moment(index, begun), index) for index, begun in enumerate(starts) if begun]
        if not moments:
            why = f"{code} has no date yet: not known is {' or '.join(unknown)}."
            return Due(code, None, why_none=why, still_unknown=unknown)
        at, index = min(moments)
        offset, decided_by = self.offsets[index], self.names[index] if len(starts) > 1 else ""
        due_on = None if offset and offset.unit == "hours" else at.date()
        return Due(code, starts[0], due_on, at, "", decided_by, unknown, self, starts)

    def arithmetic(self, index: int, start: datetime) -> list[str]:
        """The sentences that lead from one start to its date."""
        offset, first = self.offsets[index], f"{_moment_in_words(start)}: {self.names[index]}"
        if self._is_weekly and self.meets_on is not None:
            return [first, f"The last meeting before it: {in_full(_weekday_before(start.date(), self.meets_on))}"]
        if self._is_weekly or offset is None:
            return [first]
        return [first, *self._counted(offset, start), *self._adjusted(offset)]

    @property
    def _is_weekly(self) -> bool:
        return self.weekday is not None and self.timer.kind in _WEEKLY

    @property
    def _is_backward(self) -> bool:
        return self.timer.kind in _BACKWARD

    @property
    def _way(self) -> int:
        return -1 if self._is_backward else 1

    @property
    def _working(self) -> WorkingCalendar:
        return self.calendar or calendars.default()

    @property
    def _is_birthday(self) -> bool:
        return self.timer.kind == "age" or (self.timer.starts.on == "age_reached" and not self._is_backward)

    @property
    def _starts_at_once(self) -> bool:
        return self.timer.counts == "start_day_is_day_one" and self.timer.kind != "age"

    @property
    def _is_last_day_out(self) -> bool:
        return self.timer.kind in ("window", "look_back") and not self.timer.last_day_in

    def _no_number(self) -> str:
        why = _WHY_NONE.get(self.timer.kind, "it runs from its start ({}) without a length of time")
        return f"{self.timer.code} has no date: {why.format(self.names[0])}; the protocol states no number."

    def _starts(self, start: Begin, other: Sequence[Begin]) -> tuple[datetime | None, ...]:
        missing = len(self.names) - 1 - len(other)
        if missing < 0:
            raise TimerError(f"{self.timer.code} has {len(self.names) - 1} other starts, but {len(other)} were given.")
        every = (start, *other, *(None,) * missing)
        return tuple(None if begun is None else local_moment(begun, self.zone) for begun in every)

    def _moment(self, index: int, start: datetime) -> datetime:
        offset = self.offsets[index]
        try:
            if self._is_weekly:
                return self._weekday_moment(offset, start)
            if offset is None:
                return start if start.time() != time() else self._ending(start.date())
            if offset.unit == "hours":
                return add_hours(start, self._way * offset.count, self.zone)
            reached = self._completed(offset, start.date())
            return self._ending(reached - timedelta(days=self._way) if self._is_last_day_out else reached)
        except OverflowError:
            raise TimerError(f"{self.timer.code} from {in_full(start)} is outside the calendar.") from None

    def _completed(self, offset: Duration, start: date) -> date:
        """The day that completes the offset."""
        if offset.is_gestation:
            return gestation_reached(start, offset.count)
        if offset.count == 0:
            return start
        way = self._way
        if offset.unit == "working days":
            count = self._working.subtract_working_days if self._is_backward else self._working.add_working_days
            return count(start, offset.count, self.timer.counts)
        is_months = offset.unit == "months"
        if is_months and self._is_birthday:
            return age_reached(start, offset.count, self.birthdays)
        reached = add_months(start, way * offset.count) if is_months else start + timedelta(days=way * offset.count)
        return reached - timedelta(days=way) if self._starts_at_once else reached

    def _ending(self, day: date) -> datetime:
        """The moment of that day that counts: the stated time, else its end (for a look-back its beginning)."""
        usual = time() if self.timer.kind == "look_back" else END_OF_DAY
        return _fixed(datetime.combine(day, self.time or usual, self.zone))

    def _weekday_moment(self, offset: Duration | None, start: datetime) -> datetime:
        assert self.weekday is not None
        if self.timer.kind == "cutoff":
            meeting = start.date() if self.meets_on is None else _weekday_before(start.date(), self.meets_on)
            return self._ending(_weekday_before(meeting, self.weekday))
        weeks, odd = divmod(offset.count if offset else _WEEK, _WEEK)
        if odd or weeks < 1 or (offset and offset.unit != "days"):
            raise TimerError(f"{self.timer.code} comes on a weekday, so it recurs in whole weeks, not {offset}.")
        day = start.date() + timedelta(days=(self.weekday - start.weekday()) % _WEEK)
        is_past = self._ending(day) <= start if self.time else day == start.date()
        return self._ending(day + timedelta(days=_WEEK * (weeks if is_past else weeks - 1)))

    def _counted(self, offset: Duration, start: datetime) -> Sequence[str]:
        day, side = start.date(), "before" if self._is_backward else "after"
        if offset.unit == "hours":
            says = f"{offset} {side} it are elapsed hours: nights, weekends and bank holidays count"
            return [says, *_clock_change(start, add_hours(start, self._way * offset.count, self.zone))]
        reached = self._completed(offset, day)
        if offset.is_gestation:
            return [f"The expected delivery date is 40 weeks, so {offset} is {(day - reached).days} days before it"]
        if offset.count == 0:
            return ["No time is added"]
        if offset.unit == "working days":
            return self._working.steps(day, offset.count, self.timer.counts, backward=self._is_backward)
        if offset.unit == "days":
            first = day if self._starts_at_once else day + timedelta(days=self._way)
            return [
                f"Day 1 {in_words(first)}",
                f"Day {offset.count} {in_words(reached)}, every day of the week counted",
            ]
        same_day = add_months(day, self._way * offset.count)
        if self._is_birthday:
            same_day = reached
        rolled = (
            "the first of the next month, as there is" if same_day.day == 1 else "the last day of that month, as it has"
        )
        why = "" if same_day.day == day.day else f", {rolled} no day {day.day}"
        return [f"{offset} {side} {in_full(day)} is {in_full(same_day)}{why}"]

    def _adjusted(self, offset: Duration) -> list[str]:
        day_one = "The day of the start is day one, so it is complete a day sooner"
        out = "The day that completes it is no longer in"
        is_sooner = self._starts_at_once and offset.unit == "months"
        return [day_one] * is_sooner + [out] * (self._is_last_day_out and offset.unit != "hours")


def add_hours(start: datetime, hours: int, zone: ZoneInfo = LONDON) -> datetime:
    """The local moment that many elapsed hours after `start` (negative: before), across clock changes."""
    return _fixed((local_moment(start, zone) + timedelta(hours=hours)).astimezone(zone))


def local_moment(begun: datetime | date, zone: ZoneInfo = LONDON) -> datetime:
    """The start as a local moment with its offset from UTC; a date is its midnight. Raises TimerError."""
    if not isinstance(begun, date):
        raise TimerError(f"A timer starts from a date and time, not from {begun!r}.")
    if not isinstance(begun, datetime):
        return _fixed(datetime.combine(begun, time(), zone))
    if begun.tzinfo is not None:
        return _fixed(begun.astimezone(zone))
    local = _fixed(begun.replace(tzinfo=zone, fold=0))
    if local.astimezone(zone).replace(tzinfo=None) != begun:
        raise TimerError(f"There is no {begun:%H:%M} on {in_full(begun)}: the clocks go forward then.")
    return local


def start_in_words(start: Start) -> str:
    """What starts a timer: "first looked-after review held", "care order made"; for an age, what it counts from."""
    if start.on == "age_reached":
        return "expected delivery date" if start.of == "gestation" else "date of birth"
    ordinal = ORDINAL_WORDS[start.ordinal] if start.ordinal else ""
    kind = event_kinds().get(start.of)
    thing = kind.says if kind else start.of
    happened = start.on.removeprefix("looked_").partition("_")[2] if thing else start.on
    value = "" if start.value is None else str(start.value).lower()
    return " ".join(word for word in (ordinal, thing, happened, value) if word).replace("_", " ")


@cache
def _parsed(offset: str) -> Duration:
    return Duration.parse(offset)


def _day_number(weekday: str | None) -> int | None:
    return calendars.WEEKDAYS.index(weekday.capitalize()) if weekday else None


def _is_for_another_event(timer: Timer, meeting: Meeting) -> bool:
    return bool(meeting.weekday) and timer.starts.of not in ("", meeting.event, meeting.code)


def _weekday_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % _WEEK or _WEEK)


def _fixed(moment: datetime) -> datetime:
    """The same moment with a plain offset from UTC, so that sums with it are elapsed time."""
    offset = moment.utcoffset()
    assert offset is not None
    return moment.replace(tzinfo=timezone(offset))


def _clock_change(start: datetime, end: datetime) -> list[str]:
    """A sentence where the clocks change between two moments."""
    early, late = min(start, end), max(start, end)
    moved = late.replace(tzinfo=None) - early.replace(tzinfo=None) - (late - early)
    ways = (("forward", moved > timedelta()), ("back", moved < timedelta()))
    says = "The clocks go {} in between, which changes the wall clock and not the hours elapsed"
    return [says.format(way) for way, is_so in ways if is_so]


def _moment_in_words(moment: datetime) -> str:
    """ "Monday 18 January 2027"; with the time of day where it is neither midnight nor the end of the day."""
    is_whole_day = moment.time() in (time(), END_OF_DAY)
    return in_full(moment) if is_whole_day else f"{in_full(moment)} at {moment:%H:%M}"
