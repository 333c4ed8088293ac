import re

import pytest
from django.template import engines

from casetransfer.navigation import ENTRIES, SEARCH_PAGE
from tests.house.source import ROOT

TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.jinja"))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_can_be_read(name):
    engines.all()[0].get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_asks_for_nothing_that_the_browser_would_refuse(name):
    """The content security policy allows no inline style and no inline script without the page's own number."""
    text = (TEMPLATES / name).read_text()

    assert not re.search(r"\sstyle=|\son(click|change|submit|load)=", text)
    assert all("nonce=" in tag for tag in re.findall(r"<(?:script|style)[^>]*>", text))


def test_every_place_in_the_navigation_exists(client):
    from django.urls import reverse

    assert all(reverse(page) for page in [entry.page for entry in ENTRIES] + [SEARCH_PAGE] if page)
