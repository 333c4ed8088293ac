"""Who may change teams and people. `by=None` is the installer or a seed, before there is anybody to ask."""

from datetime import date

from teams.models import Authority, Person, Team
from teams.roles import NotAllowed, Permission


def check_same_authority(person: Person | None, authority: Authority) -> None:
    """Nothing crosses from one council to another."""
    if person is not None and person.authority_id != authority.pk:
        raise NotAllowed(f"{person.name} does not work for {authority.name}.")


def check_is_themselves(by: Person, person: Person) -> None:
    if by != person:
        raise NotAllowed(f"Only {person.name} may do this.")


def can_manage_teams(by: Person | None, authority: Authority) -> bool:
    return by is None or (by.authority_id == authority.pk and by.may(Permission.MANAGE_TEAMS))


def check_can_manage_teams(by: Person | None, authority: Authority) -> None:
    if not can_manage_teams(by, authority):
        raise NotAllowed("Only a system administrator of this council may change its teams and people.")


def can_manage_calendar(by: Person | None, authority: Authority) -> bool:
    return by is None or (by.authority_id == authority.pk and by.may(Permission.MANAGE_CALENDAR))


def check_can_manage_calendar(by: Person | None, authority: Authority) -> None:
    if not can_manage_calendar(by, authority):
        raise NotAllowed("Only a system administrator of this council may change its calendar.")


def can_record_absence(by: Person | None, person: Person, on: date) -> bool:
    """Their own, that of somebody in a team they allocate work in, or anybody's as a system administrator."""
    if by is None or by == person or can_manage_teams(by, person.authority):
        return True
    return any(by.may(Permission.ALLOCATE_CASE, team=team, on=on) for team in Team.objects.of(person, on))


def check_can_record_absence(by: Person | None, person: Person, on: date) -> None:
    if not can_record_absence(by, person, on):
        raise NotAllowed(f"Only {person.name}, their manager or a system administrator may record this absence.")
