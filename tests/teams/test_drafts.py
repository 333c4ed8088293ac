"""What was typed when a session ended is found again, by its writer alone."""

import pytest
from django.test import Client

from teams.models import Draft
from tests.cast import NOON
from tests.factories import PASSWORD

TYPED = {"name": "North team, typed with care", "code": "council", "kind": "cases", "email": ""}


@pytest.fixture
def timed_out(signed_in, system_administrator, time_machine):
    """A client whose person typed for too long, and then sent it."""
    time_machine.move_to(NOON, tick=False)
    client = signed_in(system_administrator)
    client.get("/settings/teams/add/")
    time_machine.shift(21 * 60)
    assert client.post("/settings/teams/add/", TYPED).status_code == 302
    return client


def back_in(client, person):
    assert client.post("/sign-in/", {"username": person.email, "password": PASSWORD}).url == "/drafts/"
    return client


def test_what_was_typed_survives_the_end_of_the_session(timed_out, system_administrator, authority):
    client = back_in(timed_out, system_administrator)
    draft = Draft.objects.get()
    assert f"/drafts/{draft.pk}/" in client.get("/drafts/").text

    page = client.get(f"/drafts/{draft.pk}/").text
    assert "North team, typed with care" in page

    client.post(draft.path, {name: words[0] for name, words in draft.boxes.items()})
    assert authority.teams.filter(name=TYPED["name"]).exists()


def test_nobody_else_finds_it(timed_out, signed_in, social_worker):
    draft = Draft.objects.get()

    assert signed_in(social_worker).get(f"/drafts/{draft.pk}/").status_code == 404
    assert "North team" not in signed_in(social_worker).get("/drafts/").text


def test_it_is_thrown_away_when_its_writer_says_so(timed_out, system_administrator):
    client = back_in(timed_out, system_administrator)

    client.post(f"/drafts/{Draft.objects.get().pk}/drop/")

    assert not Draft.objects.exists()


def test_a_password_is_never_kept(signed_in, social_worker, time_machine):
    time_machine.move_to(NOON, tick=False)
    client = signed_in(social_worker)
    client.get("/")
    time_machine.shift(21 * 60)

    client.post("/account/password/", {"current": PASSWORD, "password": "another good long word"})

    assert not Draft.objects.exists()


def keep(client, words, path="/settings/teams/add/"):
    return client.post("/drafts/keep/", words | {"kept_for": path}, headers={"X-Requested-With": "fetch"}).status_code


def test_a_page_keeps_what_is_typed_until_it_is_sent_or_emptied(signed_in, system_administrator):
    client = signed_in(system_administrator)

    assert keep(client, TYPED) == keep(client, TYPED | {"name": "North team, and more"}) == 204
    assert Draft.objects.get().boxes["name"] == ["North team, and more"]

    keep(client, {"name": ""})
    assert not Draft.objects.exists()

    keep(client, TYPED)
    assert client.post("/settings/teams/add/", TYPED | {"name": ""}).status_code == 422
    assert Draft.objects.exists()
    assert client.post("/settings/teams/add/", TYPED).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/account/password/", {"repeated": "another good long word"}),
        ("/settings/people/1/password/", {"repeated": "another good long word"}),
        ("/settings/teams/add/", {"name": "North", "password": "another good long word"}),
        ("/settings/teams/add/", {"name": "n" * 50_001}),
        ("//elsewhere.example.org/", {"name": "North"}),
        ("/contacts/list/", {"q": "Testcase"}),
    ],
)
def test_a_page_keeps_no_secret_nothing_endless_and_nothing_for_an_address_that_is_not_ours(
    signed_in, social_worker, path, words
):
    keep(signed_in(social_worker), words, path)

    assert not Draft.objects.exists()


def test_a_script_is_told_that_the_session_has_ended_and_what_it_sent_to_be_kept_is_there(
    signed_in, social_worker, time_machine
):
    time_machine.move_to(NOON, tick=False)
    client = signed_in(social_worker)
    client.get("/")
    time_machine.shift(21 * 60)

    assert [keep(client, TYPED), keep(client, {"name": "A stranger by now"})] == [401, 401]

    assert Draft.objects.get().boxes["name"] == [TYPED["name"]]
    assert client.post("/stay/", headers={"X-Requested-With": "fetch"}).status_code == 401


@pytest.mark.parametrize(("origin", "kept"), [("http://testserver", True), ("https://elsewhere.example.org", False)])
def test_a_form_of_ours_from_before_somebody_signed_in_anew_is_kept_and_nobody_elses(social_worker, origin, kept):
    client = Client(enforce_csrf_checks=True)
    client.force_login(social_worker, backend="django.contrib.auth.backends.ModelBackend")

    page = client.post("/contacts/record/", {"says": "Seen alone."}, headers={"Origin": origin})

    assert page.status_code == 403
    assert ("nothing you typed is lost" in page.text) is Draft.objects.exists() is kept


def test_staying_begins_the_twenty_minutes_again_but_not_the_twelve_hours(signed_in, social_worker, time_machine):
    time_machine.move_to(NOON, tick=False)
    client = signed_in(social_worker)
    client.get("/")
    for _ in range(38):
        time_machine.shift(19 * 60)
        client.post("/stay/", headers={"X-Requested-With": "fetch"})

    assert client.get("/").status_code == 302
