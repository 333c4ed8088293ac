from contextlib import ExitStack

import pytest
from django.db import connection
from django.test import Client
from zeal import zeal_context, zeal_ignore
from zeal.constants import initialize_app_registry
from zeal.patch import patch

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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the tests; whatever a thread or a killed process left connected is put off before it is dropped,
    over a new connection: after a journey the old one may have been put off itself."""
    yield
    with django_db_blocker.unblock():
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def quick_passwords(request, settings):
    """Argon2 is slow by design; tests sign in hundreds of times. A running site keeps to it."""
    if "site" in request.fixturenames:
        return
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _watch_queries():
    """What zeal does as an installed app, which it is for tests alone."""
    initialize_app_registry()
    patch()


LOCKED_AGAIN = [{"model": model, "field": "get()"} for model in ("cases.Case", "transfers.Transfer")]


class CarefulClient(Client):
    """A client that refuses a page which asks the database for its rows one by one. An action that calls another locks
    its case and its transfer again, on purpose."""

    def request(self, **request):
        with zeal_context(), zeal_ignore(LOCKED_AGAIN):
            return super().request(**request)


@pytest.fixture
def signed_in(db):
    """signed_in(person) -> a client on whose pages that person is signed in."""
    client = CarefulClient()

    def sign_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
