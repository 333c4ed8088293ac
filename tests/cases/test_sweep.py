"""The sweep: what crosses a threshold is written and told once."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import ClockRun, Deadline, Notice
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


def test_after_a_week_without_a_clock_it_catches_up_sends_nothing_stale_and_says_so(case):
    actions.sweep(at=NOON - 7 * DAY)
    a_deadline(case, NOON - 3 * DAY, timer="T1")
    a_deadline(case, NOON + DAY, timer="T2")

    actions.sweep(at=NOON)

    assert told() == [
        ("Sam Worker", "1 deadline is due soon"), ("Sam Worker", "1 deadline is overdue"),
        ("Tess Manager", "1 deadline is due soon"), ("Tess Manager", "1 deadline is overdue"),
    ]  # fmt: skip
    assert Notice.objects.first().lines == [
        "The clock of this service stood still from 16 November 2026 at 12:00. This catches up."
    ]
    assert ClockRun.objects.get(pk="sweep").away_from_at == NOON - 7 * DAY


def test_a_small_batch_and_a_large_one_find_the_same(case):
    for number in range(5):
        a_deadline(case, NOON - number * HOUR, timer=f"T{number}")

    assert actions.sweep(at=NOON + HOUR, most=2) == 5
    assert Deadline.objects.filter(breached_at=None).count() == 0
