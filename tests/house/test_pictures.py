"""The docs show every page that there is, and none that is gone; `make pictures` draws them."""

import re

from tests.house.samples import NO_PAGE
from tests.house.test_urls import ALL
from tests.journeys.pictures import DOCS, PICTURES, picture_of

WANTED = {picture_of(name, width) for name in set(ALL) - NO_PAGE for width in (1280, 390)}


def test_every_page_has_its_two_pictures_and_no_picture_is_left_over():
    assert {path.name for path in PICTURES.iterdir()} == WANTED


def test_the_docs_show_every_picture_once():
    shown = [name for page in DOCS.glob("*.md") for name in re.findall(r'pictures/pages/([^"]+)"', page.read_text())]

    assert sorted(shown) == sorted(WANTED)


def test_what_is_said_to_be_no_page_is_an_address():
    assert set(ALL) >= NO_PAGE
