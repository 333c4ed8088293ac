"""The list of a transfer meeting as a file: for those who keep such lists, in their own council, and every one audited."""

from datetime import timedelta

import pytest

from teams.models import AuditEntry
from teams.roles import Role
from tests.cast import NOON, a_person
from tests.transfers.walkers import a_transfer
from transfers import actions


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
