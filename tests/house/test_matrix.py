"""Every address, as every role, from every place, read and written: the expected answer follows from the rule alone.

Places: a colleague of the team that holds the case, somebody of another team, somebody of another council, and a
colleague while the record is restricted. Strangers and Charlie of another council are in test_urls."""

import pytest
from django.db import transaction
from django.urls import reverse

from cases.models import Child
from teams.roles import PERMISSIONS_OF, Permission, Role
from tests.cast import a_person
from tests.factories import MembershipFactory, TeamFactory
from tests.house.rules import RULES, Rule
from tests.house.samples import PUBLIC, SAMPLES
from tests.house.test_urls import ALL, CLOSED

pytestmark = pytest.mark.deep

PLACES = ("own team", "another team", "another council", "restricted")
REFUSED, DRAWN = {403, 404, 405}, {200}
ANSWERED = {200, 302, 403, 404, 405, 409, 422}


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(RULES) | PUBLIC == set(ALL)


def reaches(role: str, place: str) -> bool:
    """The whole of the scope rule: one's team's cases, or all of the council's; a restricted one as its manager."""
    held = PERMISSIONS_OF[role]
    if place == "another council":
        return False
    if place == "restricted" and Permission.ALLOCATE_CASE not in held:
        return False
    everywhere = Permission.SEE_ALL_CASES in held
    return everywhere or (place != "another team" and Permission.SEE_TEAM_CASES in held)


def expected(rule: Rule, role: str, place: str, method: str) -> set[int]:
    if rule.any_of and not rule.any_of & PERMISSIONS_OF[role]:
        return REFUSED
    if rule.about == "self":
        return REFUSED
    if rule.about == "council" and place == "another council":
        return REFUSED
    if rule.about == "case" and not reaches(role, place):
        return REFUSED
    return DRAWN if rule.reads and method == "get" else ANSWERED


def answer(client, method: str, address: str) -> int:
    """The answer to one request, which leaves nothing behind."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    return response.status_code


class Matrix:
    def __init__(self, house, charlie, signed_in):
        elsewhere = charlie.memberships.get().team
        other = TeamFactory(authority=house.authority, name="Quite another team", code="council")
        holders = [house.closure.case.responsible_team, house.case.responsible_team]
        self.teams = {
            "own team": holders, "another team": [other], "another council": [elsewhere], "restricted": holders,
        }  # fmt: skip
        self.house, self.signed_in = house, signed_in

    def wrong(self, role: str, place: str) -> list[str]:
        person = a_person(f"{role} {place}".replace("_", " "), self.teams[place][0], role)
        for team in self.teams[place][1:]:
            MembershipFactory(person=person, team=team, role=role)
        client = self.signed_in(person)
        if place == "restricted":
            Child.objects.update(restricted=True)
        found = []
        for name in sorted(set(CLOSED) - {"teams:sign_out"}):
            address = reverse(name, kwargs=SAMPLES[name](self.house) if name in SAMPLES else None)
            for method in ("get", "post"):
                status = answer(client, method, address)
                if status not in expected(RULES[name], role, place, method):
                    found.append(f"{method} {name} as {role} of {place}: {status}")
        return found


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role.values)
def test_the_answer_is_what_the_rule_says(house, charlie, signed_in, time_machine, role, place):
    time_machine.move_to("2026-11-23T17:00:00Z", tick=False)  # the cast's NOON, and the emergency opening is over
    assert Matrix(house, charlie, signed_in).wrong(role, place) == []
