"""The settings pages, as a system administrator walks them."""

from datetime import date

import pytest

from teams.models import Absence, ClosureDay, Person, Team
from teams.roles import Role
from tests.cast import a_person

TODAY = {"starts_on-day": "1", "starts_on-month": "1", "starts_on-year": "2026"}


@pytest.fixture
def at_desk(signed_in, system_administrator):
    return signed_in(system_administrator)


@pytest.fixture
def worker(social_worker):
    return f"/settings/people/{social_worker.pk}/"


def test_only_those_who_manage_see_settings(signed_in, social_worker, system_administrator):
    client = signed_in(social_worker)

    assert "/settings/" not in client.get("/").text
    refused = client.get("/settings/").text
    assert "This page is for other roles than yours." in refused
    assert 'href="/help/#who-to-ask"' in refused
    assert f"{system_administrator.name}, {system_administrator.email}" in client.get("/help/").text


def test_settings_lead_to_teams_people_and_calendar(at_desk):
    page = at_desk.get("/settings/").text

    assert all(f'href="/settings/{place}/"' in page for place in ("teams", "people", "calendar"))


def test_a_team_is_added_with_the_protocols_name_for_it(at_desk, authority):
    answers = {"name": "Assessment East", "code": "council", "kind": "cases", "email": "east@example.org"}

    page = at_desk.post("/settings/teams/add/", answers, follow=True).text

    assert "The team is added." in page
    team = Team.objects.get(name="Assessment East")
    assert team.authority == authority
    assert "Give each team a manager" in at_desk.get("/settings/").text

    changed = {"name": "Assessment North", "email": ""}
    page = at_desk.post(f"/settings/teams/{team.pk}/change/", changed, follow=True).text
    assert "Assessment North" in page
    assert "cannot be sent" in page


def test_a_second_team_of_one_name_is_refused_in_the_form(at_desk, transferring_team):
    answers = {"name": transferring_team.name.upper(), "code": "council", "kind": "cases"}

    response = at_desk.post("/settings/teams/add/", answers)

    assert response.status_code == 422
    assert "There is a problem" in response.text


def test_the_team_shows_who_works_in_it(at_desk, social_worker, transferring_team):
    assert "Sam Worker" in at_desk.get(f"/settings/teams/{transferring_team.pk}/").text
    assert transferring_team.name in at_desk.get("/settings/teams/").text


def test_people_are_found_without_their_accents(at_desk, transferring_team):
    a_person("Zoë Núñez", transferring_team, Role.SOCIAL_WORKER)

    page = at_desk.get("/settings/people/", {"name": "nunez"}).text

    assert "Zoë Núñez" in page
    assert "Sys Admin" not in page.split("<main")[1]


def test_a_person_is_added(at_desk):
    page = at_desk.post("/settings/people/add/", {"name": "New Worker", "email": "New@example.org"}, follow=True).text

    person = Person.objects.get(email="new@example.org")
    assert person.has_usable_password() is False
    assert "They have no role" in page
    assert "They have no password" in page
    assert "Let people sign in" in at_desk.get("/settings/").text

    answers = {"name": "New Worker-Bee", "email": "bee@example.org", "registration": "SW1"}
    assert "New Worker-Bee" in at_desk.post(f"/settings/people/{person.pk}/change/", answers, follow=True).text
    assert Person.objects.get(pk=person.pk).email == "bee@example.org"


def test_a_password_is_set_unless_it_is_weak(at_desk, worker, social_worker):
    assert "too short" in at_desk.post(f"{worker}password/", {"password": "short"}).text
    at_desk.post(f"{worker}password/", {"password": "a good long word"})

    assert Person.objects.get(pk=social_worker.pk).check_password("a good long word")


def test_a_role_is_added_and_ended(at_desk, worker, social_worker, receiving_team):
    answers = {"team": receiving_team.pk, "role": "adviser", **TODAY}
    assert "Adviser in Under 12" in at_desk.post(f"{worker}add-role/", answers, follow=True).text
    assert "already has this role" in at_desk.post(f"{worker}add-role/", answers).text

    held = social_worker.memberships.get(role="adviser")
    at_desk.post(f"/settings/roles/{held.pk}/end/", {"ends_on-day": "2", "ends_on-month": "2", "ends_on-year": "2026"})

    held.refresh_from_db()
    assert held.ends_on == date(2026, 2, 2)


def test_an_absence_is_recorded(at_desk, worker, social_worker, transferring_manager):
    end = {"ends_on-day": "9", "ends_on-month": "1", "ends_on-year": "2026"}

    page = at_desk.post(f"{worker}record-absence/", {**TODAY, **end, "deputy": transferring_manager.pk}, follow=True)

    assert "1 January 2026 to 9 January 2026" in page.text
    assert "Tess Manager" in page.text
    absence = Absence.objects.get()
    assert absence.person == social_worker

    sooner = {"ends_on-day": "5", "ends_on-month": "1", "ends_on-year": "2026"}
    page = at_desk.post(f"/settings/absences/{absence.pk}/change/", {**TODAY, **sooner}, follow=True).text
    assert "1 January 2026 to 5 January 2026" in page
    assert "Tess Manager" not in page.split("<main")[1]


@pytest.mark.parametrize("page", ["record-absence/", "add-role/"])
def test_days_in_the_wrong_order_are_refused_at_their_box(at_desk, worker, receiving_team, page):
    end = {"ends_on-day": "9", "ends_on-month": "1", "ends_on-year": "2025"}

    response = at_desk.post(f"{worker}{page}", {**TODAY, **end, "team": receiving_team.pk, "role": "adviser"})

    assert response.status_code == 422
    assert "The last day is before the first day." in response.text
    assert 'href="#id_ends_on' in response.text


def test_nobody_of_another_council_can_be_chosen(at_desk, worker, charlie):
    page = at_desk.get(f"{worker}record-absence/").text + at_desk.get(f"{worker}add-role/").text

    assert "Charlie" not in page


def test_an_account_is_closed(at_desk, worker, social_worker):
    assert "cannot sign in any more" in at_desk.get(f"{worker}close/").text
    at_desk.post(f"{worker}close/")

    assert "The account is closed." in at_desk.get(worker).text
    assert Person.objects.get(pk=social_worker.pk).is_active is False


def test_a_closure_day_is_added(at_desk):
    day = {"on-day": "29", "on-month": "December", "on-year": "2026", "reason": "Offices closed"}

    assert "No deadline that runs now changes." in at_desk.post("/settings/calendar/add/", day).text
    assert not ClosureDay.objects.exists()

    seen = day | {"seen": "2026-12-29"}
    assert "29 December 2026" in at_desk.post("/settings/calendar/add/", seen, follow=True).text
    assert ClosureDay.objects.get().on == date(2026, 12, 29)
