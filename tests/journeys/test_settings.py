from datetime import date

import pytest

from tests.journeys.desk import DESKTOP, PHONE


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_system_administrator_gives_a_new_worker_a_role(desk, system_administrator, receiving_team, size):
    at_desk = desk(system_administrator, size)

    at_desk.open("/settings/people/add/").press("Add the person").sees("Enter full name").picture(f"error-{size[0]}")
    at_desk.fill("Full name", "New Worker").fill("E-mail address", "new@example.org").press("Add the person")
    at_desk.sees("The person is added.").picture(f"people-{size[0]}").follow("Add a role")
    at_desk.select("Team", receiving_team.name).select("Role", "Social worker").fill_date("First day", date(2026, 3, 2))
    at_desk.press("Add the role").sees("Social worker in Under 12").picture(f"person-{size[0]}")
    at_desk.follow("Record an absence").press("Record the absence").sees("Enter first day away")
    at_desk.picture(f"absence-{size[0]}")
    for page in ("/settings/", "/settings/teams/", "/settings/calendar/add/", "/nowhere/"):
        at_desk.open(page)
