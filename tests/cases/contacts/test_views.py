"""The pages of the front door."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from cases import actions
from cases.contacts.presenters import board
from cases.models import Case, Contact
from tests.cases.walkers import closed_case
from tests.cast import NOON

ANSWERS = {"given_name": "Sample", "family_name": "Rowan", "channel": "phone", "source": "school", "says": "Worried.",
           "tier": "4", "received_at-day": "2", "received_at-month": "11", "received_at-year": "2025",
           "received_at-time": "9:30"}  # fmt: skip


@pytest.fixture
def at_desk(signed_in, triage):
    return signed_in(triage)


def test_a_contact_is_recorded_rated_and_becomes_a_referral(at_desk, front_door, transferring_team):
    page = at_desk.post("/contacts/record/", ANSWERS | {"team": front_door.pk}, follow=True).text
    contact = Contact.objects.get()
    assert f"Contact {contact.reference} is recorded." in page
    assert "Rate this contact first." in page
    assert "Limit: 4 hours" in at_desk.get(f"/contacts/{contact.reference}/rate/").text

    page = at_desk.post(f"/contacts/{contact.reference}/rate/", {"colour": "red", "tier": "4"}, follow=True).text
    assert "Late by" in page
    assert "Decide what follows" in page
    refused = at_desk.post(f"/contacts/{contact.reference}/decide/", {"outcome": "assessment", "decision": "Risk."})
    assert refused.status_code == 422
    assert "Choose the team that takes the child on." in refused.text
    answers = {"outcome": "assessment", "decision": "Risk.", "team": transferring_team.pk}
    assert (
        "The decision is recorded." in at_desk.post(f"/contacts/{contact.reference}/decide/", answers, follow=True).text
    )

    assert Case.objects.get().responsible_team == transferring_team


def test_a_child_of_the_same_name_is_offered(at_desk, front_door, transferring_team):
    case = closed_case(transferring_team, given_name="Sample", family_name="Rowan")

    page = at_desk.post("/contacts/record/", ANSWERS | {"team": front_door.pk}, follow=True).text
    assert case.child.reference in page
    reference = Contact.objects.get().reference
    at_desk.post(f"/contacts/{reference}/known/", {"child": case.child.pk})

    assert Contact.objects.get().child == case.child


def test_a_child_that_was_not_offered_cannot_be_chosen(at_desk, contact_for, transferring_team):
    other = closed_case(transferring_team, given_name="Quite", family_name="Another").child
    contact = contact_for()

    at_desk.post(f"/contacts/{contact.reference}/known/", {"child": other.pk})

    contact.refresh_from_db()
    assert contact.child is None


def test_the_known_child_is_shown_with_reason_then_beside_reason_now(at_desk, contact_for, transferring_team):
    case = closed_case(transferring_team, closed_at=NOON - timedelta(days=20))
    contact = contact_for(child=case.child, at=now())

    page = at_desk.get(f"/contacts/{contact.reference}/").text

    assert "The child was known before" in page
    assert "Any other reason, including no longer in need" in page
    assert "Heard shouting." in page


def test_the_board_has_a_column_for_each_stage_and_time_left(at_desk, contact_for):
    contact = contact_for(at=now() - timedelta(hours=1))
    actions.rate_contact(contact=contact, colour="red", by=None, at=now())

    page = at_desk.get("/contacts/").text

    assert "Being looked into (1)" in page
    assert "2 hours 5" in page
    assert "New (0)" in page


def test_the_list_is_searched_and_paged(at_desk, contact_for):
    for number in range(52):
        contact_for(family_name=f"Alder{number}")

    assert 'rel="next">Next page' in at_desk.get("/contacts/list/").text
    answer = at_desk.post("/contacts/list/", {"q": "sample ALDER51"})
    assert "1 contact" in at_desk.get(answer.url).text
    assert "alder" not in answer.url.lower()
    assert "No contact is like that." in at_desk.get("/contacts/list/", {"stage": "closed"}).text


def test_the_board_asks_the_same_number_of_queries_however_many_there_are(triage, contact_for):
    contact_for()
    with CaptureQueriesContext(connection) as few:
        board(triage, NOON)
    for _ in range(15):
        contact_for()
    with CaptureQueriesContext(connection) as many:
        board(triage, NOON)

    assert len(many) == len(few)


def test_information_is_passed_on(at_desk, contact_for, transferring_team, social_worker):
    contact = contact_for(
        child=closed_case(
            transferring_team, opened_at=now() - timedelta(days=90), closed_at=now() - timedelta(days=9)
        ).child
    )
    actions.rate_contact(contact=contact, colour="red", reasons="different", by=None, at=now())
    actions.decide_contact(
        contact=contact, outcome="assessment", decision="Risk.", team=transferring_team, by=None, at=now()
    )

    page = at_desk.post(f"/contacts/{contact.reference}/information/", {"information": "School: absent."}, follow=True)

    assert "The information is passed on." in page.text
    assert "School: absent." in page.text
