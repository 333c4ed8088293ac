from contextlib import ExitStack

import pytest

from casetransfer import servers
from tests.cast import (  # noqa: F401
    admin,
    authority,
    charlie,
    receiving_manager,
    receiving_team,
    social_worker,
    system_administrator,
    transferring_manager,
    transferring_team,
)


def pytest_configure(config):
    """Keep the private servers up while tests run; whoever leaves last stops them."""
    house = ExitStack()
    house.enter_context(servers.in_use())
    config.add_cleanup(house.close)


@pytest.fixture(autouse=True)
def quick_passwords(request, settings):
    """Argon2 is slow by design; tests sign in hundreds of times. A running site keeps to it."""
    if "site" in request.fixturenames:
        return
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def signed_in(client):
    """signed_in(person) -> a client on whose pages that person is signed in."""

    def sign_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
