"""Marked children are planted in another council, in restricted records and where the walker has a conflict of
interest, tied to everything that pages show. Then every page that each role can walk to, search, lists, counts, files
and e-mails included, is read for the mark."""

import re
from collections import Counter, deque

import pytest
from django.urls import reverse

from cases import actions
from cases.models import MailboxMessage, Notice
from teams.roles import PERMISSIONS_OF, Permission, Role
from tests.cast import NOON
from tests.factories import TeamFactory
from tests.house.planted import ELSEWHERE, RELATED, RESTRICTED, plant, send_all
from tests.house.test_urls import ALL, CLOSED
from tests.house.test_words import SNAKE
from tests.house.world import browser_of, somebody

pytestmark = pytest.mark.django_db

LISTS = sorted(reverse(name) for name in CLOSED if not ALL[name].pattern.converters and name != "teams:sign_out")
ASKED = [
    "/cases/?q=Hawth", "/contacts/list/?q=Hawth", "/cases/?file=csv", "/contacts/list/?file=csv", "/closures/?show=all&file=csv",
    "/transfers/?show=all&file=csv", "/cases/?order=due",
    "/closures/?show=all", "/notices/?show=all", "/notices/deadlines/?show=all", "/mailbox/?to=example",
    "/radar/?view=leaving", "/transfers/?show=all",
]  # fmt: skip
WORDS = ("Foxglovesh", "Hawthor", "Sycamor", "Planted")
LINK = re.compile(r'(?:href|action|hx-get|src)="(/[^"#]*)"')
KIND = re.compile(r"[A-Z]{2}-\d+|\d+|(?<=^/protocol/).+")
TAGS = re.compile(r"<[^>]*>")
OF_A_KIND, MOST = 2, 110


@pytest.fixture(scope="module")
def planted(house):
    """Which cases were planted, by mark. The walkers are of both teams that hold them."""
    far = house.neighbour.memberships.get().team
    beside = TeamFactory(authority=far.authority, code="u12", name="Team beside Charlie's")
    team, receiving = house.transferring_team, house.team
    found = {
        ELSEWHERE: plant(ELSEWHERE, far, beside, house.neighbour, listed=True),
        RESTRICTED: plant(RESTRICTED, team, receiving, house.manager, listed=True, restricted=True),
        RELATED: plant(RELATED, team, receiving, house.manager, listed=True),
    }
    family = actions.add_family(authority=house.authority, by=None, at=NOON)
    for child in (house.case.child, found[RESTRICTED][0].child):
        actions.join_family(child=child, family=family, by=None, at=NOON)
    send_all()
    return found


@pytest.fixture
def walker(house, planted):
    """walker(role) -> a browser of somebody in both teams, related to the one family."""

    def of_role(role: str):
        person = somebody("Wal Ker", [house.transferring_team, house.team], role)
        for case in planted[RELATED]:
            actions.record_conflict(case=case, person=person, by=person, at=NOON)
        return browser_of(person)

    return of_role


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def codes_in(address: str, text: str) -> list[str]:
    """Names of the house that a page shows to people: "in_handover" for "In handover". Files, the protocol's own codes
    and what the page of components says of itself aside."""
    if "<html" not in text or address.startswith("/protocol/"):
        return []
    seen = TAGS.sub(" ", re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", text))
    return SNAKE.findall(re.sub(r"\S+@\S+|https?://\S+", " ", seen))


def walk(client, doors):
    """Every page within reach, each kind of address a few times: (address, text)."""
    waiting, seen, kinds = deque(doors), set(doors), Counter()
    while waiting and kinds.total() < MOST:
        address = waiting.popleft()
        kind = KIND.sub("*", address.split("?")[0])
        if address.startswith(("/static/", "/sign-out/")) or (address not in doors and kinds[kind] >= OF_A_KIND):
            continue
        kinds[kind] += 1
        response = client.get(address)
        assert "no-store" in response["Cache-Control"], address
        text = text_of(response)
        yield address, text
        for link in LINK.findall(text.replace("&amp;", "&")):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


@pytest.mark.parametrize("role", Role.values)
def test_no_page_shows_a_child_out_of_scope(house, planted, walker, role):
    guards = Permission.ALLOCATE_CASE in PERMISSIONS_OF[role]
    marks = [ELSEWHERE, RELATED] if guards else [ELSEWHERE, RELATED, RESTRICTED]
    client = walker(role)

    pages = [("search", text_of(client.post("/cases/search/", {"q": words}, follow=True))) for words in WORDS]
    for place in ("/closures/?show=all", "/contacts/list/"):
        pages += [(place, text_of(client.post(place, {"q": words}, follow=True))) for words in (*WORDS, "")]
    pages += walk(client, LISTS + ASKED)

    assert len(pages) > len(LISTS + ASKED)
    assert [(address, mark) for address, text in pages for mark in marks if mark in text] == []
    assert [(address, word) for address, text in pages for word in codes_in(address, text)] == []


def test_no_email_names_a_child(planted):
    sent = MailboxMessage.objects.values_list("title", "body")

    kinds = Notice.objects.filter(delivery="sent", channel="email").values_list("code", flat=True)
    assert {"CONTACT-PASSED-ON", "HAV-N1", "restricted_opened"} <= set(kinds)
    assert [title for title, body in sent if any(mark in title + body for mark in planted)] == []
