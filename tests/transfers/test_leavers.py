"""A case is not handed to somebody who is not there."""

from datetime import timedelta

import pytest

from teams.refusals import Refused
from tests.cast import NOON
from tests.transfers.walkers import a_transfer, agreed, answered, approved, conference_held
from transfers import actions

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def transfer(transferring_team, receiving_team):
    return a_transfer(transferring_team, receiving_team)


def leaves(person):
    person.is_active = False
    person.save(update_fields=["is_active"])


def test_nobody_who_has_left_is_named_as_the_worker(transfer, receiving_manager, receiving_worker):
    leaves(receiving_worker)

    with pytest.raises(Refused, match="Rena Worker has left"):
        actions.agree_transfer(
            transfer=approved(transfer), receiving_worker=receiving_worker, by=receiving_manager, at=NOON
        )


def test_where_the_worker_leaves_between_agreement_and_move_another_is_named_first(
    transfer, receiving_manager, receiving_worker, transferring_team
):
    answered(agreed(transfer, worker=receiving_worker))
    conference_held(transfer.case)
    leaves(receiving_worker)

    with pytest.raises(Refused, match=r"Rena Worker has left\. Name who takes the case instead"):
        actions.complete_transfer(transfer=transfer, by=receiving_manager, at=LATER)
    assert transfer.case.responsible_team == transferring_team

    actions.name_worker(transfer=transfer, worker=receiving_manager, by=receiving_manager, at=LATER)
    actions.complete_transfer(transfer=transfer, by=receiving_manager, at=LATER)
    assert transfer.case.allocated_social_worker == receiving_manager


def test_a_team_that_is_no_longer_in_use_is_not_asked(transferring_team, receiving_team):
    receiving_team.is_in_use = False
    receiving_team.save(update_fields=["is_in_use"])

    with pytest.raises(Refused, match="Under 12 is no longer in use"):
        a_transfer(transferring_team, receiving_team)


def test_without_a_named_worker_the_team_holds_the_case_and_it_waits_for_one(
    transfer, receiving_team, receiving_manager
):
    answered(agreed(transfer))
    conference_held(transfer.case)

    actions.complete_transfer(transfer=transfer, by=receiving_manager, at=LATER)

    assert transfer.case.responsible_team == receiving_team
    assert transfer.case.allocated_social_worker is None
