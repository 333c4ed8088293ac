"""A dispute: the case stays with its holder, the ladder is the pack's, the outcome is applied."""

from datetime import timedelta

import pytest

from cases.models import Case
from teams.refusals import Refused
from teams.roles import NotAllowed
from tests.cast import NOON
from tests.transfers.situations import on_record, situations
from tests.transfers.walkers import a_transfer
from transfers import actions
from transfers.machine import DisputeState, State
from transfers.models import Outcome, Transfer


@pytest.fixture
def transfer(transferring_team, receiving_team):
    return a_transfer(transferring_team, receiving_team)


def raised(transfer, by=None, at=NOON):
    return actions.raise_dispute(transfer=transfer, reason="The family lives with an older brother.", by=by, at=at)


def test_the_case_stays_with_its_holder_while_it_is_disputed(transfer, receiving_manager, transferring_team):
    raised(transfer, receiving_manager)

    assert Transfer.objects.get().state == State.DISPUTED
    assert transfer.case.responsible_team == transferring_team
    assert transfer.case.journal.filter(kind="transfer_disputed").get().clause


def test_the_ladder_is_climbed_rung_by_rung_and_the_last_must_decide(transfer, service_manager):
    dispute = raised(transfer)
    actions.pass_on_dispute(dispute=dispute, why="Not settled.", by=None, at=NOON + timedelta(hours=1))

    with pytest.raises(Refused, match="no higher rung"):
        actions.pass_on_dispute(dispute=dispute, why="Not settled.", by=None, at=NOON + timedelta(hours=2))
    actions.decide_dispute(
        dispute=dispute,
        outcome=Outcome.GOES_AHEAD,
        decision="It goes.",
        by=service_manager,
        at=NOON + timedelta(hours=3),
    )

    assert Transfer.objects.get().state == State.AGREED
    assert Transfer.objects.get().agreed_by == service_manager


def test_a_decision_against_it_leaves_the_case_where_it_is(transfer, group_manager, transferring_team):
    dispute = raised(transfer)

    actions.decide_dispute(dispute=dispute, outcome=Outcome.STAYS, decision="It stays.", by=group_manager, at=NOON)

    assert Transfer.objects.get().state == State.WITHDRAWN
    assert transfer.case.responsible_team == transferring_team
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.DECIDED


def test_somebody_below_the_rung_may_not_decide(transfer, social_worker, receiving_manager):
    dispute = raised(transfer)

    for person in (social_worker, receiving_manager):
        with pytest.raises(NotAllowed, match="it is with"):
            actions.decide_dispute(dispute=dispute, outcome=Outcome.STAYS, decision="No.", by=person, at=NOON)


def test_hours_run_through_the_night_and_the_weekend(db):
    """DUR-DISPUTE-2, DUR-DISPUTE-3: 24 hours, and 24 hours more."""
    situation = next(one for one in situations("durham").values() if one.route == "DUR-FF-LAC-LTF")
    case, team, at = on_record(situation)
    transfer = actions.request_transfer(case=case, route=situation.route, receiving_team=team, by=None, at=at)
    dispute = actions.raise_dispute(transfer=transfer, reason="Not agreed.", by=None, at=at)

    first = actions.pass_on_dispute(dispute=dispute, why="Not settled.", by=None, at=at)
    second = actions.pass_on_dispute(dispute=dispute, why="Not settled.", by=None, at=first.due_at)

    assert first.due_at == at + timedelta(hours=24)
    assert second.due_at == at + timedelta(hours=48)
    assert Case.objects.get().responsible_team == transfer.transferring_team
