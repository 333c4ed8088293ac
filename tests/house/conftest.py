from types import SimpleNamespace

import pytest


@pytest.fixture
def house(authority, social_worker, receiving_manager):
    """One of everything in the cast's authority. `secrets`: words that only its own people may read.

    An app adds its records here, and what must not be read of them to `secrets`.
    """
    secrets = [authority.name, social_worker.name, receiving_manager.name]
    team = receiving_manager.memberships.get().team
    return SimpleNamespace(authority=authority, team=team, person=social_worker, secrets=secrets)
