from types import SimpleNamespace

import pytest

from tests.transfers.walkers import a_transfer


@pytest.fixture
def house(authority, social_worker, receiving_manager):
    """One of everything in the cast's authority. `secrets`: words that only its own people may read.

    An app adds its records here, and what must not be read of them to `secrets`.
    """
    secrets = [authority.name, social_worker.name, receiving_manager.name]
    team = receiving_manager.memberships.get().team
    transfer = a_transfer(social_worker.memberships.get().team, team)
    secrets += [transfer.reference, transfer.case.child.family_name]
    return SimpleNamespace(authority=authority, team=team, person=social_worker, transfer=transfer, secrets=secrets)
