from datetime import timedelta

import pytest

from cases import actions as case_actions
from teams.refusals import Refused
from tests.cast import NOON
from tests.transfers.walkers import (
    NEED,
    a_case_for_conference,
    a_case_in_need,
    agreed,
    answered,
    conference_held,
    named_as_in_the_pack,
    ready,
    requested,
)
from transfers import actions
from transfers.machine import State

LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def teams_of_the_pack(transferring_team, receiving_team):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")


def complete(transfer, by=None, **more):
    return actions.complete_transfer(transfer=transfer, by=by, at=LATER, **more)


def test_completing_a_transfer_moves_case_responsibility(
    transferring_team, receiving_team, receiving_manager, receiving_worker
):
    case = a_case_for_conference(transferring_team)
    transfer = answered(agreed(requested(case, receiving_team), worker=receiving_worker))
    conference_held(case)

    complete(transfer, receiving_manager)

    assert case.responsible_team_at(LATER) == receiving_team
    assert case.worker_at(LATER) == receiving_worker
    assert case.journal.get(kind="transfer_completed").route == "HAV-ASSESS-U12-CP"


def test_a_transfer_does_not_complete_before_the_conference_is_recorded_as_held(transferring_team, receiving_team):
    case = a_case_for_conference(transferring_team)
    transfer = answered(agreed(requested(case, receiving_team)))

    with pytest.raises(Refused) as refused:
        complete(transfer)

    assert any("transfer point is not recorded as reached" in says for says in refused.value.sentences)
    assert any("HAV-CP-1" in gap.clauses for gap in refused.value.gaps)
    assert case.responsible_team == transferring_team


def test_a_conference_that_decides_otherwise_stops_the_transfer_on_this_route(transferring_team, receiving_team):
    case = a_case_for_conference(transferring_team)
    transfer = answered(agreed(requested(case, receiving_team)))
    conference_held(case, outcome="child_in_need_plan")

    with pytest.raises(Refused) as refused:
        complete(transfer)

    assert refused.value.gaps[0].clauses


def test_a_missing_blocking_paper_stops_the_transfer_with_its_clause(transferring_team, receiving_team):
    case = a_case_for_conference(transferring_team)
    transfer = answered(agreed(requested(case, receiving_team)), but={"HAV-S04"})
    conference_held(case)

    with pytest.raises(Refused) as refused:
        complete(transfer)

    assert [gap.clauses for gap in refused.value.gaps] == [("HAV-TS-5",)] or "Chronology" in refused.value.sentences[0]


def test_a_child_in_need_moves_at_the_first_meeting(transferring_team, receiving_team, receiving_manager):
    case = a_case_in_need(transferring_team)
    transfer = answered(agreed(requested(case, receiving_team, route=NEED)))
    event = case.events.planned().of_kind("child_in_need_meeting").get()
    case_actions.record_event_held(
        event=event, held_at=NOON - timedelta(hours=1), outcome="plan_agreed", by=None, at=NOON
    )

    complete(transfer, receiving_manager)

    assert case.responsible_team == receiving_team


def test_a_completed_transfer_is_not_completed_again(transferring_team, receiving_team):
    transfer = complete(ready(transferring_team, receiving_team))

    with pytest.raises(Refused, match="is completed"):
        complete(transfer)

    assert transfer.state == State.COMPLETED
