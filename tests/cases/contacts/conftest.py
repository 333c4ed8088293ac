from datetime import timedelta

import pytest

from cases import actions
from cases.models import Contact
from teams.models import Team
from teams.roles import Role
from tests.cast import NOON, a_person
from tests.factories import TeamFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def front_door(authority):
    return TeamFactory(authority=authority, code="tmash", name="Triage", kind=Team.Kind.FRONT_DOOR)


@pytest.fixture
def triage(front_door):
    return a_person("Fay Door", front_door, Role.FRONT_DOOR)


@pytest.fixture
def contact_for(front_door):
    """contact_for(child=..., received_at=...) -> a contact that came in by phone."""

    def make(*, at=NOON, by=None, **said) -> Contact:
        told = {"given_name": "Sample", "family_name": "Rowan", "channel": "phone", "source": "police",
                "says": "Heard shouting.", "received_at": at, "team": front_door}  # fmt: skip
        return actions.record_contact(**(told | said), by=by, at=at)

    return make
