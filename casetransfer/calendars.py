"""Working days, calendar months and ages, as England counts them. Pure: no clock, no Django.

Every table is built once, so each sum afterwards is a look-up. Dates are `datetime.date`; a `datetime` is refused by
the working-day sums. Every mistake is a `CalendarError` whose message is one plain sentence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal

Counts = Literal["day_after_is_day_one", "start_day_is_day_one"]

FIRST_YEAR = 1990  # before the birth of anyone a case can still be about (care leavers up to 25)
# The library can derive any year from Easter and the Banking and Financial Dealings Act 1971, but a proclamation may
# move or add a day (2020, 2022 and 2023 each had one). Government names the days about two years ahead: a working-day
# sum beyond that is a guess, so it is refused. Raise this year when the next list is out, and check the list.
LAST_KNOWN_YEAR = 2028

GESTATION_DAYS = 280  # the expected delivery date is 40 weeks
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ONE_DAY = timedelta(days=1)
_OFFICIAL_NAMES = {
    "(observed)": "(substitute day)",
    "May Day": "Early May bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
}


class CalendarError(ValueError):
    """A sum of dates that cannot be done honestly; the message says why in one sentence."""


@dataclass(frozen=True)
class WorkingCalendar:
    """England's working days: not Saturday, not Sunday, not a bank holiday, not a local closure day.

    It knows the days from 1 January `first_year` to 31 December `last_known_year` and refuses, with `CalendarError`,
    any sum that starts or ends outside them. A bank holiday proclaimed late can be given as a closure day.
    """

    closures: frozenset[date] = frozenset()
    first_year: int = FIRST_YEAR
    last_known_year: int = LAST_KNOWN_YEAR
    _names: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _days: list[date] = field(init=False, repr=False, compare=False)  # the working days in order
    _passed: Mapping[Counts, dict[date, int]] = field(init=False, repr=False, compare=False)  # before day one
    _ahead: Mapping[Counts, dict[date, int]] = field(init=False, repr=False, compare=False)  # the same, counting back

    def __post_init__(self) -> None:
        names = _bank_holidays(self.first_year, self.last_known_year)
        days: list[date] = []
        before: dict[date, int] = {}  # day -> working days before it
        through: dict[date, int] = {}  # day -> working days up to and including it
        for day in _every_day(self.first_year, self.last_known_year):
            before[day] = len(days)
            if day.weekday() < 5 and day not in names and day not in self.closures:
                days.append(day)
            through[day] = len(days)
        passed = {"day_after_is_day_one": through, "start_day_is_day_one": before}
        ahead = {"day_after_is_day_one": before, "start_day_is_day_one": through}
        for name, value in (("_names", names), ("_days", days), ("_passed", passed), ("_ahead", ahead)):
            object.__setattr__(self, name, value)

    def add_working_days(self, start: date, n: int, counts: Counts = "day_after_is_day_one") -> date:
        """The nth working day (n is at least 1) counted from `start`.

        day_after_is_day_one: the first working day after `start` is day one, also when `start` is no working day.
        start_day_is_day_one: `start` itself is day one, or the first working day after it when it is no working day.
        """
        if n < 1:
            raise _too_few(n)
        try:
            return self._days[self._passed[counts][start] + n - 1]
        except LookupError:
            raise self._unknown(start, f"{n} working days after", counts) from None

    def subtract_working_days(self, planned: date, n: int, counts: Counts = "day_after_is_day_one") -> date:
        """The nth working day before `planned`: the last day that is at least n working days before it.

        day_after_is_day_one: the last working day before `planned` is day one, also when `planned` is no working day.
        start_day_is_day_one: `planned` itself is day one when it is a working day.
        """
        if n < 1:
            raise _too_few(n)
        try:
            index = self._ahead[counts][planned] - n
        except LookupError:
            index = -1
        if index < 0:  # a list would count a negative index from its far end
            raise self._unknown(planned, f"{n} working days before", counts)
        return self._days[index]

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; negative when `end` is the earlier."""
        try:
            through = self._passed["day_after_is_day_one"]
            return through[end] - through[start]
        except LookupError:
            outside = start if start not in through else end
            raise self._unknown(outside, "the working days from or to") from None

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work on that day."""
        try:
            return self._passed["day_after_is_day_one"][day] != self._passed["start_day_is_day_one"][day]
        except LookupError:
            raise self._unknown(day, "whether people work on") from None

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working_days(day, 1)

    def why_closed(self, day: date) -> str:
        """Why `day` is no working day ("weekend", "Christmas Day", "local closure day"); empty when it is one."""
        if self.is_working_day(day):
            return ""
        return "weekend" if day.weekday() >= 5 else self._names.get(day, "local closure day")

    def steps(
        self, start: date, n: int, counts: Counts = "day_after_is_day_one", *, backward: bool = False
    ) -> tuple[str, ...]:
        """The counting day by day: "Day 1 Thursday 24 December", "Friday 25 December: Christmas Day, not counted"."""
        end = (self.subtract_working_days if backward else self.add_working_days)(start, n, counts)
        way = -_ONE_DAY if backward else _ONE_DAY
        day = start if counts == "start_day_is_day_one" else start + way
        lines, number = [], 0
        for _ in range(abs((end - day).days) + 1):
            closed = self.why_closed(day)
            number += not closed
            lines.append(f"{in_words(day)}: {closed}, not counted" if closed else f"Day {number} {in_words(day)}")
            day += way
        return tuple(lines)

    def _unknown(self, day: date, sought: str, counts: str = "day_after_is_day_one") -> CalendarError:
        if counts not in self._passed:
            return CalendarError(f'"{counts}" is not a way of counting: choose {" or ".join(self._passed)}.')
        if type(day) is not date:
            return CalendarError(f"{day!r} is not a date: working days are counted from a date without a time.")
        return CalendarError(
            f"Cannot say {sought} {in_full(day)}: England's working days are known only "
            f"from 1 January {self.first_year} to 31 December {self.last_known_year}."
        )


@cache
def default() -> WorkingCalendar:
    """England's calendar without local closure days, built once."""
    return WorkingCalendar()


def _every_day(first_year: int, last_year: int) -> Iterator[date]:
    days = range(date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal() + 1)
    return map(date.fromordinal, days)


def _bank_holidays(first_year: int, last_year: int) -> dict[date, str]:
    from holidays import country_holidays  # a slow import: paid only by those who count working days

    found = country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return {day: _official(name) for day, name in found.items()}


def _official(name: str) -> str:
    for theirs, ours in _OFFICIAL_NAMES.items():
        name = name.replace(theirs, ours)
    return name


def _too_few(n: int) -> CalendarError:
    return CalendarError(f"Cannot count {n} working days: the number must be 1 or more.")


def in_words(day: date) -> str:
    """ "Thursday 24 December", whatever the computer's language."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def in_full(day: date) -> str:
    """ "Thursday 24 December 2026"."""
    return f"{in_words(day)} {day.year}"


def month_length(year: int, month: int) -> int:
    """Days in that month (month 1 to 12)."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else _MONTH_LENGTHS[month - 1]


def add_months(start: date, months: int) -> date:
    """The same day number `months` calendar months on (negative: back), else the last day of that month.

    So 31 January and a month is 28 or 29 February; a child born on 29 February 2016 is 11 years 6 months old on
    29 August 2027 and 18 on 28 February 2034.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise CalendarError(f"{months} months from {in_full(start)} is outside the calendar.")
    day = start.day
    return date(year, month + 1, day if day < 29 else min(day, month_length(year, month + 1)))


Birthdays = Literal["last_day", "leap_day_on_1_march", "next_day"]


def age_reached(born: date, months: int, birthdays: Birthdays = "last_day") -> date:
    """The day a child is that many months old, by the protocol's rule for a day that the month does not have.

    last_day: the last day of that month. next_day: the first day of the next. leap_day_on_1_march: a child born on
    29 February has the birthday on 1 March in common years; any other missing day is the last day of the month.
    """
    on = add_months(born, months)
    if on.day == born.day or birthdays == "last_day":
        return on
    is_leap_birthday = born.month == 2 and on.month == 2
    return on + _ONE_DAY if birthdays == "next_day" or is_leap_birthday else on


def months_between(born: date, on: date) -> int:
    """Completed months: the greatest n with add_months(born, n) <= on; negative before `born`. Years are n // 12."""
    months = (on.year - born.year) * 12 + on.month - born.month
    if on.day >= born.day or on.day == month_length(on.year, on.month):
        return months
    return months - 1


def year_11_end(date_of_birth: date) -> date:
    """30 June of the school year (September to August) in which the child turns 16."""
    return date(date_of_birth.year + (17 if date_of_birth.month >= 9 else 16), 6, 30)


def gestation_days(expected_delivery_date: date, on: date) -> int:
    """Days of pregnancy on that day, 280 on the expected delivery date (20 weeks 0 days is 140)."""
    return GESTATION_DAYS - (expected_delivery_date - on).days


def gestation_reached(expected_delivery_date: date, days: int) -> date:
    """The day on which the pregnancy is that many days long."""
    return expected_delivery_date - timedelta(days=GESTATION_DAYS - days)
