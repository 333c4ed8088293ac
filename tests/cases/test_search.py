"""A child is found by what people have at hand: a reference, a number, a birthday, or a name as they heard it."""

from datetime import date

import pytest

from cases import actions
from cases.models import Case
from cases.search import matching, search_for
from tests.cases.walkers import open_case
from tests.cast import NOON
from tests.factories import TeamFactory


@pytest.fixture
def team(db):
    return TeamFactory()


def found(words):
    return [case.child.name for case in matching(Case.objects.all(), words)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë Mockridge", "zoe mockridge"),
        ("Renée O'Dummy", "renee odummy"),
        ("Renée ODummy", "O\u2019Dummy"),
        ("Mohammed Testerly", "Muhammad"),
        ("Sian Sampleton", "Sampelton"),
        ("Catherine Fauxley", "Katherine Foxley"),
        ("Philip Demoson", "Filip Demosen"),
        ("Ngozi Placeholder-Smith", "placeholder"),
        ("Ewan Specimen", "spec"),
        ("Kezia Example", "Example Kezia"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(team, name, typed):
    given, family = name.split(" ", 1)
    open_case(team, given_name=given, family_name=family)
    open_case(team, given_name="Otto", family_name="Lindqvist")

    assert found(typed) == [name]


def test_the_best_match_comes_first(team):
    open_case(team, given_name="Maple", family_name="Johnson")
    open_case(team, given_name="Maple", family_name="Jonson")

    assert found("maple jonson") == ["Maple Jonson", "Maple Johnson"]


def test_another_name_finds_the_child_too(team):
    open_case(team, given_name="Testcase", family_name="Maple", also_known_as="Birdie")

    assert found("birdie") == ["Testcase Maple"]


@pytest.mark.parametrize("typed", ["4/5/2016", "04.05.2016", "2016-05-04", "Maple 4/5/2016"])
def test_a_birthday_finds_those_born_on_it(team, typed):
    open_case(team, given_name="Testcase", family_name="Maple", date_of_birth=date(2016, 5, 4))
    open_case(team, given_name="Testcase", family_name="Mapleson", date_of_birth=date(2016, 4, 5))

    assert found(typed) == ["Testcase Maple"]


def test_references_and_numbers_find_one_child(team):
    case = open_case(team, given_name="Testcase", family_name="Maple")
    open_case(team)
    actions.add_identifier(child=case.child, kind="legacy_id", value="OLD-77", source="Old system", by=None, at=NOON)

    by_each = [found(words) for words in (case.reference, case.reference.lower(), case.child.reference, "old-77")]

    assert by_each == [["Testcase Maple"]] * 4


@pytest.mark.parametrize("typed", ["", "   ", "???", "31/2/2016", "%%%", "'; DROP TABLE cases_case; --"])
def test_nonsense_finds_nobody(team, typed):
    open_case(team)

    assert found(typed) == []


def test_nobody_finds_what_they_may_not_see(social_worker, transferring_team, receiving_team, charlie):
    open_case(receiving_team, given_name="Testcase", family_name="Maple")
    mine = open_case(transferring_team, given_name="Testcase", family_name="Maple")

    assert list(search_for(social_worker, "Maple")) == [mine]
    assert list(search_for(charlie, "Maple")) == []


def test_the_number_of_one_thing_leads_straight_to_it(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, given_name="Testcase", family_name="Maple")

    answer = signed_in(social_worker).post("/cases/search/", {"q": f" {case.reference.lower()} "})

    assert answer.url == case.get_absolute_url()


def test_the_number_of_a_thing_out_of_sight_leads_to_an_empty_search(signed_in, charlie, transferring_team):
    case = open_case(transferring_team, given_name="Testcase", family_name="Maple")

    answer = signed_in(charlie).post("/cases/search/", {"q": case.reference})

    assert answer.url == "/cases/found/"
