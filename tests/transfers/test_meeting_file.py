"""The list of a transfer meeting, on its page and as a file: for those who keep such lists, in their own council."""

from datetime import timedelta

import pytest
import time_machine

from teams.models import AuditEntry
from teams.roles import Role
from tests.cast import NOON, a_person
from tests.transfers.walkers import a_case_for_conference, a_transfer, requested
from transfers import actions
from transfers.machine import State
from transfers.models import Transfer


@pytest.fixture
def item(transferring_team, receiving_team):
    return actions.list_for_meeting(
        transfer=a_transfer(transferring_team, receiving_team), by=None, at=NOON - timedelta(days=3)
    )


def file_of(item):
    return f"/meetings/{item.meeting_id}/export/"


def test_the_file_names_references_and_no_child(item, admin, signed_in):
    answer = signed_in(admin).get(file_of(item))

    text = answer.content.decode()
    child = item.transfer.case.child
    assert answer["Content-Disposition"].startswith("attachment")
    assert item.transfer.reference in text
    assert "Assessment" in text
    assert child.family_name not in text
    assert child.given_name not in text


def test_taking_it_out_is_audited_as_such(item, admin, signed_in):
    signed_in(admin).get(file_of(item))

    entry = AuditEntry.objects.get(kind="exported", by=admin)
    assert (entry.page, entry.subject) == ("transfers:export_meeting", str(item.meeting_id))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_somebody_of_another_council_gets_nothing_and_that_is_audited(item, charlie, signed_in, role):
    stranger = a_person("Stran Ger", charlie.memberships.get().team, role)

    answer = signed_in(stranger).get(file_of(item))

    assert answer.status_code == 404
    assert item.transfer.reference not in answer.text
    assert AuditEntry.objects.get(by=stranger, page="transfers:export_meeting").kind == "refused"


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.ADVISER, Role.AUDITOR])
def test_who_keeps_no_lists_gets_no_file(item, transferring_team, signed_in, role):
    person = a_person("No Keeper", transferring_team, role)

    assert signed_in(person).get(file_of(item)).status_code == 403
    assert AuditEntry.objects.get(by=person, page="transfers:export_meeting").kind == "refused"


def test_a_restricted_child_and_one_of_the_readers_family_are_not_told_of(
    item, transferring_team, receiving_team, admin, signed_in
):
    from cases import actions as case_actions

    case_actions.record_conflict(case=item.transfer.case, person=admin, by=None, at=NOON)

    assert item.transfer.reference not in signed_in(admin).get(file_of(item)).content.decode()


def test_the_list_is_filled_emptied_and_minuted_on_the_meetings_own_page(
    item, transferring_team, receiving_team, receiving_manager, admin, signed_in
):
    """What was withdrawn while it stood on the list does not keep the minutes open."""
    meeting, page = item.meeting, f"/meetings/{item.meeting_id}/"
    others = [requested(a_case_for_conference(transferring_team), receiving_team) for _ in range(2)]
    states = lambda: [Transfer.objects.get(pk=one.pk).state for one in others]  # noqa: E731
    with time_machine.travel(NOON - timedelta(days=3), tick=False):
        client = signed_in(admin)
        offered = client.get(page).text
        filled = client.post(f"{page}fill/", {"transfer": "all"}, follow=True).text
        assert states() == [State.LISTED, State.LISTED]
        line = meeting.items.get(transfer=others[0])
        unsaid = client.post(f"{page}items/{line.pk}/take-off/", {"why": ""})
        client.post(f"{page}items/{line.pk}/take-off/", {"why": "The mother is ill."})
        assert states() == [State.REQUESTED, State.LISTED]
        client.post(f"{page}fill/", {"transfer": others[0].pk})
        assert states() == [State.LISTED, State.LISTED]
    for one in (*others, item.transfer):
        actions.withdraw_transfer(transfer=one, why="They stay.", by=None, at=NOON - timedelta(days=2))
    with time_machine.travel(meeting.planned_at + timedelta(hours=1), tick=False):
        client = signed_in(admin)
        assert "List it" not in client.get(page).text
        client.post(f"{page}close/", {"chair": receiving_manager.pk, "present": "Ada Support\nSam Worker"})
        held = client.get(page).text

    assert others[0].reference in offered
    assert "List all 2" in offered
    assert "2 cases put on the list." in filled
    assert unsaid.status_code == 422
    assert others[0].case.journal.filter(kind="transfer_taken_off_list", says__contains="The mother is ill.").exists()
    assert receiving_manager.name in held
    assert "Ada Support, Sam Worker" in held


def test_a_list_is_begun_and_goes_into_a_calendar_without_any_childs_name(item, admin, signed_in):
    child = item.transfer.case.child
    calendar = signed_in(admin).get(f"/meetings/{item.meeting_id}/calendar/").content.decode()
    with time_machine.travel(item.meeting.planned_at + timedelta(hours=1), tick=False):
        client = signed_in(admin)
        begun = client.post("/meetings/open/", {"code": item.meeting.code}, follow=True)
        again = client.get("/meetings/").text

    assert "BEGIN:VEVENT" in calendar
    assert f"/meetings/{item.meeting_id}/" in calendar.replace("\r\n ", "")
    for secret in (child.given_name, child.family_name, item.transfer.reference, item.transfer.case.reference):
        assert secret not in calendar
    assert "Could be listed" in begun.text
    assert f'value="{item.meeting.code}"' not in again
