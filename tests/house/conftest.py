import pytest
import time_machine
from django.db import connection, transaction
from django.test import override_settings

from tests.house.world import a_house, a_neighbour

EVENING = "2026-11-23T17:00:00Z"  # of the cast's NOON: the emergency opening is over


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """One of everything, made once for all tests of a module. Each is marked django_db, so that what it writes goes
    with it and this stays."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), quick, time_machine.travel(EVENING, tick=False), transaction.atomic():
        house = a_house()
        house.neighbour = a_neighbour()
        connection.check_constraints()
        yield house
        transaction.set_rollback(True)
