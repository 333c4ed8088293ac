"""A child who comes back goes one way: from the contact at the front door to the team before, and no other before that
team has answered."""

from datetime import timedelta

import pytest

from cases import actions as case_actions
from cases.contacts.knowledge import rereferral
from cases.models import Contact
from closures import actions
from closures.machine import ReturnState
from closures.on_contact import come_back
from closures.presenters import EndedPage
from teams.models import Team
from teams.refusals import Refused
from teams.roles import Role
from tests.cast import NOON, a_person
from tests.closures.walkers import a_case, closed, started
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=20)
TOO_LATE = NOON + timedelta(days=120)


@pytest.fixture
def ended():
    return closed(started(a_case())).case


@pytest.fixture
def door(ended):
    return TeamFactory(authority=ended.authority, code="tmash", name="Triage", kind=Team.Kind.FRONT_DOOR)


@pytest.fixture
def fay(door):
    return a_person("Fay Door", door, Role.FRONT_DOOR)


def a_contact(ended, door, *, at=LATER, reasons=""):
    contact = case_actions.record_contact(
        team=door, child=ended.child, given_name="Testcase", channel="phone", source="school", says="Hungry again.",
        received_at=at, by=None, at=at,
    )  # fmt: skip
    return case_actions.rate_contact(contact=contact, colour="amber", reasons=reasons, by=None, at=at)


def decided(contact, team, at=LATER):
    return case_actions.decide_contact(
        contact=contact, outcome="assessment", decision="At risk.", team=team, by=None, at=at
    )  # fmt: skip


def recorded(ended, contact, by, at=LATER):
    return actions.record_return(
        case=ended, kind="contact", came_on=at.date(), reason_now=contact.says, same_reasons=True, contact=contact,
        by=by, at=at,
    )  # fmt: skip


def test_both_pages_say_the_same_windows(ended, door):
    """One reckoning of the last day, whoever asks."""
    contact = a_contact(ended, door)

    found = rereferral(contact, LATER)

    told = EndedPage.of(ended, LATER).windows
    assert [one.row.code for one in found.windows]
    assert all(any(f"until {one.last_day.day} " in line for line in told) for one in found.windows)


def test_within_the_window_the_front_door_first_says_whether_the_reasons_are_the_same(ended, door):
    contact = a_contact(ended, door)

    with pytest.raises(Refused, match="Say first, with the rating, whether the reasons are the same"):
        decided(contact, TeamFactory(authority=ended.authority, code="u12"))


def test_with_the_same_reasons_no_other_team_is_asked_before_the_team_before(ended, door):
    contact = a_contact(ended, door, reasons="same")

    with pytest.raises(Refused, match="The child comes back to Team assess within the protocol's time"):
        decided(contact, TeamFactory(authority=ended.authority, code="u12"))


def test_with_other_reasons_the_child_goes_the_way_of_every_new_case(ended, door):
    contact = a_contact(ended, door, reasons="different")

    assert decided(contact, TeamFactory(authority=ended.authority, code="u12")).case != ended


def test_after_the_window_the_child_goes_the_way_of_every_new_case(ended, door):
    contact = a_contact(ended, door, at=TOO_LATE, reasons="same")

    assert decided(contact, TeamFactory(authority=ended.authority, code="u12"), TOO_LATE).case != ended


def test_less_than_a_referral_is_decided_at_once(ended, door):
    contact = a_contact(ended, door, reasons="same")

    done = case_actions.decide_contact(
        contact=contact, outcome="signpost", decision="A food bank.", by=None, at=LATER
    )  # fmt: skip

    assert done.state == "closed"


def test_the_contact_goes_with_the_child_to_the_team_that_takes_it_back(ended, door, fay):
    contact = a_contact(ended, door, reasons="same")

    came_back = recorded(ended, contact, fay)
    if came_back.state == ReturnState.OFFERED:
        manager = a_person("Ma Nager", came_back.to_team, Role.TEAM_MANAGER)
        with pytest.raises(Refused, match="The child came back, and it waits for"):
            decided(contact, TeamFactory(authority=ended.authority, code="u12"))
        came_back = actions.accept_return(came_back=came_back, by=manager, at=LATER)

    contact = Contact.objects.get(pk=contact.pk)
    assert (contact.state, contact.case) == ("passed_on", ended)
    assert contact.case.is_held
    assert contact.case.holding.team == came_back.to_team


def test_refused_above_too_the_contact_is_decided_like_any_other(ended, door, fay):
    contact = a_contact(ended, door, reasons="same")
    came_back = recorded(ended, contact, fay)
    assert came_back.state == ReturnState.OFFERED
    manager = a_person("Ma Nager", came_back.to_team, Role.TEAM_MANAGER)
    above = a_person("Gro Up", came_back.to_team, Role.GROUP_MANAGER)
    came_back = actions.refuse_return(came_back=came_back, because="Nobody free.", by=manager, at=LATER)
    actions.send_normal_way(came_back=came_back, because="So be it.", by=above, at=LATER)

    done = decided(Contact.objects.get(pk=contact.pk), TeamFactory(authority=ended.authority, code="u12"))

    assert done.state == "referred"
    assert done.case != ended


def test_a_contact_about_another_child_brings_nobody_back(ended, door, fay):
    other = closed(started(a_case())).case
    contact = a_contact(other, door, reasons="same")

    with pytest.raises(Refused, match="The contact is about another child"):
        recorded(ended, contact, fay)


def test_the_page_of_the_contact_leads_there_and_fills_in_what_it_says(client, ended, door, fay, time_machine):
    time_machine.move_to(LATER, tick=False)
    contact = a_contact(ended, door, reasons="same")
    client.force_login(fay, backend="django.contrib.auth.backends.ModelBackend")

    (move,) = come_back(contact, fay, LATER)

    assert move.url in client.get(contact.get_absolute_url()).text
    shown = client.get(move.url).text
    assert "Hungry again." in shown
    answer = client.post(move.url, {
        "kind": "contact", "came_on-day": "13", "came_on-month": "12", "came_on-year": "2026",
        "reason_now": "Hungry again.", "same_reasons": "yes",
    })  # fmt: skip
    assert answer.headers["Location"] == contact.get_absolute_url()
