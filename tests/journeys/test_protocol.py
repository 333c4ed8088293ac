"""Somebody looks up a protocol: every council's browser and the route finder, on a desk and on a phone."""

import pytest

from casetransfer.protocols import authorities, pack_for
from tests.journeys.desk import DESKTOP, PHONE


def overlap(one, other):
    """Do two parts of a page lie on top of each other?"""
    return all(
        one[start] < other[start] + other[length] and other[start] < one[start] + one[length]
        for start, length in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("council", authorities())
def test_a_protocol_can_be_read_on_a_desk_and_on_a_phone(desk, social_worker, council):
    pack, long = pack_for(council), {"routes": DESKTOP, "timers": PHONE}
    readers = {size: desk(social_worker, size) for size in (DESKTOP, PHONE)}

    for size, reader in readers.items():
        reader.open(f"/protocol/{council}/").sees(pack.identity.name).picture(f"protocol-{council}-{size[0]}")
        reader.open(f"/protocol/{council}/code/{pack.route[0].code}/").sees(pack.route[0].name)
        page, contents = reader.page.locator(".app-book__page"), reader.page.locator(".app-book__contents")
        assert not overlap(page.bounding_box(), contents.bounding_box())
    for chapter, size in long.items():
        readers[size].open(f"/protocol/{council}/{chapter}/")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_route_finder_leads_from_a_few_answers_to_a_route_and_can_be_shared(desk, social_worker, size):
    reader = desk(social_worker, size).open("/protocol/havering/find/").sees("Give no names")

    for _ in range(5):
        form = reader.page.locator("form.app-ask")
        form.get_by_role("radio").or_(form.get_by_role("checkbox")).first.check()
        reader.press("Continue").sees("What you said")
    reader.picture(f"finder-{size[0]}").sees("So far:")
    found, shared = reader.page.locator("#answer-heading").inner_text(), reader.page.url

    desk(social_worker, size).open(shared).sees(found)
