"""From the record to the vocabulary: one small function for each part of the record. Each yields the facts it knows,
with where they come from. What is not known is not yielded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.timezone import localdate

from cases import consequences
from cases.guards import STATUS_OF_SERIES
from cases.models import Part, Spell, SpellKind
from cases.records import Record
from casetransfer.protocols import Pack

# The most serious first
STATUSES = (
    "looked_after", "child_protection", "child_in_need", "care_leaver", "assessment", "referral", "early_help",
    "contact",
)  # fmt: skip
NOT_ORDERS = {"section_20", "police_protection", "remand"}
YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact comes from: which part of the record, since when it holds, who recorded it when. A weak fact is
    only what the record would hold otherwise: an answer goes before it."""

    source: str
    since: date | datetime | None = None
    by: str = ""
    recorded_at: datetime | None = None
    pk: int | None = None
    weak: bool = False


@lru_cache(maxsize=8)
def _day(at: datetime) -> date:
    """The day of the moment that many cases are asked about."""
    return localdate(at)


Known = Iterator[tuple[str, Any, Provenance]]


def of_child(record: Record, at: datetime, pack: Pack) -> Known:
    child, source = record.child, Provenance("child", pk=record.case.child_id)
    yield "date_of_birth", child.date_of_birth, source
    yield "expected_delivery_date", child.expected_delivery_date, source
    yield "year_11_ends_on", child.year_11_ends_on, source
    if child.age_assessed_on:
        yield "age_disputed", False, Provenance("child", since=child.age_assessed_on)


def of_holder(record: Record, at: datetime, pack: Pack) -> Known:
    """Who holds the case, and who held the child when a case was last closed: where a stretch ended and no other
    began, the case was closed (the database keeps it so)."""
    held = [line for line in record.lines if line.role == Part.RESPONSIBLE_TEAM]
    now = next((line for line in held if line.case_id == record.case.pk and at in line.period), None)
    if now is None:
        yield "holder", "none", Provenance("ledger")
    elif now.team.code in pack.teams:
        yield "holder", now.team.code, Provenance("ledger", since=now.started_at, pk=now.pk)
    starts = {line.started_at for line in held}
    endings = [line.ended_at for line in held if line.ended_at and line.ended_at not in starts]
    closed_at = max((ending for ending in endings if ending <= at), default=None)
    if closed_at is None:
        yield "previous_team", "none", Provenance("ledger", weak=True)
        yield "known_before", False, Provenance("ledger", weak=True)
        return
    yield "closed_on", localdate(closed_at), Provenance("ledger", since=closed_at)
    yield "known_before", True, Provenance("ledger", since=closed_at)
    last = next((line for line in held if line.ended_at == closed_at), None)
    if last and last.team.code in pack.teams:
        yield "previous_team", last.team.code, Provenance("ledger", since=closed_at, pk=last.pk)


def of_family(record: Record, at: datetime, pack: Pack) -> Known:
    """Nothing is said of brothers and sisters where nobody has recorded who the family is."""
    if record.siblings is None:
        return
    source = Provenance("family", pk=record.child.family_id)
    open_ones = [sibling for sibling in record.siblings if sibling.since]
    yield "sibling_group", bool(open_ones), source
    yield "sibling_open", bool(open_ones), source
    held = sorted((one for one in open_ones if one.team_code in pack.teams), key=lambda one: str(one.since))
    if held:
        yield "sibling_holder", held[0].team_code, Provenance("family", since=held[0].since)


PARENT_FACTS = {
    "parent_looked_after": "looked_after",
    "parent_care_leaver": "care_leaver",
    "parent_learning_disability": "learning_disability",
    "earlier_child_removed": "earlier_child_removed",
}


def of_parents(record: Record, at: datetime, pack: Pack) -> Known:
    """True if it is so of one parent; false only if it is known not to be so of each recorded parent."""
    parents = [person for person in record.relationships if person.is_parent]
    for fact, name in PARENT_FACTS.items():
        said = [getattr(parent, name) for parent in parents]
        if True in said:
            yield fact, True, Provenance("relationship", pk=parents[said.index(True)].pk)
        elif said and None not in said:
            yield fact, False, Provenance("relationship", pk=parents[0].pk)


def of_status(record: Record, at: datetime, pack: Pack) -> Known:
    if not record.case.is_held:
        yield "status", "closed", Provenance("case", since=record.case.closed_at)
        return
    current = {spell.code: spell for spell in _current(record, SpellKind.STATUS, at)}
    foremost = next((code for code in STATUSES if code in current), None)
    if foremost:
        yield "status", foremost, _from(current[foremost])
    for code, fact in (("looked_after", "looked_after_from"), ("child_protection", "child_protection_plan_from")):
        if code in current:
            yield fact, current[code].starts_on, _from(current[code])
    assessments = [spell for spell in _of_kind(record, SpellKind.STATUS) if spell.code == "assessment"]
    if assessments:
        yield "assessment_complete", "assessment" not in current, _from(assessments[-1])


def of_orders(record: Record, at: datetime, pack: Pack) -> Known:
    """Without any legal spell a child has no order; but a looked-after child must have a basis that is not known."""
    spells, current = _of_kind(record, SpellKind.LEGAL), _current(record, SpellKind.LEGAL, at)
    looked_after = any(spell.code == "looked_after" for spell in _current(record, SpellKind.STATUS, at))
    if current:
        yield "legal_status", sorted({spell.code for spell in current}), _from(current[-1])
    elif not looked_after:
        yield "legal_status", ["none"], Provenance("spell", weak=True)
    former = sorted({spell.code for spell in spells} - {spell.code for spell in current})
    yield "former_legal_status", former or ["none"], Provenance("spell", weak=not former)
    orders = [spell for spell in spells if spell.code not in NOT_ORDERS and spell.starts_on <= _day(at)]
    if orders:
        last = max([spell for spell in orders if spell in current] or orders, key=lambda spell: spell.starts_on)
        yield "order_made_on", last.starts_on, _from(last)


def of_proceedings(record: Record, at: datetime, pack: Pack) -> Known:
    stages = _of_kind(record, SpellKind.PROCEEDINGS)
    current = _current(record, SpellKind.PROCEEDINGS, at)
    if current:
        yield "proceedings", current[-1].code, _from(current[-1])
    else:
        yield "proceedings", "none", Provenance("spell", weak=True)
    concluded = [spell for spell in stages if spell.code == "concluded"]
    if concluded:
        yield "proceedings_ended_on", concluded[-1].starts_on, _from(concluded[-1])


def of_plan_and_placement(record: Record, at: datetime, pack: Pack) -> Known:
    for kind in (SpellKind.PLAN, SpellKind.PLACEMENT):
        for spell in _current(record, kind, at):
            yield kind.value, spell.code, _from(spell)
    cared_for = [spell.starts_on for spell in _of_kind(record, SpellKind.STATUS) if spell.code == "looked_after"]
    home = [spell for spell in _of_kind(record, SpellKind.PLACEMENT) if spell.code == "home_with_parents"]
    if cared_for and home and home[-1].starts_on > min(cared_for):
        yield "returned_home_on", home[-1].starts_on, _from(home[-1])


def of_circumstances(record: Record, at: datetime, pack: Pack) -> Known:
    for spell in _current(record, SpellKind.CIRCUMSTANCE, at):
        yield spell.code, YES_NO.get(spell.value, spell.value), _from(spell)
        if spell.code == "return_home_plan" and spell.planned_on:
            yield "return_home_planned_on", spell.planned_on, _from(spell)


def of_events(record: Record, at: datetime, pack: Pack) -> Known:
    """Those of the present opening; reviews and core groups only of the present plan or period of care. What was held
    after the moment asked about was then still planned."""
    started = {spell.code: spell.starts_on for spell in _current(record, SpellKind.STATUS, at)}
    events = []
    for event in record.events:
        series = STATUS_OF_SERIES.get(event.kind)
        since = started.get(series) if series else None
        if event.when >= record.case.opened_at and (since is None or localdate(event.when) >= since):
            events.append(_event(event, at))
    last = max((event.recorded_at for event in record.events), default=None)
    yield "events", events, Provenance("events", recorded_at=last)


def of_outcomes(record: Record, at: datetime, pack: Pack) -> Known:
    """What the outcome of an event settles, the latest first. Whoever answers otherwise afterwards is heard."""
    answered = {answer.fact: answer.answered_at for answer in record.answers}
    for event in sorted(record.events, key=lambda event: event.when, reverse=True):
        settled = consequences.settles(event.kind, event.outcome)
        if settled and event.held_at and record.case.opened_at <= event.held_at <= at:
            fact, value = settled
            said = event.held_recorded_at or event.recorded_at
            if fact not in answered or answered[fact] < said:
                yield fact, value, Provenance("outcome", since=event.held_at, recorded_at=said, pk=event.pk)


def of_acts(record: Record, at: datetime, pack: Pack) -> Known:
    """The journal's words for what was done are the packs' words for acts."""
    acts = set(record.acts)
    lines = [line for line in record.lines if line.role == Part.ALLOCATED_SOCIAL_WORKER and at in line.period]
    if not any(line.case_id == record.case.pk for line in lines):
        acts.discard("case_allocated")
    yield "acts_done", sorted(acts), Provenance("journal")


def of_answers(record: Record, at: datetime, pack: Pack) -> Known:
    for answer in record.answers:
        if answer.value is not None:
            by = answer.answered_by.name if answer.answered_by else ""
            yield answer.fact, answer.value, Provenance("answer", None, by, answer.answered_at, answer.pk)


def _event(event: Any, at: datetime) -> dict[str, Any]:
    held = event.held_at is not None and event.held_at <= at
    return {
        "kind": event.kind,
        "planned": event.planned_at or event.held_at,
        "held": event.held_at if held else None,
        "outcome": event.outcome if held else "",
        "ordinal": event.ordinal,
    }


def _of_kind(record: Record, kind: str) -> list[Spell]:
    return [spell for spell in record.spells if spell.kind == kind]


def _current(record: Record, kind: str, at: datetime) -> list[Spell]:
    day = _day(at)
    return [spell for spell in _of_kind(record, kind) if spell.is_current_on(day)]


def _from(spell: Spell) -> Provenance:
    by = spell.recorded_by.name if spell.recorded_by else ""
    return Provenance("spell", spell.starts_on, by, spell.recorded_at, spell.pk)


SOURCES = (
    of_child, of_holder, of_family, of_parents, of_status, of_orders, of_proceedings, of_plan_and_placement,
    of_circumstances, of_events, of_outcomes, of_acts,
)  # fmt: skip
