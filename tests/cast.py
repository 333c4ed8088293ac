"""The cast of every test and story. Import the fixtures by name through conftest."""

from datetime import UTC, datetime

import pytest

from teams.models import Person, Team
from teams.roles import Role
from tests.factories import AuthorityFactory, MembershipFactory, PersonFactory, TeamFactory

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday


def a_person(name: str, team: Team, role: str) -> Person:
    email = f"{name.lower().replace(' ', '.')}@{team.authority.code}.example.org"
    person = PersonFactory(name=name, email=email, authority=team.authority)
    MembershipFactory(person=person, team=team, role=role)
    return person


@pytest.fixture
def authority(db):
    return AuthorityFactory()


@pytest.fixture
def transferring_team(authority):
    return TeamFactory(authority=authority, code="assessment", name="Assessment", kind=Team.Kind.CASES)


@pytest.fixture
def receiving_team(authority):
    return TeamFactory(authority=authority, code="under_12", name="Under 12", kind=Team.Kind.CASES)


@pytest.fixture
def social_worker(transferring_team):
    return a_person("Sam Worker", transferring_team, Role.SOCIAL_WORKER)


@pytest.fixture
def transferring_manager(transferring_team):
    return a_person("Tess Manager", transferring_team, Role.TEAM_MANAGER)


@pytest.fixture
def receiving_manager(receiving_team):
    return a_person("Ravi Manager", receiving_team, Role.TEAM_MANAGER)


@pytest.fixture
def admin(transferring_team):
    return a_person("Ada Support", transferring_team, Role.ADMIN)


@pytest.fixture
def system_administrator(transferring_team):
    return a_person("Sys Admin", transferring_team, Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def charlie(db):
    """A team manager of another council, who must never see anything of this one."""
    elsewhere = AuthorityFactory(code="lower-marsh")
    team = TeamFactory(authority=elsewhere, name="Charlie's team")
    return a_person("Charlie Elsewhere", team, Role.TEAM_MANAGER)
