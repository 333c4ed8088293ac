"""The closed list of facts that a condition may use: name, type, unit, allowed values, one plain sentence.

Facts are given (`vocabulary.toml`, and a pack's `facts.toml` for words only that protocol uses) or derived here from
given dates and events: ages, lengths of time, and what is known of each kind of event.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

FactType = Literal["flag", "choice", "choices", "number", "date", "team", "teams", "text", "events", "length"]


class Fact(BaseModel):
    """One fact of the vocabulary.

    `length` facts are measured from the date fact named in `since` (or, for gestation, `until` its date) to today, or
    to the date fact named in `upto`. A fact with `absent` takes that value when it is not given, because the record
    itself would hold it otherwise. `open_values` are the values that time may still change (a challenge under way).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    type: FactType
    says: str
    unit: str = ""
    values: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    upto: str = ""
    derived: bool = False
    absent: str | bool | None = None
    open_values: tuple[str, ...] = ()
    question: str = ""


class EventKind(BaseModel):
    """A kind of event: its name in words, the outcomes it may have; `numbered` ones are counted (first, second)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    says: str
    outcomes: tuple[str, ...] = ()
    numbered: bool = False


class Vocabulary(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: tuple[Fact, ...]
    event: tuple[EventKind, ...]


ORDINALS = {"first": 1, "second": 2, "third": 3}
ORDINAL_WORDS = {number: word for word, number in ORDINALS.items()}


@cache
def common() -> Vocabulary:
    """The vocabulary all packs share."""
    return Vocabulary.model_validate(tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text()))


@cache
def event_kinds() -> dict[str, EventKind]:
    return {event.kind: event for event in common().event}


def event_named(name: str) -> tuple[str, int | None]:
    """ "first_looked_after_review" -> ("looked_after_review", 1)."""
    word, _, rest = name.partition("_")
    return (rest, ORDINALS[word]) if name not in event_kinds() and word in ORDINALS else (name, None)


def event_facts(event: EventKind) -> list[Fact]:
    """The derived facts of one kind of event: booked, held, outcome; and first_, second_ ... where it is numbered."""
    prefixes = ["", *(f"{word}_" for word in ORDINALS)] if event.numbered else [""]
    return [fact for prefix in prefixes for fact in _facts_of_one(event, prefix)]


def _facts_of_one(event: EventKind, prefix: str) -> list[Fact]:
    name, words = f"{prefix}{event.kind}", f"{prefix.replace('_', ' ')}{event.says}"
    facts = [
        Fact(name=f"{name}_booked", type="flag", derived=True, says=f"The {words} is booked and not yet held."),
        Fact(name=f"{name}_held", type="flag", derived=True, says=f"The {words} is recorded as held."),
    ]
    if event.outcomes:
        says = f"What the {words} decided; unknown until it is held."
        facts.append(Fact(name=f"{name}_outcome", type="choice", derived=True, values=event.outcomes, says=says))
    return facts


@cache
def common_facts() -> dict[str, Fact]:
    """Every fact all packs share, by name: given facts, lengths and event facts."""
    facts = {fact.name: fact for fact in common().fact}
    for event in common().event:
        facts |= {fact.name: fact for fact in event_facts(event)}
    return facts


def facts_of(local: tuple[Fact, ...]) -> dict[str, Fact]:
    """The common facts and a pack's own. Raises ValueError when a pack redefines a common fact."""
    both = common_facts().keys() & {fact.name for fact in local}
    if both:
        raise ValueError(f"facts.toml defines {', '.join(sorted(both))} again: use the common fact of that name")
    return common_facts() | {fact.name: fact for fact in local}
