"""The sweep: what crossed a threshold is claimed, written in the journal and told, all in one transaction."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions.outbox import queue_notices
from cases.actions.protocol_notices import tell_of_ended
from cases.models import ClockRun, Deadline, Delivery, Notice
from cases.notices import Recipient, deputies_of, managers_of
from cases.protocol_notices import timers_that_tell
from casetransfer.protocols import authorities, pack_for
from teams.models import Person, Team

AT_ONCE = 10_000
AWAY, OLD_NEWS = timedelta(hours=1), timedelta(days=1)
"""A sweep comes every minute. One that comes later than this says that the clock had stood still."""

STILL_CHASED = """superseded_at IS NULL AND met_at IS NULL AND stopped_at IS NULL AND paused_at IS NULL
    AND is_certain AND NOT is_stale AND breached_at IS NULL"""

# Claim with one UPDATE, write the journal from what it returns, and answer who is concerned, counted in the database:
# memory stays the same however many cross at once. What another worker has in hand is passed by.
OVERDUE = f"""
WITH found AS (
    SELECT id FROM cases_deadline
    WHERE {STILL_CHASED} AND due_at < %(at)s
    ORDER BY due_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
), crossed AS (
    UPDATE cases_deadline SET breached_at = %(at)s FROM found WHERE cases_deadline.id = found.id
    RETURNING cases_deadline.id, case_id, timer, what, due_at, is_owed, pack, version, clause
), told AS (
    INSERT INTO cases_journalentry (case_id, kind, says, at, recorded_at, pack, version, route, clause, detail)
    SELECT case_id, 'deadline_missed', 'Overdue: ' || what, due_at, %(at)s, pack, version, '', clause,
        jsonb_build_object('timer', timer, 'deadline', id)
    FROM crossed WHERE is_owed
)
{{concerned}}
UNION ALL SELECT 'all', 0, count(*) FROM crossed
UNION ALL SELECT 'deadline', id, 1 FROM crossed WHERE timer = ANY(%(timers)s)
"""  # noqa: S608  (only our own words are put together)

DUE_SOON = f"""
WITH found AS (
    SELECT id FROM cases_deadline
    WHERE {STILL_CHASED} AND due_soon_told_at IS NULL AND is_owed AND due_soon_at <= %(at)s
    ORDER BY due_soon_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE cases_deadline SET due_soon_told_at = %(at)s FROM found WHERE cases_deadline.id = found.id
    RETURNING cases_deadline.id, case_id, due_at
), crossed AS (
    SELECT id, case_id, true AS is_owed FROM claimed WHERE due_at >= %(at)s
)
{{concerned}}
UNION ALL SELECT 'all', 0, count(*) FROM claimed
"""  # noqa: S608

CONCERNED = """
SELECT CASE role WHEN 'responsible_team' THEN 'team' ELSE 'person' END AS kind,
    CASE role WHEN 'responsible_team' THEN team_id ELSE person_id END AS id, count(*) AS number
FROM crossed JOIN cases_involvement USING (case_id)
WHERE is_owed AND role IN ('responsible_team', 'allocated_social_worker')
    AND upper_inf(period) AND upper_inf(recorded)
GROUP BY 1, 2
"""
WORDS = {
    "DEADLINES-OVERDUE": ("1 deadline is overdue", "{} deadlines are overdue"),
    "DEADLINES-DUE-SOON": ("1 deadline is due soon", "{} deadlines are due soon"),
}


def sweep(*, at: datetime, most: int = AT_ONCE) -> int:
    """Everything that crossed a threshold by now; answers how many. Safe to run twice, late, or beside another
    worker. After an outage it catches up and says so."""
    since, number = _away_since(at), 0
    _drop_what_is_no_longer_true(at)
    for code, statement in (("DEADLINES-OVERDUE", OVERDUE), ("DEADLINES-DUE-SOON", DUE_SOON)):
        while True:
            claimed = _claim(code, statement.format(concerned=CONCERNED), at, most, since)
            number += claimed
            if claimed < most:
                break
    if since:
        _tell_managers_of_the_gap(since, at)
    ClockRun.objects.update_or_create(work="sweep", defaults={"ended_at": at, "away_from_at": since})
    return number


@transaction.atomic
def _claim(code: str, statement: str, at: datetime, most: int, since: datetime | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"at": at, "most": most, "timers": _timers_that_tell()})
        rows: dict[str, dict[int, int]] = defaultdict(dict)
        for kind, pk, number in cursor.fetchall():
            rows[kind][pk] = number
    _tell(code, rows["team"], rows["person"], at, since)
    for deadline in Deadline.objects.filter(pk__in=rows["deadline"]).select_related("case__child", "case__authority"):
        tell_of_ended(deadline=deadline, at=at)
    return rows["all"][0]


def _tell(code: str, teams: dict[int, int], people: dict[int, int], at: datetime, since: datetime | None) -> None:
    """One notice for each person, however many of their deadlines crossed. For a worker who is away their deputy."""
    today = localdate(at)
    told: dict[str, tuple[Any, Recipient, int]] = {}
    workers = list(Person.objects.filter(pk__in=people, is_active=True))
    deputies = deputies_of(workers, today)
    for person in workers:
        one = Recipient(person=deputies.get(person.pk, person))
        before = told.get(one.key, (person.authority_id, one, 0))
        told[one.key] = (person.authority_id, one, before[2] + people[person.pk])
    for team in Team.objects.filter(pk__in=teams):
        for one in managers_of(team, today):
            before = told.get(one.key, (team.authority_id, one, 0))
            told[one.key] = (team.authority_id, one, before[2] + teams[team.pk])
    for authority, recipient, number in told.values():
        queue_notices(
            authority=authority, code=code, subject=recipient.key.upper().replace(":", "-"),
            occasion=f"sweep {at.isoformat()}", title=_title(code, number), to=[recipient], at=at,
            lines=_late_words(since, at), link="/notices/deadlines/",
        )  # fmt: skip


def _drop_what_is_no_longer_true(at: datetime) -> None:
    """ "Due soon" that waited longer than a day is old news: whatever it was about is overdue by now, or soon told."""
    waiting = Notice.objects.filter(code="DEADLINES-DUE-SOON", delivery=Delivery.WAITING, queued_at__lt=at - OLD_NEWS)
    waiting.update(delivery=Delivery.CANCELLED, trouble="It waited so long that it is no longer true.")


@transaction.atomic
def _tell_managers_of_the_gap(since: datetime, at: datetime) -> None:
    """Every team's managers: what should have been said in that time is said now."""
    gap = f"{words.moment(since)} to {words.moment(at)}"
    for team in Team.objects.in_use().order_by("pk"):
        queue_notices(
            authority=team.authority_id, code="CLOCK-STOOD-STILL", subject="CLOCK", occasion=since.isoformat(),
            title="The clock of this service stood still, and has caught up", to=managers_of(team, localdate(at)),
            at=at, link="/notices/deadlines/", lines=[
                f"No reminder was sent from {gap}.",
                "What became due in that time and is still open is told now, each once.",
            ],
        )  # fmt: skip


def _title(code: str, number: int) -> str:
    one, many = WORDS[code]
    return one if number == 1 else many.format(number)


def _late_words(since: datetime | None, at: datetime) -> list[str]:
    if since is None:
        return []
    return [f"The clock of this service stood still from {words.moment(since)}. This catches up."]


def _away_since(at: datetime) -> datetime | None:
    """Since when the clock stood still, if it did."""
    last = ClockRun.objects.filter(pk="sweep").values_list("ended_at", flat=True).first()
    return last if last and at - last > AWAY else None


def _timers_that_tell() -> list[str]:
    """Clocks whose end calls for a notice of its own, in whichever pack."""
    return [code for authority in authorities() for code in timers_that_tell(pack_for(authority))]
