"""A sibling group in one decision: each child is checked on their own, and who would be parted is said."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.models import Family
from tests.cases.walkers import open_case
from tests.cast import NOON
from tests.transfers.walkers import CONFERENCE, a_case_for_conference, approved, named_as_in_the_pack
from transfers import actions
from transfers.machine import State
from transfers.models import Transfer

BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def family(transferring_team, receiving_team):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    return Family.objects.create(authority=transferring_team.authority)


@pytest.fixture
def elder(family, transferring_team):
    return a_case_for_conference(transferring_team, family=family, given_name="Elder")


@pytest.fixture
def younger(family, transferring_team):
    return a_case_for_conference(transferring_team, family=family, given_name="Younger")


@pytest.fixture
def apart(family, transferring_team):
    """A sister about whom there is nothing to transfer."""
    return open_case(transferring_team, family=family, given_name="Apart")


def together(case, siblings, team, by=None):
    return actions.request_together(
        case=case, route=CONFERENCE, receiving_team=team, siblings=siblings, by=by, at=NOON
    )  # fmt: skip


def test_one_decision_asks_for_each_child_whose_own_answer_leads_there(elder, younger, apart, receiving_team):
    done = together(elder, [younger, apart], receiving_team)

    assert [other.case for other in done.others] == [younger]
    assert done.others[0].asked_with == done.transfer
    assert [case for case, _ in done.staying] == [apart]
    assert elder.journal.get(kind="siblings_parted").says.startswith("This parts brothers and sisters")


def test_nobody_is_taken_along_who_was_not_chosen(elder, younger, receiving_team):
    assert together(elder, [], receiving_team).others == ()
    assert not younger.transfers.exists()


def test_an_unborn_brother_goes_along(family, elder, transferring_team, receiving_team):
    unborn = a_case_for_conference(
        transferring_team, family=family, date_of_birth=None, expected_delivery_date=NOON.date() + timedelta(days=60)
    )

    done = together(elder, [unborn], receiving_team)

    assert [other.case for other in done.others] == [unborn]


def test_agreeing_to_one_agrees_to_those_asked_for_with_it_and_the_rest_wait_with_reasons(
    elder, younger, receiving_team, receiving_manager
):
    done = together(elder, [younger], receiving_team)
    approved(done.transfer)

    first = actions.agree_together(transfer=done.transfer, others=done.others, by=receiving_manager, at=NOON)

    assert Transfer.objects.get(case=elder).state == State.AGREED
    assert Transfer.objects.get(case=younger).state == State.REQUESTED
    assert "Not yet approved" in first.staying[0][1][0].sentence


def test_the_form_offers_brothers_and_sisters_and_the_page_says_who_is_parted(
    elder, younger, apart, receiving_team, social_worker, receiving_manager, signed_in
):
    """The decision itself reads each child's record, on purpose: it is posted by a client that does not mind."""
    client = Client()

    with time_machine.travel(LATER, tick=False):
        address = reverse("transfers:start", kwargs={"ref": elder.reference})
        assert "Younger" in signed_in(social_worker).get(address).text
        client.force_login(social_worker, BACKEND)
        answers = {"choice": f"{CONFERENCE}|{receiving_team.pk}", "siblings": [younger.pk, apart.pk]}
        said = client.post(address, answers | {"reason": "TSPROC"}, follow=True).text
        transfer = Transfer.objects.get(case=elder)
        approved(transfer, at=LATER)
        approved(Transfer.objects.get(case=younger), at=LATER)
        agree = reverse("transfers:agree", kwargs={"ref": transfer.reference})
        assert "Younger" in signed_in(receiving_manager).get(agree).text
        client.force_login(receiving_manager, BACKEND)
        client.post(agree, {"together": [Transfer.objects.get(case=younger).pk]})

    assert "Apart" in said
    assert "is parted from them" in said
    assert "Parts the family" in said
    assert set(Transfer.objects.values_list("state", flat=True)) == {State.AGREED}
