"""What happened in a case, in the words that start and end the protocols' clocks and notices: read from the record,
or from one journal entry as it is written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import make_aware

from cases import consequences
from cases.models import ADJOURNED, Case, Contact, Event, Involvement, JournalEntry, Notice, Part, Spell
from cases.records import ACTS, Record
from casetransfer.calendars import year_11_end
from casetransfer.protocols import Pack, pack_for
from casetransfer.protocols.rows import Start

STARTED = {"looked_after": "looked_after_started", "assessment": "assessment_started"}
ENDED = {"looked_after": "looked_after_ended", "assessment": "assessment_completed"}
YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Happening:
    """`on`, `of`, `ordinal` and `value` are the words of a pack's start. `occasion` names the one time it happened, so
    that a moved event stays the same occasion; `replaces` is the occasion it corrects. `also` holds what else is known
    of it (a contact's rating). A route is named where it happened on the way of one."""

    on: str
    moment: datetime
    occasion: str
    of: str = ""
    ordinal: int | None = None
    value: Any = None
    route: str = ""
    replaces: str = ""
    also: dict[str, Any] = field(default_factory=dict)

    def is_a(self, start: Start) -> bool:
        if self.on != start.on or start.ordinal not in (None, self.ordinal):
            return False
        if start.of and start.of != self.of and start.of not in self.also:
            return False
        known = self.value if start.of in ("", self.of) and self.value is not None else self.also.get(start.of)
        return start.value is None or start.value == known or start.value in self.also.values()


Contribution = dict[int, list[Happening]]
Contributor = Callable[[list[Case], datetime], Contribution]
_CONTRIBUTORS: list[Contributor] = []


def contribute(contributor: Contributor) -> Contributor:
    """Register a source of happenings of a room above: given cases and a moment, it answers {case pk: [Happening]}."""
    if contributor not in _CONTRIBUTORS:
        _CONTRIBUTORS.append(contributor)
    return contributor


def contributed(cases: list[Case], at: datetime) -> Contribution:
    found: Contribution = {}
    for contributor in _CONTRIBUTORS:
        for case, happenings in contributor(cases, at).items():
            found.setdefault(case, []).extend(happenings)
    return found


def of_record(record: Record) -> list[Happening]:
    """Everything that started or ended a clock, soonest first. Dates without a time count from midnight."""
    acts = [one for entry in record.journal for one in of_entry(entry) if one.on != ALLOCATED]
    pack = pack_for(record.case.pack)
    is_referred = any(act.on == "contact_became_referral" for act in acts)
    found = [
        *_of_birth(record),
        *(one for event in record.events for one in of_event(event)),
        *(one for spell in record.spells for one in of_spell(spell) if not (is_referred and one.on == REFERRAL)),
        *_of_answers(record),
        *(one for line in record.lines if line.case_id == record.case.pk for one in of_line(line, pack)),
        *acts,
    ]
    return sorted(found, key=lambda one: one.moment)


def of_notices(told: Iterable[Notice]) -> list[Happening]:
    """Clocks that start, or end, when somebody has been told: from the first of its recipients who was."""
    found: dict[tuple[str, str], Happening] = {}
    for notice in told:
        assert notice.sent_at is not None
        one = Happening("notice_sent", notice.sent_at, f"notice:{notice.code}:{notice.occasion}"[:200], notice.code)
        found.setdefault((notice.code, notice.occasion), one)
    return list(found.values())


REFERRAL = "contact_became_referral"
ALLOCATED = "case_allocated"


def of_contact(contact: Contact) -> Iterator[Happening]:
    """What has happened with a contact so far, on the way that was chosen for it. A colour counts with its scale."""
    rated = {contact.scale: contact.colour} if contact.colour else {}
    one: dict[str, Any] = {"occasion": f"contact:{contact.pk}", "route": contact.route, "also": rated}
    yield Happening("contact_recorded", contact.received_at, **one)
    if contact.rated_at:
        yield Happening("contact_rated", contact.rated_at, value=contact.colour or None, **one)
    if contact.decided_at:
        yield Happening("contact_decided", contact.decided_at, value=contact.outcome or None, **one)


def of_line(line: Involvement, pack: Pack) -> Iterator[Happening]:
    """A worker was named, by whichever act, in a team and so in every team that it is part of; or the case was held on
    duty, without one. A line that is written again is the same occasion."""
    occasion = f"{line.role}:{line.started_at.isoformat()}"
    if line.role == Part.ALLOCATED_SOCIAL_WORKER:
        within = {code: True for code in pack.teams if pack.is_within(line.team.code, code)}
        yield Happening(ALLOCATED, line.started_at, occasion, line.team.code, also=within)
    if line.role == Part.DUTY:
        yield Happening("case_unallocated", line.started_at, occasion, line.team.code)


def of_event(event: Event) -> Iterator[Happening]:
    """A booked event is known by the day it is planned for; a held one by the moment it was held."""
    occasion = f"event:{event.pk}"
    replaces = f"event:{event.replaces_id}" if event.replaces_id else ""
    one: dict[str, Any] = {"of": event.kind, "ordinal": event.ordinal, "occasion": occasion, "replaces": replaces}
    if event.planned_at:
        yield Happening("event_booked", event.recorded_at, **one)
        yield Happening("event_planned", event.planned_at, **one)
    if event.held_at and event.outcome != ADJOURNED:
        yield Happening("event_held", event.held_at, value=event.outcome or None, **one)
        if settled := consequences.settles(event.kind, event.outcome):
            yield Happening("fact_became", event.held_at, occasion, settled[0], value=settled[1], replaces=replaces)


def of_spell(spell: Spell) -> Iterator[Happening]:
    begun, occasion = midnight(spell.starts_on), f"spell:{spell.pk}"
    replaces = f"spell:{spell.replaces_id}" if spell.replaces_id else ""
    one: dict[str, Any] = {"occasion": occasion, "replaces": replaces}
    match spell.kind:
        case "status":
            yield from _of_status(spell, begun, one)
        case "legal":
            yield Happening("order_made", begun, of=spell.code, **one)
        case "placement":
            yield Happening("placement_started", begun, of=spell.code, **one)
        case "plan":
            yield Happening("plan_started", begun, of=spell.code, **one)
            yield Happening("fact_became", begun, of="plan", value=spell.code, **one)
        case "proceedings":
            yield from _of_proceedings(spell, begun, one)
        case "circumstance":
            yield Happening("fact_became", begun, of=spell.code, value=YES_NO.get(spell.value, spell.value), **one)


def _of_status(spell: Spell, begun: datetime, one: dict[str, Any]) -> Iterator[Happening]:
    yield Happening("status_started", begun, of=spell.code, **one)
    if spell.code == "child_protection":
        yield Happening("plan_started", begun, of="child_protection_plan", **one)
    if spell.code == "referral":
        yield Happening(REFERRAL, begun, **one)
    if spell.code in STARTED:
        yield Happening(STARTED[spell.code], begun, **one)
    if spell.ends_on and spell.code in ENDED:
        yield Happening(ENDED[spell.code], midnight(spell.ends_on), **one)


def _of_proceedings(spell: Spell, begun: datetime, one: dict[str, Any]) -> Iterator[Happening]:
    yield Happening("fact_became", begun, of="proceedings", value=spell.code, **one)
    if spell.code == "issued":
        yield Happening("proceedings_issued", begun, **one)
    if spell.code == "concluded":
        yield Happening("proceedings_ended", begun, **one)


def of_entry(entry: JournalEntry) -> Iterator[Happening]:
    """An act that the journal tells of in the packs' own words. `detail` may say of what it was, with what value."""
    if entry.kind in ACTS and not entry.kind.startswith("event_"):
        detail = dict(entry.detail)
        of, value = str(detail.pop("of", "")), detail.pop("value", None)
        yield Happening(
            entry.kind, entry.at, f"journal:{entry.pk}", of, value=value, route=entry.route, also=detail
        )  # fmt: skip


def _of_birth(record: Record) -> Iterator[Happening]:
    """Ages are counted from the birth; lengths of pregnancy from the expected delivery date."""
    child = record.child
    if child.date_of_birth:
        yield Happening("age_reached", midnight(child.date_of_birth), "birth", "birth")
        ends_on = child.year_11_ends_on or year_11_end(child.date_of_birth)
        yield Happening("date_reached", midnight(ends_on), "year_11", "year_11_end")
    if child.expected_delivery_date:
        yield Happening("age_reached", midnight(child.expected_delivery_date), "expected birth", "expected birth")


def _of_answers(record: Record) -> Iterator[Happening]:
    for answer in record.answers:
        if answer.value is not None:
            occasion = f"answer:{answer.pk}"
            yield Happening("fact_became", answer.answered_at, occasion, answer.fact, value=answer.value)
            if isinstance(answer.value, str) and (day := _date(answer.value)):
                yield Happening("date_reached", midnight(day), occasion, answer.fact)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
