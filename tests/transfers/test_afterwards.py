"""What stays owed after the move, what is decided otherwise, and the transfer meeting's list."""

from datetime import timedelta

import pytest
import time_machine

from cases import actions as case_actions
from cases.models import Case, Deadline, Notice
from cases.rag import Timeliness, rag
from casetransfer.protocols import pack_for
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cast import NOON, a_person
from tests.factories import TeamFactory
from tests.transfers.situations import on_record, situations
from tests.transfers.test_every_route import asked_for, made_ready
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


@pytest.mark.parametrize("restricted", [True, False])
def test_the_sender_sees_the_case_until_the_family_is_met_and_nothing_is_owed(
    transferring_team, receiving_team, transferring_manager, social_worker, restricted
):
    """Its worker and its managers, however long that takes; nobody else of the team sees a restricted record."""
    colleague = a_person("Cole League", transferring_team, Role.SOCIAL_WORKER)
    transfer = ready(transferring_team, receiving_team, worker=social_worker, restricted=restricted)
    case = actions.complete_transfer(transfer=transfer, by=None, at=LATER).case
    sender = [social_worker, transferring_manager, colleague]
    seen = lambda: [Case.objects.visible_to(person).filter(pk=case.pk).exists() for person in sender]  # noqa: E731
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        assert seen() == [True, True, not restricted]
    long_after = LATER + timedelta(days=100)
    with time_machine.travel(long_after, tick=False):
        assert seen() == [True, True, False]
        case_actions.record_event(
            case=case, kind="introductory_visit", held_at=long_after, outcome="made", by=None, at=long_after
        )
        assert seen() == [True, True, False]
        for duty in transfer.duties.owed().filter(team=transferring_team):
            actions.meet_duty(duty=duty, evidence="Done.", by=transferring_manager, at=long_after)
        assert seen() == [False, False, False]


def test_managers_hear_once_of_a_duty_that_is_late(transferring_team, receiving_team, transferring_manager):
    transfer = actions.complete_transfer(transfer=ready(transferring_team, receiving_team), by=None, at=LATER)
    duty = transfer.duties.get(code="HAV-DUTY-COREGROUP")
    duty.due_at = LATER + timedelta(days=3)
    duty.save()
    assert actions.tell_of_late_duties(at=duty.due_at) == 0

    assert [actions.tell_of_late_duties(at=duty.due_at + timedelta(minutes=1)) for _ in range(2)] == [1, 0]

    notice = Notice.objects.get(code="duty_late")
    assert (notice.person, notice.link) == (transferring_manager, f"/transfers/{transfer.reference}/duties/{duty.pk}/")


SHOWN = {"HAV-DUTY-INVOLVEMENT", "HAV-DUTY-DELAY", "HAV-DUTY-DUTYREVIEW"}


def owed_of(transfer):
    return set(transfer.duties.owed().values_list("code", flat=True))


@pytest.fixture
def receiving_worker(receiving_team):
    return a_person("Una Twelve", receiving_team, Role.SOCIAL_WORKER)


def test_a_move_that_names_the_worker_has_done_what_naming_one_does(
    transferring_team, receiving_team, receiving_worker
):
    """HAV-CP-9, HAV-CP-10, HAV-GP-4"""
    transfer = actions.complete_transfer(
        transfer=ready(transferring_team, receiving_team), worker=receiving_worker, by=None, at=LATER
    )

    assert owed_of(transfer) == {"HAV-DUTY-COREGROUP", "HAV-DUTY-COREMINUTES"}
    shown = transfer.duties.get(code="HAV-DUTY-INVOLVEMENT")
    assert shown.evidence == "Una Twelve of Under 12 is the allocated social worker since 23 November 2026 at 12:05."


def test_without_a_worker_it_stays_owed_until_one_is_named(transferring_team, receiving_team, receiving_worker):
    transfer = actions.complete_transfer(transfer=ready(transferring_team, receiving_team), by=None, at=LATER)
    assert owed_of(transfer) >= SHOWN

    case_actions.hold_on_duty(
        case=transfer.case,
        delay_reason="Nobody is free.",
        review_on=LATER.date() + timedelta(days=2),
        by=None,
        at=LATER,
    )
    assert owed_of(transfer) & SHOWN == SHOWN - {"HAV-DUTY-DELAY"}

    case_actions.allocate(case=transfer.case, worker=receiving_worker, by=None, at=LATER + timedelta(days=1))
    assert not owed_of(transfer) & SHOWN


def test_the_steps_that_lead_to_a_move_are_owed_by_nobody_once_the_case_has_moved(db):
    """SHR-2.1 to SHR-2.13: of twelve general steps, the letter to the family comes after the move; SHR-4.27 ends.
    Whoever says on the transfer that the letter is sent has met the clock of the case with it."""
    code = "SHR-ASSESS-CM-CP"
    case, team, at = on_record(situations("shropshire")[code])
    transfer, at = made_ready(asked_for(case, code, team, at), at)
    done = actions.complete_transfer(transfer=transfer, by=None, at=at, missing_because="Not kept here.")

    assert owed_of(done) == {"SHR-G11", "SHR-DUTY-CORE-GROUP"}
    assert clock(case, "SHR-T04", at).is_open
    actions.meet_duty(duty=done.duties.get(code="SHR-G11"), evidence="Sent by post.", by=None, at=at)
    assert clock(case, "SHR-T04", at).evidence.endswith("done. Sent by post.")


def clock(case, timer, at):
    case_actions.recalculate(case=case.pk, at=at)
    return Deadline.objects.standing().get(case=case, timer=timer)


def test_an_item_that_is_answered_settles_its_clock_and_one_that_is_taken_back_starts_it_again(db):
    """DUR-REC-6: the paper files follow within five working days."""
    case, team, at = on_record(situations("durham")["DUR-FC-FF-NEED"])
    transfer, at = made_ready(asked_for(case, "DUR-FC-FF-NEED", team, at), at)
    actions.complete_transfer(transfer=transfer, by=None, at=at, missing_because="Not kept here.")
    case_actions.answer_question(case=case, fact="paper_file", value=True, by=None, at=at)
    assert clock(case, "DUR-T13", at).is_open

    at += timedelta(days=1)
    actions.answer_item(transfer=transfer, item="DUR-K20", says="yes", dated_on=at.date(), by=None, at=at)
    row = clock(case, "DUR-T13", at)
    assert (rag(row, at), row.evidence) == (Timeliness.MET, "The paper file has been sent: done.")

    actions.answer_item(transfer=transfer, item="DUR-K20", says="no", text="It came back.", by=None, at=at)
    assert clock(case, "DUR-T13", at).is_open

    actions.answer_item(transfer=transfer, item="DUR-K20", says="not_applicable", text="None.", by=None, at=at)
    row = clock(case, "DUR-T13", at)
    assert (rag(row, at), row.stopped_reason) == (
        Timeliness.STOPPED, "The paper file has been sent: does not apply. None.",
    )  # fmt: skip


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
    recommended = pack_for(case.pack).routes[NEED]
    assert case.departures.get().clause == ", ".join(recommended.clauses)


@pytest.mark.parametrize("instead_of", ["", "HAV-ASSESS-U12-CP"])
def test_a_departure_is_from_what_the_protocol_recommends(transferring_team, receiving_team, group_manager, instead_of):
    case = a_case_in_need(transferring_team)

    with pytest.raises(Refused, match="Choose which of what the protocol recommends is not followed"):
        actions.depart_from_protocol(
            case=case, route="HAV-ASSESS-U12-EPO", instead_of=instead_of, reason="So.", by=group_manager, at=NOON
        )
    with pytest.raises(Refused, match="The protocol recommends this route itself"):
        actions.depart_from_protocol(case=case, route=NEED, instead_of=NEED, reason="So.", by=group_manager, at=NOON)


def test_a_departure_is_led_to_from_the_case_shown_wherever_it_counts_and_ended(
    transferring_team, receiving_team, group_manager, receiving_manager, signed_in
):
    case = a_case_in_need(transferring_team)
    given = {"instead_of": NEED, "route": "HAV-ASSESS-U12-EPO", "reason": "The family moves to the coast."}
    depart, end = f"/transfers/depart/{case.reference}/", f"/transfers/depart/{case.reference}/end/"
    with time_machine.travel(LATER, tick=False):
        client = signed_in(group_manager)
        assert depart in client.get(case.get_absolute_url()).text
        assert client.post(depart, given).status_code == 302
        transfer = actions.request_transfer(
            case=case, route=given["route"], receiving_team=receiving_team, by=None, at=LATER
        )
        places = [case.get_absolute_url(), transfer.get_absolute_url(), "/reports/departures/", end]
        seen = [client.get(place).text for place in places]
        from_elsewhere = signed_in(a_person("Ola Other", TeamFactory(authority=case.authority), Role.TEAM_MANAGER))
        unseen = from_elsewhere.get("/reports/departures/").text
        assert signed_in(receiving_manager).get(end).status_code == 403
        assert signed_in(group_manager).post(end, {"why": "They stay."}).status_code == 302
        ended = client.get("/reports/departures/?show=ended").text

    for text in (*seen, ended):
        assert given["reason"] in text
        assert pack_for(case.pack).routes[NEED].clauses[0] in text
    assert group_manager.name in unseen
    assert given["reason"] not in unseen
    assert case.reference not in unseen
    assert not case.departures.standing().exists()


def test_a_team_manager_may_not_depart_where_the_pack_names_group_managers(transferring_team, transferring_manager):
    case = a_case_in_need(transferring_team)

    with pytest.raises(NotAllowed):
        actions.depart_from_protocol(case=case, route=CONFERENCE, reason="So.", by=transferring_manager, at=NOON)


@pytest.fixture
def moved_with_gaps(db):
    """An order moved the case at once: what was missing never delayed it."""
    code = "NN-DAAT-CIC-ICO"
    case, team, at = on_record(situations("northamptonshire")[code])
    transfer, at = made_ready(asked_for(case, code, team, at), at)
    done = actions.complete_transfer(transfer=transfer, by=None, at=at, missing_because="An order was made.")
    return done, a_person("Ravi Manager", team, Role.TEAM_MANAGER)


def test_what_was_missing_is_counted_and_sorted_out_several_at_once(moved_with_gaps, signed_in):
    transfer, manager = moved_with_gaps
    every = [issue.item for issue in transfer.practice_issues.all()]
    client, address = signed_in(manager), transfer.get_absolute_url()
    assert len(every) > 5
    assert f"{len(every)} of {len(every)} still to be sorted out" in client.get(address).text
    assert "How was it sorted out?" in client.get(f"{address}issues/").text

    refused = client.post(f"{address}issues/", {"items": [], "outcome": "Found."})
    done = client.post(f"{address}issues/", {"items": every[:2], "outcome": "Found."}, follow=True).text

    assert "Choose what is sorted out." in refused.text
    assert f"{len(every) - 2} of {len(every)} still to be sorted out" in done
    assert {issue.closed_by for issue in transfer.practice_issues.exclude(closed_at=None)} == {manager}
    assert transfer.case.journal.filter(kind="practice_issue_closed").count() == 2


def test_what_was_sorted_out_is_not_sorted_out_again(moved_with_gaps):
    transfer, manager = moved_with_gaps
    items, at = [transfer.practice_issues.first().item], transfer.finished_at + timedelta(hours=1)
    actions.close_practice_issues(transfer=transfer, items=items, outcome="Found.", by=manager, at=at)

    with pytest.raises(Refused, match="Ravi Manager has sorted this out already"):
        actions.close_practice_issues(transfer=transfer, items=items, outcome="Lost.", by=manager, at=at)


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
