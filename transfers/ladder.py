"""The pack's ladder for disputes, and its calendar of transfer meetings: pure reading of rows."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime, make_aware

from casetransfer.calendars import add_months, default
from casetransfer.protocols import Pack, due, rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.plans import Plan

END_OF_DAY = time(23, 59, 59)
ABOUT_TRANSFERS = ("transfer", "any")


def rungs_of(pack: Pack) -> list[rows.DisputeStep]:
    """The rungs that a dispute about a transfer climbs, the lowest first."""
    return sorted((step for step in pack.dispute_step if step.about in ABOUT_TRANSFERS), key=lambda step: step.order)


def rung_named(pack: Pack, code: str) -> rows.DisputeStep:
    return next(step for step in rungs_of(pack) if step.code == code)


def rung_after(pack: Pack, code: str) -> rows.DisputeStep | None:
    steps = rungs_of(pack)
    places = [place for place, step in enumerate(steps) if step.code == code]
    later = steps[places[0] + 1 :] if places else []
    return None if places and steps[places[0]].final else next(iter(later), None)


def rung_due(pack: Pack, step: rows.DisputeStep, reached_at: datetime) -> datetime | None:
    """Hours run through nights and weekends; days end with the day."""
    if step.timer and step.timer in pack.timers and pack.timers[step.timer].offset:
        return due(pack, step.timer, reached_at).due_at
    if not step.limit:
        return None
    limit = Duration.parse(step.limit)
    if limit.unit == "hours":
        return reached_at + timedelta(hours=limit.count)
    return make_aware(datetime.combine(_later(localtime(reached_at).date(), limit), END_OF_DAY))


def _later(day: date, limit: Duration) -> date:
    if limit.unit == "working days":
        return default().add_working_days(day, limit.count)
    if limit.unit == "months":
        return add_months(day, limit.count)
    return day + timedelta(days=limit.count)


ANSWER_WITHIN = 5  # working days, where the protocol gives those who are asked no time of their own


def answer_due(pack: Pack, plan: Plan, asked_at: datetime) -> datetime:
    """By when somebody should have answered: the soonest clock of the route that runs from the asking."""
    clocks = (pack.timers.get(code) for code in plan.asks.timers)
    named = [row.code for row in clocks if row and row.starts.on == "transfer_requested" and row.offset]
    moments = [moment for code in named if (moment := due(pack, code, asked_at).due_at)]
    if moments:
        return min(moments)
    day = default().add_working_days(localtime(asked_at).date(), ANSWER_WITHIN)
    return make_aware(datetime.combine(day, END_OF_DAY))


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL_TIME = "10:00"


def next_meeting(meeting: rows.Meeting, at: datetime) -> tuple[datetime, datetime | None] | None:
    """(when it meets, until when its list is open) for the next meeting whose list is still open; nothing where the
    protocol names no day of the week."""
    if meeting.weekday is None:
        return None
    day = localtime(at).date()
    day += timedelta(days=(WEEKDAYS.index(meeting.weekday) - day.weekday()) % 7)
    while True:
        meets_at = _moment(day, meeting.time or USUAL_TIME)
        closes_at = cutoff_of(meeting, day)
        if at <= (closes_at or meets_at):
            return meets_at, closes_at
        day += timedelta(days=7)


def cutoff_of(meeting: rows.Meeting, day: date) -> datetime | None:
    """The last cut-off before the day of the meeting."""
    if meeting.cutoff_weekday is None:
        return None
    back = (day.weekday() - WEEKDAYS.index(meeting.cutoff_weekday)) % 7 or 7
    return _moment(day - timedelta(days=back), meeting.cutoff_time or "23:59")


def _moment(day: date, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return make_aware(datetime.combine(day, time(int(hour), int(minute))))
