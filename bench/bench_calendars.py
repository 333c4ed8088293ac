"""Working-day sums against numpy's scalar `busday_offset` with its prebuilt calendar, both in one run.

`python -m bench.bench_calendars`. numpy is given its own dates (datetime64), made beforehand, because turning a date
into one would be counted against it.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import numpy

from casetransfer.calendars import WorkingCalendar, add_months, default, months_between

ROUNDS = 15
WORKING_DAYS = 15
STARTS = [date(2015, 1, 1) + timedelta(days=days) for days in range(0, 4700, 2)]
MEASURED_ON = date(2027, 11, 20)


def run() -> list[str]:
    """The lines to print: nanoseconds per call and the ratio to numpy, medians of alternating rounds."""
    calendar = default()
    ours = _timed(lambda start: calendar.add_working_days(start, WORKING_DAYS), STARTS)
    months = median(_timed(lambda start: add_months(start, 138), STARTS)() for _ in range(ROUNDS))
    ages = median(_timed(lambda start: months_between(start, MEASURED_ON), STARTS)() for _ in range(ROUNDS))
    return [
        *_against_numpy(calendar, ours),
        f"calendars: add_months {months:.0f} ns a call, months_between {ages:.0f} ns a call",
    ]


def _against_numpy(calendar: WorkingCalendar, ours: Callable[[], float]) -> list[str]:
    theirs = _timed(*_numpy_sum(calendar))
    rounds = [(ours(), theirs()) for _ in range(ROUNDS)]
    own, other = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(their_time / our_time for our_time, their_time in rounds)
    return [
        f"calendars: add_working_days {own:.0f} ns a call, numpy's scalar busday_offset {other:.0f} ns a call: "
        f"{ratio:.1f} times as fast"
    ]


def _numpy_sum(calendar: WorkingCalendar) -> tuple[Callable[[Any], Any], Sequence[Any]]:
    """numpy's sum and its starts, once both are seen to give our answers."""
    every_day = (STARTS[0] + timedelta(days=days) for days in range((STARTS[-1] - STARTS[0]).days + 60))
    closed = [day for day in every_day if day.weekday() < 5 and not calendar.is_working_day(day)]
    days = numpy.busdaycalendar(holidays=closed)
    starts = [numpy.datetime64(start) for start in STARTS]
    offset = numpy.busday_offset
    for start, ready in zip(STARTS, starts, strict=True):
        answer = offset(ready, WORKING_DAYS, roll="backward", busdaycal=days).astype(date)
        assert answer == calendar.add_working_days(start, WORKING_DAYS), start
    return lambda start: offset(start, WORKING_DAYS, roll="backward", busdaycal=days), starts


def _timed(sum_of: Callable[[Any], Any], starts: Sequence[Any]) -> Callable[[], float]:
    """A round: nanoseconds per call over all the starts."""

    def once() -> float:
        begun = perf_counter()
        for start in starts:
            sum_of(start)
        return (perf_counter() - begun) / len(starts) * 1e9

    return once


if __name__ == "__main__":
    sys.stdout.write("\n".join(run()) + "\n")
