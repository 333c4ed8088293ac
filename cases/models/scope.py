"""Whose records a person may reach: the roles they stand in today, and the teams those are held in."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from teams.models import Membership, Person
from teams.roles import PERMISSIONS_OF, Permission

# A team still sees the cases it handed on for this long: duties outlive a transfer.
AFTERGLOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles on one day, read once. Each is (team, role, whether it is their own or held as deputy)."""

    person: Person
    roles: tuple[tuple[int, str, bool], ...]

    @classmethod
    def of(cls, person: Person, on: date | None = None) -> "Standing":
        held = Membership.objects.standing_for(person, on or localdate())
        rows = held.values_list("team_id", "role", "person_id").distinct() if person.is_active else ()
        return cls(person, tuple((team, role, owner == person.pk) for team, role, owner in rows))

    def teams_with(self, permission: Permission, *, own_only: bool = False) -> set[int]:
        """The teams in which a role allows this. What is restricted does not pass to a deputy: `own_only`."""
        return {team for team, role, own in self.roles if permission in PERMISSIONS_OF[role] and (own or not own_only)}

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything these roles allow, in whichever team."""
        return frozenset().union(*(PERMISSIONS_OF[role] for _, role, _ in self.roles))

    def allows(self, permission: Permission) -> bool:
        return bool(self.teams_with(permission))
