"""Every address of the table is opened once by somebody with every role, in a browser: no finding of the checker, no error
in the console, nothing wider than the screen. The phone takes every third."""

import pytest
from django.test import Client
from django.utils.timezone import now

from teams import actions
from teams.roles import Role
from tests.house.samples import PUBLIC
from tests.house.test_urls import ALL, CLOSED, address_of
from tests.house.world import a_house, somebody
from tests.journeys.desk import DESKTOP, PHONE

NOT_PAGES = {"teams:sign_out", "teams:to_directory", "teams:from_directory"}


@pytest.fixture
def everybody(site):
    """A house with one of everything, and one person in all of its roles."""
    house = a_house()
    house.person_of_all = somebody("Eve Rybody", [house.transferring_team, house.team], *Role.values)
    house.draft = actions.keep_draft(
        person=house.person_of_all, path="/contacts/record/", boxes={"says": ["Typed before."]}, at=now()
    )
    house.view = actions.keep_view(
        person=house.person_of_all, place="cases", name="Mine", query="worker=mine", by=house.person_of_all, at=now()
    )
    return house


def pages_in(house):
    """The addresses that answer with a page: (name, address)."""
    client = Client()
    client.force_login(house.person_of_all, backend="django.contrib.auth.backends.ModelBackend")
    for name in sorted((set(CLOSED) | PUBLIC) & set(ALL) - NOT_PAGES):
        address = address_of(name, house)
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield name, address


def looked_at(desk, everybody, every):
    """What the checker says of every so-manieth page, on a desk and on a phone in turn."""
    found, seats = {}, {size: desk(everybody.person_of_all, size) for size in (DESKTOP, PHONE)}
    pages = list(pages_in(everybody))[::every]
    for number, (name, address) in enumerate(pages):
        try:
            seats[PHONE if number % 3 == 2 else DESKTOP].open(address)
        except AssertionError as wrong:
            found[name] = str(wrong)[:600]
    print(f"\n{len(pages)} pages looked at")  # noqa: T201
    return len(pages), found


@pytest.mark.deep
def test_the_checker_finds_nothing_on_any_page(desk, everybody):
    number, found = looked_at(desk, everybody, 1)

    assert found == {}
    assert number > 120


def test_the_checker_finds_nothing_on_a_page_of_each_kind(desk, everybody):
    """Every eighth of the table; `make deep` looks at all of them."""
    number, found = looked_at(desk, everybody, 8)

    assert found == {}
    assert number > 15
