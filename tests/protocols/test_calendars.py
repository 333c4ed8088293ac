"""Working days, months and ages: dates checked by hand, and an independent slow count over 100,000 random cases.

The slow reference has its own Easter and its own bank holidays, and walks one day at a time.
"""

import dataclasses
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetransfer.calendars import (
    FIRST_YEAR,
    LAST_KNOWN_YEAR,
    CalendarError,
    WorkingCalendar,
    add_months,
    age_reached,
    default,
    gestation_days,
    gestation_reached,
    month_length,
    months_between,
    year_11_end,
)

ENGLAND = default()
OFFICE_SHUT = frozenset({date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 31), date(2027, 3, 25)})
CLOSED_AT_CHRISTMAS = WorkingCalendar(closures=OFFICE_SHUT)
FROM_START, BOTH_WAYS = "start_day_is_day_one", ("day_after_is_day_one", "start_day_is_day_one")
DAY = timedelta(days=1)
MOST_DAYS = 60  # working days counted in each random case

days_with_closures = st.dates(date(2026, 10, 1), date(2027, 6, 30))
known_days = st.dates(date(FIRST_YEAR, 7, 1), date(LAST_KNOWN_YEAR, 6, 30)) | days_with_closures
any_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
calendars = st.sampled_from([ENGLAND, CLOSED_AT_CHRISTMAS])
often = settings(deadline=None, database=None)


def easter_sunday(year):
    """The Gregorian computus from the golden number and the epact."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    ahead = moon - weekday
    month = 3 + (ahead + 40) // 44
    return date(year, month, ahead + 28 - 31 * (month // 4))


def monday_on_or_after(day):
    return day + DAY * (-day.weekday() % 7)


def bank_holidays_of(year):
    """The 1971 Act's days, substitutes on the next free weekday, and the proclamations since 1990."""
    days = {easter_sunday(year) - 2 * DAY, easter_sunday(year) + DAY}
    if year not in (1995, 2020):
        days.add(monday_on_or_after(date(year, 5, 1)))
    if year not in (2002, 2012, 2022):
        days.add(monday_on_or_after(date(year, 5, 25)))
    days.add(monday_on_or_after(date(year, 8, 25)))
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() >= 5 or fixed in days:
            fixed += DAY
        days.add(fixed)
    return days | {day for day in PROCLAIMED if day.year == year}


PROCLAIMED = {
    date(1995, 5, 8), date(1999, 12, 31), date(2002, 6, 3), date(2002, 6, 4), date(2011, 4, 29), date(2012, 6, 4),
    date(2012, 6, 5), date(2020, 5, 8), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8),
}  # fmt: skip
BANK_HOLIDAYS = {day for year in range(FIRST_YEAR, LAST_KNOWN_YEAR + 1) for day in bank_holidays_of(year)}


def slow_is_working(day, closures):
    return day.weekday() < 5 and day not in BANK_HOLIDAYS and day not in closures


def slow_count(start, step, closures, counts):
    """The first, second ... working day from `start`, walking one day at a time."""
    day, found = start if counts == FROM_START else start + step, []
    while len(found) < MOST_DAYS:
        if slow_is_working(day, closures):
            found.append(day)
        day += step
    return found


def slow_add_months(start, months):
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError(start)


def slow_months_between(born, on):
    months = 0
    while slow_add_months(born, months + 1) <= on:
        months += 1
    return months


def test_every_day_the_calendar_knows_agrees_with_the_act_and_the_proclamations():
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_KNOWN_YEAR:
        assert ENGLAND.is_working_day(day) == slow_is_working(day, frozenset()), day
        day += DAY


@settings(often, max_examples=420)
@given(start=known_days, calendar=calendars)
def test_counting_forward_and_backward_agrees_with_a_walk_through_the_days(start, calendar):
    """420 starts, 60 lengths, two conventions, two directions: 100,800 cases."""
    for counts in BOTH_WAYS:
        later = slow_count(start, DAY, calendar.closures, counts)
        earlier = slow_count(start, -DAY, calendar.closures, counts)
        for n in range(1, MOST_DAYS + 1):
            assert calendar.add_working_days(start, n, counts) == later[n - 1]
            assert calendar.subtract_working_days(start, n, counts) == earlier[n - 1]


@settings(often, max_examples=1000)
@given(start=known_days, n=st.integers(1, 120), calendar=calendars)
def test_counting_undoes_itself(start, n, calendar):
    end = calendar.add_working_days(start, n)

    assert calendar.working_days_between(start, end) == n
    assert calendar.working_days_between(end, start) == -n
    if calendar.is_working_day(start):
        assert calendar.subtract_working_days(end, n) == start


@settings(often, max_examples=1000)
@given(starts=st.tuples(known_days, known_days), n=st.integers(1, 120), counts=st.sampled_from(BOTH_WAYS))
def test_a_later_start_is_never_due_sooner_and_more_days_are_always_due_later(starts, n, counts):
    first, last = sorted(starts)

    assert ENGLAND.add_working_days(first, n, counts) <= ENGLAND.add_working_days(last, n, counts)
    assert ENGLAND.subtract_working_days(first, n, counts) <= ENGLAND.subtract_working_days(last, n, counts)
    assert ENGLAND.add_working_days(first, n, counts) < ENGLAND.add_working_days(first, n + 1, counts)


@settings(often, max_examples=1000)
@given(start=known_days, n=st.integers(1, 45), counts=st.sampled_from(BOTH_WAYS), backward=st.booleans())
def test_the_steps_count_every_day_up_to_the_answer(start, n, counts, backward):
    lines = CLOSED_AT_CHRISTMAS.steps(start, n, counts, backward=backward)

    counted = [line for line in lines if line.startswith("Day ")]
    assert [line.split()[1] for line in counted] == [str(number) for number in range(1, n + 1)]
    assert lines[-1] == counted[-1]
    assert all(line.endswith(", not counted") for line in lines if line not in counted)


@settings(often, max_examples=2000)
@given(start=any_days, months=st.integers(-400, 400))
def test_adding_months_agrees_with_a_walk_through_the_months(start, months):
    assert add_months(start, months) == slow_add_months(start, months)


@settings(often, max_examples=1500)
@given(born=any_days, days=st.integers(0, 9500))
def test_completed_months_are_the_most_that_can_be_added(born, days):
    on = born + days * DAY

    months = months_between(born, on)

    assert months == slow_months_between(born, on)
    assert add_months(born, months) <= on < add_months(born, months + 1)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 23), 2, date(2026, 12, 29)),  # over Christmas Day, a weekend and Boxing Day's substitute
        (date(2026, 12, 23), 15, date(2027, 1, 18)),  # and over 1 January
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2027, 3, 24), 2, date(2027, 3, 30)),  # Good Friday and Easter Monday 2027
        (date(2027, 12, 24), 1, date(2027, 12, 29)),  # both Christmas days on a weekend
        (date(2026, 5, 1), 1, date(2026, 5, 5)),
        (date(2026, 10, 23), 1, date(2026, 10, 26)),  # the clocks change on the Sunday
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # a Saturday's first day is the Monday
        (date(2026, 11, 22), 5, date(2026, 11, 27)),
    ],
)
def test_dates_checked_by_hand(start, n, due):
    assert ENGLAND.add_working_days(start, n) == due


def test_day_one_may_be_the_day_itself_and_that_moves_a_statutory_date():
    start = date(2026, 3, 30)

    assert ENGLAND.add_working_days(start, 15) == date(2026, 4, 22)
    assert ENGLAND.add_working_days(start, 15, FROM_START) == date(2026, 4, 21)
    assert ENGLAND.add_working_days(date(2026, 11, 21), 1, FROM_START) == date(2026, 11, 23)


def test_counting_back_from_a_meeting():
    assert ENGLAND.subtract_working_days(date(2027, 1, 4), 1) == date(2026, 12, 31)
    assert ENGLAND.subtract_working_days(date(2027, 1, 4), 7) == date(2026, 12, 21)
    assert ENGLAND.subtract_working_days(date(2027, 1, 4), 7, FROM_START) == date(2026, 12, 22)
    assert ENGLAND.subtract_working_days(date(2027, 1, 2), 1) == date(2026, 12, 31)
    assert ENGLAND.subtract_working_days(date(2027, 1, 2), 1, FROM_START) == date(2026, 12, 31)


@pytest.mark.parametrize("day", [date(2026, 12, 28), date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3)])
def test_a_substitute_day_is_not_worked(day):
    assert not ENGLAND.is_working_day(day)
    assert "substitute day" in ENGLAND.why_closed(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 2), date(2026, 6, 15), date(2026, 8, 3), date(2026, 11, 30),  # Scotland
        date(2026, 3, 17), date(2026, 7, 13),  # Northern Ireland
    ],
)  # fmt: skip
def test_days_kept_only_elsewhere_in_the_kingdom_are_worked_in_england(day):
    assert ENGLAND.is_working_day(day)


def test_a_local_closure_day_is_not_counted_and_is_named():
    assert ENGLAND.add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 24)
    assert CLOSED_AT_CHRISTMAS.add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 30)
    assert CLOSED_AT_CHRISTMAS.why_closed(date(2026, 12, 24)) == "local closure day"
    assert CLOSED_AT_CHRISTMAS.why_closed(date(2026, 12, 30)) == ""


def test_the_steps_name_every_day_that_is_left_out():
    assert ENGLAND.steps(date(2026, 12, 23), 2) == (
        "Day 1 Thursday 24 December",
        "Friday 25 December: Christmas Day, not counted",
        "Saturday 26 December: weekend, not counted",
        "Sunday 27 December: weekend, not counted",
        "Monday 28 December: Boxing Day (substitute day), not counted",
        "Day 2 Tuesday 29 December",
    )
    assert ENGLAND.steps(date(2026, 5, 5), 2, FROM_START, backward=True) == (
        "Day 1 Tuesday 5 May",
        "Monday 4 May: Early May bank holiday, not counted",
        "Sunday 3 May: weekend, not counted",
        "Saturday 2 May: weekend, not counted",
        "Day 2 Friday 1 May",
    )


def test_the_same_day_of_another_month_is_another_day():
    """A peer skipped every case that was last counted on the same day of the month before."""
    assert ENGLAND.working_days_between(date(2026, 10, 21), date(2026, 11, 21)) == 22
    assert ENGLAND.working_days_between(date(2026, 10, 21), date(2026, 10, 21)) == 0


def test_the_next_working_day_is_never_the_day_itself():
    assert ENGLAND.next_working_day(date(2026, 11, 23)) == date(2026, 11, 24)
    assert ENGLAND.next_working_day(date(2026, 12, 24)) == date(2026, 12, 29)


LAST_WORKED, FIRST_WORKED = date(LAST_KNOWN_YEAR, 12, 29), date(FIRST_YEAR, 1, 2)


def test_the_calendar_counts_up_to_its_horizon():
    assert ENGLAND.add_working_days(LAST_WORKED - DAY, 1) == LAST_WORKED
    assert ENGLAND.subtract_working_days(FIRST_WORKED + DAY, 1) == FIRST_WORKED
    assert ENGLAND.steps(LAST_WORKED, 1, FROM_START) == ("Day 1 Friday 29 December",)


@pytest.mark.parametrize(
    "beyond",
    [
        lambda: ENGLAND.add_working_days(LAST_WORKED, 1),
        lambda: ENGLAND.add_working_days(date(LAST_KNOWN_YEAR + 1, 1, 2), 1),
        lambda: ENGLAND.add_working_days(date(FIRST_YEAR - 1, 12, 29), 1),
        lambda: ENGLAND.subtract_working_days(FIRST_WORKED, 1),
        lambda: ENGLAND.subtract_working_days(date(LAST_KNOWN_YEAR + 1, 1, 2), 1),
        lambda: ENGLAND.subtract_working_days(date(FIRST_YEAR - 1, 12, 29), 1),
        lambda: ENGLAND.working_days_between(LAST_WORKED, date(LAST_KNOWN_YEAR + 1, 1, 2)),
        lambda: ENGLAND.working_days_between(date(FIRST_YEAR - 1, 12, 29), LAST_WORKED),
        lambda: ENGLAND.is_working_day(date(LAST_KNOWN_YEAR + 1, 1, 1)),
        lambda: ENGLAND.next_working_day(LAST_WORKED),
        lambda: ENGLAND.steps(LAST_WORKED, 1),
    ],
)
def test_past_its_horizon_the_calendar_refuses_instead_of_guessing(beyond):
    """A peer counted on past the end of its holiday list, as if no bank holiday were left."""
    with pytest.raises(CalendarError, match=f"known only from 1 January {FIRST_YEAR} to 31 December {LAST_KNOWN_YEAR}"):
        beyond()


def test_the_refusal_names_the_day_that_is_not_known():
    known, unknown = date(2026, 11, 23), date(LAST_KNOWN_YEAR + 1, 1, 2)

    for first, last in ((known, unknown), (unknown, known)):
        with pytest.raises(CalendarError, match=f"2 January {LAST_KNOWN_YEAR + 1}: England's working days"):
            ENGLAND.working_days_between(first, last)


def test_a_refusal_says_what_was_asked_and_which_ways_of_counting_there_are():
    unknown = date(LAST_KNOWN_YEAR + 1, 1, 2)

    with pytest.raises(CalendarError, match=f"the working days from or to Tuesday 2 January {LAST_KNOWN_YEAR + 1}"):
        ENGLAND.working_days_between(LAST_WORKED, unknown)
    with pytest.raises(
        CalendarError, match=f"Cannot say 7 working days before Tuesday 2 January {LAST_KNOWN_YEAR + 1}"
    ):
        ENGLAND.subtract_working_days(unknown, 7)
    with pytest.raises(CalendarError, match=f"whether people work on Tuesday 2 January {LAST_KNOWN_YEAR + 1}"):
        ENGLAND.is_working_day(unknown)
    with pytest.raises(CalendarError, match="choose day_after_is_day_one or start_day_is_day_one"):
        ENGLAND.add_working_days(LAST_WORKED, 1, "day_zero")


def test_a_shorter_horizon_can_be_asked_for_and_ends_on_its_own_new_years_eve():
    short = WorkingCalendar(first_year=2026, last_known_year=2026)

    assert short.subtract_working_days(date(2026, 1, 5), 1) == date(2026, 1, 2)
    assert short.add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert not short.is_working_day(date(2026, 1, 1))
    for outside in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(CalendarError, match="from 1 January 2026 to 31 December 2026"):
            short.is_working_day(outside)

    with pytest.raises(CalendarError, match="15 working days after Wednesday 23 December 2026"):
        short.add_working_days(date(2026, 12, 23), 15)


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_day_cannot_be_counted(n):
    with pytest.raises(CalendarError, match=f"Cannot count {n} working days: the number must be 1 or more"):
        ENGLAND.add_working_days(date(2026, 11, 23), n)
    with pytest.raises(CalendarError, match=f"Cannot count {n} working days: the number must be 1 or more"):
        ENGLAND.subtract_working_days(date(2026, 11, 23), n)


@pytest.mark.parametrize("count", [ENGLAND.add_working_days, ENGLAND.subtract_working_days])
def test_a_moment_is_not_a_date_and_a_convention_must_be_known(count):
    with pytest.raises(CalendarError, match="is not a date"):
        count(datetime(2026, 11, 23, 16), 1)  # noqa: DTZ001
    with pytest.raises(CalendarError, match="is not a way of counting"):
        count(date(2026, 11, 23), 1, "day_zero")


def test_a_calendar_cannot_be_changed_and_the_common_one_is_built_once():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ENGLAND.closures = frozenset()
    assert default() is ENGLAND
    assert WorkingCalendar() == ENGLAND != CLOSED_AT_CHRISTMAS


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 12, 15), 3, date(2027, 3, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2016, 2, 29), 11 * 12 + 6, date(2027, 8, 29)),
        (date(2016, 2, 29), 18 * 12, date(2034, 2, 28)),
        (date(2016, 2, 29), 12 * 12, date(2028, 2, 29)),
        (date(1999, 12, 31), 2, date(2000, 2, 29)),
        (date(2099, 12, 31), 2, date(2100, 2, 28)),
    ],
)
def test_a_month_on_is_the_same_day_or_the_last_of_the_month(start, months, reached):
    assert add_months(start, months) == reached


@pytest.mark.parametrize(
    ("born", "months", "last_day", "leap_day", "next_day"),
    [
        (date(2016, 2, 29), 18 * 12, date(2034, 2, 28), date(2034, 3, 1), date(2034, 3, 1)),
        (date(2016, 2, 29), 12 * 12, date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        (date(2010, 8, 31), 15 * 12 + 6, date(2026, 2, 28), date(2026, 2, 28), date(2026, 3, 1)),
        (date(2011, 5, 31), 15 * 12 + 6, date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 1)),
        (date(2016, 2, 29), 11 * 12 + 6, date(2027, 8, 29), date(2027, 8, 29), date(2027, 8, 29)),
    ],
)
def test_a_birthday_that_the_month_does_not_have_follows_the_rule_of_the_protocol(
    born, months, last_day, leap_day, next_day
):
    assert age_reached(born, months) == last_day
    assert age_reached(born, months, "leap_day_on_1_march") == leap_day
    assert age_reached(born, months, "next_day") == next_day


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (date(2016, 5, 20), date(2027, 11, 19), 11 * 12 + 5),
        (date(2016, 5, 20), date(2027, 11, 20), 11 * 12 + 6),
        (date(2016, 2, 29), date(2034, 2, 27), 18 * 12 - 1),
        (date(2016, 2, 29), date(2034, 2, 28), 18 * 12),
        (date(2016, 2, 29), date(2028, 2, 28), 12 * 12 - 1),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 22), -1),
    ],
)
def test_an_age_in_completed_months(born, on, months):
    assert months_between(born, on) == months


def test_a_date_outside_the_calendar_is_refused():
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert add_months(date(1, 2, 1), -1) == date(1, 1, 1)
    with pytest.raises(CalendarError, match="outside the calendar"):
        add_months(date(9999, 12, 1), 1)
    with pytest.raises(CalendarError, match="outside the calendar"):
        add_months(date(1, 1, 1), -1)


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        (date(2010, 8, 31), date(2026, 6, 30)),
        (date(2010, 9, 1), date(2027, 6, 30)),
        (date(2011, 1, 1), date(2027, 6, 30)),
        (date(2011, 6, 30), date(2027, 6, 30)),
        (date(2012, 2, 29), date(2028, 6, 30)),
    ],
)
def test_year_11_ends_in_the_school_year_in_which_the_child_turns_16(born, ends):
    assert year_11_end(born) == ends


def test_a_pregnancy_is_forty_weeks_on_the_day_expected():
    expected = date(2027, 3, 1)

    assert gestation_days(expected, expected) == 280
    assert gestation_days(expected, date(2026, 10, 12)) == 140
    assert gestation_reached(expected, 140) == date(2026, 10, 12)


def test_the_length_of_every_month():
    for year in (1900, 2000, 2027, 2028):
        firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
        assert [month_length(year, month) for month in range(1, 13)] == [(b - a).days for a, b in pairwise(firsts)]
