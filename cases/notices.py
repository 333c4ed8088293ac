"""Who is told: the people behind a role of the protocol, on the day it is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.models import Relationship
from casetransfer.protocols import Pack
from casetransfer.protocols.rows import Timer
from teams.models import Absence, Membership, Person, Team
from teams.roles import Role


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person, a team's shared mailbox, one of the people around the child, or a party named in words."""

    person: Person | None = None
    team: Team | None = None
    relationship: Relationship | None = None
    party: str = ""

    @property
    def key(self) -> str:
        for kind in ("person", "team", "relationship"):
            if (thing := getattr(self, kind)) is not None:
                return f"{kind}:{thing.pk}"
        return f"party:{self.party}"


def in_council(authority: int, roles: set[str], on: date) -> list[Recipient]:
    """Everybody who stands in one of these roles somewhere in the council that day."""
    held = Membership.objects.current(on).filter(team__authority=authority, role__in=roles, person__is_active=True)
    people = {membership.person_id: membership.person for membership in held.select_related("person").order_by("pk")}
    return [Recipient(person=person) for person in people.values()]


def managers_of(team: Team, on: date) -> list[Recipient]:
    """A team's managers. For one who is away, the deputy; without a deputy the team's shared mailbox hears it too.
    A team without a manager hears it in its mailbox, and so do the managers above."""
    found = in_role(team, {Role.TEAM_MANAGER}, on)
    if found:
        return found
    above = Membership.objects.current(on).filter(
        team__authority=team.authority_id, role=Role.GROUP_MANAGER, person__is_active=True
    )
    people = [held.person for held in above.select_related("person")]
    return [*([Recipient(team=team)] if team.email else []), *(Recipient(person=person) for person in people)]


def in_place_of(worker: Person, team: Team, on: date) -> list[Recipient]:
    """Whoever hears what is for the worker of a case that day: the worker; while they are away their deputy, and
    without one the managers of the team."""
    away = Absence.objects.current(on).filter(person=worker).select_related("deputy").first()
    if away is None:
        return [Recipient(person=worker)]
    if away.deputy is not None and away.deputy.is_active:
        return [Recipient(person=away.deputy)]
    return managers_of(team, on) or [Recipient(person=worker)]


def deputies_of(people: Iterable[Person], on: date) -> dict[int, Person]:
    """Of those who are away that day and have one who is there: person -> deputy."""
    away = Absence.objects.current(on).filter(person__in=people, deputy__is_active=True).select_related("deputy")
    return {absence.person_id: absence.deputy for absence in away if absence.deputy}


def in_role(team: Team, roles: set[str], on: date) -> list[Recipient]:
    """Everybody who stands in one of these roles in the team that day."""
    held = Membership.objects.current(on).filter(team=team, role__in=roles, person__is_active=True)
    people = {membership.person_id: membership.person for membership in held.select_related("person")}
    away = {
        absence.person_id: absence.deputy
        for absence in Absence.objects.current(on).filter(person__in=people).select_related("deputy")
    }
    found: list[Recipient] = []
    for pk, person in people.items():
        found += _instead_of(person, team, away[pk]) if pk in away else [Recipient(person=person)]
    return list({one.key: one for one in found}.values())


def _instead_of(person: Person, team: Team, deputy: Person | None) -> list[Recipient]:
    if deputy is not None and deputy.is_active:
        return [Recipient(person=deputy)]
    return [Recipient(person=person), *([Recipient(team=team)] if team.email else [])]


def started_by(pack: Pack, happening: str) -> list[Timer]:
    """What the protocol wants done once this has happened."""
    return [row for row in pack.timer if row.starts.on == happening]


def clause_of(rows: Iterable[Timer]) -> str:
    """What these rest on, as a notice and a journal keep it."""
    return ", ".join(code for row in rows for code in row.clauses)[:200]


IN_A_TEAM = {Role.SOCIAL_WORKER, Role.SENIOR, Role.TEAM_MANAGER, Role.ADMIN}


def who_owe(pack: Pack, codes: Iterable[str], team: Team, on: date) -> list[Recipient]:
    """Those behind the first of the protocol's words for whom anybody stands that day, in that team or, above the
    teams, in its council; the team's managers where there is nobody."""
    for role in (pack.roles[code].acts_as for code in codes if code in pack.roles):
        if found := in_role(team, {str(role)}, on):
            return found
        if role not in IN_A_TEAM and (found := _in_council(team, str(role), on)):
            return found
    return managers_of(team, on)


def _in_council(team: Team, role: str, on: date) -> list[Recipient]:
    held = Membership.objects.current(on).filter(team__authority=team.authority_id, role=role, person__is_active=True)
    return [Recipient(person=one.person) for one in held.select_related("person").order_by("person", "pk")]
