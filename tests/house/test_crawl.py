"""A marked child is planted in another council and in a restricted record; then every page that each role can walk to,
search and export included, is read for the mark."""

import re
from collections import deque

import pytest

from teams.roles import PERMISSIONS_OF, Permission, Role
from tests.cases.walkers import open_case
from tests.cast import a_person
from tests.factories import MembershipFactory

pytestmark = pytest.mark.deep

ELSEWHERE, HIDDEN = "Foxgloveshire", "Hawthorn"  # the second is the house's restricted child
DOORS = [
    "/",
    "/cases/search/?q=Foxglov",
    "/cases/search/?q=Hawth",
    "/cases/?q=Hawth",
    "/cases/found/?q=Foxglov",
    "/radar/",
    "/mailbox/",
]
LINK = re.compile(r'(?:href|action|hx-get|src)="(/[^"#]*)"')
MOST = 90


def walk(client):
    """Every page within reach, each kind of address a few times: (address, text)."""
    waiting, seen, kinds = deque(DOORS), set(DOORS), {}
    while waiting and len(seen) < 4 * MOST and sum(kinds.values()) < MOST:
        address = waiting.popleft()
        kind = re.sub(r"[A-Z]{2}-\d+|\d+", "*", address.split("?")[0])
        if kinds.get(kind, 0) >= 3 or address.startswith(("/static/", "/sign-out/")):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        response = client.get(address)
        text = b"".join(response.streaming_content).decode() if response.streaming else response.text
        yield address, text
        for link in LINK.findall(text.replace("&amp;", "&")):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


@pytest.mark.parametrize("role", Role.values)
def test_no_page_shows_a_child_out_of_scope(house, charlie, signed_in, time_machine, role):
    time_machine.move_to("2026-11-23T17:00:00Z", tick=False)
    open_case(charlie.memberships.get().team, given_name="Marked", family_name=ELSEWHERE)
    person = a_person(f"Walker {role}".replace("_", " "), house.closure.case.responsible_team, role)
    MembershipFactory(person=person, team=house.case.responsible_team, role=role)
    marks = [ELSEWHERE] if Permission.ALLOCATE_CASE in PERMISSIONS_OF[role] else [ELSEWHERE, HIDDEN]

    client = signed_in(person)
    found = [
        ("search", client.post("/cases/search/", {"q": words}, follow=True).text)
        for words in ("Foxglov", "Hawth", "Marked")
    ]
    pages = found + list(walk(client))

    assert len(pages) > 5
    assert [(address, mark) for address, text in pages for mark in marks if mark in text] == []
