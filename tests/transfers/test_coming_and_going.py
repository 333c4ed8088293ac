"""A child whom another authority hands over, and one who leaves: each in the browser, from the first question to the
end. Havering wants the threshold met, the documents, and the case formally accepted by a group manager."""

from datetime import timedelta

import pytest
import time_machine

from cases import actions as case_actions
from teams.refusals import Refused
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.factories import AuthorityFactory, TeamFactory
from tests.transfers.walkers import answered, approved, named_as_in_the_pack
from transfers import actions
from transfers.machine import State
from transfers.models import Transfer
from transfers.presenters.choices import options_for

LATER = NOON + timedelta(minutes=5)
IN = "Transfer in of a child on a child protection plan elsewhere: to Under 12"
DAY = {"happened_at-day": "23", "happened_at-month": "11", "happened_at-year": "2026", "happened_at-time": "11:00"}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def case(transferring_team, receiving_team):
    """Opened at the front door, upon the contact of the other authority."""
    named_as_in_the_pack(transferring_team, "tmash")
    named_as_in_the_pack(receiving_team, "u12")
    return open_case(transferring_team)


def says(client, case, **answers):
    for fact, value in answers.items():
        address = f"/cases/{case.reference}/questions/{fact}/"
        assert client.post(address, {"value": value, "confirmed": "yes"}).status_code == 302, fact


def start_of(case):
    return f"/transfers/start/{case.reference}/"


def test_a_child_on_a_plan_elsewhere_comes_in(
    case, receiving_team, social_worker, receiving_manager, group_manager, signed_in
):
    """HAV-TIN-1 to HAV-TIN-9"""
    client = signed_in(social_worker)
    assert IN not in client.get(start_of(case)).text
    says(client, case, transfer_in="yes", status_elsewhere="child_protection", threshold_met="yes")
    assert IN in client.get(start_of(case)).text
    assert IN in client.get(case.get_absolute_url()).text
    said = client.post(start_of(case), {"choice": f"HAV-OLA-U12-CP|{receiving_team.pk}", "reason": "TSPROC"})
    assert said.status_code == 302
    transfer = Transfer.objects.get()
    page = transfer.get_absolute_url()

    missing = client.get(page).text
    answered(transfer, at=LATER)
    if Transfer.objects.get().state == State.ON_RADAR:
        assert client.post(f"{page}request/").status_code == 302
    assert signed_in(receiving_manager).post(f"{page}approve/1/").status_code == 403
    client = signed_in(group_manager)
    assert "Formally accepts the case" in client.get(f"{page}approve/1/").text.replace("formally", "Formally")
    assert client.post(f"{page}approve/1/").status_code == 302
    client = signed_in(receiving_manager)
    assert client.post(f"{page}agree/", {}).status_code == 302
    refused = client.post(f"{page}complete/")
    assert "The transfer point is not recorded as reached: the change of the contact into a referral." in refused.text
    act = {"act": "contact_became_referral"} | DAY
    assert "The change of the contact into a referral" in client.get(f"{page}record-point/").text
    assert client.post(f"{page}record-point/", act).status_code == 302
    done = client.post(f"{page}complete/", {"missing_because": "Not kept there."}, follow=True).text

    assert "Before" in missing
    assert "The transfer is complete: Under 12 holds the case." in done
    assert case.responsible_team == receiving_team
    assert options_for(case, receiving_team, LATER).recommended == ()


def test_below_the_threshold_no_route_leads_in_and_the_page_says_why(case, social_worker, signed_in):
    client = signed_in(social_worker)
    says(client, case, transfer_in="yes", status_elsewhere="child_protection", threshold_met="no")

    text = client.get(start_of(case)).text

    assert IN in text
    assert "HAV-OLA-U12-CP|" not in text
    assert f"{IN}</strong>: Needed: the threshold for the service asked for is met." in text


def test_a_child_of_the_own_council_does_not_take_a_route_from_outside(case, receiving_team, social_worker, signed_in):
    client = signed_in(social_worker)
    says(client, case, transfer_in="no", threshold_met="yes")

    with pytest.raises(Refused, match="This route starts from"):
        actions.request_transfer(
            case=case, route="HAV-OLA-U12-CP", receiving_team=receiving_team, by=None, at=LATER
        )  # fmt: skip


def test_a_family_that_moves_out_of_the_county_is_handed_to_its_closing(db, signed_in):
    """NN-4.4.p1a, NN-4.4.p1b"""
    council = AuthorityFactory(code="northamptonshire", pack="northamptonshire")
    team = TeamFactory(authority=council, code="csst", name="Support and Safeguarding")
    manager, worker = (
        a_person("Tess Manager", team, Role.TEAM_MANAGER),
        a_person("Sam Worker", team, Role.SOCIAL_WORKER),
    )
    case = open_case(team, worker=worker)
    client = signed_in(worker)
    says(client, case, decision_to_close="yes", moving_away="out_of_county")
    page = client.get(start_of(case)).text
    assert "Moving out of the county: the case ends" in page
    client.post(start_of(case), {"choice": "NN-ANY-END-OUTOFCOUNTY|", "reason": "TSPROC"})
    transfer = Transfer.objects.get()
    address = transfer.get_absolute_url()
    answered(transfer, at=LATER)
    approved(transfer, at=LATER)
    client = signed_in(manager)
    case_actions.add_journal(case, "closure_authorised", "The closing is authorised.", by=None, at=LATER)
    refused = client.post(f"{address}complete/", {"missing_because": "Not kept."}).text
    assert "Support and Safeguarding has not agreed to this transfer." in refused
    assert client.post(f"{address}agree/", {}).status_code == 302
    assert "The closing begins now." in client.get(f"{address}complete/").text
    done = client.post(f"{address}complete/", {"missing_because": "Not kept."}, follow=True).text

    assert "The transfer is complete" in done
    case.refresh_from_db()
    assert case.state == "closing"
