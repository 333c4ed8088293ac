"""Pages are laid out from components, and every component is shown, in its states, on one page."""

import re

import pytest
from django.template import engines
from django.test import RequestFactory

from casetransfer import help_pages
from casetransfer.gallery import GalleryForm, SmallForm
from tests.house.source import ROOT

TEMPLATES = ROOT / "templates"
COMPONENTS = TEMPLATES / "components"
GALLERY = TEMPLATES / "help" / "components.jinja"
PAGES = sorted(
    path for path in TEMPLATES.rglob("*.jinja")
    if path.parent.name not in {"components", "fields", "layouts", "emails", "letters"} and path != GALLERY
)  # fmt: skip
ONE_OFF = re.compile(r"<(table|dl|details|svg|dialog|fieldset|input(?! type=\"hidden\")|select|textarea)\b")
MACRO = re.compile(r"{% macro (\w+)\(")

# Drawn with the list, the line or the picture that they are part of
PARTS = {"cell_of", "keeping", "picture", "line", "part_lines", "reference", "basis_word", "route_lines", "more_than"}


def macros() -> dict[str, str]:
    return {name: path.name for path in COMPONENTS.glob("*.jinja") for name in MACRO.findall(path.read_text())}


def test_every_component_is_shown_on_the_page_of_components():
    text = GALLERY.read_text()
    called = set(re.findall(r"\b(\w+)\(", text))
    renamed = dict(re.findall(r"(\w+) as (\w+)", text))

    missing = [name for name in macros() if renamed.get(name, name) not in called and name not in PARTS]

    assert missing == []


def test_every_field_is_shown_on_the_page_of_components():
    shown = {field.template_name for form in (GalleryForm(), SmallForm()) for field in form.fields.values()}

    assert shown == {str(path.relative_to(TEMPLATES)) for path in (COMPONENTS / "fields").glob("*.jinja")}


def test_the_page_of_components_draws_every_state(social_worker):
    request = RequestFactory().get("/help/components/")
    request.user, request.session, request._messages = social_worker, {}, []

    page = help_pages.gallery(request).text

    for words in ("The chronology is missing.", "Nothing is due.", "Restricted", "Overdue", "There is a problem"):
        assert words in page


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_page_lays_out_components_and_has_no_markup_of_its_own(path):
    found = [one[0] for one in ONE_OFF.finditer(path.read_text())]

    assert found == []


def test_every_component_is_used_by_a_page():
    used = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.jinja") if path != GALLERY)

    assert [name for name in macros() if used.count(f"{name}(") + used.count(f"{name} ") < 2] == []


def test_every_template_of_a_component_can_be_imported():
    for path in COMPONENTS.glob("*.jinja"):
        engines.all()[0].get_template(f"components/{path.name}")
