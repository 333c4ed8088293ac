"""More of the cast: those above the two managers, and the worker who takes the case."""

import pytest

from teams.models import Team
from teams.roles import Role
from tests.cast import a_person
from tests.factories import TeamFactory


@pytest.fixture
def council(authority):
    return TeamFactory(authority=authority, code="council", name="Council-wide", kind=Team.Kind.SUPPORT)


@pytest.fixture
def group_manager(council):
    return a_person("Greta Group", council, Role.GROUP_MANAGER)


@pytest.fixture
def service_manager(council):
    return a_person("Sol Service", council, Role.SERVICE_MANAGER)


@pytest.fixture
def receiving_worker(receiving_team):
    return a_person("Rena Worker", receiving_team, Role.SOCIAL_WORKER)
