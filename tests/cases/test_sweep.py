"""The sweep: what crosses a threshold is written and told once."""

from datetime import timedelta

import pytest

from cases import actions, outbox
from cases.models import ClockRun, Deadline, Delivery, MailboxMessage, Notice
from tests.cases.walkers import open_case
from tests.cast import NOON

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def a_deadline(case, due_at, **more):
    more = {"timer": "T1", "what": "Assessment complete", "due_soon_at": due_at - 2 * DAY} | more
    return Deadline.objects.create(
        case=case, occasion=f"test:{due_at}:{more['timer']}", starts_at=due_at - 20 * DAY, due_at=due_at,
        computed_at=NOON - 20 * DAY, pack=case.pack, **more,
    )  # fmt: skip


@pytest.fixture
def case(transferring_team, social_worker, transferring_manager):
    return open_case(transferring_team, worker=social_worker)


def told():
    return sorted(Notice.objects.values_list("person__name", "title"))


def test_what_became_overdue_is_written_in_the_journal_and_told_to_worker_and_manager(case):
    a_deadline(case, NOON - HOUR)

    actions.sweep(at=NOON)

    assert told() == [("Sam Worker", "1 deadline is overdue"), ("Tess Manager", "1 deadline is overdue")]
    assert case.journal.get(kind="deadline_missed").says == "Overdue: Assessment complete"


def test_many_at_once_make_one_notice_for_each_person(case):
    for number in range(7):
        a_deadline(case, NOON - number * HOUR, timer=f"T{number}")

    actions.sweep(at=NOON + HOUR)

    assert told() == [("Sam Worker", "7 deadlines are overdue"), ("Tess Manager", "7 deadlines are overdue")]


def test_running_it_twice_changes_nothing(case):
    a_deadline(case, NOON - HOUR)

    assert [actions.sweep(at=NOON), actions.sweep(at=NOON + HOUR)] == [1, 0]
    assert len(told()) == 2


def test_what_is_due_soon_is_told_once_before_it_is_late(case):
    a_deadline(case, NOON + DAY)

    actions.sweep(at=NOON)
    actions.sweep(at=NOON + HOUR)

    assert told() == [("Sam Worker", "1 deadline is due soon"), ("Tess Manager", "1 deadline is due soon")]


@pytest.mark.parametrize(
    "more",
    [
        {"met_at": NOON - DAY, "met_known_at": NOON - DAY},
        {"stopped_at": NOON - DAY},
        {"paused_at": NOON - DAY},
        {"superseded_at": NOON - DAY},
        {"is_certain": False},
        {"is_stale": True},
    ],
)
def test_nobody_is_chased_for_what_is_met_stopped_paused_superseded_doubtful_or_long_past(case, more):
    a_deadline(case, NOON - HOUR, **more)

    assert actions.sweep(at=NOON) == 0


def test_after_a_week_without_a_clock_it_sends_what_is_due_and_unsent_nothing_stale_and_tells_the_managers(
    case, social_worker, transferring_manager, settings
):
    """The web went on, so that people recorded what they did; beat and worker stood still."""
    settings.EMAIL_BACKEND = "cases.outbox.MailboxBackend"
    away = NOON - 7 * DAY
    a_deadline(case, away + 2 * HOUR, timer="T0", due_soon_at=away - HOUR)
    actions.sweep(at=away)
    a_deadline(case, NOON - 3 * DAY, timer="T1")
    a_deadline(case, NOON + DAY, timer="T2")
    a_deadline(case, NOON - 2 * DAY, timer="T3", met_at=NOON - 4 * DAY, met_known_at=NOON - 4 * DAY)
    a_deadline(case, NOON - 5 * DAY, timer="T4", stopped_at=NOON - 6 * DAY)

    for at in (NOON, NOON + timedelta(minutes=1)):
        actions.sweep(at=at)
        while actions.send_waiting(at=at, send=outbox.send):
            pass

    assert told() == [
        ("Sam Worker", "1 deadline is due soon"), ("Sam Worker", "1 deadline is due soon"),
        ("Sam Worker", "2 deadlines are overdue"),
        ("Tess Manager", "1 deadline is due soon"), ("Tess Manager", "1 deadline is due soon"),
        ("Tess Manager", "2 deadlines are overdue"),
        ("Tess Manager", "The clock of this service stood still, and has caught up"),
    ]  # fmt: skip
    stale = Notice.objects.filter(delivery=Delivery.CANCELLED)
    assert {(one.title, one.queued_at) for one in stale} == {("1 deadline is due soon", away)}
    assert not Notice.objects.exclude(delivery__in=[Delivery.SENT, Delivery.CANCELLED]).exists()
    letters = {message.to[0]: message.body for message in MailboxMessage.objects.all()}
    assert letters[transferring_manager.email].count("is due soon") == 1
    assert "stood still from 16 November 2026 at 12:00. This catches up." in letters[social_worker.email]
    assert "No reminder was sent from 16 November 2026 at 12:00 to 23 November" in letters[transferring_manager.email]
    assert ClockRun.objects.get(pk="sweep").away_from_at is None


def test_a_small_batch_and_a_large_one_find_the_same(case):
    for number in range(5):
        a_deadline(case, NOON - number * HOUR, timer=f"T{number}")

    assert actions.sweep(at=NOON + HOUR, most=2) == 5
    assert Deadline.objects.filter(breached_at=None).count() == 0
