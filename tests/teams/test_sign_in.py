import pytest

from teams.actions import set_password
from tests.cast import NOON
from tests.factories import PASSWORD

SIGN_IN = "/sign-in/"


def test_an_anonymous_person_is_sent_to_sign_in(client, db):
    response = client.get("/")

    assert response.status_code == 302
    assert response.url.startswith(SIGN_IN)


def test_the_right_password_opens_the_home_page(client, social_worker):
    response = client.post(SIGN_IN, {"username": social_worker.email, "password": PASSWORD}, follow=True)

    assert "Hello Sam Worker" in response.text


def test_the_e_mail_address_may_be_typed_in_capitals(client, social_worker):
    response = client.post(SIGN_IN, {"username": social_worker.email.upper(), "password": PASSWORD})

    assert response.status_code == 302


def test_a_wrong_password_is_refused_with_a_sentence(client, social_worker):
    response = client.post(SIGN_IN, {"username": social_worker.email, "password": "wrong"})

    assert "The e-mail address or the password is not right." in response.text


def test_the_sixth_wrong_password_waits_until_an_administrator_sets_a_new_one(
    client, social_worker, system_administrator
):
    for _ in range(5):
        response = client.post(SIGN_IN, {"username": social_worker.email, "password": "wrong"})

    assert response.status_code == 429
    assert "Too many attempts" in response.text

    set_password(person=social_worker, password=PASSWORD, by=system_administrator, at=NOON)
    assert client.post(SIGN_IN, {"username": social_worker.email, "password": PASSWORD}).status_code == 302


def test_one_persons_wrong_passwords_do_not_lock_out_a_colleague_at_the_same_address(client, social_worker, admin):
    for _ in range(5):
        client.post(SIGN_IN, {"username": social_worker.email, "password": "wrong"})

    assert client.post(SIGN_IN, {"username": admin.email, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(("seconds", "still_in"), [(19 * 60, True), (21 * 60, False)])
def test_twenty_idle_minutes_end_a_session(signed_in, social_worker, time_machine, seconds, still_in):
    time_machine.move_to("2026-11-23T09:00:00Z", tick=False)
    client = signed_in(social_worker)
    client.get("/")

    time_machine.shift(seconds)

    assert (client.get("/").status_code == 200) is still_in
