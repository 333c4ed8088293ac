"""The deadlines of the record, of every timer of every pack, across Christmas 2026, Easter 2027 and both clock changes:
as a slow second sum has them."""

from datetime import UTC, datetime

import pytest

from cases.deadlines import calendar_with, clocks_of, compute
from cases.happenings import Happening
from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.loader import authorities, load
from casetransfer.protocols.pack import ById
from tests.protocols.seasons import moments
from tests.protocols.slow_clock import from_wall, slowly

LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


def unconditional(pack):
    """The same clocks, running for every child: which children they run for changes no date."""
    timers = tuple(timer.model_copy(update={"when": (), "routes": ()}) for timer in pack.timer)
    return pack.model_copy(update={"timer": timers})


def started(timer, start, at):
    of = start.of
    if start.on == "age_reached":
        of = "expected birth" if timer.offset and "w" in timer.offset and " " not in timer.offset else "birth"
    return Happening(start.on, from_wall(at), "the occasion", of, ordinal=start.ordinal, value=start.value)


def is_started_by(timer, start, happening):
    if start.on == happening.on == "age_reached":
        return True
    same = (start.on, start.of or happening.of) == (happening.on, happening.of)
    return same and start.ordinal in (None, happening.ordinal) and start.value in (None, happening.value)


@pytest.mark.parametrize("authority", authorities())
def test_every_deadline_of_the_record_is_due_when_a_slow_sum_says(authority):
    pack = unconditional(load(authority))
    clocks = clocks_of(ById(pack), calendar_with(frozenset()))
    facts = read_facts({}, pack, LONG_AGO)
    ready = {timer.code: timer for timers in clocks.by_start.values() for timer, _ in timers}
    seen, wrong = set(), []
    for at in list(moments())[::3]:  # the sums themselves are tried at every moment beside the engine
        for timer in ready.values():
            for start in (timer.starts, *(other.starts for other in timer.or_from)):
                happening = started(timer, start, at)
                found = compute(clocks, [happening], facts, lambda: None, LONG_AGO)
                ours = {one.timer.code: one.due_at for one in found if one.occasion == "the occasion"}
                ways = (timer.starts, *(other.starts for other in timer.or_from))
                starts = [at if is_started_by(timer, way, happening) else None for way in ways]
                seen.add(timer.code)
                if ours.get(timer.code) != slowly(pack, timer, starts):
                    wrong.append((timer.code, start, at, ours.get(timer.code)))

    assert wrong == []
    assert seen == set(ready)
