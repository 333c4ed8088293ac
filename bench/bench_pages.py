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
from bench.database import a_council, a_database, timed
from casetransfer import servers

os.environ.setdefault("LOG_LEVEL", "ERROR")  # a line for each page would hide the figures
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "40"))
MOST_MS, MOST_TIMES, FIRST_KB, LATER_KB = 150, 6, 150, 30

# What stands beside the cases: what is owed in them, what came in at the front door, what moves and what may come
BESIDE = """
CREATE TEMPORARY TABLE numbered AS SELECT c.id, c.child_id, c.authority_id, c.opened_at, n, mine.id AS team,
    other.id AS next_team FROM cases_case c, LATERAL (SELECT substr(c.reference, 4)::int - 1000000) AS made(n),
    LATERAL (SELECT id FROM teams_team WHERE name = 'Team ' || n / 200) AS mine,
    LATERAL (SELECT id FROM teams_team WHERE name = 'Team ' || (n / 200 + 1) % 500) AS other;
INSERT INTO cases_deadline (case_id, timer, what, pack, version, clause, strength, scale, colour, occasion, starts_at,
    due_soon_at, due_at, is_owed, is_certain, is_stale, computed_at, met_at, met_known_at, evidence, paused_reason,
    stopped_reason) SELECT id, 'T' || k, 'Something to be done', 'havering', '1', '', '', '', '', 'o' || k, opened_at,
    due - interval '2 days', due, true, true, false, opened_at, CASE WHEN k = 0 THEN due END,
    CASE WHEN k = 0 THEN due END, '', '', '' FROM numbered, generate_series(0, 2) k,
    LATERAL (SELECT now() + make_interval(days => (n * 7 + k * 13) % 60 - 3)) AS made(due);
INSERT INTO cases_contact (authority_id, state, team_id, child_id, case_id, given_name, family_name, channel, source,
    referrer, says, tier, reasons, received_at, recorded_at, scale, colour, due_at, outcome, decision, route, clause,
    decided_at, information) SELECT authority_id, state, team, child_id, CASE WHEN state = 'referred' THEN id END,
    'Sample', 'Maple', 'phone', 'school', '', 'Said.', '', '', came, came, '', '', came + interval '1 day',
    CASE WHEN state = 'new' THEN '' ELSE 'no_further_action' END, '', '', '',
    CASE WHEN state <> 'new' THEN came + interval '1 day' END, '' FROM numbered,
    LATERAL (SELECT CASE WHEN n % 40 = 0 THEN 'new' WHEN n % 3 = 0 THEN 'referred' ELSE 'closed' END,
    now() - make_interval(hours => n % 9000)) AS made(state, came);
INSERT INTO transfers_radarentry (authority_id, case_id, route, name, effect, clause, transferring_team_id,
    receiving_team_id, certainty, expected_on, reason, first_seen_at, changed_at) SELECT authority_id, id, 'R',
    'A route', 'moves', '', team, next_team, 'likely', current_date + n % 90, 'A reason', opened_at, opened_at
    FROM numbered WHERE n % 10 = 3;
INSERT INTO transfers_transfer (case_id, state, route, pack, version, effect, clause, asked_by_side,
    transferring_team_id, receiving_team_id, receiver, reason, note, requested_at, planned_on, returned_for,
    finished_at, finished_because) SELECT id, state, 'R', 'havering', '1', 'moves', '', 'transferring', team, next_team,
    '', 'TSPROC', '', opened_at, current_date, '', CASE WHEN state = 'completed' THEN opened_at END, '' FROM numbered,
    LATERAL (SELECT CASE WHEN n % 50 = 1 THEN 'requested' ELSE 'completed' END) AS made(state) WHERE n % 5 = 1;
DROP TABLE numbered;
"""
BESIDE_IN = "cases_deadline cases_contact transfers_radarentry transfers_transfer"
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
    from transfers.models import Transfer

    asked = Transfer.objects.under_way().visible_to(manager).filter(receiving_team__memberships__person=manager)
    transfer = asked.values_list("reference", flat=True)[0]
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
        "transfers of a council": (director, "/transfers/"),
        "a transfer": (manager, f"/transfers/{transfer}/"),
        "agreeing to it": (manager, f"/transfers/{transfer}/agree/"),
        "radar": (manager, "/radar/"),
        "closures": (manager, "/closures/"),
        "contacts": (manager, "/contacts/"),
        "deadlines": (manager, "/notices/deadlines/"),
        "reports": (director, "/reports/"),
        "the map of the teams": (director, "/reports/map/"),
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


def fill_beside() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in BESIDE.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
        for table in BESIDE_IN.split():
            cursor.execute(f"VACUUM ANALYZE {table}")


def lines() -> Iterator[str]:
    with servers.in_use(), a_database("bench_pages"):
        from django.conf import settings

        from teams.models import Person

        settings.ALLOWED_HOSTS = ["*"]
        authority = a_council(NOON)
        fill(authority, 0, MANY)
        fill_beside()
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
