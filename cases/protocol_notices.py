"""The notices of the protocol: which ones a happening calls for, and who hears them. Pure but for reading people."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from cases.facts import BuiltFacts
from cases.happenings import ENDED, Happening, of_entry, of_event, of_spell
from cases.models import (
    Case,
    Channel,
    Contact,
    Deadline,
    Event,
    JournalEntry,
    Relationship,
    RelationshipKind,
    Spell,
)
from cases.notices import Recipient, in_place_of, in_role, managers_of
from casetransfer.protocols import Decision, Facts, Pack, pack_for
from casetransfer.protocols.pack import ById
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import UNKNOWN, YES, Answer
from casetransfer.protocols.rows import Notice as Row
from casetransfer.protocols.rows import Recipient as To
from teams.models import Team

Ask = Callable[[], Decision]
OF_EVENT = {
    "event_booked": ("event_booked", "event_planned"),
    "event_moved": ("event_planned",),
    "event_held": ("event_held", "fact_became"),
}
OF_CONTACT = {"contact_recorded", "contact_rated", "contact_decided"}
PARENTS = {RelationshipKind.MOTHER, RelationshipKind.FATHER, RelationshipKind.PARENT}
AROUND = {"parents": PARENTS, "family": PARENTS | {RelationshipKind.CARER}, "carers": {RelationshipKind.CARER}}


@dataclass(frozen=True, slots=True)
class Called:
    """One notice that must be given: the pack's row, what called for it, and to whom it goes."""

    row: Row
    happening: Happening
    to: tuple[Recipient, ...]
    nobody_found: bool = False


def happenings_of(entry: JournalEntry, subject: object) -> list[Happening]:
    """What this one entry of the journal tells, in the packs' words."""
    if entry.kind in OF_EVENT and isinstance(subject, Event):
        return [one for one in of_event(subject) if one.on in OF_EVENT[entry.kind]]
    if entry.kind == "spell_started" and isinstance(subject, Spell):
        return [one for one in of_spell(subject) if one.on not in ENDED.values()]
    if entry.kind == "spell_ended" and isinstance(subject, Spell):
        return [one for one in of_spell(subject) if one.on in ENDED.values()]
    if entry.kind == "contact_decided":
        return []  # told with the contact itself, whatever was decided
    if entry.kind == "question_answered" and subject is not None:
        value = getattr(subject, "value", None)
        fact = str(entry.detail.get("fact", ""))
        return [Happening("fact_became", entry.at, f"answer:{getattr(subject, 'pk', '')}", fact, value=value)]
    return list(of_entry(entry))


def rows_for(pack: Pack, happenings: Iterable[Happening]) -> list[tuple[Row, Happening]]:
    """The pack's notices that start with one of these, before anything is read."""
    by_on = _by_start(ById(pack))
    return [(row, one) for one in happenings for row in by_on.get(one.on, ()) if one.is_a(row.starts)]


def starts(pack: Pack, any_of: Iterable[str]) -> bool:
    """Whether the protocol wants anybody told when one of these happens."""
    return not _by_start(ById(pack)).keys().isdisjoint(any_of)


@cache
def _by_start(key: ById) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in key.pack.notice:
        found.setdefault(row.starts.on, []).append(row)
    return found


@cache
def _condition(key: ById, code: str) -> Callable[..., Answer]:
    engine = engine_for(key.pack)
    return engine.holds_for(engine.tables(key.pack.notices[code].when))


def timers_that_tell(pack: Pack) -> list[str]:
    """Clocks whose end, or whose age, calls for a notice."""
    ended = [row.starts.of for row in pack.notice if row.starts.on == "timer_ended"]
    ages = [row.timer for row in pack.notice if row.starts.on == "age_reached" and row.timer]
    return [*ended, *ages]


def ends_of(deadline: Deadline, pack: Pack) -> list[Happening]:
    """A clock ran out; and an age is reached where it runs from the birth, in the words of each notice about it."""
    one = Happening("timer_ended", deadline.due_at, f"deadline:{deadline.pk}", deadline.timer)
    if deadline.occasion != "birth":
        return [one]
    ages = {row.starts.of for row in pack.notice if row.timer == deadline.timer and row.starts.on == "age_reached"}
    return [replace(one, on="age_reached", of=age) for age in sorted(ages)]


def codes_that_follow(packs: Iterable[Pack]) -> dict[str, list[Row]]:
    """Notice -> those that are to be given once it has been given."""
    found: dict[str, list[Row]] = {}
    for row in (row for pack in packs for row in pack.notice if row.starts.on == "notice_sent"):
        found.setdefault(row.starts.of, []).append(row)
    return found


def called(
    case: Case, pairs: list[tuple[Row, Happening]], facts: BuiltFacts, on: date, *, receiving: Team | None
) -> Iterator[Called]:
    """Those whose conditions hold, on the route they belong to, with everybody who must hear them."""
    readers = Readers(facts.pack, on, case.authority_id, receiving, case)
    yield from _called(pairs, facts.read(), cache(facts.decide), readers, {YES, UNKNOWN})


def called_by(
    contact: Contact, pairs: list[tuple[Row, Happening]], decision: Decision, on: date
) -> Iterator[Called]:  # fmt: skip
    """The same of a contact. Hardly anything is known of the child yet, so only what surely applies is told."""
    case = contact.case
    receiving = case.responsible_team if case else None
    readers = Readers(pack_for(contact.authority.pack), on, contact.authority_id, receiving, case, contact.team)
    yield from _called(pairs, decision.facts, lambda: decision, readers, {YES})


def _called(
    pairs: list[tuple[Row, Happening]], facts: Facts, decision: Ask, readers: "Readers", enough: set[Answer]
) -> Iterator[Called]:
    pack = readers.pack
    for row, happening in pairs:
        if row.when and _condition(ById(pack), row.code)(facts) not in enough:
            continue
        if not _on_route(pack, row, happening, decision):
            continue
        to = tuple({one.key: one for wanted in row.to for one in readers.of(wanted, decision)}.values())
        if to:
            yield Called(row, happening, to)
        elif holder := readers.holder:  # somebody must know that it reached nobody
            yield Called(row, happening, tuple(managers_of(holder, readers.on)), nobody_found=True)


def _on_route(pack: Pack, row: Row, happening: Happening, decision: Ask) -> bool:
    """Routes that ask for a notice keep it to themselves while a case moves, or comes in; a notice may name its routes
    as well. What a person says has happened is told whatever route it leads to."""
    asking = _routes_asking(ById(pack)).get(row.code)
    if asking and happening.on.startswith("transfer_") and happening.route and happening.route not in asking:
        return False
    if asking and happening.on in OF_CONTACT and not _leads_along(asking, happening, decision):
        return False
    if not row.routes or happening.on == "person_acts":
        return True
    return _leads_along(set(pack.routes_named(row.routes)), happening, decision)


def _leads_along(named: set[str], happening: Happening, decision: Ask) -> bool:
    if happening.route:
        return happening.route in named
    return any(found.code in named for found in decision().recommended)


@cache
def _routes_asking(key: ById) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, plan in engine_for(key.pack).plans.items():
        for notice in plan.asks.notices:
            found.setdefault(notice, set()).add(code)
    return found


@dataclass(slots=True)
class Readers:
    """Who hears a notice of one case on one day; or of a contact, which is with the `door` as long as it has none."""

    pack: Pack
    on: date
    authority: int
    receiving: Team | None
    case: Case | None
    door: Team | None = None

    @property
    def holder(self) -> Team | None:
        return (self.case.responsible_team if self.case else None) or self.door

    def of(self, to: To, decision: Ask) -> list[Recipient]:
        if to.party and not to.role:
            return self._around(to.party)
        outside = [code for code in to.role if self._role(code) == "outside"]
        roles = {self._role(code) for code in to.role} - {"outside", ""}
        found = [Recipient(party=self.pack.roles[code].name[:60]) for code in outside]
        for team in self._teams(to, decision):
            found += self._in_team(team, roles)
        return found

    def _role(self, code: str) -> str:
        return str(self.pack.roles[code].acts_as) if code in self.pack.roles else ""

    def _teams(self, to: To, decision: Ask) -> list[Team]:
        if to.team:
            known = {team.code: team for team in Team.objects.in_use().filter(authority=self.authority)}
            within = [team for code, team in known.items() if any(self.pack.is_within(code, one) for one in to.team)]
            return within[:3]
        if to.side == "receiving":
            return [self.receiving] if self.receiving else self._expected(decision)
        return [self.holder] if self.holder else []

    def _expected(self, decision: Ask) -> list[Team]:
        """No transfer is under way: the team of the first route that is recommended."""
        codes = [
            code
            for found in decision().recommended
            if found.plan.route.effect == "moves"
            for code in found.plan.route.to
        ]
        team = Team.objects.in_use().filter(authority=self.authority, code__in=codes).order_by("pk").first()
        return [team] if team else []

    def _in_team(self, team: Team, roles: set[str]) -> list[Recipient]:
        """The allocated worker where the protocol means the worker; those in the role; else the managers."""
        found: list[Recipient] = []
        if "social_worker" in roles:
            worker = self.case.allocated_social_worker if self.case else None
            if worker and team == self.holder:
                found += in_place_of(worker, team, self.on)
            roles = roles - {"social_worker"}
        if roles:
            found += in_role(team, roles, self.on) or self._above(roles)
        return found or managers_of(team, self.on)

    def _above(self, roles: set[str]) -> list[Recipient]:
        """Roles of the whole council: a service manager, an administrator."""
        for team in Team.objects.filter(authority=self.authority, kind=Team.Kind.SUPPORT).order_by("pk"):
            if found := in_role(team, roles, self.on):
                return found
        return []

    def _around(self, party: str) -> list[Recipient]:
        """One for each person around the child, never one for a household; else the party in words."""
        kinds = AROUND.get(party)
        if kinds is None or self.case is None:
            return [Recipient(party=party)]
        people = Relationship.objects.filter(child=self.case.child_id, kind__in=kinds, ended_at=None).order_by("pk")
        return [Recipient(relationship=one) for one in people] or [Recipient(party=party)]


def wants_check(recipient: Recipient) -> bool:
    """A letter to a parent who does not live with the child, or of whom that is not known, is looked at twice."""
    one = recipient.relationship
    return one is not None and one.is_parent and one.lives_with_child is not True


def channel_of(row: Row, recipient: Recipient) -> str:
    """Nobody outside gets an e-mail from here: a person sends it some other way."""
    is_inside = recipient.person is not None or recipient.team is not None
    if row.channel == Channel.EMAIL and not is_inside:
        return Channel.LETTER
    return row.channel
