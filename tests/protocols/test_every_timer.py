"""Every timer of every pack across Christmas 2026, Easter 2027 and both clock changes, against a slow second sum."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from casetransfer.protocols.loader import authorities, load
from casetransfer.protocols.scenarios import scenarios_of
from casetransfer.protocols.timers import TimerError, clock_for
from tests.protocols.seasons import moments
from tests.protocols.slow_clock import slowly

AUTHORITIES, LONDON = authorities(), ZoneInfo("Europe/London")


def at_midnight(start):
    return start if start is None or isinstance(start, datetime) else datetime.combine(start, time())


def counted(pack):
    """The timers for which the protocol states a number, or a weekday."""
    for timer in pack.timer:
        if timer.offset or timer.kind == "cutoff" or any(other.offset for other in timer.or_from):
            try:
                yield timer, clock_for(pack, timer.code)
            except TimerError:
                continue


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_timer_ends_when_a_slow_sum_says(authority):
    pack = load(authority)
    wrong, timers = [], list(counted(pack))
    for timer, clock in timers:
        ways = 1 + len(timer.or_from)
        for start in moments():
            for way in range(ways):
                starts = [start if number == way else None for number in range(ways)]
                ours = clock.due(starts[0], starts[1:]).due_at
                if ours != slowly(pack, timer, starts):
                    wrong.append((timer.code, start, ours))

    assert wrong == []
    assert len(timers) > 10


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_the_slow_sum_gives_the_dates_that_the_scenarios_were_given_by_hand(authority):
    pack = load(authority)
    asked = [one for one in scenarios_of(pack)[0] if one.about in pack.timers and one.due not in (None, "none")]
    wrong = []
    for scenario in asked:
        timer = pack.timers[scenario.about]
        given = [scenario.start, *scenario.other]
        given += [None] * (1 + len(timer.or_from) - len(given))
        found = slowly(pack, timer, [at_midnight(start) for start in given])
        is_moment = hasattr(scenario.due, "hour")
        if (found.astimezone(LONDON).replace(tzinfo=None) if is_moment else found.date()) != scenario.due:
            wrong.append((scenario.name, found))

    assert wrong == []
    assert {one.about for one in asked} >= {timer.code for timer, _ in counted(pack)}
