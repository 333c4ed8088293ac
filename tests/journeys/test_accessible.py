"""What a checker cannot see, looked for on the pages that people live in."""

from itertools import pairwise

import pytest

from tests.journeys import scenes
from tests.journeys.desk import PHONE

HEADINGS = (
    "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(e => e.checkVisibility()).map(e => +e.tagName[1])"
)
SMALL = """() => [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden])')]
  .filter(e => e.checkVisibility() && !e.closest('.govuk-skip-link, p, li, dd, td, th, .app-clauses, .govuk-error-summary, svg'))
  .map(e => [e, (e.labels?.[0] && ['checkbox', 'radio'].includes(e.type) ? e.labels[0] : e).getBoundingClientRect()])
  .filter(([e, box]) => box.width > 1 && (box.width < 24 || box.height < 23.5))
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
NAMELESS = """() => [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden]), textarea, [role=img]')]
  .filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.labels?.length || e.innerText?.trim() || e.textContent.trim()))
  .map(e => e.outerHTML.slice(0, 90))"""
VAGUE = """() => [...document.querySelectorAll('a[href]')].map(e => e.textContent.trim().toLowerCase())
  .filter(words => ['here', 'click here', 'more', 'link', 'read more'].includes(words))"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOST = """() => [...document.querySelectorAll('.govuk-error-summary a')].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)"""
UNSEEN = """() => [...document.querySelectorAll('a[href], button')].filter(e => e.checkVisibility() && getComputedStyle(e).color === getComputedStyle(document.body).backgroundColor && getComputedStyle(e).backgroundColor === getComputedStyle(document.body).backgroundColor).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture
def people(site):
    return scenes.a_council()


def pages_of(people):
    """Who looks at which pages."""
    case = scenes.a_case_to_move(people)
    transfer = scenes.asked_for(people, case)
    contact = scenes.contacts(people)[-1]
    of_case = [
        f"{case.get_absolute_url()}{page}" for page in ("", "journey/", "family/", "events/", "facts/", "history/")
    ]
    return {
        people.sam: ["/", "/cases/", *of_case, f"{case.get_absolute_url()}events/book/", "/help/", "/account/keys/"],
        people.ravi: [transfer.get_absolute_url(), f"{transfer.get_absolute_url()}agree/", "/radar/", "/reports/", "/"],
        people.ada: ["/closures/", "/transfers/", "/notices/"],
        people.fay: ["/contacts/", "/contacts/list/", contact.get_absolute_url(), "/contacts/record/"],
        people.otto: ["/audit/"],
        people.sys: ["/settings/", "/settings/people/", "/help/accessibility/", "/help/changes/"],
    }


def test_headings_names_targets_and_reflow(desk, people):
    """Headings go down a step at a time; whatever is pressed has a name and is 24 pixels large, unless it stands in a
    sentence, a list of links or a drawing whose table stands beside it; at 400% nothing needs to be moved sideways."""
    found = {}
    for person, pages in pages_of(people).items():
        at_desk = desk(person)
        for page in pages:
            at_desk.page.set_viewport_size({"width": 1280, "height": 900})
            at_desk.page.goto(page)
            levels = at_desk.page.evaluate(HEADINGS)
            jumps = [(one, two) for one, two in pairwise(levels) if two > one + 1]
            wrong = [("headings", levels)] if levels.count(1) < 1 or levels[0] != 1 or jumps else []
            for name, rule in (("nameless", NAMELESS), ("vague", VAGUE), ("small", SMALL)):
                wrong += [(name, one) for one in at_desk.page.evaluate(rule)]
            at_desk.page.set_viewport_size({"width": 320, "height": 256})
            if at_desk.page.evaluate(WIDE) > 1:
                wrong.append(("sideways at 320", at_desk.page.evaluate(WIDE)))
            if wrong:
                found[page] = wrong

    assert found == {}


@pytest.mark.parametrize(
    "fault",
    ["<img src='/static/favicon.svg'>", "<label for='nowhere'>A box</label><input>", "<p id='main-content'>Twice</p><a href='#' id='main-content'></a>"],
    ids=["a picture without words", "a box without a name", "a link without words"],
)  # fmt: skip
def test_a_page_that_was_checked_is_checked_again_when_there_is_something_new_on_it(desk, site, fault):
    at_desk = desk().open("/sign-in/").open("/sign-in/")

    at_desk.page.evaluate("(html) => document.querySelector('main').insertAdjacentHTML('beforeend', html)", fault)
    with pytest.raises(AssertionError, match="/sign-in/"):
        at_desk.look()


def test_an_error_has_the_focus_and_leads_to_its_box(desk, people):
    fay = desk(people.fay, PHONE).open("/contacts/record/").press("Record the contact").sees("There is a problem")

    assert fay.page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    assert fay.page.title().startswith("Error: ")
    assert fay.page.evaluate(LOST) == []
    for link in fay.page.locator(".govuk-error-summary a").all():
        link.click()
        target = (link.get_attribute("href") or "")[1:]
        assert fay.page.evaluate("document.activeElement.id") == target
    described = "() => document.activeElement.getAttribute('aria-describedby') || document.activeElement.closest('fieldset').getAttribute('aria-describedby')"
    assert "error" in fay.page.evaluate(described)


def test_the_first_key_offers_to_skip_to_the_page_and_the_order_is_that_of_the_eye(desk, people):
    sam = desk(people.sam).open("/cases/").key("Tab")
    assert sam.page.evaluate("document.activeElement.className").startswith("govuk-skip-link")

    places = []
    for _ in range(40):
        sam.key("Tab")
        places.append(
            sam.page.evaluate(
                "(e => e.closest('header, .app-header, .govuk-service-navigation, main, .app-footer')?.className.split(' ')[0] || e.tagName)(document.activeElement)"
            )
        )
    order = list(dict.fromkeys(places))

    assert order[:3] == ["app-header", "govuk-service-navigation", "govuk-main-wrapper"]


def test_single_keys_wait_while_somebody_types_and_can_be_turned_off(desk, people):
    sam = desk(people.sam).open("/cases/").key("?")
    sam.sees("Keyboard shortcuts").look().key("Escape", "/")
    sam.page.keyboard.type("g?h")
    assert sam.page.locator("#search").input_value() == "g?h"
    assert not sam.page.locator("dialog[open]").count()

    sam.open("/account/keys/").page.get_by_label("Use single keys to move about").uncheck()
    sam.press("Save").sees("Your choice is kept.").open("/cases/").key("?")

    assert not sam.page.locator("dialog[open]").count()


def test_forced_colours_leave_everything_to_be_seen(desk, people):
    scenes.asked_for(people, scenes.a_case_to_move(people))
    ravi = desk(people.ravi)
    ravi.page.emulate_media(forced_colors="active")
    for page in ("/", "/reports/", "/cases/"):
        ravi.page.goto(page)
        assert ravi.page.evaluate(UNSEEN) == []
        edges = ravi.page.locator(".app-bars__part").evaluate_all("all => all.map(e => getComputedStyle(e).stroke)")
        assert all(edge != "none" for edge in edges)
    ravi.picture("forced-colours")
