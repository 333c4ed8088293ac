"""Who may change teams and people."""

from teams.models import Authority, Person
from teams.roles import NotAllowed, Permission


def check_same_authority(person: Person | None, authority: Authority) -> None:
    """Nothing crosses from one council to another. Nobody (the installer, the seed) may do anything."""
    if person is not None and person.authority_id != authority.pk:
        raise NotAllowed(f"{person.name} does not work for {authority.name}.")


def can_manage_teams(person: Person) -> bool:
    return person.may(Permission.MANAGE_TEAMS)
