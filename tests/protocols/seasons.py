"""The days on which sums of dates go wrong: Christmas 2026, Easter 2027, and the clocks going back and forward."""

from datetime import date, datetime, time, timedelta

SEASONS = {
    "the clocks go back in 2026": (date(2026, 10, 22), date(2026, 10, 28)),
    "Christmas 2026": (date(2026, 12, 18), date(2027, 1, 6)),
    "Easter 2027, and the clocks go forward": (date(2027, 3, 19), date(2027, 4, 6)),
    "the clocks go back in 2027": (date(2027, 10, 28), date(2027, 11, 3)),
}
TIMES = (time(), time(1, 30), time(9, 30), time(16), time(23, 30))


def moments():
    """Every day of these seasons at several times of the day, on the wall clock."""
    for first, last in SEASONS.values():
        for days in range((last - first).days + 1):
            for at in TIMES:
                if (first + timedelta(days=days), at) != (date(2027, 3, 28), time(1, 30)):  # there is no such moment
                    yield datetime.combine(first + timedelta(days=days), at)
