"""When each kind of timer is due: dates checked by hand, both clock changes, and what is refused."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetransfer.calendars import CalendarError, WorkingCalendar, add_months, default
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.rows import Identity, Meeting, Timer
from casetransfer.protocols.timers import Due, TimerError, add_hours, clock_for, due, local_moment, start_in_words

HEARING = {"on": "event_held", "of": "court_hearing", "ordinal": 1}
REVIEW = {"on": "event_held", "of": "looked_after_review", "ordinal": 1}
SUMMER, WINTER = timezone(timedelta(hours=1)), UTC
LIST = Meeting(
    code="M-LIST", name="Weekly list", event="transfer_meeting", weekday="tuesday", cutoff_weekday="friday",
    cutoff_time="16:00",
)  # fmt: skip

often = settings(deadline=None, database=None)


def pack_with(*, birthdays="last_day", **timer):
    row = {"code": "T-1", "what": "something done", "starts": {"on": "contact_recorded"}, "kind": "deadline"} | timer
    identity = Identity(
        authority="exampleshire", name="Exampleshire", prefix="EX", version="1", effective_from=date(2026, 1, 1),
        document="A protocol", birthdays=birthdays,
    )  # fmt: skip
    return Pack(identity=identity, timer=(Timer.model_validate(row),), meeting=(LIST,))


def due_of(start, *, other=(), calendar=None, **timer):
    return due(pack_with(**timer), "T-1", start, other=other, calendar=calendar)


def at(*numbers):
    return datetime(*numbers)  # noqa: DTZ001 - local time, as people write it


def is_summer_time(moment):
    """From 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October, by the Act of 1972."""
    march, october = (last_sunday(moment.year, month) for month in (3, 10))
    return march + timedelta(hours=1) <= moment.replace(tzinfo=None) < october + timedelta(hours=1)


def last_sunday(year, month):
    last = datetime(year, month, 31)  # noqa: DTZ001
    return last - timedelta(days=(last.weekday() + 1) % 7)


@pytest.mark.parametrize(
    ("offset", "start", "due_on"),
    [
        ("15 working days", at(2026, 12, 23, 16), date(2027, 1, 18)),
        ("2 working days", at(2027, 3, 24, 9), date(2027, 3, 30)),
        ("1 working day", at(2026, 11, 21, 9), date(2026, 11, 23)),
        ("20 days", at(2026, 12, 23, 16), date(2027, 1, 12)),
        ("6 weeks", at(2026, 12, 23, 16), date(2027, 2, 3)),
        ("1 day", at(2028, 2, 28, 23, 59), date(2028, 2, 29)),
        ("3 months", at(2026, 11, 30, 9), date(2027, 2, 28)),
        ("1 year", at(2028, 2, 29, 9), date(2029, 2, 28)),
        ("0 days", at(2026, 11, 23, 9), date(2026, 11, 23)),
        ("0 working days", at(2026, 11, 23, 9), date(2026, 11, 23)),
    ],
)
def test_a_deadline_in_days_ends_with_its_day(offset, start, due_on):
    answer = due_of(start, offset=offset)

    assert answer.due_on == due_on
    assert answer.due_at.replace(tzinfo=None) == at(due_on.year, due_on.month, due_on.day, 23, 59, 59)


@pytest.mark.parametrize(
    ("start", "hours", "due_at"),
    [
        (at(2026, 11, 20, 16, 30), 4, datetime(2026, 11, 20, 20, 30, tzinfo=WINTER)),
        (at(2026, 12, 24, 16), 72, datetime(2026, 12, 27, 16, tzinfo=WINTER)),
        (at(2026, 10, 24, 16), 24, datetime(2026, 10, 25, 15, tzinfo=WINTER)),  # clocks go back
        (at(2027, 3, 27, 16), 24, datetime(2027, 3, 28, 17, tzinfo=SUMMER)),  # clocks go forward
        (at(2026, 10, 25, 0, 30), 1, datetime(2026, 10, 25, 1, 30, tzinfo=SUMMER)),  # the first 01:30
        (at(2026, 10, 25, 0, 30), 2, datetime(2026, 10, 25, 1, 30, tzinfo=WINTER)),  # the second
        (at(2026, 10, 25, 1, 30), 1, datetime(2026, 10, 25, 1, 30, tzinfo=WINTER)),  # read as the first
    ],
)
def test_hours_are_elapsed_hours(start, hours, due_at):
    answer = due_of(start, offset=f"{hours} hours")

    assert (answer.due_at, answer.due_at.utcoffset()) == (due_at, due_at.utcoffset())
    assert answer.due_at - answer.start == timedelta(hours=hours)
    assert answer.due_on is None


@settings(often, max_examples=2000)
@given(start=st.datetimes(at(1996, 1, 2), at(2036, 12, 1)), hours=st.integers(-100, 100))
def test_elapsed_hours_agree_with_the_summer_time_rule(start, hours):
    moment = start.replace(tzinfo=UTC)

    reached = add_hours(moment, hours)

    expected = moment + timedelta(hours=hours)
    wall_clock = expected + timedelta(hours=1) if is_summer_time(expected) else expected
    assert reached == expected
    assert reached.replace(tzinfo=None) == wall_clock.replace(tzinfo=None)


def test_an_aware_start_is_read_on_the_local_clock():
    late_in_utc = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert due_of(late_in_utc, offset="1 day").due_on == date(2026, 7, 2)
    assert due_of(late_in_utc, offset="1 day").due_at.utcoffset() == timedelta(hours=1)


def test_another_time_zone_can_be_asked_for():
    pack = pack_with(offset="1 day")

    answer = due(pack, "T-1", datetime(2026, 11, 23, 23, 30, tzinfo=UTC), time_zone="Europe/Paris")

    assert answer.due_on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("offset", "due_on"),
    [("15 working days", date(2027, 1, 15)), ("20 days", date(2027, 1, 11)), ("1 month", date(2027, 1, 22))],
)
def test_the_day_of_the_start_may_be_day_one(offset, due_on):
    answer = due_of(at(2026, 12, 23, 16), offset=offset, counts="start_day_is_day_one")

    assert answer.due_on == due_on


@pytest.mark.parametrize(
    ("offset", "due_at"),
    [
        ("7 working days", at(2026, 12, 21, 23, 59, 59)),
        ("7 days", at(2026, 12, 28, 23, 59, 59)),
        ("12 weeks", at(2026, 10, 12, 23, 59, 59)),
        ("1 month", at(2026, 12, 4, 23, 59, 59)),
        ("48 hours", at(2027, 1, 2, 10)),
    ],
)
def test_a_backward_timer_counts_back_from_the_planned_meeting(offset, due_at):
    answer = due_of(at(2027, 1, 4, 10), kind="backward", offset=offset)

    assert answer.due_at.replace(tzinfo=None) == due_at


def test_a_backward_timer_may_count_the_day_of_the_meeting_as_day_one():
    planned, day_one = at(2027, 1, 4, 10), "start_day_is_day_one"

    assert due_of(planned, kind="backward", offset="7 days", counts=day_one).due_on == date(2026, 12, 29)
    assert due_of(planned, kind="backward", offset="7 working days", counts=day_one).due_on == date(2026, 12, 22)
    assert due_of(planned, kind="backward", offset="1 month", counts=day_one).due_on == date(2026, 12, 5)


def test_hours_before_a_meeting_run_through_the_clock_change():
    answer = due_of(at(2027, 3, 28, 16), kind="backward", offset="48 hours")

    assert answer.due_at == datetime(2027, 3, 26, 15, tzinfo=UTC)
    assert "The clocks go forward in between" in answer.steps[2]


@pytest.mark.parametrize(("last_day_in", "last"), [(True, date(2027, 3, 15)), (False, date(2027, 3, 14))])
def test_a_window_ends_with_the_day_that_completes_it_or_the_day_before(last_day_in, last):
    answer = due_of(at(2026, 12, 15), kind="window", offset="3 months", last_day_in=last_day_in)

    assert answer.due_on == last


@pytest.mark.parametrize(("last_day_in", "first"), [(True, date(2026, 11, 13)), (False, date(2026, 11, 14))])
def test_a_look_back_begins_with_the_first_day_that_still_counts(last_day_in, first):
    answer = due_of(at(2026, 11, 23, 10), kind="look_back", offset="10 days", last_day_in=last_day_in)

    assert answer.due_on == first
    assert answer.due_at.replace(tzinfo=None) == at(first.year, first.month, first.day)


def test_a_deadline_takes_no_notice_of_the_last_day_of_windows():
    assert due_of(at(2026, 11, 23), offset="10 days", last_day_in=False).due_on == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("born", "offset", "reached"),
    [
        (date(2016, 2, 29), "11y6m", date(2027, 8, 29)),
        (date(2016, 2, 29), "18y", date(2034, 2, 28)),
        (date(2011, 5, 31), "15y6m", date(2026, 11, 30)),
        (at(2009, 1, 15), "17y6m", date(2026, 7, 15)),
    ],
)
def test_an_age_is_reached_on_the_day_itself(born, offset, reached):
    answer = due_of(born, kind="age", offset=offset, counts="start_day_is_day_one")

    assert answer.due_on == reached


@pytest.mark.parametrize(
    "timer", [{"kind": "age"}, {"kind": "threshold", "starts": {"on": "age_reached", "of": "15y6m"}}]
)
def test_a_birthday_that_the_month_does_not_have_follows_the_pack(timer):
    born, offset = date(2011, 5, 31), "15y6m"

    last_day, next_day = (due_of(born, offset=offset, birthdays=rule, **timer) for rule in ("last_day", "next_day"))

    assert (last_day.due_on, next_day.due_on) == (date(2026, 11, 30), date(2026, 12, 1))
    assert last_day.steps[1].endswith("Monday 30 November 2026, the last day of that month, as it has no day 31")
    assert next_day.steps[1].endswith("Tuesday 1 December 2026, the first of the next month, as there is no day 31")


def test_months_before_a_birthday_are_counted_back():
    timer = {"kind": "backward", "starts": {"on": "age_reached", "of": "18y"}, "birthdays": "next_day"}

    assert due_of(at(2026, 12, 31), offset="3 months", **timer).due_on == date(2026, 9, 30)


def test_a_length_of_pregnancy_is_reached_before_the_day_expected():
    answer = due_of(date(2027, 3, 1), kind="threshold", offset="20w0d", starts={"on": "age_reached", "of": "gestation"})

    assert answer.due_on == date(2026, 10, 12)
    assert "140 days before it" in answer.steps[1]


def test_a_recurring_timer_gives_the_next_time():
    assert due_of(at(2026, 8, 31), kind="recurring", offset="6 months").due_on == date(2027, 2, 28)
    assert due_of(at(2026, 8, 31, 9), kind="recurring", offset="1 day").due_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("start", "timer", "due_at"),
    [
        (at(2026, 11, 23, 10), {"offset": "1 week"}, at(2026, 11, 30, 23, 59, 59)),
        (at(2026, 11, 22, 10), {"offset": "1 week"}, at(2026, 11, 23, 23, 59, 59)),
        (at(2026, 11, 24, 10), {}, at(2026, 11, 30, 23, 59, 59)),
        (at(2026, 11, 23, 8), {"time": "09:00"}, at(2026, 11, 23, 9)),
        (at(2026, 11, 23, 9), {"time": "09:00"}, at(2026, 11, 30, 9)),
        (at(2026, 11, 23, 9), {"time": "09:00", "offset": "2 weeks"}, at(2026, 12, 7, 9)),
    ],
)
def test_a_weekly_meeting_is_the_next_of_its_weekday(start, timer, due_at):
    answer = due_of(start, kind="recurring", weekday="monday", **timer)

    assert answer.due_at.replace(tzinfo=None) == due_at


@pytest.mark.parametrize(
    ("meeting", "closes"),
    [
        (at(2026, 11, 24, 10), at(2026, 11, 20, 16)),
        (at(2026, 11, 27, 17), at(2026, 11, 20, 16)),  # a meeting on the Friday itself: the Friday before
        (at(2026, 11, 28, 9), at(2026, 11, 27, 16)),
        (at(2026, 10, 27, 10), at(2026, 10, 23, 16)),  # over the clock change
    ],
)
@pytest.mark.parametrize("timer", [{"weekday": "friday", "time": "16:00"}, {"meeting": "M-LIST"}])
def test_a_list_closes_on_the_last_friday_before_the_meeting(meeting, closes, timer):
    answer = due_of(meeting, kind="cutoff", starts={"on": "event_planned", "of": "transfer_meeting"}, **timer)

    assert answer.due_at.replace(tzinfo=None) == closes


@pytest.mark.parametrize(
    ("conference", "closes"),
    [(at(2026, 11, 25, 10), at(2026, 11, 20, 16)), (at(2026, 11, 24, 10), at(2026, 11, 13, 16))],
)
def test_a_list_for_another_event_closes_before_the_last_meeting_that_precedes_it(conference, closes):
    starts = {"on": "event_planned", "of": "initial_child_protection_conference"}

    answer = due_of(conference, kind="cutoff", starts=starts, meeting="M-LIST")

    assert answer.due_at.replace(tzinfo=None) == closes
    assert answer.steps[1].startswith("The last meeting before it: Tuesday")


def test_a_cutoff_without_a_time_closes_at_the_end_of_its_day_and_one_in_days_counts_back():
    meeting = at(2026, 11, 24, 10)

    assert due_of(meeting, kind="cutoff", weekday="friday").due_at == datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
    assert due_of(meeting, kind="cutoff", offset="3 working days").due_on == date(2026, 11, 19)


SOONER = {"starts": HEARING, "offset": "10 working days", "or_from": [{"starts": REVIEW}]}


@pytest.mark.parametrize(
    ("hearing", "review", "due_on", "decided_by"),
    [
        (at(2026, 11, 23), at(2026, 11, 30, 9), date(2026, 11, 30), "first looked-after review held"),
        (at(2026, 11, 23), at(2026, 12, 8, 9), date(2026, 12, 7), "first court hearing held"),
        (at(2026, 11, 23), None, date(2026, 12, 7), "first court hearing held"),
        (None, at(2026, 12, 8, 9), date(2026, 12, 8), "first looked-after review held"),
    ],
)
def test_the_sooner_of_two_starts_decides(hearing, review, due_on, decided_by):
    answer = due_of(hearing, other=[review], **SOONER)

    assert (answer.due_on, answer.decided_by) == (due_on, decided_by)
    assert f"The soonest known comes from: {decided_by}" in answer.steps


def test_what_is_still_unknown_may_bring_the_date_forward_and_is_said():
    answer = due_of(at(2026, 11, 23), **SOONER)

    assert answer.still_unknown == ("first looked-after review held",)
    assert "Not known yet: first looked-after review held. If it gives a sooner date, that one counts" in answer.steps


def test_while_no_start_is_known_there_is_no_date():
    answer = due_of(None, other=[None], **SOONER)

    unknown = ("first court hearing held", "first looked-after review held")
    why = "T-1 has no date yet: not known is first court hearing held or first looked-after review held."
    assert answer == Due("T-1", None, why_none=why, still_unknown=unknown)


def test_the_sooner_of_two_moments_is_told_by_the_sun_and_not_by_the_wall_clock():
    """01:40 before the clocks go back is sooner than 01:20 after."""
    first, second = datetime(2026, 10, 25, 0, 40, tzinfo=UTC), datetime(2026, 10, 25, 1, 20, tzinfo=UTC)

    answer = due_of(second, other=[first], or_from=[{"starts": REVIEW, "offset": "0 hours"}], offset="0 hours")

    assert answer.due_at == first


def test_an_event_given_as_a_day_is_due_in_the_course_of_it():
    answer = due_of(at(2026, 11, 23), other=[date(2026, 11, 30)], **SOONER)

    assert answer.due_at == datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)


def test_an_event_given_with_its_time_is_due_at_that_time():
    answer = due_of(at(2026, 11, 23), other=[at(2026, 11, 30, 14, 30)], **SOONER)

    assert answer.due_at == datetime(2026, 11, 30, 14, 30, tzinfo=UTC)


def test_more_starts_than_the_timer_has_are_refused():
    with pytest.raises(TimerError, match="T-1 has 1 other starts, but 2 were given"):
        due_of(at(2026, 11, 23), other=[None, None], **SOONER)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("gate", "it is due at the event itself (contact recorded)"),
        ("immediate", "it is due at once (contact recorded)"),
        ("ordering", "it says what comes before what (contact recorded)"),
        ("cutoff", "no weekday is named for the cut-off (contact recorded)"),
        ("deadline", "it runs from its start (contact recorded) without a length of time"),
        ("recurring", "it runs from its start (contact recorded) without a length of time"),
    ],
)
def test_a_timer_without_a_number_has_no_date_and_says_why(kind, why):
    answer = due_of(at(2026, 11, 23), kind=kind)

    sentence = f"T-1 has no date: {why}; the protocol states no number."
    assert answer == Due("T-1", datetime(2026, 11, 23, tzinfo=UTC), why_none=sentence)
    assert answer.steps == (answer.why_none,)


def test_local_closure_days_move_a_deadline_and_show_in_its_steps():
    shut = WorkingCalendar(closures=frozenset({date(2026, 11, 24)}))

    answer = due_of(at(2026, 11, 23, 9), offset="1 working day", calendar=shut)

    assert answer.due_on == date(2026, 11, 25)
    assert "Tuesday 24 November: local closure day, not counted" in answer.steps


def test_the_steps_can_be_checked_by_hand():
    assert due_of(at(2026, 12, 23, 16), offset="2 working days").steps == (
        "Wednesday 23 December 2026 at 16:00: contact recorded",
        "Day 1 Thursday 24 December",
        "Friday 25 December: Christmas Day, not counted",
        "Saturday 26 December: weekend, not counted",
        "Sunday 27 December: weekend, not counted",
        "Monday 28 December: Boxing Day (substitute day), not counted",
        "Day 2 Tuesday 29 December",
        "Due: Tuesday 29 December 2026",
    )
    assert due_of(at(2026, 10, 24, 16), offset="24 hours").steps == (
        "Saturday 24 October 2026 at 16:00: contact recorded",
        "24 hours after it are elapsed hours: nights, weekends and bank holidays count",
        "The clocks go back in between, which changes the wall clock and not the hours elapsed",
        "Due: Sunday 25 October 2026 at 15:00",
    )
    assert due_of(at(2026, 12, 23), offset="4 hours").steps[1:] == (
        "4 hours after it are elapsed hours: nights, weekends and bank holidays count",
        "Due: Wednesday 23 December 2026 at 04:00",
    )


def test_the_steps_of_a_backward_timer_count_back_and_say_before():
    meeting, first = at(2026, 12, 30, 10), "Wednesday 30 December 2026 at 10:00: contact recorded"

    assert due_of(meeting, kind="backward", offset="24 hours").steps == (
        first,
        "24 hours before it are elapsed hours: nights, weekends and bank holidays count",
        "At the latest: Tuesday 29 December 2026 at 10:00",
    )
    assert due_of(meeting, kind="backward", offset="2 working days").steps == (
        first,
        "Day 1 Tuesday 29 December",
        "Monday 28 December: Boxing Day (substitute day), not counted",
        "Sunday 27 December: weekend, not counted",
        "Saturday 26 December: weekend, not counted",
        "Friday 25 December: Christmas Day, not counted",
        "Day 2 Thursday 24 December",
        "At the latest: Thursday 24 December 2026",
    )
    assert due_of(meeting, kind="backward", offset="2 working days", counts="start_day_is_day_one").steps[1:] == (
        "Day 1 Wednesday 30 December",
        "Day 2 Tuesday 29 December",
        "At the latest: Tuesday 29 December 2026",
    )
    assert due_of(meeting, kind="backward", offset="3 months").steps[1:] == (
        "3 months before Wednesday 30 December 2026 is Wednesday 30 September 2026",
        "At the latest: Wednesday 30 September 2026",
    )


def test_hours_back_over_the_clock_change_say_which_way_the_clocks_go():
    assert due_of(at(2026, 10, 26, 9), kind="backward", offset="48 hours").steps[2] == (
        "The clocks go back in between, which changes the wall clock and not the hours elapsed"
    )
    assert due_of(at(2027, 3, 29, 9), kind="backward", offset="48 hours").steps[2] == (
        "The clocks go forward in between, which changes the wall clock and not the hours elapsed"
    )
    assert due_of(at(2027, 3, 27, 9), offset="48 hours").steps[2].startswith("The clocks go forward in between")


def test_the_hours_of_another_time_zone_change_their_clocks_by_its_own_rule():
    pack = pack_with(offset="24 hours")

    steps = due(pack, "T-1", at(2026, 10, 24, 16), time_zone="Asia/Tokyo").steps

    assert steps[2] == "Due: Sunday 25 October 2026 at 16:00"


def test_the_steps_of_a_weekly_meeting():
    assert due_of(at(2026, 11, 24), kind="recurring", weekday="monday").steps == (
        "Tuesday 24 November 2026: contact recorded",
        "Next: Monday 30 November 2026",
    )


def test_the_steps_of_days_and_months():
    assert due_of(at(2026, 12, 23), offset="20 days").steps[1:] == (
        "Day 1 Thursday 24 December",
        "Day 20 Tuesday 12 January, every day of the week counted",
        "Due: Tuesday 12 January 2027",
    )
    assert due_of(at(2026, 12, 23), offset="20 days", counts="start_day_is_day_one").steps[1:] == (
        "Day 1 Wednesday 23 December",
        "Day 20 Monday 11 January, every day of the week counted",
        "Due: Monday 11 January 2027",
    )
    window = {"kind": "window", "offset": "3 months", "last_day_in": False, "counts": "start_day_is_day_one"}
    assert due_of(at(2026, 11, 30), **window).steps[1:] == (
        "3 months after Monday 30 November 2026 is Sunday 28 February 2027, "
        "the last day of that month, as it has no day 30",
        "The day of the start is day one, so it is complete a day sooner",
        "The day that completes it is no longer in",
        "Last day in: Friday 26 February 2027",
    )
    assert due_of(at(2026, 12, 23), offset="0 days").steps[1] == "No time is added"


@settings(often, max_examples=1000)
@given(start=st.datetimes(at(1996, 1, 2), at(2028, 6, 1)), n=st.integers(1, 60))
def test_days_months_and_their_backward_twins_are_exact(start, n):
    day = local_moment(start.replace(tzinfo=UTC)).date()

    assert due_of(day, offset=f"{n} days").due_on == day + timedelta(days=n)
    assert due_of(day, kind="backward", offset=f"{n} days").due_on == day - timedelta(days=n)
    assert due_of(day, offset=f"{n} months").due_on == add_months(day, n)
    earlier = due_of(day, kind="backward", offset=f"{n} months").due_on
    assert add_months(earlier, n) <= day


def test_a_moment_that_never_was_is_refused():
    with pytest.raises(TimerError, match="There is no 01:30 on Sunday 28 March 2027: the clocks go forward then"):
        due_of(at(2027, 3, 28, 1, 30), offset="4 hours")


@pytest.mark.parametrize("start", ["2026-11-23", 20261123, ""])
def test_a_start_that_is_no_time_is_refused(start):
    with pytest.raises(TimerError, match="A timer starts from a date and time"):
        due_of(start, offset="4 hours")


def test_a_timer_that_does_not_exist_is_refused_and_the_nearest_named():
    with pytest.raises(TimerError, match=r'exampleshire has no timer "T-11": did you mean T-1\?'):
        due(pack_with(), "T-11", at(2026, 11, 23))
    with pytest.raises(TimerError, match=r'exampleshire has no timer "nothing like it"\.'):
        due(pack_with(), "nothing like it", at(2026, 11, 23))


def test_a_timer_that_cannot_be_read_is_refused():
    pack = pack_with()
    unread = pack.model_copy(update={"timer": (pack.timer[0].model_copy(update={"offset": "45 {unit}"}),)})

    with pytest.raises(TimerError, match=r'T-1 cannot be worked out: "45 \{unit\}" is not a length of time'):
        due(unread, "T-1", at(2026, 11, 23))
    with pytest.raises(TimerError, match="T-1 cannot be worked out: Invalid isoformat string: 'noon'"):
        due_of(at(2026, 11, 23), kind="cutoff", weekday="friday", time="noon")
    with pytest.raises(TimerError, match="T-1 cannot be worked out"):
        due(pack_with(offset="1 day"), "T-1", at(2026, 11, 23), time_zone="Europe/Nowhere")


@pytest.mark.parametrize("offset", ["10 days", "1 month", "24 hours", "0 days", "7 working days"])
def test_a_weekday_recurs_only_in_whole_weeks(offset):
    with pytest.raises(TimerError, match="recurs in whole weeks"):
        due_of(at(2026, 11, 23), kind="recurring", weekday="monday", offset=offset)


def test_past_the_known_bank_holidays_nothing_is_guessed():
    with pytest.raises(CalendarError, match="known only from"):
        due_of(at(default().last_known_year, 12, 20), offset="15 working days")


@pytest.mark.parametrize("offset", ["2 days", "2 hours"])
@pytest.mark.parametrize(("start", "kind"), [(at(9999, 12, 31, 23), "deadline"), (at(1, 1, 1), "backward")])
def test_a_date_outside_the_calendar_is_refused(offset, start, kind):
    with pytest.raises(TimerError, match="outside the calendar"):
        due_of(start, kind=kind, offset=offset)


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        (HEARING, "first court hearing held"),
        ({"on": "contact_recorded"}, "contact recorded"),
        ({"on": "order_made", "of": "care_order"}, "care order made"),
        ({"on": "contact_became_referral", "of": "contact"}, "contact became referral"),
        ({"on": "looked_after_started", "of": "section_20"}, "section 20 started"),
        ({"on": "looked_after_started"}, "looked after started"),
        ({"on": "event_held", "of": "core_group", "ordinal": 3}, "third core group held"),
        ({"on": "event_held", "of": "core_group"}, "core group held"),
        ({"on": "age_reached", "of": "11y6m"}, "date of birth"),
        ({"on": "age_reached", "of": "gestation"}, "expected delivery date"),
        ({"on": "fact_became", "of": "unborn", "value": True}, "unborn became true"),
        ({"on": "fact_became", "of": "plan", "value": "adoption"}, "plan became adoption"),
    ],
)
def test_a_start_is_named_in_words(starts, words):
    assert start_in_words(Timer(code="T", what="", starts=starts, kind="gate").starts) == words


def test_a_clock_made_once_answers_many_times_and_an_answer_can_be_kept():
    clock = clock_for(pack_with(offset="15 working days"), "T-1")

    answers = [clock.due(at(2026, 12, day, 16)) for day in (22, 23)]

    assert [answer.due_on for answer in answers] == [date(2027, 1, 15), date(2027, 1, 18)]
    assert pickle.loads(pickle.dumps(answers[1])) == answers[1]  # noqa: S301


PARIS = ZoneInfo("Europe/Paris")


def test_a_moment_is_a_moment_of_the_place_that_is_asked_about():
    """Midnight and noon come an hour sooner in Paris, and of a time that comes twice in autumn the first is meant."""
    assert local_moment(date(2026, 7, 1)) == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert local_moment(date(2026, 7, 1), PARIS) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert add_hours(at(2026, 11, 23, 12), 4, PARIS) == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert local_moment(at(2026, 10, 25, 1, 30).replace(fold=1)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_window_of_hours_ends_at_its_moment_and_says_nothing_of_days():
    answer = due_of(at(2026, 11, 23, 9), kind="window", offset="48 hours", last_day_in=False)

    assert answer.due_at == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert not any("no longer in" in step for step in answer.steps)


def test_a_list_that_closes_for_a_matter_without_an_event_is_the_list_of_that_day():
    """A cut-off named for nothing in particular is counted back from the day it is given, not from a meeting before."""
    answer = due_of(at(2026, 11, 24), kind="cutoff", meeting="M-LIST")

    assert answer.due_at == datetime(2026, 11, 20, 16, tzinfo=UTC)
