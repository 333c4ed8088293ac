"""A database of its own for a measurement, thrown away afterwards."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any


@contextmanager
def a_database(name: str) -> Iterator[None]:
    """Migrated and empty."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetransfer.settings")
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(f"{name}_was", verbosity=0)


def a_council(at: datetime) -> Any:
    """A council with Havering's protocol, and in its office somebody who may see everything."""
    from teams import actions
    from teams.roles import Role

    authority = actions.add_authority(code="bench", name="Bench", pack="havering", at=at)
    office = actions.add_team(authority=authority, code="office", name="Office", by=None, at=at)
    person = actions.add_person(authority=authority, email="all@example.org", name="Everything", by=None, at=at)
    actions.add_membership(
        person=person, team=office, role=Role.SERVICE_MANAGER, starts_on=date(2026, 1, 5), by=None, at=at
    )
    return authority


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer
