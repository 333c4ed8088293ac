import time
from binascii import unhexlify

import pytest
from django_otp.oath import TOTP

from teams import actions
from teams.roles import NotAllowed
from tests.cast import NOON
from tests.factories import PASSWORD

KEY = "00" * 20
SIGN_IN = "/sign-in/"


def code(key=KEY):
    clock = TOTP(unhexlify(key))
    clock.time = time.time()
    return f"{clock.token():06}"


@pytest.fixture
def guarded(social_worker):
    actions.add_second_factor(person=social_worker, key=KEY, by=social_worker, at=NOON)
    return social_worker


def sign_in(client, person, **more):
    return client.post(SIGN_IN, {"username": person.email, "password": PASSWORD, **more})


def test_a_password_alone_is_not_enough(client, guarded):
    response = sign_in(client, guarded)

    assert "Enter your password again, and the six digits" in response.text
    assert client.get("/").status_code == 302


def test_the_code_opens(client, guarded):
    assert sign_in(client, guarded, code=code()).url == "/"
    assert client.get("/").status_code == 200


def test_somebody_sets_up_an_authenticator_app(signed_in, social_worker):
    client = signed_in(social_worker)
    assert "choose to add an account" in client.get("/account/second-factor/").text
    key = client.session["second_factor_key"]

    assert "Enter the six digits" in client.post("/account/second-factor/", {"code": "12"}).text
    page = client.post("/account/second-factor/", {"code": code(key)}, follow=True).text

    assert "The authenticator app is set up." in page
    assert social_worker.totpdevice_set.get().key == key


def test_where_it_is_required_nobody_gets_past_the_set_up(signed_in, social_worker, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = signed_in(social_worker)

    assert client.get("/").url == "/account/second-factor/"
    client.get("/account/second-factor/")
    client.post("/account/second-factor/", {"code": code(client.session["second_factor_key"])})

    assert client.get("/").status_code == 200


def test_a_system_administrator_removes_a_lost_one(signed_in, system_administrator, guarded):
    signed_in(system_administrator).post(f"/settings/people/{guarded.pk}/second-factor/")

    assert not guarded.totpdevice_set.exists()


def test_nobody_sets_it_up_for_another(social_worker, system_administrator):
    with pytest.raises(NotAllowed):
        actions.add_second_factor(person=social_worker, key=KEY, by=system_administrator, at=NOON)


def test_somebody_changes_their_own_password_and_stays_signed_in(signed_in, social_worker):
    client = signed_in(social_worker)
    assert "This is not your current password" in client.post(
        "/account/password/", {"current": "wrong", "password": "a brand new word"}
    ).text  # fmt: skip

    page = client.post("/account/password/", {"current": PASSWORD, "password": "a brand new word"}, follow=True).text

    assert "Your password is changed." in page
    social_worker.refresh_from_db()
    assert social_worker.check_password("a brand new word")
