"""A receiving team asks for a case of another team: by its reference, and shown nothing but the routes to its own teams."""

from datetime import timedelta

import pytest
import time_machine

from teams.models import AuditEntry
from tests.cases.walkers import open_case
from tests.cast import NOON
from tests.transfers.walkers import CONFERENCE, a_case_for_conference, named_as_in_the_pack
from transfers import actions
from transfers.machine import State
from transfers.models import Transfer

ASK = "/transfers/ask-for/"
NONE_SUCH = "No open case that you may ask for has this reference."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        yield


@pytest.fixture
def case(transferring_team, receiving_team):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    return a_case_for_conference(transferring_team, given_name="Quiet", family_name="Willow")


def choice(team):
    return {"choice": f"{CONFERENCE}|{team.pk}", "reason": "TSPROC"}


def test_a_manager_asks_for_a_case_and_its_holder_answers(
    case, receiving_team, receiving_manager, transferring_manager, signed_in
):
    client = signed_in(receiving_manager)
    assert "The team that holds the case decides whether to give it." in client.get(ASK).text
    found = client.post(ASK, {"reference": case.reference.lower()})
    assert found.url == f"/transfers/pull/{case.reference}/"
    page = client.get(found.url).text
    assert "Assessment holds this case, and is asked to give it." in page
    assert "Quiet" not in page
    assert "Willow" not in page

    assert client.post(found.url, choice(receiving_team)).status_code == 302

    transfer = Transfer.objects.get()
    assert (transfer.is_pull, transfer.state) == (True, State.REQUESTED)
    assert transfer.answering_team == case.responsible_team
    for need in transfer.approvals.all():
        assert need.given_by != receiving_manager
    agree = f"{transfer.get_absolute_url()}agree/"
    assert signed_in(receiving_manager).get(agree).status_code == 403
    assert signed_in(transferring_manager).get(agree).status_code == 200


def test_only_routes_to_ones_own_teams_are_offered(case, charlie, transferring_manager, signed_in):
    """The sender's manager manages no team to which the protocol leads this case."""
    page = signed_in(transferring_manager).get(f"/transfers/pull/{case.reference}/").text

    assert "The protocol leads this case to none of your teams now." in page
    assert "Ask for it" not in page or 'name="choice"' not in page


def test_a_worker_may_not_ask_for_a_case_of_another_team(case, receiving_worker, signed_in):
    assert signed_in(receiving_worker).get(ASK).status_code == 403
    assert signed_in(receiving_worker).get(f"/transfers/pull/{case.reference}/").status_code == 403


def test_a_restricted_a_foreign_and_an_unknown_reference_are_told_alike(
    case, transferring_team, receiving_manager, charlie, signed_in
):
    restricted = open_case(transferring_team, restricted=True)
    foreign = open_case(charlie.memberships.get().team)
    client = signed_in(receiving_manager)

    answers = [client.post(ASK, {"reference": one}) for one in (restricted.reference, foreign.reference, "CT-99999999")]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all(NONE_SUCH in answer.text for answer in answers)
    for one in (restricted, foreign):
        assert client.get(f"/transfers/pull/{one.reference}/").status_code == 404
    refused = AuditEntry.objects.filter(kind="refused", by=receiving_manager, page="transfers:pull")
    assert refused.count() == 2


def test_nobody_approves_what_they_asked_for_themselves_by_posting_it(
    case, receiving_team, receiving_manager, signed_in
):
    """The form is not offered; the address is typed by hand."""
    client = signed_in(receiving_manager)
    client.post(f"/transfers/pull/{case.reference}/", choice(receiving_team))
    transfer = Transfer.objects.get()

    posted = [
        client.post(f"{transfer.get_absolute_url()}{verb}/", said)
        for verb, said in (("agree", {}), ("approve/1", {}), ("approve/2", {}), ("return", {"gaps_found": "No."}))
    ]

    assert [answer.status_code for answer in posted] == [403] * 4
    assert not transfer.approvals.exists()
    assert Transfer.objects.get().state == State.REQUESTED
    assert AuditEntry.objects.filter(kind="refused", by=receiving_manager).count() == 4


def test_asked_for_withdrawn_and_asked_for_again_leaves_one_line_of_the_receiver_and_none_after_the_move(
    case, receiving_team
):
    """What was opened for the receiving team is closed as often as it was opened."""
    for hours in (3, 2):
        at = NOON - timedelta(hours=hours)
        asked = actions.request_transfer(case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=at)
        actions.withdraw_transfer(transfer=asked, why="Not yet.", by=None, at=at + timedelta(minutes=9))
    at = NOON - timedelta(hours=1)
    actions.request_transfer(case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=at)

    lines = case.involvements.standing().filter(role="receiving_team")
    assert lines.count() == 3
    assert case.involvements.current().filter(role="receiving_team").count() == 1
