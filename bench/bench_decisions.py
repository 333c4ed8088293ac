"""Decisions a second on the largest pack, reasons included, and the time to load every pack.

`python -m bench.bench_decisions`. The yardstick of the same run is a bare loop that reads one fact of every route: the
least any engine that looks at each route could do. The cases are those of the pack's own scenarios.
"""

import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from casetransfer.protocols.facts import Facts, read_facts
from casetransfer.protocols.loader import authorities, load
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.routes import decide
from casetransfer.protocols.scenarios import scenarios_of, whole

ROUNDS = 9
LOAD = "from time import perf_counter as t; from casetransfer.protocols.loader import authorities, load; a = t(); [load(x) for x in authorities()]; print(t() - a)"  # fmt: skip # noqa: E501


def run() -> list[str]:
    """The lines to print."""
    pack = max((load(authority) for authority in authorities()), key=lambda pack: len(pack.route))
    cases = _cases(pack)
    deciding = median(_timed(lambda: [decide(pack, facts) for _, facts in cases]) for _ in range(ROUNDS))
    reading = median(_timed(lambda: [decide(pack, read_facts(*given)) for given, _ in cases]) for _ in range(ROUNDS))
    bare = median(_timed(lambda: [_bare(pack, facts) for _, facts in cases]) for _ in range(ROUNDS))
    loading = median(float(subprocess.check_output([sys.executable, "-c", LOAD])) for _ in range(3))
    return [
        f"decisions: {len(cases) / deciding:,.0f} a second with reasons on {len(pack.route)} routes, "
        f"{deciding / bare:.1f} x a bare loop over the routes",
        f"decisions: {len(cases) / reading:,.0f} a second when the facts are read and checked each time",
        f"packs: all {len(authorities())} loaded in {loading:.2f} s by a new process",
    ]


def _cases(pack: Pack) -> list[tuple[tuple[Any, ...], Facts]]:
    named = {scenario.name: scenario for scenario in scenarios_of(pack)[0]}
    asked = [whole(scenario, named) for scenario in named.values() if scenario.expect]
    given = [(facts, pack, at) for facts, at in asked if at]
    return [(one, read_facts(*one)) for one in given]


def _bare(pack: Pack, facts: Facts) -> int:
    holder = facts.values.get("holder")
    return sum(1 for route in pack.route if holder in route.from_teams)


def _timed(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    print("\n".join(run()))
