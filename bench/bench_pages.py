"""The pages that people live in, with many cases on record: how long the server takes, against a bare page of somebody
signed in, and how much is sent. `python -m bench.bench_pages`.

The ratio says the same on a slow machine as on a fast one. What is sent is counted compressed, as every browser asks
for it.
"""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.bench_cases import MANY, NOON, fill
from bench.database import a_database, timed
from casetransfer import servers

os.environ.setdefault("LOG_LEVEL", "ERROR")  # a line for each page would hide the figures
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "40"))
MOST_MS, MOST_TIMES, FIRST_KB, LATER_KB = 150, 6, 150, 30
STATIC = Path(__file__).resolve().parent.parent / "static"
FILES = (
    "vendor/govuk-frontend.css",
    "app.css",
    "favicon.svg",
    "vendor/govuk-frontend.js",
    "app.js",
    "stay.js",
    "keys.js",
)


def pages_for(worker: Any, manager: Any, director: Any) -> dict[str, tuple[Any, str]]:
    return {
        "home of a social worker": (worker, "/"),
        "home of a manager": (manager, "/"),
        "caseload": (worker, "/cases/?worker=mine"),
        "worklist of a team": (manager, "/cases/"),
        "worklist of a council": (director, "/cases/"),
        "worklist of a council by name": (director, "/cases/?order=name"),
        "a case": (worker, "/cases/CT-1000225/"),
        "its journey": (worker, "/cases/CT-1000225/journey/"),
        "its facts": (worker, "/cases/CT-1000225/facts/"),
        "what is searched for": (director, "/cases/found/"),
        "transfers": (manager, "/transfers/"),
        "radar": (manager, "/radar/"),
        "closures": (manager, "/closures/"),
        "contacts": (manager, "/contacts/"),
        "deadlines": (manager, "/notices/deadlines/"),
        "reports": (director, "/reports/"),
        "a protocol": (worker, "/protocol/havering/"),
    }


def browser_of(person: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/cases/search/", {"q": "CH-1000777"})
    return client


def measured(client: Any, address: str) -> tuple[list[float], int]:
    for _ in range(3):
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    times = [timed(lambda: client.get(address))[0] * 1000 for _ in range(ROUNDS)]
    return times, len(gzip.compress(answer.content))


def sent() -> int:
    """The files that a browser asks for once, as they are sent."""
    return sum(len(gzip.compress((STATIC / name).read_bytes())) for name in FILES if (STATIC / name).exists())


def lines() -> Iterator[str]:
    with servers.in_use(), a_database("bench_pages"):
        from datetime import date

        from django.conf import settings

        from teams import actions
        from teams.models import Person
        from teams.roles import Role

        settings.ALLOWED_HOSTS = ["*"]
        authority = actions.add_authority(code="bench", name="Bench", pack="havering", at=NOON)
        office = actions.add_team(authority=authority, code="office", name="Office", by=None, at=NOON)
        person = actions.add_person(authority=authority, email="all@example.org", name="Everything", by=None, at=NOON)
        actions.add_membership(
            person=person, team=office, role=Role.SERVICE_MANAGER, starts_on=date(2026, 1, 5), by=None, at=NOON
        )
        fill(authority, 0, MANY)
        named = {one.name: one for one in Person.objects.filter(name__in=["Worker 11", "Worker 10", "Everything"])}
        yield from _lines(named["Worker 11"], named["Worker 10"], named["Everything"])


def _lines(worker: Any, manager: Any, director: Any) -> Iterator[str]:
    browsers = {person: browser_of(person) for person in (worker, manager, director)}
    plain, _ = measured(browsers[worker], "/help/")
    base = median(plain)
    yield f"a bare page of somebody signed in: {base:.1f} ms"
    worst = 0
    for name, (person, address) in pages_for(worker, manager, director).items():
        times, size = measured(browsers[person], address)
        late, times_bare, worst = quantiles(times, n=20)[-1], median(times) / base, max(worst, size)
        kept = "kept" if late <= MOST_MS and times_bare <= MOST_TIMES else "NOT KEPT"
        yield (
            f"{name}: 95 of 100 within {late:.0f} ms of {MOST_MS}, {times_bare:.1f} times the bare page of "
            f"{MOST_TIMES}, {size / 1000:.1f} kB: {kept}"
        )
    first = (sent() + worst) / 1000
    yield f"sent on the first page at most {first:.0f} kB of {FIRST_KB}, later {worst / 1000:.0f} of {LATER_KB}"


def run() -> list[str]:
    return list(lines())


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
