"""The database is the last honest person: it refuses what no action would write."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from teams.models import Absence, Authority, Membership, Person, Team
from teams.roles import Role
from tests.factories import AuthorityFactory, MembershipFactory, PersonFactory, TeamFactory

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_one_role_in_one_team_cannot_be_held_twice_at_once():
    held = MembershipFactory(starts_on=MONDAY, ends_on=MONDAY + 7 * DAY)

    with refused("membership_does_not_overlap"):
        MembershipFactory(person=held.person, team=held.team, role=held.role, starts_on=MONDAY + 7 * DAY)


def test_a_role_may_be_taken_up_again_the_day_after():
    held = MembershipFactory(starts_on=MONDAY, ends_on=MONDAY + 7 * DAY)

    MembershipFactory(person=held.person, team=held.team, role=held.role, starts_on=MONDAY + 8 * DAY)

    assert held.person.memberships.count() == 2


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("membership_ends_after_it_starts", {"starts_on": MONDAY, "ends_on": MONDAY - DAY}),
        ("membership_role_is_known", {"role": "king"}),
    ],
)
def test_a_membership_that_makes_no_sense_is_refused(constraint, words):
    with refused(constraint):
        MembershipFactory(**words)


def test_nobody_works_for_another_council():
    stranger = PersonFactory(authority=AuthorityFactory(code="lower-marsh"))

    with refused("different authorities"):
        MembershipFactory(person=stranger, team=TeamFactory())


def test_a_deputy_works_for_the_same_council():
    stranger = PersonFactory(authority=AuthorityFactory(code="lower-marsh"))

    with refused("different authorities"):
        Absence.objects.create(person=PersonFactory(), deputy=stranger, starts_on=MONDAY, ends_on=MONDAY)


def test_a_person_never_moves_to_another_council():
    person = PersonFactory()
    person.authority = AuthorityFactory(code="lower-marsh")

    with refused("never moves"):
        person.save()


def test_nobody_deputises_for_themselves():
    person = PersonFactory()

    with refused("absence_deputy_is_somebody_else"):
        Absence.objects.create(person=person, deputy=person, starts_on=MONDAY, ends_on=MONDAY)


def test_two_people_cannot_share_an_address_in_other_capitals():
    PersonFactory(email="robin@example.org")

    with refused("person_email_unique"):
        PersonFactory(email="Robin@example.org")


@pytest.mark.parametrize("words", [{"colour": "red"}, {"name": ""}])
def test_an_authority_has_a_name_and_a_colour(words):
    with refused("authority_"), transaction.atomic():
        AuthorityFactory(code="nowhere", **words)


@pytest.mark.parametrize(("colour", "text"), [("#ffdd00", "#0b0c0c"), ("#006b54", "#ffffff"), ("#0b0c0c", "#ffffff")])
def test_words_on_the_councils_colour_can_be_read(colour, text):
    assert Authority(colour=colour).text_colour == text


def test_a_deputy_may_do_what_the_absent_manager_may(transferring_manager, social_worker, transferring_team):
    Absence.objects.create(person=transferring_manager, deputy=social_worker, starts_on=MONDAY, ends_on=MONDAY)

    assert social_worker.may("decide_transfer", team=transferring_team, on=MONDAY)
    assert not social_worker.may("decide_transfer", team=transferring_team, on=MONDAY + DAY)


def test_somebody_who_left_the_team_may_nothing():
    held = MembershipFactory(role=Role.TEAM_MANAGER, starts_on=MONDAY, ends_on=MONDAY)

    assert held.person.permissions(MONDAY)
    assert held.person.permissions(MONDAY + DAY) == frozenset()


def test_a_closed_account_may_nothing(transferring_manager):
    transferring_manager.is_active = False

    assert transferring_manager.permissions(MONDAY) == frozenset()
    assert not transferring_manager.may("decide_transfer", team=Team.objects.get(), on=MONDAY)


def test_people_and_teams_of_another_council_are_not_visible(charlie, social_worker, transferring_team):
    assert list(Person.objects.visible_to(charlie)) == [charlie]
    assert transferring_team not in Team.objects.visible_to(charlie)


def test_who_works_in_a_team_and_which_teams_a_person_has(social_worker, transferring_manager, transferring_team):
    assert set(Person.objects.working_in(transferring_team, MONDAY)) == {social_worker, transferring_manager}
    assert list(Team.objects.of(social_worker, MONDAY)) == [transferring_team]
    assert Membership.objects.current(MONDAY).count() == 2
