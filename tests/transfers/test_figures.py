"""How the teams stand: every number agrees with the list that it leads to."""

import re

import pytest

from cases.models import Deadline
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.factories import TeamFactory
from transfers.presenters.figures import by_code, figures_of, loads_of, teams_of


@pytest.fixture
def cases(transferring_team, receiving_team, social_worker):
    held = [open_case(transferring_team, worker=worker) for worker in (social_worker, None, None)]
    return [*held, open_case(receiving_team)]


def owed(case, **more):
    return Deadline.objects.create(
        case=case, timer="X", what="X", starts_at=NOON, computed_at=NOON, **{"due_at": NOON, "occasion": "X"} | more
    )  # fmt: skip


def test_a_team_is_counted_with_what_it_holds_and_owes(cases, transferring_manager):
    owed(cases[0], due_at=NOON.replace(day=20))
    owed(cases[1], due_at=NOON.replace(day=25), due_soon_at=NOON.replace(day=22))
    owed(cases[2], due_at=NOON.replace(day=30))
    owed(cases[2], occasion="Y", due_at=NOON.replace(day=1), is_owed=False)

    one, other = figures_of(teams_of(transferring_manager), NOON)

    assert (one.holds, one.unallocated, one.overdue, one.soon, one.on_time) == (3, 2, 1, 1, 1)
    assert (other.holds, other.overdue) == (1, 0)


def test_teams_that_share_a_place_count_together(
    signed_in, cases, transferring_manager, transferring_team, receiving_team
):
    for team in (transferring_team, receiving_team):
        team.code = "assess"
        team.save()

    says, _ = by_code(loads_of(transferring_manager, NOON))["assess"]

    assert says == "4 held, 0 coming"
    assert says in signed_in(transferring_manager).get("/reports/map/").text


def test_the_numbers_of_the_page_agree_with_the_lists_they_lead_to(signed_in, cases, authority, transferring_team):
    vera = a_person("Vera Service", transferring_team, Role.SERVICE_MANAGER)
    client = signed_in(vera)

    page = client.get("/reports/").text

    for one in figures_of(teams_of(vera), NOON):
        assert f"{one.holds} case" in client.get(one.url).text
        assert re.search(rf'href="{re.escape(one.url)}">{one.team.name}</a></th>\s*<td[^>]*>{one.holds}</td>', page)


def test_teams_beyond_a_page_stand_on_the_next_one(signed_in, cases, transferring_manager, authority):
    for number in range(40):
        TeamFactory(authority=authority, name=f"Zinnia {number:02}")
    client = signed_in(transferring_manager)

    first, second = client.get("/reports/").text, client.get("/reports/?page=2").text

    assert "Page 1 of 2" in first
    assert "Zinnia 39" in second
    assert "Zinnia 39" not in first


def test_no_name_of_a_child_is_among_the_figures(signed_in, cases, transferring_manager):
    page = signed_in(transferring_manager).get("/reports/").text

    assert not any(case.child.family_name in page for case in cases)


def test_figures_are_for_those_who_may_see_them(signed_in, social_worker):
    assert signed_in(social_worker).get("/reports/").status_code == 403
