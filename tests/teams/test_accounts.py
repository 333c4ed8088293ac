"""Accounts that nobody uses are closed and listed; whoever signs out everywhere is out everywhere."""

from datetime import date, timedelta

import pytest
from django.test import Client

from teams import actions
from teams.models import AuditEntry, Person
from teams.roles import NotAllowed
from teams.tasks import DORMANT_AFTER, close_dormant_accounts
from tests.cast import NOON


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def is_in(client) -> bool:
    return client.get("/").status_code == 200


@pytest.fixture
def later(time_machine, social_worker, system_administrator):
    """Ninety-one days on, with the social worker's last sign-in at the start of them."""
    browser(social_worker)
    time_machine.shift(DORMANT_AFTER + timedelta(days=1))


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_an_account_that_nobody_used_for_ninety_days_is_closed_and_listed(
    later, social_worker, system_administrator, signed_in
):
    assert close_dormant_accounts() == 1

    social_worker.refresh_from_db()
    assert (social_worker.is_active, social_worker.dormant_on) == (False, date(2027, 2, 22))
    assert "Sam Worker" in signed_in(system_administrator).get("/settings/people/dormant/").text
    assert AuditEntry.objects.filter(kind="changed", subject=f"teams.person {social_worker.pk}", by=None).exists()


def test_an_account_in_use_stays_open_and_so_does_the_way_in_of_last_resort(later, social_worker):
    browser(social_worker)

    assert close_dormant_accounts() == 0


def test_an_account_that_is_opened_again_is_not_closed_the_next_morning(
    later, social_worker, system_administrator, signed_in
):
    close_dormant_accounts()
    page = signed_in(system_administrator).post(f"/settings/people/{social_worker.pk}/open/", follow=True).text

    assert "The account is open again." in page
    assert close_dormant_accounts() == 0


def test_signing_out_everywhere_ends_every_session(social_worker, time_machine):
    office, forgotten = browser(social_worker), browser(social_worker)
    time_machine.shift(timedelta(minutes=1))

    assert office.post("/account/sign-out-everywhere/").url == "/sign-in/"

    assert not is_in(office)
    assert not is_in(forgotten)
    assert is_in(browser(social_worker))


def test_an_administrator_signs_somebody_out_and_a_closed_account_is_out_at_once(
    social_worker, system_administrator, time_machine, signed_in
):
    stolen = browser(social_worker)
    time_machine.shift(timedelta(minutes=1))
    signed_in(system_administrator).post(f"/settings/people/{social_worker.pk}/sign-out/")
    assert not is_in(stolen)

    again = browser(social_worker)
    actions.close_account(person=social_worker, by=system_administrator, at=NOON + timedelta(minutes=2))
    assert not is_in(again)


def test_nobody_signs_a_colleague_out(social_worker, transferring_manager):
    with pytest.raises(NotAllowed):
        actions.sign_out_everywhere(person=social_worker, by=transferring_manager, at=NOON)
