"""Why a route does not, or does not yet, apply to one child: a sentence for each condition, point and floor."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import Facts, vocabulary_of
from casetransfer.protocols.plans import Engine, Plan
from casetransfer.protocols.points import PointState
from casetransfer.protocols.predicates import Predicate
from casetransfer.protocols.sentences import lower, says_condition, says_flag, says_is_so, says_words


# Reasons are made by the hundred in every decision: slots and no freezing keep that cheap. Nothing changes one once it
# is made; the engine shares them between decisions.
@dataclass(slots=True, eq=False)
class Reason:
    """Why a row does not (or does not yet) apply: the fact, the sentence, its clauses, and the day it will."""

    fact: str
    says: str
    clauses: tuple[str, ...] = ()
    on: date | None = None


def unknown(engine: Engine, number: int) -> Reason:
    """The same for every child, so it is made once per pack."""
    reason: Reason | None = engine.unknowns.get(number)
    if reason is None:
        fact, (key, argument) = engine.predicates[number].fact, engine.conditions[number]
        if fact.type == "flag":
            says = f"Not known: whether {_gist(says_flag(fact, True))}."
        else:
            says = f"Not known: {_gist(fact.says)}. Needed: {says_words(engine.pack, key, argument)}."
        reason = engine.unknowns[number] = Reason(fact.since or fact.until or fact.name, says)
    return reason


def not_yet(engine: Engine, number: int, facts: Facts) -> Reason:
    """What time can still settle, with the day where it is known."""
    predicate = engine.predicates[number]
    on = predicate.mark(facts) if predicate.mark else None
    when = f" It will be on {on.day} {on:%B %Y}." if on else ""
    word = "Not while" if _must_not_be(predicate) else "Not yet:"
    return Reason(predicate.fact.name, f"{word} {_needed(engine, number)}.{when}", on=on)


def refused(engine: Engine, number: int, facts: Facts) -> Reason:
    """What is needed, and what is so instead: made once for all the children of whom the same is so."""
    value = engine.predicates[number].value(facts)
    reason: Reason | None = engine.refusals.get((number, value))
    if reason is None:
        predicate = engine.predicates[number]
        is_so = says_is_so(engine.pack, predicate.fact, value)
        word = "Not where" if _must_not_be(predicate) else "Needed:"
        says = f"{word} {_needed(engine, number)}{f'; it is {is_so}' if is_so else ''}."
        reason = engine.refusals[number, value] = Reason(predicate.fact.name, says)
    return reason


def _must_not_be(predicate: Predicate) -> bool:
    return predicate.fact.type == "flag" and predicate.needs in ("no", "not yes")


def _needed(engine: Engine, number: int) -> str:
    """A condition as the end of a sentence, made once per pack: "the child is homeless", "age less than 18 years"."""
    says = engine.needed.get(number)
    if says is None:
        predicate, (key, argument) = engine.predicates[number], engine.conditions[number]
        if predicate.fact.type == "flag":
            says = _gist(says_flag(predicate.fact, True))
        else:
            says = lower(says_condition(engine.pack, key, argument)).replace(": ", " ", 1)
        engine.needed[number] = says
    return says


def _gist(says: str) -> str:
    """What a fact is, without what the vocabulary adds after a semicolon."""
    return lower(says.rstrip(".").split(";")[0])


def point_gap(plan: Plan, point: PointState) -> Reason:
    """The transfer point that is not reached."""
    expected = f" It is expected on {point.on.day} {point.on:%B %Y}." if point.on else ""
    return Reason(
        "transfer_point",
        f"The transfer point is not recorded as reached: {point.says}.{expected}",
        plan.route.clauses,
        point.on,
    )


def floor_says(engine: Engine, floor: rows.Floor, on: date | None) -> str:
    """The earliest day of a route in words."""
    fact: Any = vocabulary_of(engine.pack).get(floor.fact)
    gist = _gist(fact.says) if fact else floor.fact.replace("_", " ")
    when = f" That is {on.day} {on:%B %Y}." if on else " The date this counts from is not known."
    if floor.at_least is None:
        return f"Not before this is so: {gist}.{when if on else ''}"
    length = Duration.parse(floor.at_least)
    known = {"age": f"the child is {length} old", "gestation": f"{length} of pregnancy"}
    return f"Not before {known.get(floor.fact, gist.replace('time since', f'{length} since'))}.{when}"
