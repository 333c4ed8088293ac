from datetime import timedelta

import pytest
from django.utils.timezone import now

from cases import actions
from teams.models import Team
from teams.roles import Role
from tests.cases.walkers import closed_case
from tests.cast import a_person
from tests.factories import TeamFactory
from tests.journeys.desk import DESKTOP, PHONE


@pytest.mark.deep
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_contact_becomes_a_referral_at_the_front_door(desk, authority, transferring_team, size):
    door = TeamFactory(authority=authority, code="tmash", name="Triage", kind=Team.Kind.FRONT_DOOR)
    triage, width = a_person("Fay Door", door, Role.FRONT_DOOR), size[0]
    at = now()
    case = closed_case(transferring_team, given_name="Testcase", family_name="Maple", opened_at=at - timedelta(days=90),
                       closed_at=at - timedelta(days=20))  # fmt: skip
    for number, colour in enumerate(["red", "amber", "green", ""]):
        contact = actions.record_contact(
            team=door, given_name="Sample", family_name=f"Rowan{number}", channel="phone", source="school",
            says="Worried.", received_at=at - timedelta(hours=5), by=None, at=at,
        )  # fmt: skip
        if colour:
            actions.rate_contact(contact=contact, colour=colour, by=None, at=at)
    at_desk = desk(triage, size)

    at_desk.open("/contacts/").sees("Late by").picture(f"contacts-board-{width}").follow("Record a contact")
    at_desk.press("Record the contact").sees("There is a problem").picture(f"contacts-record-{width}")
    at_desk.fill("Given name of the child", "Testcase").fill("Family name (optional)", "Maple")
    at_desk.choose("By phone").select("Who made the contact", "Police").fill("What the contact is about", "Seen alone.")
    at_desk.press("Record the contact").sees(case.child.reference).picture(f"contacts-known-{width}")
    at_desk.page.locator("input[type=radio]").first.check()
    at_desk.press("Go on").sees("The child was known before").picture(f"contacts-detail-{width}")
    at_desk.press("Rate this contact").choose("Red").choose("Different reasons").picture(
        f"contacts-rate-{width}"
    ).press("Save")
    at_desk.press("Decide what follows").picture(f"contacts-decide-{width}")
    at_desk.choose("Referral: a team takes the child on").select(
        "Team that takes the child on (optional)", transferring_team.name
    )
    at_desk.fill("Why this is decided", "At risk.").press("Record the decision").sees("Became a referral")
    at_desk.picture(f"contacts-decided-{width}").open("/contacts/list/").picture(f"contacts-list-{width}")
