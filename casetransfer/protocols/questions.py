"""What to ask next: for somebody who knows a few facts of a child and wants to know where the case goes.

A question is about one thing that a person can say: where the case is, how old the child is, what became of one event,
or one fact. Each possible answer is tried; the question that leaves the fewest routes open, whatever the answer, is the
most decisive. Nothing here changes what the engine answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from casetransfer.calendars import GESTATION_DAYS, add_months
from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import Event, Facts, complete, vocabulary_of
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.predicates import split
from casetransfer.protocols.routes import Decision, Found, decide
from casetransfer.protocols.vocabulary import ORDINAL_WORDS, event_kinds, event_named

Kind = Literal["place", "birth", "event", "flag", "choice", "choices", "team", "number", "date"]
Values = dict[str, Any]

PLACE, BIRTH = "place", "birth"
BIRTH_FACTS = frozenset({"date_of_birth", "expected_delivery_date", "unborn"})
ASPECTS = ("_booked", "_held", "_outcome")
NEVER_ASKED = frozenset({"decided_route", "events", "acts_done", "year_11_ends_on"})
AHEAD = timedelta(days=30)
# A yes-or-no fact mostly asks for something unusual. Were yes as likely as no, the rarest circumstance that outranks
# everything else would be asked about first.
RARELY = 0.2


class SaidFacts(Facts):
    """What somebody has said so far: of an event they did not speak of nothing is known, not even that it was not."""

    __slots__ = ()

    def events_of(self, kind: str, ordinal: int | None = None) -> list[Event] | None:
        said = (self.events or {}).get(kind)
        if said is None:
            return None
        found = super().events_of(kind, ordinal)
        return found or (None if ordinal and any(event.held for event in said) else [])


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a case or a request can be: with a team that holds it, at a front door as a contact (about a child
    without a case, or with one), or with an outside body that brings it. `values` are the facts that say so."""

    code: str
    kind: Literal["holder", "contact", "contact_open", "source"]
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is the fact, the event (`first_looked_after_review`), "place" or "birth"; `likely` is how many routes an
    answer leaves open on average, `worst` how many at most."""

    about: str
    kind: Kind
    likely: float = 0.0
    worst: int = 0


def said_facts(pack: Pack, values: Mapping[str, Any], at: datetime) -> SaidFacts:
    """Facts of values that are already of their type."""
    done = complete(dict(values), vocabulary_of(pack), at)
    return SaidFacts(done.values, at)


def places(pack: Pack) -> tuple[Place, ...]:
    """Every place that some route starts from."""
    named = {code for route in pack.route for code in route.from_teams}
    found = []
    for team in pack.team:
        is_start = team.code in named
        if team.outside and is_start:
            brought = {"source": team.code, "holder": "none"} | _brings(pack, team.code)
            found.append(Place(team.code, "source", tuple(brought.items())))
            continue
        if team.front_door and is_start:
            found.append(Place(team.code, "contact", (("contact_at", team.code), ("holder", "none"))))
            found.append(Place(team.code, "contact_open", (("contact_at", team.code),)))
        if (team.holds_cases and not team.outside) or (is_start and not team.front_door):
            found.append(Place(team.code, "holder", (("holder", team.code),)))
    return tuple(found)


def _brings(pack: Pack, source: str) -> Values:
    """What is so of everything this outside body brings: the facts that each of its routes asks for alike, where
    saying nothing would be taken as a no, and the team that must hold the case."""
    known = vocabulary_of(pack)
    tables = [table for route in pack.route if source in route.from_teams for table in route.when or ({},)]
    shared = {name: value for name, value in tables[0].items() if all(table.get(name) == value for table in tables)}
    return {
        name: value
        for name, value in shared.items()
        if (name in known and known[name].absent is False) or (name == "holder" and isinstance(value, str))
    }


def question_about(pack: Pack, about: str) -> Question | None:
    """The question of that name, None where there is none."""
    if about in (PLACE, BIRTH):
        return Question(about, "place" if about == PLACE else "birth")
    kind, _ = event_named(about)
    if kind in event_kinds():
        return Question(about, "event")
    fact = vocabulary_of(pack).get(about)
    if fact is None or fact.name in NEVER_ASKED or fact.type in ("length", "events", "text"):
        return None
    if fact.derived and fact.name != "year_11_finished":
        return None
    return Question(about, "choice" if fact.type == "choice" and fact.values else _kind(fact.type))


def _kind(fact_type: str) -> Kind:
    kinds: dict[str, Kind] = {"flag": "flag", "choices": "choices", "team": "team", "teams": "team"}
    return kinds.get(fact_type) or ("number" if fact_type == "number" else "date")


def subject(pack: Pack, fact: str) -> str:
    """What to ask about when this fact is wanted: an event for its outcome, the birth for the age."""
    known = vocabulary_of(pack).get(fact)
    if known is not None and known.type == "length":
        fact = known.since or known.until
    if fact in BIRTH_FACTS:
        return BIRTH
    if known is not None and known.derived:
        for aspect in ASPECTS:
            if fact.endswith(aspect) and event_named(fact.removesuffix(aspect))[0] in event_kinds():
                return fact.removesuffix(aspect)
    return "holder" if fact == "case_open" else fact


def next_questions(pack: Pack, facts: Facts, skip: Iterable[str] = ()) -> tuple[Question, ...]:
    """The questions whose answer could change where the case goes, the most decisive first. `skip`: those that the
    person cannot answer."""
    decision, left_out = decide(pack, facts), frozenset(skip)
    wanted = dict.fromkeys(_wanted(pack, decision, left_out))
    asked = (question_about(pack, about) for about in wanted if about not in left_out)
    scored = [_scored(pack, facts, decision, question) for question in asked if question]
    return tuple(sorted((q for q in scored if q), key=lambda question: (question.likely, question.worst)))


def _wanted(pack: Pack, decision: Decision, left_out: frozenset[str]) -> Iterator[str]:
    values = decision.facts.values
    nowhere = values.get("holder") is None and values.get("contact_at") == "none" and values.get("source") == "none"
    if nowhere and PLACE not in left_out:
        yield PLACE
        return
    for found in decision.possible:
        for need in found.needs:
            about = subject(pack, need.fact)
            if about == "year_11_finished" and not _is_born(values):
                about = BIRTH
            if (fact := vocabulary_of(pack).get(about)) is None or fact.absent is None:
                yield about


def _is_born(values: Mapping[str, Any]) -> bool:
    return values.get("date_of_birth") is not None


def _scored(pack: Pack, facts: Facts, before: Decision, question: Question) -> Question | None:
    """The question with what its answers leave open; None where no answer changes anything."""
    after = [_open(decide(pack, _with(facts, values))) for values in answers_to(pack, question, facts)]
    if all(left == _open(before) for left in after):
        return None
    counts = [len(left) for left in after]
    shares = (RARELY, 1 - RARELY) if question.kind == "flag" else (1 / len(counts),) * len(counts)
    likely = sum(share * count for share, count in zip(shares, counts, strict=True))
    return Question(question.about, question.kind, likely, max(counts))


def _open(decision: Decision) -> frozenset[tuple[str, bool]]:
    ready = {(found.code, True) for found in decision.recommended}
    return frozenset(ready | {(found.code, False) for found in decision.possible})


def _with(facts: Facts, values: Values) -> SaidFacts:
    """The same facts and these besides. Events are added to those said before."""
    merged = {**facts.values, **values}
    if "events" in values:
        kinds = {event.kind for event in values["events"]}
        merged["events"] = [e for e in facts.values.get("events") or () if e.kind not in kinds] + values["events"]
    if "date_of_birth" in values or "expected_delivery_date" in values:
        merged.pop("unborn", None)
        merged["unborn"] = merged.get("date_of_birth") is None
    return SaidFacts(merged, facts.at)


def answers_to(pack: Pack, question: Question, facts: Facts) -> Iterator[Values]:
    """The answers a question can have, as values of facts: one for each that the protocol tells apart."""
    about, known = question.about, vocabulary_of(pack)
    match question.kind:
        case "place":
            yield from (dict(place.values) for place in places(pack))
        case "birth":
            yield from _births(pack, facts.today)
        case "event":
            yield from _events(about, facts.at)
        case "flag":
            yield from ({about: True}, {about: False})
        case "choice":
            yield from ({about: value} for value in known[about].values)
        case "choices":
            yield from ({about: frozenset([value])} for value in known[about].values)
        case "team":
            yield from ({about: code} for code in _teams(pack))
        case "number":
            yield from ({about: value} for value in _numbers(pack, about))
        case "date":
            yield from ({about: day} for day in _days(pack, about, facts.today))


def _teams(pack: Pack) -> list[str]:
    return [team.code for team in pack.team if team.holds_cases and not team.outside] + ["none"]


def limits(pack: Pack, fact: str) -> list[str]:
    """Every limit the protocol compares a length or a number with, in no order, each once."""
    known = vocabulary_of(pack)
    found: dict[str, None] = {}
    coded: tuple[rows.Route | rows.Hold, ...] = (*pack.route, *pack.hold)
    for row in coded:
        for table in row.when:
            for key, argument in table.items():
                name, suffix = split(key, known)
                if name == fact and suffix in ("_at_least", "_over", "_under", "_at_most"):
                    found[str(argument)] = None
    return list(found)


def _births(pack: Pack, today: date) -> Iterator[Values]:
    months = sorted({0} | {Duration.parse(limit).count for limit in limits(pack, "age")})
    yield from ({"date_of_birth": add_months(today, -count)} for count in months)
    weeks = sorted({GESTATION_DAYS // 2} | {Duration.parse(limit).count for limit in limits(pack, "gestation")})
    for days in sorted({day for limit in weeks for day in (limit - 1, limit)}):
        yield {"expected_delivery_date": today + timedelta(days=GESTATION_DAYS - days)}


def _events(about: str, at: datetime) -> Iterator[Values]:
    kind, ordinal = event_named(about)
    yield {"events": [Event(kind, ordinal=ordinal)]}
    yield {"events": [Event(kind, planned=at + AHEAD, ordinal=ordinal)]}
    held = at - timedelta(days=1)
    outcomes = [outcome for outcome in event_kinds()[kind].outcomes if outcome != "adjourned"]
    for outcome in outcomes or [""]:
        yield {"events": [Event(kind, planned=held, held=held, outcome=outcome, ordinal=ordinal)]}


def _numbers(pack: Pack, fact: str) -> list[float]:
    marks = sorted(float(limit) for limit in limits(pack, fact))
    return [marks[0] - 1, *(value for mark in marks for value in (mark, mark + 1))] if marks else [0.0, 1.0]


def _days(pack: Pack, fact: str, today: date) -> list[date]:
    """A day ahead, today, and for each limit of a length that counts from this date a day on either side of it."""
    lengths = [known.name for known in vocabulary_of(pack).values() if fact in (known.since, known.until)]
    days = {today, today + AHEAD}
    for limit in (Duration.parse(text) for name in lengths for text in limits(pack, name)):
        reached = add_months(today, -limit.count) if limit.unit == "months" else today - _span(limit)
        days |= {reached, reached - timedelta(days=3), reached + timedelta(days=3)}
    return sorted(days)


def _span(limit: Duration) -> timedelta:
    days = {"hours": limit.count / 24, "working days": limit.count * 1.4}
    return timedelta(days=round(days.get(limit.unit, limit.count)))


# --- what is taken as so unless somebody says otherwise ---


def assumptions(pack: Pack, facts: Facts) -> tuple[tuple[str, Any], ...]:
    """(fact, value) for each value, other than the one taken when nothing is said, that a route from here asks for."""
    known = vocabulary_of(pack)
    found: dict[tuple[str, Any], None] = {}
    for row in _here(pack, facts):
        for table in row.when:
            for key, argument in table.items():
                name, suffix = split(key, known)
                fact = known[name]
                if fact.absent is None or suffix or fact.type not in ("flag", "choice") or name in NEVER_ASKED:
                    continue
                for value in argument if isinstance(argument, list) else [argument]:
                    if value != fact.absent:
                        found[(name, value)] = None
    return tuple(found)


def _here(pack: Pack, facts: Facts) -> Iterator[rows.Route | rows.Hold]:
    decision = decide(pack, facts)
    here = [found.plan.route for found in (*decision.recommended, *decision.possible)]
    here += [found.plan.route for found in decision.ruled_out if starts_here(found)]
    codes = {route.code for route in here}
    yield from here
    yield from (hold for hold in pack.hold if codes.intersection(pack.routes_named(hold.suppresses)))


def starts_here(found: Found) -> bool:
    """Whether a ruled-out route at least starts where the case is."""
    return all(reason.fact != "holder" for reason in found.because)


# --- what if ---


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One other answer to something said, and the routes that would then be recommended (with those that might be)."""

    about: str
    values: tuple[tuple[str, Any], ...]
    recommended: tuple[str, ...]
    possible: tuple[str, ...]


def what_if(pack: Pack, facts: Facts, about: str) -> Iterator[WhatIf]:
    """Each other answer to this question that would change which routes are recommended."""
    question = question_about(pack, about)
    now = {found.code for found in decide(pack, facts).recommended}
    for values in answers_to(pack, question, facts) if question else ():
        decision = decide(pack, _with(facts, values))
        recommended = tuple(found.code for found in decision.recommended)
        if set(recommended) != now:
            yield WhatIf(about, tuple(values.items()), recommended, tuple(found.code for found in decision.possible))


# --- the transfer point ---


def asks_about_point(pack: Pack, route: rows.Route) -> tuple[str, ...]:
    """The questions that would tell whether a route's transfer point is reached, or when it will be."""
    points = route.points or tuple(point for stage in route.stages for point in stage.points)
    named = (_about_point(point) for point in points)
    return tuple(dict.fromkeys(about for about in named if about and question_about(pack, about)))


def _about_point(point: rows.Point) -> str:
    if point.event:
        return f"{ORDINAL_WORDS[point.ordinal]}_{point.event}" if point.ordinal else point.event
    match point.kind:
        case "age":
            return BIRTH
        case "agreement":
            return "managers_agree"
        case "order":
            return "legal_status"
        case _:
            return point.fact
