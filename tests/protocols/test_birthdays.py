"""A birthday in a month that has no such day: each protocol's own rule."""

from datetime import date

import pytest

from casetransfer.calendars import Birthdays, age_reached


@pytest.mark.parametrize(
    ("rule", "born", "months", "on"),
    [
        ("last_day", date(2012, 2, 29), 180, date(2027, 2, 28)),
        ("leap_day_on_1_march", date(2012, 2, 29), 180, date(2027, 3, 1)),
        ("leap_day_on_1_march", date(2012, 2, 29), 192, date(2028, 2, 29)),
        ("leap_day_on_1_march", date(2012, 2, 29), 186, date(2027, 8, 29)),
        ("leap_day_on_1_march", date(2011, 8, 31), 186, date(2027, 2, 28)),
        ("next_day", date(2011, 8, 31), 186, date(2027, 3, 1)),
        ("next_day", date(2012, 2, 29), 180, date(2027, 3, 1)),
        ("next_day", date(2010, 5, 31), 186, date(2025, 12, 1)),
        ("last_day", date(2010, 5, 31), 186, date(2025, 11, 30)),
    ],
)
def test_the_day_an_age_is_reached(rule: Birthdays, born: date, months: int, on: date) -> None:
    assert age_reached(born, months, rule) == on
