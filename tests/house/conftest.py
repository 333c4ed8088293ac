from types import SimpleNamespace

import pytest


@pytest.fixture
def house(authority, social_worker, receiving_manager):
    """One of everything in the cast's authority. `secrets`: words that only its own people may read.

    An app adds its records here, and what must not be read of them to `secrets`.
    """
    return SimpleNamespace(authority=authority, secrets=[authority.name, social_worker.name, receiving_manager.name])
