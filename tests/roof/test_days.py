"""The first page of each role: what waits, how many, and a list that shows just those."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Contact, Standing
from casetransfer.days import MOST, day_of
from teams.models import Team
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.factories import TeamFactory
from tests.house.world import a_contact
from tests.transfers.walkers import a_case_for_conference, a_transfer, named_as_in_the_pack, ready, requested
from transfers import actions

LATER = NOON + timedelta(days=8)


def day(person, at=LATER):
    return {section.key: section for section in day_of(person, at, Standing.of(person))}


@pytest.fixture
def front_door(authority):
    door = TeamFactory(authority=authority, name="Front door", kind=Team.Kind.FRONT_DOOR)
    return a_person("Fay Door", door, Role.FRONT_DOOR)


def test_each_role_has_parts_of_its_own_and_each_says_what_empty_means(
    front_door, admin, system_administrator, receiving_team, social_worker, receiving_manager
):
    parts = {
        "front door": (front_door, {"contacts", "returns"}),
        "business support": (admin, {"closings", "meetings", "imports", "failed"}),
        "auditor": (a_person("Otto Auditor", receiving_team, Role.AUDITOR), {"openings", "unusual"}),
        "system administrator": (
            system_administrator, {"openings", "imports", "failed", "unmanaged", "unguarded", "dormant"}
        ),
        "service manager": (
            a_person("Vera Service", receiving_team, Role.SERVICE_MANAGER),
            {"escalated", "full", "departures", "closings", "returns", "openings"},
        ),
        "team manager": (receiving_manager, {"closings", "returns"}),
        "social worker": (social_worker, {"my-returned", "my-requested", "my-owed"}),
    }  # fmt: skip
    for person, wanted in parts.values():
        found = day(person)

        assert set(found) == wanted
        assert all(section.nothing for section in found.values())


def test_the_front_door_sees_the_contacts_with_least_time_and_a_list_of_just_those(front_door, signed_in):
    door = front_door.memberships.get().team
    for _ in range(MOST + 2):
        a_contact(door)

    section = day(front_door)["contacts"]

    assert (section.count, len(section.rows), section.more) == (MOST + 2, MOST, 2)
    page = signed_in(front_door).get(section.url).text
    assert f"{Contact.objects.count()} contacts" in page
    assert f"See all {section.count}" in signed_in(front_door).get("/").text


def test_what_nobody_answered_waits_for_a_service_manager_who_finds_it_in_a_list(
    transferring_team, receiving_team, signed_in
):
    vera = a_person("Vera Service", receiving_team, Role.SERVICE_MANAGER)
    transfer = a_transfer(transferring_team, receiving_team)
    a_transfer(transferring_team, receiving_team)
    assert day(vera)["escalated"].count == 0

    actions.escalate_silence(transfer=transfer, at=LATER)

    section = day(vera)["escalated"]
    assert [row.url for row in section.rows] == [f"/transfers/{transfer.reference}/"]
    assert "1 transfer" in signed_in(vera).get(section.url).text


def test_a_worker_sees_what_came_back_what_is_asked_for_and_what_is_owed_each_with_its_list(
    transferring_team, receiving_team, social_worker, receiving_manager, signed_in
):
    for team, code in ((transferring_team, "assess"), (receiving_team, "u12")):
        named_as_in_the_pack(team, code)
    done = ready(transferring_team, receiving_team, worker=social_worker)
    actions.complete_transfer(transfer=done, by=None, at=NOON + timedelta(minutes=5))
    cases = [a_case_for_conference(transferring_team, worker=social_worker) for _ in range(2)]
    transfers = [requested(case, receiving_team) for case in cases]
    actions.return_transfer(transfer=transfers[0], gaps_found="No chronology.", by=receiving_manager, at=NOON)

    found, client = day(social_worker), signed_in(social_worker)

    assert [row.detail for row in found["my-returned"].rows] == ["No chronology."]
    assert [row.url for row in found["my-requested"].rows] == [f"/transfers/{transfers[1].reference}/"]
    assert found["my-owed"].count == done.duties.owed().filter(team=transferring_team).count() > 0
    assert "1 transfer" in client.get(found["my-returned"].url).text
    owed = found["my-owed"].count
    assert ("1 duty" if owed == 1 else f"{owed} duties") in client.get("/transfers/duties/").text


def test_a_system_administrator_sees_accounts_with_one_factor_and_teams_without_a_manager(
    system_administrator, receiving_team, receiving_manager, transferring_team, signed_in
):
    found, client = day(system_administrator), signed_in(system_administrator)

    assert [row.child for row in found["unmanaged"].rows] == [transferring_team.name]
    assert {row.child for row in found["unguarded"].rows} == {receiving_manager.name, system_administrator.name}
    for key, there, gone in (
        ("unmanaged", "Assessment", "Under 12"),
        ("unguarded", receiving_manager.name, "Nobody else"),
    ):
        page = client.get(found[key].url).text
        assert there in page
        assert gone not in page


def test_a_team_that_gets_too_full_and_a_departure_are_told_to_those_above(transferring_team, receiving_team):
    vera = a_person("Vera Service", receiving_team, Role.SERVICE_MANAGER)
    case = open_case(transferring_team)
    assert [row.child for row in day(vera)["full"].rows] == [transferring_team.name]

    a_person("Sam Worker", transferring_team, Role.SOCIAL_WORKER)

    assert day(vera)["full"].rows == ()
    assert case.is_held


def test_a_first_page_asks_as_many_questions_with_many_rows_as_with_one(front_door, transferring_team, receiving_team):
    door = front_door.memberships.get().team
    vera = a_person("Vera Service", door, Role.SERVICE_MANAGER)
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.ADMIN, Role.FRONT_DOOR):
        vera.memberships.create(
            team=door, role=role, starts_on=vera.memberships.get(role=Role.SERVICE_MANAGER).starts_on
        )

    def asked():
        with CaptureQueriesContext(connection) as queries:
            day_of(vera, LATER, Standing.of(vera))
        return len(queries)

    def more():
        a_contact(door)
        actions.escalate_silence(transfer=a_transfer(transferring_team, receiving_team), at=LATER)
        a_person(f"Person {Contact.objects.count()}", TeamFactory(authority=door.authority), Role.ADVISER)

    more()
    first = asked()
    more()
    more()

    assert asked() == first
