"""Whose records a person may reach: the roles they stand in today, and the teams those are held in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate, now

from teams.models import Person
from teams.models.house import HeldRole
from teams.roles import PERMISSIONS_OF, Permission

# A team still sees the cases it handed on for this long: duties outlive a transfer.
AFTERGLOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles on one day, read once. Each is (team, role, whether it is their own or held as deputy)."""

    person: Person
    roles: tuple[HeldRole, ...]

    @classmethod
    def of(cls, person: Person, on: date | None = None) -> "Standing":
        return cls(person, person.roles_on(on or localdate()))

    def teams_with(self, permission: Permission, *, own_only: bool = False) -> set[int]:
        """The teams in which a role allows this. What is restricted does not pass to a deputy: `own_only`."""
        return {team for team, role, own in self.roles if permission in PERMISSIONS_OF[role] and (own or not own_only)}

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything these roles allow, in whichever team."""
        return frozenset().union(*(PERMISSIONS_OF[role] for _, role, _ in self.roles))

    def allows(self, permission: Permission) -> bool:
        return bool(self.teams_with(permission))


# The numbers of cases, said in SQL: they stand in nearly every query, and putting them together out of querysets takes
# longer than the database takes to answer. Unions, so that it begins with what somebody has, however many cases the
# council has beside it.
LET_IN = """
SELECT id FROM cases_case WHERE child_id IN (
    SELECT child_id FROM cases_grant WHERE person_id = %s AND granted_at <= %s AND (ended_at IS NULL OR ended_at > %s)
    UNION ALL SELECT child_id FROM cases_brokenglass WHERE opened_by_id = %s AND opened_at <= %s AND until > %s
)"""
OWN = "SELECT case_id FROM cases_involvement WHERE person_id = %s AND upper_inf(period) AND upper_inf(recorded)"
OF_TEAMS = "SELECT case_id FROM cases_involvement WHERE team_id = ANY(%s) AND upper_inf(recorded)"
NOW_OF_TEAMS = f"{OF_TEAMS} AND upper_inf(period)"
LATELY_OF_TEAMS = f"{OF_TEAMS} AND (upper_inf(period) OR upper(period) > %s)"
LAST_OF_TEAMS = """
SELECT line.case_id FROM cases_involvement line JOIN cases_case ON cases_case.id = line.case_id
WHERE line.team_id = ANY(%s) AND line.role = 'responsible_team' AND upper_inf(line.recorded)
    AND cases_case.state = 'closed' AND upper(line.period) = cases_case.closed_at"""
KEPT_OUT = "SELECT child_id FROM cases_conflict WHERE person_id = %s AND ended_at IS NULL"


def must_not_see(person: Person) -> RawSQL:
    """The children whose records are closed to this person whatever their role: a conflict of interest."""
    return _any_of((KEPT_OUT, (person.pk,)))


def within_reach(standing: Standing) -> RawSQL:
    """Involved now, or until lately, or the last to hold a case that is closed; or let in."""
    teams = sorted(standing.teams_with(Permission.SEE_TEAM_CASES))
    return _any_of((LATELY_OF_TEAMS, (teams, now() - AFTERGLOW)), (LAST_OF_TEAMS, (teams,)), *_by_name(standing))


def open_to(standing: Standing) -> RawSQL:
    """Restricted records are for those named in them, the managers (not their deputies) of the teams involved, and
    whoever is let in."""
    managed = sorted(standing.teams_with(Permission.ALLOCATE_CASE, own_only=True))
    return _any_of((NOW_OF_TEAMS, (managed,)), *_by_name(standing))


def _by_name(standing: Standing) -> list[tuple[str, tuple[Any, ...]]]:
    """Working on it now; granted sight of it, or having opened it in an emergency. Never as a deputy, and never without
    a role."""
    if not standing.roles:
        return []
    person, at = standing.person.pk, now()
    return [(OWN, (person,)), (LET_IN, (person, at, at, person, at, at))]


def _any_of(*parts: tuple[str, tuple[Any, ...]]) -> RawSQL:
    words = " UNION ALL ".join(f"({sql})" for sql, _ in parts)
    return RawSQL(words, [value for _, values in parts for value in values])  # noqa: S611  (every value is a parameter)
