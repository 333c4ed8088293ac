"""Transfers: a manager's dashboard at two sizes, what an approval costs, and where 300 cases go.

`python -m bench.bench_transfers`. Ratios within one run are the same on a slow machine and a fast one.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bench.bench_cases import FEW, NOON, fill
from bench.database import a_council, a_database, timed
from casetransfer import servers

MANY = int(os.environ.get("BENCH_CASELOAD", "100000"))
ROUNDS, TEAM = 31, 300

# Of each hundred cases four are asked for, two of them agreed; one was handed on and something is owed; ten may come
MOVES = """
CREATE TEMPORARY TABLE held AS
    SELECT c.id, i.team_id AS here,
    (SELECT min(t.id) FROM teams_team t WHERE t.id > i.team_id AND t.kind = 'cases') AS there,
    substr(c.reference, 4)::int - 1000000 AS n
    FROM cases_case c JOIN cases_involvement i ON i.case_id = c.id AND i.role = 'responsible_team'
    WHERE NOT EXISTS (SELECT 1 FROM transfers_radarentry r WHERE r.case_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM transfers_transfer t WHERE t.case_id = c.id);
DELETE FROM held WHERE there IS NULL;
INSERT INTO transfers_transfer (case_id, route, pack, version, effect, clause, asked_by_side, transferring_team_id,
    receiving_team_id, receiver, state, reason, note, planned_on, requested_at, agreed_at, returned_for,
    finished_because, finished_at)
    SELECT id, 'HAV-ASSESS-U12-CP', 'havering', '', 'moves', 'HAV-CP-1', 'transferring', here, there, '',
    CASE n %% 100 WHEN 1 THEN 'requested' WHEN 2 THEN 'requested' WHEN 5 THEN 'completed' ELSE 'agreed' END, 'TSPROC',
    '',
    %(noon)s::date + (n %% 9)::int, %(noon)s::timestamptz - make_interval(hours => n %% 90),
    CASE WHEN n %% 100 > 2 THEN %(noon)s::timestamptz END, '', '',
    CASE WHEN n %% 100 = 5 THEN %(noon)s::timestamptz END
    FROM held WHERE n %% 100 BETWEEN 1 AND 5;
INSERT INTO transfers_duty (transfer_id, code, what, clause, team_id, due_at, evidence)
    SELECT id, 'HAV-DUTY-COREGROUP', 'Chair the first core group', 'HAV-CP-11', transferring_team_id,
    %(noon)s::timestamptz + interval '5 days', '' FROM transfers_transfer WHERE state = 'completed'
    AND NOT EXISTS (SELECT 1 FROM transfers_duty d WHERE d.transfer_id = transfers_transfer.id);
INSERT INTO transfers_radarentry (authority_id, case_id, route, name, effect, clause, transferring_team_id,
    receiving_team_id, certainty, expected_on, reason, first_seen_at, changed_at)
    SELECT %(authority)s, id, 'HAV-ASSESS-U12-CP', 'Conference', 'moves', 'HAV-CP-1', here, there,
    CASE WHEN n %% 20 = 0 THEN 'certain' ELSE 'possible' END, %(noon)s::date + (n %% 40)::int,
    'A conference is booked.', %(noon)s, %(noon)s FROM held WHERE n %% 10 = 0;
DROP TABLE held;
"""
TABLES = "transfers_transfer transfers_duty transfers_radarentry transfers_approval transfers_dispute"


def fill_moves(authority: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in MOVES.split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"authority": authority.pk, "noon": NOON})
        for table in TABLES.split():
            cursor.execute(f"VACUUM ANALYZE {table}")


def best(work: Callable[[], object]) -> float:
    for _ in range(3):
        work()
    return min(timed(work)[0] for _ in range(ROUNDS))


def dashboards(authority: Any) -> Iterator[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from teams.models import Person
    from transfers.presenters.dashboard import dashboard_of

    fill(authority, 0, FEW)
    fill_moves(authority)
    manager = Person.objects.get(name="Worker 10")
    few = best(lambda: dashboard_of(manager, NOON))
    fill(authority, FEW, MANY)
    fill_moves(authority)
    many = best(lambda: dashboard_of(manager, NOON))
    asked = {}
    for person in (manager, Person.objects.get(name="Everything")):
        with CaptureQueriesContext(connection) as queries:
            shown = dashboard_of(person, NOON)
        asked[person.name] = len(queries)
    assert shown is not None
    rows = sum(section.count for section in shown.sections)
    yield (
        f"dashboard of a team's manager: {few * 1000:.1f} ms of {FEW:,} open cases, {many * 1000:.1f} ms of {MANY:,}: "
        f"{many / few:.2f} times, {asked[manager.name]} queries; that of the whole council ({rows:,} rows) "
        f"{asked['Everything']} queries"
    )


def approving() -> Iterator[str]:
    """Two acts with all that belongs to them, against the very same rows by bare SQL: an approval, and the move
    itself, which writes the ledger, the duties and what is told."""
    from transfers import actions
    from transfers.brief import with_brief

    transfer = with_brief(a_transfer(), NOON)
    place = transfer.brief.approvals[0].place
    yield against_bare("an approval", lambda: actions.give_approval(transfer=transfer, place=place, by=None, at=NOON))
    at = all_but_moved(transfer)
    yield against_bare("the move itself", lambda: actions.complete_transfer(transfer=transfer, by=None, at=at))


def against_bare(name: str, act: Callable[[], object]) -> str:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    def undone(work: Callable[[], object]) -> float:
        with transaction.atomic(), connection.cursor() as cursor:
            seconds, _ = timed(lambda: (work(), cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")))
            transaction.set_rollback(True)
        return seconds

    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        act()
        transaction.set_rollback(True)
    every = [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    written = [sql for sql in every if sql.startswith(("INSERT", "UPDATE", "DELETE"))]

    def bare(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    rounds = [(undone(act), undone(lambda: bare(every)), undone(lambda: bare(written))) for _ in range(ROUNDS * 2)]
    whole, same, least = (min(column) for column in zip(*rounds, strict=True))
    return (
        f"{name}: {whole * 1000:.1f} ms in {len(asked)} queries; the rows it locks, reads and writes by bare SQL "
        f"{same * 1000:.1f} ms: {whole / same:.1f} times; its {len(written)} writes alone {least * 1000:.1f} ms: "
        f"{whole / least:.1f} times"
    )


EVIDENCE: dict[str, dict[str, Any]] = {
    "date": {"dated_on": date(2026, 1, 5)}, "link": {"link": "https://records.example.org/paper"}, "tick": {},
    "name": {"text": "Somebody"},
}  # fmt: skip


def all_but_moved(transfer: Any) -> datetime:
    """Approved, agreed, every paper there and the conference held; and when the case may move."""
    from cases import actions as case_actions
    from teams.models import Person
    from transfers import actions
    from transfers.brief import with_brief
    from transfers.models import Says

    for need in transfer.brief.approvals:
        actions.give_approval(transfer=transfer, place=need.place, by=None, at=NOON)
    for item in (state.item for state in with_brief(transfer, NOON).brief.items if state.item.gate != "after"):
        shown = EVIDENCE.get(item.evidence, {"text": item.options[0] if item.options else "As agreed"})
        actions.answer_item(transfer=transfer, item=item.code, says=Says.YES, by=None, at=NOON, **shown)
    worker = Person.objects.filter(memberships__team=transfer.receiving_team)[0]
    day = NOON + timedelta(days=2)
    actions.agree_transfer(transfer=transfer, receiving_worker=worker, planned_on=day.date(), by=None, at=NOON)
    event = transfer.case.events.get(kind="initial_child_protection_conference")
    case_actions.record_event_held(event=event, held_at=day, outcome="child_protection_plan", by=None, at=day)
    return day + timedelta(hours=1)


def before_its_conference(case: Any) -> Any:
    from cases import actions as case_actions

    at = NOON - timedelta(days=2)
    case_actions.answer_question(case=case, fact="section_47", value=True, by=None, at=at)
    case_actions.record_event(
        case=case, kind="initial_child_protection_conference", planned_at=NOON + timedelta(days=2), by=None, at=at
    )
    return case


def a_transfer() -> Any:
    """Asked for by the action, for a case of which nothing is asked yet."""
    from cases.models import Case
    from teams.models import Team
    from transfers import actions

    case = before_its_conference(Case.objects.get(reference="CT-1000407"))
    team = Team.objects.get(name="Team 3")
    team.code = "u12"
    team.save()
    return actions.request_transfer(
        case=case, route="HAV-ASSESS-U12-CP", receiving_team=team, by=None, at=NOON - timedelta(days=1)
    )


def recommending() -> Iterator[str]:
    from cases.facts import facts_of_many
    from cases.models import Case

    cases = list(Case.objects.held().select_related("child", "authority").order_by("pk")[:TEAM])
    for case in cases[::2]:
        before_its_conference(case)

    def recommend() -> int:
        decided = [facts.decide() for facts in facts_of_many(cases, NOON).values()]
        return sum(len(one.recommended) + len(one.possible) for one in decided)

    seconds = best(recommend)
    yield (
        f"route recommendation: {len(cases)} cases with all their reasons in {seconds:.2f} s, "
        f"{seconds / len(cases) * 1000:.2f} ms a case ({recommend()} routes led to)"
    )


def lines() -> Iterator[str]:
    with servers.in_use(), a_database("bench_transfers"):
        authority = a_council(NOON)
        yield from dashboards(authority)
        yield from approving()
        yield from recommending()


def run() -> list[str]:
    """With the load of the machine, which a ratio hides and a duration does not."""
    load = os.getloadavg()[0]
    return [*lines(), f"transfers: measured at a load of {load:.1f}"]


if __name__ == "__main__":
    for line in run():
        print(line, flush=True)
