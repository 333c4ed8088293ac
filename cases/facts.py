"""The facts builder: from the record to what the protocol engine reads, each fact with where it comes from.

What the record does not say stays unknown, and is offered as a question. Rooms above add the facts only they hold
(a dispute, an agreement) with `contribute`, in their AppConfig.ready().
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.fact_sources import SOURCES, Provenance, of_answers
from cases.models import Case
from cases.records import Record, read_records
from casetransfer.protocols import Decision, FactError, Facts, Pack, decide, pack_for, read_facts
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import UNKNOWN
from casetransfer.protocols.vocabulary import Fact

Contribution = dict[int, list[tuple[str, Any, Provenance]]]
Contributor = Callable[[list[Case], datetime], Contribution]
_CONTRIBUTORS: list[Contributor] = []


def contribute(contributor: Contributor) -> Contributor:
    """Register a source of facts: given cases and a moment, in a fixed number of queries, it answers
    {case pk: [(fact, value, Provenance)]}. A fact given by several sources keeps the first, the record's own."""
    if contributor not in _CONTRIBUTORS:
        _CONTRIBUTORS.append(contributor)
    return contributor


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that nobody has recorded and that would decide something. `type` and `values` say how it is asked."""

    fact: str
    asks: str
    type: str
    values: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    @classmethod
    def about(cls, fact: Fact, clauses: tuple[str, ...] = ()) -> "Question":
        asks = fact.question or (f"{fact.says} Is that so?" if fact.type == "flag" else fact.says)
        return cls(fact.name, asks, fact.type, fact.values, clauses)


@dataclass(frozen=True, slots=True)
class BuiltFacts:
    """What is known of one case at one moment, in the engine's words; `record` is what it was read from."""

    record: Record
    at: datetime
    pack: Pack
    values: dict[str, Any]
    provenance: dict[str, Provenance]

    @property
    def case(self) -> Case:
        return self.record.case

    def read(self) -> Facts:
        """A word that the pack in force no longer knows (it was answered under an earlier one) counts as unknown."""
        try:
            return read_facts(self.values, self.pack, self.at)
        except FactError:
            known = {name: value for name, value in self.values.items() if self._is_known(name)}
            return read_facts(known, self.pack, self.at)

    def _is_known(self, name: str) -> bool:
        try:
            read_facts({name: self.values[name]}, self.pack, self.at)
        except FactError:
            return False
        return True

    def decide(self, *, why_not: bool = True) -> Decision:
        return decide(self.pack, self.read(), why_not=why_not)

    def questions(self, decision: Decision) -> list[Question]:
        """What a person could say that would settle a route which is now only possible."""
        known = vocabulary_of(self.pack)
        found: dict[str, Question] = {}
        for need in (need for route in decision.possible for need in route.needs):
            fact = known.get(need.fact)
            if fact and fact.type in ASKABLE and not fact.derived and fact.name not in self.values:
                found.setdefault(fact.name, Question.about(fact, need.clauses))
        return list(found.values())

    def questions_of_ratings(self) -> list[Question]:
        """While the child is assessed: the rating that decides by when it must be done, where nobody has given it."""
        if self.values.get("status") not in ("referral", "assessment"):
            return []
        known, engine, facts = vocabulary_of(self.pack), engine_for(self.pack), self.read()
        scales = {scale.code for scale in self.pack.scale if scale.rates == "assessment"}
        rated = [timer for timer in self.pack.timer if timer.scale in scales and timer.when]
        open_ones = [timer for timer in rated if engine.holds_for(engine.tables(timer.when))(facts) is UNKNOWN]
        asked = [
            (known[name], timer.clauses)
            for timer in open_ones for table in timer.when for name in table
            if name in known and name not in self.values
        ]  # fmt: skip
        return [Question.about(fact, clauses) for fact, clauses in asked if fact.type == "choice" and not fact.derived]


ASKABLE = {"flag", "choice", "date"}


def facts_of(case: Case, at: datetime) -> BuiltFacts:
    return facts_of_many([case], at)[case.pk]


def facts_of_many(cases: Iterable[Case], at: datetime) -> dict[int, BuiltFacts]:
    """The facts of many cases in a fixed number of queries, by case. Load them with their child."""
    return facts_of_records(read_records(cases, at), at)


def facts_of_records(records: list[Record], at: datetime) -> dict[int, BuiltFacts]:
    """The facts of records that somebody has read already."""
    added = [contributor([record.case for record in records], at) for contributor in _CONTRIBUTORS]
    return {
        record.case.pk: _built(record, at, [facts.get(record.case.pk, []) for facts in added]) for record in records
    }


def _built(record: Record, at: datetime, added: list[list[tuple[str, Any, Provenance]]]) -> BuiltFacts:
    """Recorded facts first, then what other rooms add, then answers; what is only assumed gives way to all of them."""
    pack = pack_for(record.case.pack)
    known = vocabulary_of(pack)
    recorded = [one for source in SOURCES for one in source(record, at, pack)]
    answered = list(of_answers(record, at, pack))
    given = [*recorded, *(one for facts in added for one in facts), *answered]
    values: dict[str, Any] = {}
    provenance: dict[str, Provenance] = {}
    for weak in (False, True):
        for name, value, source in given:
            if value is not None and name in known and name not in values and source.weak is weak:
                values[name], provenance[name] = value, source
    return BuiltFacts(record, at, pack, values, provenance)
