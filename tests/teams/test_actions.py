from datetime import date

import pytest
from django.core.exceptions import ValidationError

from teams import actions
from teams.models import Person
from teams.roles import NotAllowed, Role
from tests.cast import NOON
from tests.factories import AuthorityFactory, TeamFactory

MONDAY = date(2026, 11, 23)


def test_a_system_administrator_adds_a_person_to_a_team(system_administrator, transferring_team):
    person = actions.add_person(
        authority=transferring_team.authority, email="New@example.org", name="New Worker", password="a new word here",
        by=system_administrator, at=NOON,
    )  # fmt: skip
    actions.add_membership(
        person=person, team=transferring_team, role=Role.SOCIAL_WORKER, starts_on=MONDAY,
        by=system_administrator, at=NOON,
    )  # fmt: skip

    assert person.email == "new@example.org"
    assert person.check_password("a new word here")
    assert person.may("request_transfer", team=transferring_team, on=MONDAY)


def test_history_says_who_and_when(system_administrator, social_worker):
    actions.close_account(person=social_worker, by=system_administrator, at=NOON)

    last = social_worker.history.latest()
    assert (last.history_user, last.history_date, last.is_active) == (system_administrator, NOON, False)
    assert not hasattr(last, "password")


def test_an_encoded_password_is_taken_as_it_is(social_worker):
    other = actions.add_person(
        authority=social_worker.authority, email="x@example.org", name="X", encoded_password=social_worker.password,
        by=None, at=NOON,
    )  # fmt: skip

    assert other.password == social_worker.password


@pytest.mark.parametrize("who", ["transferring_manager", "charlie"])
def test_nobody_else_changes_teams_people_or_the_calendar(request, who, social_worker, receiving_team):
    by = request.getfixturevalue(who)
    house = social_worker.authority
    held = social_worker.memberships.get()

    for refused in (
        lambda: actions.add_team(authority=house, code="x", name="X", by=by, at=NOON),
        lambda: actions.add_person(authority=house, email="x@example.org", name="X", by=by, at=NOON),
        lambda: actions.set_password(person=social_worker, password="changed", by=by, at=NOON),
        lambda: actions.close_account(person=social_worker, by=by, at=NOON),
        lambda: actions.add_closure_day(authority=house, on=MONDAY, reason="Inset", by=by, at=NOON),
        lambda: actions.end_membership(membership=held, ends_on=MONDAY, by=by, at=NOON),
        lambda: actions.add_membership(
            person=social_worker, team=receiving_team, role=Role.TEAM_MANAGER, starts_on=MONDAY, by=by, at=NOON
        ),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_person_changes_their_own_password(social_worker):
    actions.set_password(person=social_worker, password="another long word", by=social_worker, at=NOON)

    assert Person.objects.get(pk=social_worker.pk).check_password("another long word")


@pytest.mark.parametrize(
    ("who", "may"), [("social_worker", True), ("transferring_manager", True), ("receiving_manager", False),
                     ("charlie", False), ("system_administrator", True)],
)  # fmt: skip
def test_who_may_record_an_absence(request, who, may, social_worker, transferring_manager):
    by = request.getfixturevalue(who)
    words = {"person": social_worker, "deputy": transferring_manager, "starts_on": MONDAY, "ends_on": MONDAY}

    if may:
        assert actions.record_absence(**words, by=by, at=NOON).deputy == transferring_manager
    else:
        with pytest.raises(NotAllowed):
            actions.record_absence(**words, by=by, at=NOON)


def test_nobody_joins_a_team_of_another_council(social_worker):
    elsewhere = TeamFactory(authority=AuthorityFactory(code="lower-marsh"))

    with pytest.raises(NotAllowed):
        actions.add_membership(
            person=social_worker, team=elsewhere, role=Role.SOCIAL_WORKER, starts_on=MONDAY, by=None, at=NOON
        )


def test_a_closure_day_is_written_once(system_administrator):
    words = {"authority": system_administrator.authority, "on": MONDAY, "reason": "Offices closed"}
    actions.add_closure_day(**words, by=system_administrator, at=NOON)

    with pytest.raises(ValidationError):
        actions.add_closure_day(**words, by=system_administrator, at=NOON)


def test_a_registration_has_its_shape(system_administrator):
    with pytest.raises(ValidationError, match="valid value"):
        actions.add_person(
            authority=system_administrator.authority, email="x@example.org", name="X", registration="12",
            by=system_administrator, at=NOON,
        )  # fmt: skip


def test_an_authority_is_opened_with_its_name_as_its_logo(db):
    assert actions.add_authority(code="marsh", name="Marsh Council", pack="marsh", at=NOON).logo_text == "Marsh Council"
