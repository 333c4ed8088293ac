"""Closing a case in a browser."""

import pytest

from cases.models import Case
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import a_person
from tests.closures.walkers import LINK
from tests.factories import AuthorityFactory, TeamFactory
from tests.journeys.desk import DESKTOP, PHONE


@pytest.fixture
def team(site):
    return TeamFactory(authority=AuthorityFactory(), code="assess", name="Assessment")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_three_people_close_a_case_one_after_the_other(desk, team, size):
    """HAV-CLS-1 to HAV-CLS-5"""
    case = open_case(team, given_name="Testcase", family_name="Maple")
    worker = a_person("Sam Worker", team, Role.SOCIAL_WORKER)
    manager = a_person("Tess Manager", team, Role.TEAM_MANAGER)
    admin = a_person("Ada Support", team, Role.ADMIN)
    wide = size[0]

    sam = desk(worker, size)
    sam.open(f"/closures/start/{case.reference}/").picture(f"closing-start-{wide}").choose(
        "Closing a case in the record"
    )
    sam.press("Begin").sees("Write the supervision case note.").picture(f"closing-propose-{wide}")
    sam.press("Propose closing").sees("There is a problem", "Not answered: Supervision case note written.")
    sam.picture(f"closing-refused-{wide}")
    sam.choose("Supervision case note written").press("Save and go on later").sees("What you have answered is saved.")
    sam.choose("Case closure note written, with its extra questions and the closing summary")
    for box in sam.page.get_by_label("Link to it in the record").all():
        box.fill(LINK)
    sam.select("Reason for closure", "Any other reason, including no longer in need")
    sam.fill("Why the case can close", "The plan is achieved and the family copes.")
    sam.press("Propose closing").sees("It now waits for: Practice manager or deputy team manager.")

    tess = desk(manager, size)
    tess.open("/closures/").sees("Testcase Maple").picture(f"closing-queue-{wide}").follow("Testcase Maple")
    tess.press("Authorise closing").sees("Open it in the record")
    tess.choose("Manager has authorised the closure").fill("Comment", "Agreed. Please close.")
    tess.press("Authorise closing").sees("It now waits for: Admin.")

    ada = desk(admin, size)
    ada.open("/closures/").follow("Testcase Maple").picture(f"closing-detail-{wide}").press("Close the case")
    ada.sees("Agreed. Please close.").picture(f"closing-checklist-{wide}")
    ada.choose("Admin's closing checklist worked through").press("Close the case").sees("The case is closed.")
    ada.picture(f"closing-closed-{wide}")

    assert Case.objects.get(pk=case.pk).closure_reason == "RC7"
