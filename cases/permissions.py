"""Who may do what to a case: the role gives the verb, the teams that are involved give the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.models import Case, Contact, Involvement, Part, Standing
from teams.models import Authority, Person, Team
from teams.roles import NotAllowed, Permission


@dataclass(frozen=True, slots=True)
class Reach:
    """A person's roles, and everybody who has a part in a case now."""

    standing: Standing
    lines: Sequence[Involvement]

    @classmethod
    def of(cls, person: Person, case: Case, standing: Standing | None = None) -> "Reach":
        return cls(standing or Standing.of(person), list(case.involvements.current()))


def may(
    person: Person, permission: Permission, case: Case, reach: Reach | Standing | None = None, *, holder: bool = False
) -> bool:
    """A role allows it in a team that is involved now (with `holder`: that is responsible), or in the whole authority
    for those who see all of it. `reach` is what has been read already of person and case."""
    if person.authority_id != case.authority_id:
        return False
    if not isinstance(reach, Reach):
        reach = Reach.of(person, case, reach)
    teams = reach.standing.teams_with(permission)
    involved = {line.team_id for line in reach.lines if not holder or line.role == Part.RESPONSIBLE_TEAM}
    return bool(teams & (involved | reach.standing.teams_with(Permission.SEE_ALL_CASES)))


def can_record(person: Person, case: Case, reach: Reach | None = None) -> bool:
    return may(person, Permission.RECORD_EVENT, case, reach)


def check_can_record(person: Person | None, case: Case) -> None:
    """Nobody (an import, the seed, the clock) may do anything."""
    if person is not None and not can_record(person, case):
        raise NotAllowed(f"{person.name} may not record anything in case {case.reference}.")


def can_allocate(person: Person, case: Case, reach: Reach | None = None) -> bool:
    return may(person, Permission.ALLOCATE_CASE, case, reach, holder=True)


def check_can_allocate(person: Person | None, case: Case) -> None:
    if person is not None and not can_allocate(person, case):
        raise NotAllowed(f"{person.name} may not name the worker of case {case.reference}.")


def check_can_open(person: Person | None, authority: Authority) -> None:
    if person is None:
        return
    opens = {Permission.RECORD_EVENT, Permission.DECIDE_CONTACT, Permission.IMPORT_RECORDS}
    if person.authority_id != authority.pk or not opens & person.permissions():
        raise NotAllowed(f"{person.name} may not open a case of {authority.name}.")


def check_same_authority(person: Person | None, case: Case) -> None:
    if person is not None and person.authority_id != case.authority_id:
        raise NotAllowed(f"{person.name} does not work for the authority of case {case.reference}.")


def check_can_import(person: Person | None, authority: Authority) -> None:
    if person is not None and (
        person.authority_id != authority.pk or Permission.IMPORT_RECORDS not in person.permissions()
    ):
        raise NotAllowed(f"{person.name} may not import records of {authority.name}.")


def check_can_record_contact(person: Person | None, team: Team) -> None:
    """Whoever may record one, for any front door of their authority."""
    if person is not None and (
        person.authority_id != team.authority_id or Permission.RECORD_CONTACT not in person.permissions()
    ):
        raise NotAllowed(f"{person.name} may not record contacts for {team.name}.")


def can_decide_contact(person: Person, contact: Contact) -> bool:
    """In the team that deals with it, or everywhere for those who see all of the authority."""
    if person.authority_id != contact.authority_id:
        return False
    standing = Standing.of(person)
    teams = standing.teams_with(Permission.DECIDE_CONTACT)
    return contact.team_id in teams or bool(teams & standing.teams_with(Permission.SEE_ALL_CASES))


def check_can_decide_contact(person: Person | None, contact: Contact) -> None:
    if person is not None and not can_decide_contact(person, contact):
        raise NotAllowed(f"{person.name} may not decide contact {contact.reference}.")
