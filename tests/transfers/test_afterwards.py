"""What stays owed after the move, what is decided otherwise, and the transfer meeting's list."""

from datetime import timedelta

import pytest

from casetransfer.protocols import pack_for
from teams.refusals import Refused
from teams.roles import NotAllowed
from tests.cast import NOON
from tests.transfers.walkers import CONFERENCE, NEED, a_case_in_need, a_transfer, approved, named_as_in_the_pack, ready
from transfers import actions
from transfers.ladder import cutoff_of, next_meeting
from transfers.machine import State
from transfers.models import MeetingItem, MeetingSays, Transfer, TransferMeeting

LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _teams(transferring_team, receiving_team):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")


def test_the_sender_still_chairs_the_first_core_group(transferring_team, receiving_team, transferring_manager):
    """HAV-CP-11"""
    transfer = actions.complete_transfer(transfer=ready(transferring_team, receiving_team), by=None, at=LATER)

    duty = transfer.duties.get(code="HAV-DUTY-COREGROUP")
    assert duty.team == transferring_team
    assert duty.clause == "HAV-CP-11"
    actions.meet_duty(
        duty=duty, evidence="Chaired on 2 December.", by=transferring_manager, at=LATER + timedelta(days=9)
    )
    assert not transfer.duties.owed().filter(pk=duty.pk).exists()


def test_a_duty_of_the_sender_is_not_met_by_the_receiver(transferring_team, receiving_team, receiving_manager):
    transfer = actions.complete_transfer(transfer=ready(transferring_team, receiving_team), by=None, at=LATER)
    duty = transfer.duties.get(code="HAV-DUTY-COREGROUP")

    with pytest.raises(NotAllowed):
        actions.meet_duty(duty=duty, evidence="Done.", by=receiving_manager, at=LATER)


def test_a_group_manager_may_decide_otherwise_for_one_child(transferring_team, receiving_team, group_manager):
    """HAV-TS-11"""
    case = a_case_in_need(transferring_team)
    with pytest.raises(Refused):
        actions.request_transfer(case=case, route="HAV-ASSESS-U12-EPO", receiving_team=receiving_team, by=None, at=NOON)

    actions.depart_from_protocol(
        case=case, route="HAV-ASSESS-U12-EPO", instead_of=NEED, reason="The family moves.", by=group_manager, at=NOON
    )
    transfer = actions.request_transfer(
        case=case, route="HAV-ASSESS-U12-EPO", receiving_team=receiving_team, by=None, at=LATER
    )

    assert transfer.state == State.REQUESTED
    assert "HAV-AST-3e" in case.departures.get().clause


def test_a_team_manager_may_not_depart_where_the_pack_names_group_managers(transferring_team, transferring_manager):
    case = a_case_in_need(transferring_team)

    with pytest.raises(NotAllowed):
        actions.depart_from_protocol(case=case, route=CONFERENCE, reason="So.", by=transferring_manager, at=NOON)


def test_a_list_closes_on_friday_for_the_meeting_on_tuesday():
    """TH-M-FSP"""
    meeting = next(row for row in pack_for("tower_hamlets").meeting if row.code == "TH-M-FSP")
    friday = NOON + timedelta(days=4)

    in_time, closes_at = next_meeting(meeting, friday + timedelta(hours=3, minutes=59))
    too_late, _ = next_meeting(meeting, friday + timedelta(hours=4, minutes=1))

    assert (in_time.day, closes_at.day, closes_at.hour) == (1, 27, 16)
    assert too_late == in_time + timedelta(days=7)
    assert cutoff_of(meeting, in_time.date()) == closes_at


def test_a_meeting_decides_case_by_case_and_then_closes_its_minutes(
    transferring_team, receiving_team, receiving_manager, admin
):
    transfer = approved(a_transfer(transferring_team, receiving_team))
    item = actions.list_for_meeting(transfer=transfer, by=admin, at=NOON - timedelta(days=1))
    meeting = item.meeting
    with pytest.raises(Refused, match="Not yet decided"):
        actions.close_minutes(meeting=meeting, minutes="", by=admin, at=meeting.planned_at)

    actions.decide_item(
        item=item, says=MeetingSays.AGREED, agreed_by=receiving_manager, by=admin, at=meeting.planned_at
    )
    actions.close_minutes(meeting=meeting, minutes="One case.", by=admin, at=meeting.planned_at)

    assert Transfer.objects.get().state == State.AGREED
    assert Transfer.objects.get().agreed_by == receiving_manager
    assert TransferMeeting.objects.get().held_at == meeting.planned_at


def test_what_a_meeting_puts_off_is_asked_for_again(transferring_team, receiving_team, admin):
    transfer = a_transfer(transferring_team, receiving_team)
    item = actions.list_for_meeting(transfer=transfer, by=admin, at=NOON)

    actions.decide_item(
        item=item, says=MeetingSays.DEFERRED, minutes="Next week.", by=admin, at=item.meeting.planned_at
    )

    assert Transfer.objects.get().state == State.REQUESTED
    assert MeetingItem.objects.get().minutes == "Next week."
