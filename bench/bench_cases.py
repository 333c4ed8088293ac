"""The record: the queries of a case page, caseloads and the search at two sizes, and what a line of the ledger costs.

`python -m bench.bench_cases`. Figures are ratios within one run, so that a slow machine says the same as a fast one.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from bench.database import a_council, a_database, timed
from casetransfer import servers

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEW = 1_000
MANY = int(os.environ.get("BENCH_CASELOAD", "100000"))
CASES_OF_A_WORKER, WORKERS_OF_A_TEAM = 20, 10
ROUNDS = 31
HISTORIES = (1, 20, 100)

# An invented name is four syllables, so that there are as many different ones as children
SYLLABLES = "ba de fi go ku la me ni po ru sa te vi wo zu bra dre fli gro klu"
FILL = """
CREATE OR REPLACE FUNCTION invented(n int, salt text) RETURNS text LANGUAGE sql IMMUTABLE RETURN (
    SELECT initcap(string_agg((string_to_array('{syllables}', ' '))[1 + get_byte(hash, k) %% 20], ''))
    FROM (SELECT decode(md5(n || salt), 'hex') AS hash) AS made, generate_series(0, 3) AS k
);
INSERT INTO teams_team (authority_id, code, name, kind, email, is_in_use)
    SELECT %(authority)s, 'assess', 'Team ' || n, 'cases', '', true
    FROM generate_series(%(from)s / %(of_a_team)s, (%(to)s - 1) / %(of_a_team)s) n;
INSERT INTO teams_person (authority_id, email, name, registration, is_active, password, uses_keys)
    SELECT %(authority)s, n || '@example.org', 'Worker ' || n, '', true, '', true
    FROM generate_series(%(from)s / %(of_a_worker)s, (%(to)s - 1) / %(of_a_worker)s) n;
INSERT INTO teams_membership (person_id, team_id, role, starts_on, from_directory)
    SELECT p.id, t.id, CASE WHEN n %% 10 = 0 THEN 'team_manager' ELSE 'social_worker' END, date '2026-01-05', false
    FROM generate_series(%(from)s / %(of_a_worker)s, (%(to)s - 1) / %(of_a_worker)s) n
    JOIN teams_person p ON p.name = 'Worker ' || n JOIN teams_team t ON t.name = 'Team ' || n / 10;
INSERT INTO cases_child (authority_id, reference, given_name, family_name, also_known_as, date_of_birth, sex, address,
    school, restricted)
    SELECT %(authority)s, 'CH-' || 1000000 + n, given.name, family.name, '',
    date '2009-01-01' + (n * 13) %% 6000, 'unknown', '', '', n %% 50 = 0
    FROM generate_series(%(from)s, %(to)s - 1) n,
    invented(n, 'given') AS given(name), invented(n, 'family') AS family(name);
INSERT INTO cases_identifier (authority_id, child_id, kind, value, source, recorded_at)
    SELECT %(authority)s, id, 'local_id', 'L' || id, '', %(opened)s FROM cases_child WHERE id NOT IN
    (SELECT child_id FROM cases_case);
INSERT INTO cases_case (child_id, authority_id, reference, state, opened_at, closure_reason, pack, pack_version)
    SELECT id, %(authority)s, replace(reference, 'CH', 'CT'), 'open',
    %(opened)s::timestamptz + make_interval(mins => (id * 7 %% 80000)::int), '', 'havering', ''
    FROM cases_child WHERE id NOT IN (SELECT child_id FROM cases_case);
CREATE TEMPORARY TABLE new AS SELECT id, opened_at, substr(reference, 4)::int - 1000000 AS n FROM cases_case
    WHERE id NOT IN (SELECT case_id FROM cases_opening);
INSERT INTO cases_opening (case_id, period) SELECT id, tstzrange(opened_at, NULL) FROM new;
INSERT INTO cases_involvement (case_id, role, team_id, person_id, period, recorded, reason, delay_reason)
    SELECT new.id, 'responsible_team', t.id, NULL, tstzrange(opened_at, NULL), tstzrange(opened_at, NULL), '', ''
    FROM new JOIN teams_team t ON t.name = 'Team ' || n / %(of_a_team)s
    UNION ALL
    SELECT new.id, 'allocated_social_worker', m.team_id, p.id, tstzrange(opened_at, NULL),
    tstzrange(opened_at, NULL), 'MANAGE', ''
    FROM new JOIN teams_person p ON p.name = 'Worker ' || n / %(of_a_worker)s
    JOIN teams_membership m ON m.person_id = p.id;
INSERT INTO cases_spell (case_id, kind, code, value, starts_on, detail, factors, recorded_at,
    withdrawn_reason) SELECT id, 'status', CASE WHEN n %% 3 = 0 THEN 'looked_after' ELSE 'child_protection' END, '',
    '2026-10-05', '', '{}', opened_at, '' FROM new;
INSERT INTO cases_event (case_id, kind, ordinal, planned_at, outcome, place, detail, recorded_at, cancelled_reason,
    withdrawn_reason) SELECT id, 'core_group', 1, %(noon)s::timestamptz + make_interval(days => n %% 60), '', '', '',
    opened_at, '', '' FROM new;
DROP TABLE new;
"""
TABLES = "teams_team teams_person teams_membership cases_child cases_identifier cases_case cases_opening "
TABLES += "cases_involvement cases_spell cases_event"


def fill(authority: Any, start: int, end: int) -> None:
    """Cases number `start` to `end` of one authority, with as many teams and workers as they take."""
    from django.db import connection

    words = {
        "authority": authority.pk, "from": start, "to": end, "noon": NOON, "opened": NOON - timedelta(days=60),
        "of_a_worker": CASES_OF_A_WORKER, "of_a_team": CASES_OF_A_WORKER * WORKERS_OF_A_TEAM,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement.replace("{syllables}", SYLLABLES), words)
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in TABLES.split():
            cursor.execute(f"VACUUM ANALYZE {table}")


def readings(authority: Any) -> dict[str, Callable[[], object]]:
    """What is read, by whom: each answers a page of rows as the page shows them."""
    from cases.forms.worklist import WorklistForm
    from cases.models import Standing
    from cases.presenters.worklist import worklist_of
    from cases.search import search_for
    from teams.models import Person

    named = {one.name: one for one in Person.objects.filter(name__in=["Worker 11", "Worker 10", "Everything"])}
    worker, manager, director = (named[name] for name in ("Worker 11", "Worker 10", "Everything"))

    def caseload(person: Person, **query: str) -> object:
        return worklist_of(WorklistForm(query, by=person).cases(Standing.of(person), NOON), NOON)

    def search(person: Person, words: str) -> object:
        return worklist_of(search_for(person, words), NOON)

    return {
        "caseload of a social worker": lambda: caseload(worker, worker="mine"),
        "worklist of a team": lambda: caseload(manager),
        "worklist of a council": lambda: caseload(director),
        "worklist of a council by family name": lambda: caseload(director, order="name"),
        "search for a name": lambda: search(director, TYPED[0]),
        "search for a misspelt name": lambda: search(director, TYPED[1]),
        "search by a worker": lambda: search(worker, TYPED[3]),
        "search for a date of birth and a name": lambda: search(director, TYPED[2]),
        "search for a number": lambda: search(director, "CH-1000777"),
    }


TYPED = ["", "", "", ""]


def choose_words() -> None:
    """The name of one child, whole and misspelt, and with the birthday; and that of a child of the worker."""
    from cases.models import Child

    child = Child.objects.get(reference="CH-1000777")
    own = Child.objects.get(reference="CH-1000225")
    TYPED[:] = [child.name, child.name[:-1] + "x", f"{child.family_name} {child.date_of_birth:%d/%m/%Y}", own.name]


def sizes(authority: Any) -> Iterator[str]:
    fill(authority, 0, FEW)
    choose_words()
    few = {name: _typical(work) for name, work in readings(authority).items()}
    fill(authority, FEW, MANY)
    many = {name: _typical(work) for name, work in readings(authority).items()}
    for name, (seconds, found) in few.items():
        later, rows = many[name]
        yield (
            f"{name}: {seconds * 1000:.1f} ms of {FEW:,} cases ({found}), {later * 1000:.1f} ms of {MANY:,} "
            f"({rows}): {later / seconds:.2f} times"
        )


def _typical(work: Callable[[], Any]) -> tuple[float, str]:
    for _ in range(3):
        page = work()
    return min(timed(work)[0] for _ in range(ROUNDS)), page.found


def pages(person: Any) -> Iterator[str]:
    """The pages of one case in the eyes of its manager, as its history grows."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils.timezone import now

    from cases import actions
    from cases.models import Case

    settings.ALLOWED_HOSTS = ["*"]
    case, done = Case.objects.get(reference="CT-1000205"), 0
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/cases/")
    for number in HISTORIES:
        for step in range(done, number):
            held = case.opened_at + timedelta(minutes=step)
            actions.record_event(case=case, kind="court_hearing", held_at=held, outcome="directions", by=None, at=now())
            actions.add_warning(child=case.child, says=f"{step}", review_on=date(2030, 1, 1), by=None, at=now())
        done = number
        actions.recalculate(case=case.pk, at=now())
        counts = {}
        for page in ("", "journey/", "family/", "events/", "involvement/", "documents/", "facts/", "history/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/cases/{case.reference}/{page}").status_code == 200
            counts[page] = len(queries)
        yield (
            f"case page with {number} hearings and warnings: {counts['']} queries, its other pages at most "
            f"{max(counts.values())}"
        )


def writing() -> Iterator[str]:
    """A move of responsibility against nothing but the rows it writes, each saved by itself."""
    from django.db import connection, transaction

    from cases import actions
    from cases.models import Case, Involvement, JournalEntry, Recalculation
    from teams.models import AuditEntry, Team

    kinds = (Involvement, JournalEntry, Recalculation, AuditEntry)
    case = Case.objects.get(reference="CT-1000405")
    team = Team.objects.get(name="Team 2")
    other = Team.objects.get(name="Team 3")

    def move() -> None:
        actions.move_responsibility(case=case, transferring_team=team, team=other, by=None, at=NOON)

    def undone(work: Callable[[], object]) -> float:
        with transaction.atomic(), connection.cursor() as cursor:
            seconds, _ = timed(lambda: (work(), cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")))
            transaction.set_rollback(True)
        return seconds

    with transaction.atomic():
        before = {kind: set(kind.objects.values_list("pk", flat=True)) for kind in kinds}
        move()
        rows = [row for kind in kinds for row in kind.objects.exclude(pk__in=before[kind])]
        ended = list(Involvement.objects.filter(pk__in=before[Involvement], case=case, recorded__upper_inf=False))
        transaction.set_rollback(True)

    def bare() -> None:
        for row in ended:
            row.save(update_fields=["recorded"])
        for row in rows:
            fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            fields.pop("id", None)
            type(row)(**fields).save(force_insert=True)

    each = [(undone(move), undone(bare)) for _ in range(ROUNDS * 3)]
    whole, least = (median(one) for one in zip(*each, strict=True))
    yield (
        f"a move of responsibility: {whole * 1000:.1f} ms, the bare writes of its {len(ended) + len(rows)} rows "
        f"{least * 1000:.1f} ms: {whole / least:.1f} times"
    )


def lines() -> Iterator[str]:
    with servers.in_use(), a_database("bench_cases"):
        from teams.models import Person

        authority = a_council(NOON)
        yield from sizes(authority)
        yield from pages(Person.objects.get(name="Worker 10"))
        yield from writing()


def run() -> list[str]:
    return list(lines())


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
