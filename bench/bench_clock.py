"""The clock: one sweep over a million deadlines, the radar over ten thousand cases, one case worked out again.

Figures are ratios within one run, so that a slow machine says the same as a fast one.
"""

import gc
import multiprocessing
import os
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from bench.database import a_database, timed
from casetransfer import servers

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DEADLINES = int(os.environ.get("BENCH_DEADLINES", "1000000"))
CASES = int(os.environ.get("BENCH_CASES", "10000"))
PER_ROW, ROUNDS, WORKERS = 500, 3, 2

FILL = """
INSERT INTO cases_child (authority_id, given_name, family_name, also_known_as, date_of_birth, sex, address, school,
    restricted) SELECT %(authority)s, 'Testcase', 'Maple', '', date '2012-01-01' + (n %% 4000), 'unknown', '', '', false
    FROM generate_series(1, %(cases)s) n;
INSERT INTO cases_case (child_id, authority_id, state, opened_at, closure_reason, pack, pack_version)
    SELECT id, %(authority)s, 'open', %(opened)s, '', 'havering', '' FROM cases_child;
INSERT INTO cases_opening (case_id, period) SELECT id, tstzrange(opened_at, NULL) FROM cases_case;
INSERT INTO cases_involvement (case_id, role, team_id, period, recorded, reason, delay_reason)
    SELECT id, 'responsible_team', %(team)s, tstzrange(opened_at, NULL), tstzrange(opened_at, NULL), '', ''
    FROM cases_case;
INSERT INTO cases_spell (case_id, kind, code, value, starts_on, detail, factors, recorded_at,
    withdrawn_reason) SELECT id, 'status', CASE WHEN id %% 3 = 0 THEN 'looked_after' ELSE 'child_protection' END, '',
    '2026-10-05', '', '{}', opened_at, '' FROM cases_case;
INSERT INTO cases_event (case_id, kind, ordinal, planned_at, outcome, place, detail, recorded_at, cancelled_reason,
    withdrawn_reason) SELECT id,
    CASE WHEN id %% 3 = 0 THEN 'looked_after_review' ELSE 'review_child_protection_conference' END, 1,
    %(noon)s::timestamptz + make_interval(days => (id %% 60)::int), '', '', '', opened_at, '', ''
    FROM cases_case;
INSERT INTO cases_deadline (case_id, timer, what, pack, version, clause, strength, scale, colour, occasion, starts_at,
    due_at, due_soon_at, is_owed, is_certain, is_stale, computed_at, evidence, paused_reason, stopped_reason)
    SELECT c.id, 'BENCH-' || k, 'Something is done', 'havering', '', '', '', '', '', 'bench', %(opened)s,
    CASE WHEN (c.id * 100 + k) %% 100 = 0 THEN %(noon)s::timestamptz - interval '1 hour'
        ELSE %(noon)s::timestamptz + interval '30 days' END,
    NULL, true, true, false, %(opened)s, '', '', ''
    FROM cases_case c CROSS JOIN generate_series(1, %(each)s) k;
ANALYZE;
"""


def fill() -> None:
    from django.db import connection
    from django.utils.timezone import now

    from teams import actions
    from teams.roles import Role

    authority = actions.add_authority(code="bench", name="Bench", pack="havering", at=now())
    team = actions.add_team(authority=authority, code="assess", name="Assessment", by=None, at=now())
    other = {"authority": authority, "by": None, "at": now()}
    actions.add_team(code="u12", name="Under 12", **other)
    actions.add_team(code="t12", name="12 plus", **other)
    person = actions.add_person(authority=authority, email="m@example.org", name="Manager", by=None, at=now())
    actions.add_membership(
        person=person, team=team, role=Role.TEAM_MANAGER, starts_on=NOON.date() - timedelta(days=9), by=None, at=now()
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        words = {
            "authority": authority.pk, "team": team.pk, "cases": CASES, "noon": NOON,
            "opened": NOON - timedelta(days=60), "each": max(DEADLINES // CASES, 1),
        }  # fmt: skip
        for statement in FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, words)
        cursor.execute("SET session_replication_role = DEFAULT")


def put_back(act: Callable[[], int]) -> int:
    """Do it, and undo it: what is measured more than once meets the same rows each time."""
    from django.db import transaction

    with transaction.atomic():
        found = act()
        transaction.set_rollback(True)
    return found


def bare_update() -> int:
    """The same rows, claimed by nothing but an UPDATE ... RETURNING."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_deadline SET breached_at = %s WHERE superseded_at IS NULL AND met_at IS NULL AND stopped_at "
            "IS NULL AND paused_at IS NULL AND is_certain AND NOT is_stale AND breached_at IS NULL AND due_at < %s "
            "RETURNING id, case_id",
            [NOON, NOON],
        )
        return len(cursor.fetchall())


def one_by_one() -> int:
    """A loop that reads each open deadline, works out how it stands, and saves it: what the sweep is not."""
    from cases.models import Deadline
    from cases.rag import rag

    for row in Deadline.objects.order_by("pk")[:PER_ROW]:
        fresh = Deadline.objects.get(pk=row.pk)
        rag(fresh, NOON)
        fresh.save()
    return PER_ROW


def sweeping() -> Iterator[str]:
    from cases import actions
    from cases.models import Deadline

    total = Deadline.objects.count()
    actions.sweep(at=NOON - timedelta(days=90))  # finds nothing: the packs are loaded before the measuring
    acts = {"bare": bare_update, "slow": one_by_one, "swept": lambda: actions.sweep(at=NOON)}
    least: dict[str, tuple[float, int]] = {}
    for name, act in list(acts.items()) * ROUNDS:
        least[name] = min(least.get(name, (float("inf"), 0)), timed(partial(put_back, act)))
    (bare, crossing), (slow, rows), (swept, claimed) = least["bare"], least["slow"], least["swept"]
    per_row, per_deadline = slow / PER_ROW, swept / total
    yield f"sweep: {total:,} open deadlines, {claimed:,} crossing, {swept:.2f} s"
    yield f"sweep against one bare UPDATE of the same {crossing:,} rows ({bare:.2f} s): {swept / bare:.1f} times"
    faster = per_row / per_deadline
    yield f"sweep per deadline against a loop over rows ({rows} rows in {slow:.2f} s): {faster:,.0f} times as fast"


def look_through() -> None:
    """What each of two workers does in the morning."""
    from django.db import connection

    from transfers import actions

    connection.close()
    while actions.look_through_a_slice(at=NOON):
        pass
    connection.close()


def looking() -> Iterator[str]:
    from django.db import connection

    from cases.models import Case
    from transfers import actions
    from transfers.models import RadarEntry

    actions.look_ahead(cases=[], at=NOON)
    gc.freeze()  # as a worker does before its processes are made
    number = Case.objects.held().count()
    pages = actions.ask_for_radar(at=NOON)
    connection.close()
    before = sum(os.times()[2:4])
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=look_through) for _ in range(WORKERS)]

    def radar() -> int:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return RadarEntry.objects.count()

    seconds, found = timed(radar)
    spent = sum(os.times()[2:4]) - before
    assert all(worker.exitcode == 0 for worker in workers)
    yield f"radar: {number:,} open cases in {pages} slices, {found:,} entries, {seconds:.1f} s by {WORKERS} workers"
    yield f"radar: {spent / number * 1000:.2f} ms of their time a case"


def recalculating() -> Iterator[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cases import actions
    from cases.models import Case, Recalculation

    case = Case.objects.order_by("pk").first()
    assert case is not None
    Recalculation.objects.filter(case=case).delete()
    actions.ask_to_recalculate([case.pk], at=NOON)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.recalculate(case=case.pk, at=NOON)
    asked = [one for one in queries.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    yield f"one case worked out again: {len(asked)} queries"


def run() -> list[str]:
    with servers.in_use(), a_database("bench_clock"):
        fill()
        lines = [*sweeping(), *looking(), *recalculating()]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*lines, f"clock: at most {most:.0f} MB of memory"]


if __name__ == "__main__":
    sys.stdout.write("\n".join(run()) + "\n")
