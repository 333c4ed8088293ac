"""A day of each role, on a desk and on a phone, with what it costs in clicks, keys and seconds. `make pictures` keeps
what the screen shows for the docs."""

import re
import time
from contextlib import contextmanager

import pytest
from django.utils.timezone import now

from tests.cases.walkers import open_case
from tests.closures.walkers import at_turn, started
from tests.journeys import scenes
from tests.journeys.desk import DESKTOP, PHONE

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def people(site):
    return scenes.a_council()


@contextmanager
def counted(at_desk, what, most):
    """How many clicks, boxes and keys it took, and how long: printed, and never more than it may."""
    at_desk.acts, began = 0, time.monotonic()
    yield
    print(f"\n{what}: {at_desk.acts} interactions (at most {most}), {time.monotonic() - began:.1f} s")  # noqa: T201
    assert at_desk.acts <= most


@SIZES
def test_a_social_worker_sees_what_is_due_and_asks_for_a_transfer(desk, people, size):
    case = scenes.a_case_to_move(people)
    sam = desk(people.sam, size)

    sam.open("/").sees("My cases (1)", "Testcase Maple").follow("Testcase Maple").sees("What happens next")
    with counted(sam, "Asking for a transfer, from the page of the case", 8):
        sam.follow("Ask for a transfer")
        sam.page.get_by_role("radio").first.check()
        sam.acted().press("Ask for it").sees("The transfer is asked for.")
    sam.open(f"{case.get_absolute_url()}journey/").sees("The journey in words").picture(f"journey-{size[0]}")
    sam.open("/cases/?worker=mine").sees("1 case").follow("Testcase Maple").follow("Cases").sees("1 case")
    sam.open("/").for_the_docs(f"social-worker-{size[0]}")
    if size == DESKTOP:
        moving = scenes.after_its_conference(scenes.a_case_to_move(people, "Rowan"))
        sam.open(moving.get_absolute_url()).sees("Ask for a transfer").for_the_docs("case")


@SIZES
def test_a_manager_agrees_to_a_transfer_and_names_a_worker(desk, people, size):
    scenes.asked_for(people, scenes.a_case_to_move(people))
    ravi = desk(people.ravi, size)

    ravi.open("/").sees("Waiting for me: 1").for_the_docs(f"manager-{size[0]}")
    with counted(ravi, "Agreeing and naming a worker, from the home page", 4):
        ravi.follow("Testcase Maple").select("Who takes the case (optional)", "Nia Receiver").press("Agree")
        ravi.sees("The transfer is agreed.")
    ravi.open("/reports/").sees("How the teams stand", "Under 12").picture(f"reports-{size[0]}")


def test_a_manager_agrees_by_keyboard_alone(desk, people):
    scenes.asked_for(people, scenes.a_case_to_move(people))
    ravi = desk(people.ravi).open("/")

    ravi.key("j", "Enter")
    ravi.page.wait_for_url("**/agree/**")
    tab_to(ravi, "Who takes the case (optional)").key("n")
    tab_to(ravi, "Agree").key("Enter").sees("The transfer is agreed.")


def tab_to(at_desk, name):
    """Tab on until the box or button of that name has the focus."""
    for _ in range(80):
        at_desk.key("Tab")
        focused = at_desk.page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0]?.innerText || e.innerText || '').trim() }"
        )
        if focused == name:
            return at_desk
    raise AssertionError(f"No way by Tab to {name}")


@SIZES
def test_a_service_manager_sees_who_is_overloaded_and_decides_otherwise(desk, people, size):
    case = scenes.a_case_to_move(people)
    vera = desk(people.vera, size)

    vera.open("/").for_the_docs(f"service-manager-{size[0]}")
    vera.open("/reports/").sees("Deadlines by team", "Without a worker").for_the_docs(f"reports-{size[0]}")
    vera.open(case.get_absolute_url()).follow("Decide otherwise than the protocol").sees("for this child")


def test_business_support_closes_twelve_cases_in_a_row_by_keyboard(desk, people):
    """HAV-CLS-5. One letter ticks the line, Enter hands it on."""
    for number in range(12):
        case = open_case(people.assessment, given_name="Testcase", family_name=f"Alder{number:02}")
        at_turn(3, started(case, at=now()), at=now())
    ada = desk(people.ada).open("/closures/").sees("12 closings").for_the_docs("business-support-1280")

    with counted(ada, "Closing twelve cases by keyboard", 12 * 8):
        for left in range(12, 0, -1):
            ada.key("g", "l")
            ada.page.wait_for_url("**/closures/")
            ada.sees(f"{left} closing").key("j", "Enter")
            ada.page.wait_for_url("**/closures/CL-*/")
            tab_to_main(ada)
            ada.page.wait_for_url("**/part/")
            ada.key("x", "Enter").sees("The case is closed.")


def tab_to_main(at_desk):
    """The one main button of the page."""
    at_desk.page.locator(".app-next .govuk-button").focus()
    return at_desk.key("Enter")


def test_a_long_closing_checklist_takes_a_key_for_each_line_and_few_more(desk, site):
    """NN-4.2: the team manager's lines in the record system, all of them ticks."""
    people = scenes.a_council("northamptonshire", "csst")
    case = open_case(people.assessment, worker=people.sam, given_name="Testcase", family_name="Aspen")
    closure = at_turn(3, started(case, "NN-CLO-CLOSE", at=now()), at=now())
    scenes.all_is_told(case.notices, people.sam)
    tess = desk(people.tess).open(f"{closure.get_absolute_url()}part/")
    lines = tess.page.locator(".app-lines__done input[type=checkbox]").count()

    with counted(tess, f"A closing checklist of {lines} lines, in keys", lines + 5):
        tess.key(*"x" * lines, "Enter")
        tess.page.wait_for_url("**/closures/CL-*/")
        tess.sees("The case is closed.")
    assert lines >= 9


@SIZES
def test_the_front_door_works_through_contacts_by_rating(desk, people, size):
    scenes.contacts(people)
    fay = desk(people.fay, size)

    fay.open("/contacts/").sees("Late by").for_the_docs(f"front-door-{size[0]}").follow("See them as a list")
    fay.select("Order", "Least time left first").press("Show").sees("4 contacts").follow("Sample Rowan3")
    with counted(fay, "Rating a contact", 3):
        fay.press("Rate this contact").choose("Red").press("Save")


@SIZES
def test_an_auditor_finds_who_looked_at_a_child(desk, people, size):
    case = scenes.a_case_to_move(people)
    desk(people.sam).open(case.get_absolute_url())
    otto = desk(people.otto, size)

    with counted(otto, "Finding who looked at a case", 4):
        otto.open("/audit/").fill("Record", case.reference).press("Find")
    otto.sees("Sam Worker").for_the_docs(f"auditor-{size[0]}")


@SIZES
def test_a_system_administrator_brings_in_a_team_and_lets_a_leaver_go(desk, people, size):
    administrator = desk(people.sys, size)

    administrator.open("/settings/").for_the_docs(f"system-administrator-{size[0]}").follow(
        re.compile("^Teams$")
    ).follow("Add a team")
    administrator.fill("Name of the team", "Under 12 East").select("What the protocol calls it", "Under 12")
    administrator.choose("Holds cases").press("Add the team").sees("The team is added.", "Under 12 East")
    administrator.open("/settings/people/").follow("Nia Receiver").sees("Social worker in Under 12")
    administrator.open("/settings/look/").fill("Colour behind it", "#00703c").press("Save").sees("is changed")


def test_recent_cases_and_the_number_of_a_transfer_are_one_step_away(desk, people):
    case = scenes.a_case_to_move(people)
    transfer = scenes.asked_for(people, case)
    sam = desk(people.sam)

    sam.open(case.get_absolute_url()).key("/")
    sam.page.keyboard.type(transfer.reference)
    sam.key("Enter").page.wait_for_url(f"**{transfer.get_absolute_url()}")
    sam.open("/cases/found/").sees("Cases you opened last", "Testcase Maple")
