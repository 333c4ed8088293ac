"""When a timer is due, worked out a second time and slowly: day by day, with the bank holidays copied by hand from the
government's list and the clock changes from the Act of 1972. Nothing of the engine is used but the pack's rows."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone

DAY = timedelta(days=1)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BANK_HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28 "
        "2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28 "
        "2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26"
    ).split()
}


def slowly(pack, timer, starts):
    """The due moment of a timer row, given the wall-clock start of each of its ways in order (None: not known)."""
    offsets = [timer.offset, *(other.offset for other in timer.or_from)]
    moments = [
        _moment(pack, timer, offset, start) for offset, start in zip(offsets, starts, strict=True) if start is not None
    ]
    return min(moments, default=None)


def from_wall(local):
    """England's wall clock as a moment; of an hour that comes twice the first."""
    offset = timedelta(hours=1) if _is_summer(local - timedelta(hours=1)) else timedelta()
    return local.replace(tzinfo=timezone(offset))


def _is_summer(utc):
    march, october = (_last_sunday(utc.year, month) + timedelta(hours=1) for month in (3, 10))
    return march <= utc < october


def _last_sunday(year, month):
    day = datetime(year, month, 31)  # noqa: DTZ001
    while day.weekday() != 6:
        day -= DAY
    return day


def _moment(pack, timer, offset, start):
    weekday, at = _weekly(pack, timer)
    if timer.kind == "cutoff":
        return _end(timer, _weekday_before(_meeting_day(pack, timer, start.date()), weekday), at)
    if timer.kind == "recurring" and weekday is not None:
        return _recurring(timer, offset, start, weekday, at)
    if offset is None:
        return from_wall(start) if start.time() != time() else _end(timer, start.date(), at)
    number, unit = _read(offset)
    if unit == "hours":
        way = -1 if timer.kind in ("backward", "look_back") else 1
        return from_wall(start).astimezone(UTC) + way * timedelta(hours=number)
    return _end(timer, _day(pack, timer, number, unit, start.date()), at)


def _weekly(pack, timer):
    weekday, at = timer.weekday, timer.time
    meeting = _meeting(pack, timer)
    if timer.kind == "cutoff" and weekday is None and meeting:
        weekday, at = meeting.cutoff_weekday, meeting.cutoff_time
    return (WEEK.index(weekday.lower()) if weekday else None), (time.fromisoformat(at) if at else None)


def _meeting(pack, timer):
    return next((meeting for meeting in pack.meeting if meeting.code == timer.meeting), None)


def _meeting_day(pack, timer, day):
    """The list of a weekly meeting that must come before another event closes before the last such meeting."""
    meeting = _meeting(pack, timer)
    if meeting and meeting.weekday and timer.starts.of not in ("", meeting.event, meeting.code):
        return _weekday_before(day, WEEK.index(meeting.weekday.lower()))
    return day


def _weekday_before(day, weekday):
    day -= DAY
    while day.weekday() != weekday:
        day -= DAY
    return day


def _recurring(timer, offset, start, weekday, at):
    weeks = _read(offset)[0] // 7 if offset else 1
    day, found = start.date(), 0
    while True:
        if day.weekday() == weekday and _end(timer, day, at) > from_wall(start) and (at or day != start.date()):
            found += 1
            if found == weeks:
                return _end(timer, day, at)
        day += DAY


def _end(timer, day, at):
    usual = time() if timer.kind == "look_back" else time(23, 59, 59)
    return from_wall(datetime.combine(day, at or usual))


def _read(offset):
    """ "15 working days" as (15, "working days"); "11y6m" as (138, "months"); "20w0d" as (140, "pregnancy")."""
    words = offset.split(" ", 1)
    if len(words) == 2:
        factor, unit = {
            "hour": (1, "hours"), "working day": (1, "working days"), "day": (1, "days"), "week": (7, "days"),
            "month": (1, "months"), "year": (12, "months"),
        }[words[1].removesuffix("s")]  # fmt: skip
        return int(words[0]) * factor, unit
    if "w" in offset:
        weeks, days = offset.split("w")
        return int(weeks) * 7 + int(days.removesuffix("d") or 0), "pregnancy"
    years, months = offset.split("y")
    return int(years) * 12 + int(months.removesuffix("m") or 0), "months"


def _day(pack, timer, number, unit, start):
    way = -DAY if timer.kind in ("backward", "look_back") else DAY
    if unit == "pregnancy":
        return start - (280 - number) * DAY
    if number == 0:
        day = start
    elif unit == "months":
        day = _months(pack, timer, number if way > timedelta() else -number, start)
    else:
        day = _counted(timer, number, unit, start, way)
    is_out = timer.kind in ("window", "look_back") and not timer.last_day_in
    return day - way if is_out else day


def _counted(timer, number, unit, start, way):
    """One day after the other, until that many have been counted."""
    day = start if timer.counts == "start_day_is_day_one" else start + way
    counted = 0
    while True:
        counted += unit == "days" or (day.weekday() < 5 and day not in BANK_HOLIDAYS)
        if counted == number:
            return day
        day += way


def _months(pack, timer, number, start):
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    last = monthrange(year, month + 1)[1]
    is_birthday = timer.kind == "age" or (timer.starts.on == "age_reached" and number > 0)
    rule, is_leap_day = pack.identity.birthdays, (start.month, start.day, month + 1) == (2, 29, 2)
    if is_birthday and start.day > last and (rule == "next_day" or (rule == "leap_day_on_1_march" and is_leap_day)):
        return date(year, month + 1, last) + DAY
    day = date(year, month + 1, min(start.day, last))
    is_sooner = timer.counts == "start_day_is_day_one" and timer.kind != "age"
    return day - (DAY if number > 0 else -DAY) if is_sooner and not is_birthday else day
