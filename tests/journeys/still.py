"""A site whose clock stands still at a working hour, in the process of the tests: what the pictures of the docs are made
of, so that they change with the pages alone."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import time_machine
from django.db import connection
from pytest_django.live_server_helper import LiveServer

MOMENT = "2026-11-23T14:30:00Z"  # of the cast's NOON


@contextmanager
def still_site() -> Iterator[SimpleNamespace]:
    with time_machine.travel(MOMENT, tick=False):
        count_anew()
        server = LiveServer("127.0.0.1")
        try:
            yield SimpleNamespace(address=server.url)
        finally:
            server.stop()


def count_anew() -> None:
    """References and numbers as in a database that was just made."""
    random.seed(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('ALTER SEQUENCE %I.%I RESTART', schemaname, sequencename) FROM pg_sequences")
        for (command,) in cursor.fetchall():
            cursor.execute(command)
