"""What the engine is told of a child, in words, with where each fact comes from."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from cases import words
from cases.facts import ASKABLE, BuiltFacts, Question
from cases.slots import CaseContext
from casetransfer.protocols.facts import vocabulary_of


def value_words(value: Any) -> str:
    """A fact's value as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return words.capital(", ".join(value_words(one).lower() for one in value)) or "None"
    if hasattr(value, "year"):
        return words.day(localdate(value) if hasattr(value, "hour") else value)
    return words.capital(words.label(str(value)))


@dataclass(frozen=True, slots=True)
class FactRow:
    says: str
    value: str
    source: str
    is_assumed: bool


def facts_table(context: CaseContext) -> list[FactRow]:
    """Every fact the engine is told, with where it comes from."""
    facts, known = context.facts, vocabulary_of(context.facts.pack)
    rows = []
    for name in known:
        if name in facts.values and name not in ("events", "acts_done"):
            says, weak = known[name].says.split(";")[0].rstrip("."), facts.provenance[name].weak
            rows.append(FactRow(says, _fact_words(name, facts.values[name], facts), _source(facts, name), weak))
    return rows


def _fact_words(name: str, value: Any, facts: BuiltFacts) -> str:
    if name in ("holder", "previous_team", "sibling_holder", "contact_at", "source") and value in facts.pack.teams:
        return facts.pack.teams[value].name
    return value_words(value)


SOURCES = {
    "child": "The child's details",
    "ledger": "Who held the case",
    "family": "The family",
    "relationship": "The people around the child",
    "case": "The case",
    "spell": "Recorded",
    "journal": "The history",
    "answer": "Answered",
    "outcome": "Decided at a meeting",
}


def _source(facts: BuiltFacts, name: str) -> str:
    found = facts.provenance[name]
    if found.weak:
        return "Nothing else is recorded"
    by = f" by {found.by}" if found.by else ""
    on = f" on {words.day(localdate(found.recorded_at))}" if found.recorded_at else ""
    return f"{SOURCES.get(found.source, words.capital(found.source))}{by}{on}"


def other_questions(context: CaseContext, asked: list[Question]) -> list[Question]:
    """What else somebody may say of the child, or say otherwise than before, whether or not it decides anything now."""
    facts, already = context.facts, {question.fact for question in asked}
    found = []
    for fact in vocabulary_of(facts.pack).values():
        source = facts.provenance.get(fact.name)
        is_open = source is None or source.weak or source.source in ("answer", "outcome")
        if is_open and fact.type in ASKABLE and not fact.derived and fact.name not in already:
            found.append(Question.about(fact))
    return sorted(found, key=lambda question: question.asks)


@dataclass(frozen=True, slots=True)
class Running:
    pk: int
    name: str
    since: str


def ended_of(context: CaseContext) -> list[Running]:
    """What was true of the child and is no more, the latest end first: it may have been recorded wrongly."""
    day = localdate(context.at)
    ended = [(spell.ends_on, spell) for spell in context.facts.record.spells if spell.ends_on and spell.ends_on <= day]
    return [
        Running(spell.pk, words.named(spell), f"{words.day(spell.starts_on)} to {words.day(ends_on)}")
        for ends_on, spell in sorted(ended, key=lambda one: (one[0], one[1].pk), reverse=True)
    ]


def running_of(context: CaseContext) -> list[Running]:
    """What is true of the child now, for the page that ends or corrects it."""
    day = localdate(context.at)
    return [
        Running(spell.pk, words.named(spell), words.day(spell.starts_on))
        for spell in context.facts.record.spells
        if spell.is_current_on(day)
    ]
