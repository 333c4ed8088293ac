"""A session ends in the middle of a long form. Nothing that was typed is lost."""

import time
from importlib import import_module

from django.conf import settings
from playwright.sync_api import expect

from cases.models import Contact
from tests.journeys import scenes
from tests.journeys.desk import DESKTOP, PHONE


def end_the_session_of(at_desk):
    """As if nothing had been done for an hour."""
    key = next(one["value"] for one in at_desk.page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    session["seen"] = session["began"] = time.time() - 3600
    session.save()


def test_what_was_typed_into_a_long_form_is_there_after_signing_in_again(desk, site):
    people = scenes.a_council()
    for size in (DESKTOP, PHONE):
        fay = desk(people.fay, size).open("/contacts/record/")
        fay.fill("Given name of the child", "Testcase").choose("By phone").select("Who made the contact", "Police")
        fay.fill("What the contact is about", f"Seen alone at the station, twice. {size[0]}")
        end_the_session_of(fay)

        fay.press("Record the contact").sees("Sign in")
        fay.fill("E-mail address", people.fay.email).fill("Password", "a long word for tests").press("Sign in")
        fay.sees("What you had typed").picture(f"drafts-{size[0]}")
        fay.page.locator("main a[href^='/drafts/']").first.click()
        fay.look().sees("Seen alone at the station, twice.").picture(f"draft-{size[0]}").press("Send it now")
        fay.sees("is recorded.")

        assert Contact.objects.filter(says__endswith=f"twice. {size[0]}").exists()


def test_the_warning_loses_nothing_and_neither_does_a_second_window(desk, site):
    people = scenes.a_council()
    fay = desk(people.fay, PHONE)
    fay.page.clock.install()
    fay.open("/contacts/record/").fill("What the contact is about", "Seen alone at the station, twice.")
    with fay.page.expect_response("**/drafts/keep/"):
        fay.page.clock.fast_forward(31_000)
    end_the_session_of(fay)
    fay.page.clock.fast_forward(18 * 60_000)

    fay.sees("What you have typed is kept.").picture("stay")
    fay.page.get_by_role("button", name="Stay signed in").click()
    fay.sees("E-mail address").look().fill("E-mail address", people.fay.email).fill(
        "Password", "a long word for tests"
    ).press("Sign in")
    fay.page.locator("main a[href^='/drafts/']").first.click()
    fay.look().picture("go-on").follow("Go on writing")
    about = fay.page.get_by_label("What the contact is about", exact=True)
    expect(about).to_have_value("Seen alone at the station, twice.")

    end_the_session_of(fay)
    second = fay.page.context.new_page()
    second.goto("/")
    about.fill("Seen alone at the station, three times.")
    fay.page.clock.fast_forward(31_000)
    fay.sees("You have been signed out").picture("ended").press("Go back to the page")
    second.get_by_label("E-mail address").fill(people.fay.email)
    second.get_by_label("Password", exact=True).fill("a long word for tests")
    second.get_by_role("button", name="Sign in", exact=True).click()
    expect(second.locator("h1")).to_have_text("What you had typed")

    fay.press("Record the contact").sees("nothing you typed is lost").picture("out-of-date").follow(
        "What you had typed"
    )
    fay.page.locator("main a[href^='/drafts/']").first.click()
    fay.look().sees("three times.")
