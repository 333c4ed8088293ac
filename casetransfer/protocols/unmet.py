"""Which conditions of a route are not met for one child, in sentences short enough for a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casetransfer.protocols.facts import Facts
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.plans import Plan, engine_for
from casetransfer.protocols.predicates import NO, UNKNOWN, YES
from casetransfer.protocols.sentences import says_condition, says_is_so

State = Literal["unknown", "not_yet", "no"]


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition that is not met: what it asks for, and what is so instead, as far as that is known. `not_yet` is a
    no that time can settle, on the day `on` where that is known."""

    says: str
    state: State
    is_so: str = ""
    on: date | None = None


def unmet(pack: Pack, facts: Facts, plan: Plan) -> tuple[tuple[Unmet, ...], ...]:
    """For each way in which the route can match, the conditions that are not met; only the ways that come nearest:
    those without a no if there are any, else those with the fewest. Empty when the route's own conditions hold."""
    ways = [tuple(_way(pack, facts, plan, number)) for number in range(len(plan.tables))]
    if not all(ways):
        return ()
    fewest = min(_noes(way) for way in ways)
    return tuple(dict.fromkeys(way for way in ways if _noes(way) == fewest))


def _noes(way: tuple[Unmet, ...]) -> int:
    return [condition.state for condition in way].count("no")


def _way(pack: Pack, facts: Facts, plan: Plan, number: int) -> Iterator[Unmet]:
    engine = engine_for(pack)
    table = plan.route.when[number].items() if plan.route.when else ()
    for index, (key, argument) in zip(plan.tables[number], table, strict=True):
        predicate = engine.predicates[index]
        answer = predicate.test(facts)
        if answer is YES:
            continue
        says = says_condition(pack, key, argument)
        if answer is UNKNOWN:
            yield Unmet(says, "unknown")
        elif answer is NO and predicate.fact.name in plan.waits_for:
            on = predicate.mark(facts) if predicate.mark else None
            yield Unmet(says, "not_yet", says_is_so(pack, predicate.fact, predicate.value(facts)), on)
        else:
            yield Unmet(says, "no", says_is_so(pack, predicate.fact, predicate.value(facts)))
