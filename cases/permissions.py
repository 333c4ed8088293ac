"""Who may do what to a case: the role gives the verb, the teams that are involved give the record."""

from cases.models import Case, Standing
from teams.models import Authority, Person
from teams.roles import NotAllowed, Permission


def may(person: Person, permission: Permission, case: Case, standing: Standing | None = None) -> bool:
    """A role allows it in a team that is involved now; or in the whole authority, for those who see all of it."""
    if person.authority_id != case.authority_id:
        return False
    standing = standing or Standing.of(person)
    teams = standing.teams_with(permission)
    if teams & standing.teams_with(Permission.SEE_ALL_CASES):
        return True
    return bool(teams) and case.involvements.current().filter(team__in=teams).exists()


def may_as_holder(person: Person, permission: Permission, case: Case, standing: Standing | None = None) -> bool:
    """As `may`, but only the team that is responsible counts."""
    if person.authority_id != case.authority_id:
        return False
    standing = standing or Standing.of(person)
    teams = standing.teams_with(permission)
    if teams & standing.teams_with(Permission.SEE_ALL_CASES):
        return True
    return bool(teams) and case.involvements.current().responsible().filter(team__in=teams).exists()


def can_record(person: Person, case: Case, standing: Standing | None = None) -> bool:
    return may(person, Permission.RECORD_EVENT, case, standing)


def check_can_record(person: Person | None, case: Case) -> None:
    """Nobody (an import, the seed, the clock) may do anything."""
    if person is not None and not can_record(person, case):
        raise NotAllowed(f"{person.name} may not record anything in case {case.reference}.")


def can_allocate(person: Person, case: Case, standing: Standing | None = None) -> bool:
    return may_as_holder(person, Permission.ALLOCATE_CASE, case, standing)


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
