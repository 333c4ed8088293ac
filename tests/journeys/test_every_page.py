"""Every page is opened in a browser, by somebody with every role and by each role alone: no finding of the checker, no
error in the console, nothing wider than the screen. The phone takes every third."""

import re

import pytest
from django.db import transaction

from teams.roles import Role
from tests.house.world import somebody
from tests.journeys.desk import DESKTOP, PHONE
from tests.journeys.lived_in import PAGES, a_lived_in_house, address, as_, page_at, who_sees

# What differs from one answer to the next of the same page: the numbers used once, and whose page it is
ONCE = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|(?s:<div class="app-header">.*?</nav>)')


@pytest.fixture
def house(site):
    with transaction.atomic():
        house = a_lived_in_house()
        house.everybody = somebody("Eve Rybody", house.teams, *Role.values)
        return house


def looked_at(desk, pages, person):
    """What the checker says of these pages, on a desk and on a phone in turn: {name: what is wrong}."""
    found, seats = {}, {size: desk(person, size) for size in (DESKTOP, PHONE)}
    for number, (name, where) in enumerate(pages):
        try:
            seats[PHONE if number % 3 == 2 else DESKTOP].open(where)
        except AssertionError as wrong:
            found[name] = str(wrong)[:600]
    print(f"\n{len(pages)} pages looked at")  # noqa: T201
    return found


def pages_of(house, every=1):
    return [(name, address(name, house)) for name in PAGES[::every]]


@pytest.mark.deep
def test_the_checker_finds_nothing_on_any_page(desk, house):
    client = as_(house, house.everybody)

    pages = pages_of(house)

    assert [where for name, where in pages if name != "teams:sign_in" and page_at(where, client) is None] == []
    assert looked_at(desk, pages, house.everybody) == {}


@pytest.mark.deep
def test_the_checker_finds_nothing_on_any_page_of_any_role(desk, house):
    """Each role alone: a page that another one was shown word for word is not looked at again."""
    seen, found, number = set(), {}, 0
    for role, person in house.people.items():
        pages, client = [], as_(house, person)
        for name, where in pages_of(house):
            page = None if who_sees(name, role) is False else page_at(where, client)
            if page and (words := ONCE.sub("", page)) not in seen:
                seen.add(words)
                pages.append((name, where))
        found |= {f"{name} as {role}": wrong for name, wrong in looked_at(desk, pages, person).items()}
        number += len(pages)

    assert found == {}
    assert number > len(PAGES)


def test_the_checker_finds_nothing_on_a_page_of_each_kind(desk, house):
    """Every eighth of the table; `make deep` looks at all of them."""
    as_(house, house.everybody)
    pages = pages_of(house, every=8)

    assert looked_at(desk, pages, house.everybody) == {}
    assert len(pages) > 15
