"""Fill an empty database with an invented caseload, and say who to sign in as.

Each app that has something to show brings a module `demo` with `seed(say)`; they are called from the lowest floor up.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from teams.models import Authority

FLOORS = ("teams", "cases", "transfers", "closures")


class Command(BaseCommand):
    help = "Fill an empty database with an invented caseload, and say who to sign in as."

    def handle(self, *args: Any, **options: Any) -> None:
        seeds = [import_module(f"{app}.demo") for app in FLOORS if find_spec(app) and find_spec(f"{app}.demo")]
        if not Authority.objects.exists():
            with transaction.atomic():
                for seed in seeds:
                    seed.seed(self.stdout.write)
                    _count_rows()
        for seed in seeds:
            if hasattr(seed, "greet"):
                seed.greet(self.stdout.write)


def _count_rows() -> None:
    """The floor above reads what this one wrote, and the database plans badly for rows that it has not counted yet."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
