"""What may follow what, and who may do it: written out here, and everything that is not written is refused."""

from datetime import timedelta
from functools import partial
from itertools import product

import pytest

from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cast import NOON, a_person
from tests.transfers.walkers import a_transfer, agreed, approved, named_as_in_the_pack, ready
from transfers import actions
from transfers.machine import DisputeState, State
from transfers.models import Dispute, Transfer
from transfers.permissions import RULES, can

S = State
OPENING = {S.ON_RADAR}
ACTIVE = {S.REQUESTED, S.LISTED, S.AGREED, S.HANDOVER}
FROM = {
    "request": OPENING,
    "list_for_meeting": {S.REQUESTED},
    "take_off_list": {S.LISTED},
    "agree": {S.REQUESTED, S.LISTED},
    "start_handover": {S.AGREED},
    "complete": ACTIVE,
    "send_back": ACTIVE,
    "mend": {S.RETURNED},
    "change_route": ACTIVE | {S.RETURNED},
    "dispute": ACTIVE | {S.RETURNED},
    "uphold": {S.DISPUTED},
    "resume": {S.DISPUTED},
    "withdraw": OPENING | ACTIVE | {S.RETURNED, S.DISPUTED},
    "lapse": OPENING | ACTIVE | {S.RETURNED, S.DISPUTED},
}
FINAL = {S.COMPLETED, S.WITHDRAWN, S.LAPSED}

WORKER_OUT, MANAGER_OUT, WORKER_IN, MANAGER_IN = "worker out", "manager out", "worker in", "manager in"
GROUP, ADMIN, AUDITOR, CHARLIE = "group manager", "admin", "auditor", "charlie"
OUT, IN = {WORKER_OUT, MANAGER_OUT}, {WORKER_IN, MANAGER_IN}
MANAGERS = {MANAGER_OUT, MANAGER_IN, GROUP}
WHO = {
    "request": OUT | {GROUP},
    "list_for_meeting": MANAGERS | {ADMIN},
    "take_off_list": MANAGERS | {ADMIN},
    "agree": {MANAGER_IN, GROUP},
    "start_handover": MANAGERS,
    "complete": {MANAGER_IN, GROUP},
    "send_back": {MANAGER_IN, GROUP},
    "mend": OUT | {GROUP},
    "change_route": OUT | {GROUP},
    "withdraw": OUT | {GROUP},
    "dispute": OUT | IN | {GROUP},
    "answer": OUT | IN | {GROUP},
    "check": {MANAGER_IN, GROUP},
    "record_point": OUT | IN | {GROUP},
    "waive": MANAGERS,
    "name_worker": {MANAGER_IN, GROUP},
    "plan_anew": MANAGERS,
}
EVERYBODY = [WORKER_OUT, MANAGER_OUT, WORKER_IN, MANAGER_IN, GROUP, ADMIN, AUDITOR, CHARLIE]


@pytest.mark.parametrize(("move", "state"), list(product(FROM, State)))
def test_a_move_is_possible_from_the_states_written_here_and_from_no_other(move, state):
    assert (getattr(Transfer, move)._django_fsm.get_transition(state) is not None) == (state in FROM[move])


def test_every_move_of_the_machine_is_in_the_table():
    moves = {transition.name for transition in Transfer._meta.get_field("state").get_all_transitions(Transfer)}

    assert moves == set(FROM)


def test_nothing_follows_a_final_state():
    assert not FINAL & set().union(*FROM.values())


def test_a_decided_dispute_moves_no_more():
    for move in ("pass_on", "decide"):
        assert getattr(Dispute, move)._django_fsm.get_transition(DisputeState.DECIDED) is None


@pytest.fixture
def people(transferring_team, receiving_team, social_worker, transferring_manager, receiving_manager, receiving_worker, group_manager, admin, council, charlie):  # fmt: skip
    return {
        WORKER_OUT: social_worker, MANAGER_OUT: transferring_manager, WORKER_IN: receiving_worker,
        MANAGER_IN: receiving_manager, GROUP: group_manager, ADMIN: admin, CHARLIE: charlie,
        AUDITOR: a_person("Aud Itor", council, Role.AUDITOR),
    }  # fmt: skip


def test_each_move_is_for_those_written_here_and_for_nobody_else(people, transferring_team, receiving_team):
    transfer = a_transfer(transferring_team, receiving_team)

    allowed = {verb: {who for who in EVERYBODY if can(people[who], verb, transfer)} for verb in RULES}

    assert allowed == WHO


def test_whoever_asked_neither_agrees_nor_approves(people, transferring_team, receiving_team):
    transfer = a_transfer(transferring_team, receiving_team)
    transfer.requested_by = people[GROUP]
    transfer.save()

    with pytest.raises(NotAllowed, match="asked for this transfer"):
        actions.agree_transfer(transfer=transfer, by=people[GROUP], at=NOON)
    with pytest.raises(NotAllowed, match="asked for this transfer"):
        actions.give_approval(transfer=transfer, place=1, by=people[GROUP], at=NOON)


def test_one_person_gives_one_approval_only_and_in_the_packs_order(
    transferring_team, receiving_team, group_manager, service_manager
):
    """HAV-CP-5"""
    transfer = a_transfer(transferring_team, receiving_team)
    with pytest.raises(Refused, match="must approve first"):
        actions.give_approval(transfer=transfer, place=2, by=service_manager, at=NOON)
    actions.give_approval(transfer=transfer, place=1, by=service_manager, at=NOON)

    with pytest.raises(Refused, match="somebody else must give this one"):
        actions.give_approval(transfer=transfer, place=2, by=service_manager, at=NOON)


def test_of_two_managers_who_agree_at_once_the_second_sees_what_happened(
    transferring_team, receiving_team, receiving_manager, group_manager
):
    """Both loaded the page while it was asked for; the action reads it again under the lock."""
    transfer = approved(a_transfer(transferring_team, receiving_team))
    page_of_the_other = Transfer.objects.get(pk=transfer.pk)
    actions.agree_transfer(transfer=transfer, by=receiving_manager, at=NOON)

    with pytest.raises(Refused, match="This transfer is agreed"):
        actions.agree_transfer(transfer=page_of_the_other, by=group_manager, at=NOON)

    assert Transfer.objects.get().agreed_by == receiving_manager


def test_what_is_complete_is_not_withdrawn_returned_or_disputed_and_its_approvals_stand(
    transferring_team, receiving_team, receiving_manager, transferring_manager
):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    done = actions.complete_transfer(
        transfer=ready(transferring_team, receiving_team), by=receiving_manager, at=NOON + timedelta(minutes=5)
    )
    later = {"by": None, "at": NOON + timedelta(minutes=6)}

    says = "This transfer is completed: Ravi Manager, 23 November 2026 at 12:05."
    for act in (
        partial(actions.withdraw_transfer, transfer=done, why="No.", **later),
        partial(actions.return_transfer, transfer=done, gaps_found="No.", **later),
        partial(actions.raise_dispute, transfer=done, reason="No.", **later),
        partial(actions.withdraw_approval, approval=done.approvals.first(), why="No.", **later),
    ):
        with pytest.raises(Refused, match=says):
            act()
    assert done.case.responsible_team == receiving_team


def test_a_case_is_not_named_to_somebody_of_another_team(
    transferring_team, receiving_team, receiving_manager, social_worker
):
    transfer = agreed(a_transfer(transferring_team, receiving_team))

    with pytest.raises(Refused, match="does not work in"):
        actions.name_worker(transfer=transfer, worker=social_worker, by=receiving_manager, at=NOON)
