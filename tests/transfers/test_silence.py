"""When nobody answers: a dispute climbs by itself, and a silent manager's manager is told."""

from datetime import timedelta

import pytest

from cases.models import Notice
from tests.cast import NOON
from tests.transfers.situations import on_record, situations
from tests.transfers.walkers import a_transfer
from transfers import actions, tasks
from transfers.models import Dispute, Transfer
from transfers.presenters.dashboard import dashboard_of

FIVE_DAYS = NOON + timedelta(days=8)


@pytest.fixture
def dispute(db):
    """DUR-DISPUTE-2, DUR-DISPUTE-3"""
    case, team, at = on_record(situations("durham")["DUR-FF-LAC-LTF"])
    transfer = actions.request_transfer(case=case, route="DUR-FF-LAC-LTF", receiving_team=team, by=None, at=at)
    raised = actions.raise_dispute(transfer=transfer, reason="Not agreed.", by=None, at=at)
    actions.pass_on_dispute(dispute=raised, why="Not settled.", by=None, at=at)
    return raised


def test_a_dispute_goes_to_the_next_rung_when_its_time_is_up_and_not_before(dispute):
    rung = dispute.rung

    actions.climb(dispute=dispute, at=rung.due_at - timedelta(minutes=1))
    assert dispute.rung == rung
    actions.climb(dispute=dispute, at=rung.due_at)

    assert dispute.rung.step == "DUR-DISPUTE-3"
    assert dispute.rung.due_at == dispute.raised_at + timedelta(hours=48)
    assert Transfer.objects.get().case.responsible_team == Transfer.objects.get().transferring_team


def test_the_sweep_is_late_runs_twice_and_does_it_once(dispute):
    late = dispute.rung.due_at + timedelta(days=30)

    found = [list(Dispute.objects.past_their_rung(late)) for _ in range(1)]
    for _ in range(3):
        for one in Dispute.objects.past_their_rung(late):
            actions.climb(dispute=one, at=late)

    assert found == [[dispute]]
    assert dispute.rungs.count() == 3
    assert dispute.transfer.case.journal.filter(kind="dispute_escalated").count() == 2


def test_a_clock_that_comes_late_gives_nobody_more_than_the_protocols_hours(dispute):
    """The next rung's day began when the one before was up, not when the clock found it."""
    actions.climb(dispute=dispute, at=dispute.rung.due_at + timedelta(hours=5))

    assert dispute.rung.due_at == dispute.raised_at + timedelta(hours=48)


def test_those_above_a_silent_manager_are_told_once(transferring_team, receiving_team, group_manager, service_manager):
    transfer = a_transfer(transferring_team, receiving_team)

    for _ in range(2):
        actions.escalate_silence(transfer=transfer, at=FIVE_DAYS)

    told = Notice.objects.filter(code="transfer_silent")
    assert {notice.person for notice in told} == {group_manager, service_manager}
    assert all(transfer.reference in notice.title for notice in told)
    assert transfer.case.journal.get(kind="transfer_escalated").clause


def test_nobody_is_told_before_the_time_is_up(transferring_team, receiving_team, group_manager, service_manager):
    transfer = a_transfer(transferring_team, receiving_team)

    assert actions.unanswered(NOON - timedelta(days=4)) == []
    assert not actions.escalate_silence(transfer=transfer, at=NOON - timedelta(days=4))
    assert actions.unanswered(FIVE_DAYS) == [transfer]


def test_asked_again_the_time_runs_again(transferring_team, receiving_team, group_manager, receiving_manager):
    transfer = a_transfer(transferring_team, receiving_team)
    actions.escalate_silence(transfer=transfer, at=FIVE_DAYS)
    actions.return_transfer(transfer=transfer, gaps_found="No chronology.", by=receiving_manager, at=FIVE_DAYS)

    again = actions.mend_transfer(transfer=transfer, by=None, at=FIVE_DAYS + timedelta(hours=1))

    assert again.escalated_at is None
    assert actions.unanswered(FIVE_DAYS + timedelta(days=2)) == []


def test_the_clocks_task_finds_them(transferring_team, receiving_team, service_manager):
    a_transfer(transferring_team, receiving_team)
    Transfer.objects.update(requested_at=NOON - timedelta(days=400))

    tasks.sweep()

    assert Transfer.objects.get().escalated_at is not None
    assert dashboard_of(service_manager, NOON) is not None
