"""A database of its own for a measurement, thrown away afterwards."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


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


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer
