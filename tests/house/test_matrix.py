"""Every address, as every role, from every place, read and written: the expected answer follows from the rule alone.

Places: a colleague of the team that holds the case, somebody of another team, somebody of another council, a colleague
while the record is restricted, and a colleague after the case was closed. Strangers are in test_urls."""

import logging

import pytest

from cases import actions as case_actions
from cases.models import Child, Standing
from closures import actions as closure_actions
from teams.models import Person
from teams.roles import PERMISSIONS_OF, Permission, Role
from tests.cast import NOON
from tests.factories import TeamFactory
from tests.house.rules import RULES, Rule
from tests.house.samples import PUBLIC
from tests.house.test_urls import ALL, CLOSED, address_of
from tests.house.world import answer_to, browser_of, somebody
from transfers import actions as transfer_actions

pytestmark = pytest.mark.django_db

PLACES = ("own team", "another team", "another council", "restricted", "closed")
REFUSED, DRAWN = {403, 404, 405}, {200}
ANSWERED = {200, 204, 302, 403, 404, 405, 409, 422}
ASKED = sorted(set(CLOSED) - {"teams:sign_out"})


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(RULES) | PUBLIC == set(ALL)


def reaches(role: str, place: str, about: str) -> bool:
    """The whole of the scope rule: one's team's cases, or all of the council's; a restricted one as its manager, and
    when it is closed, so that no team manages it, as a manager of all of the council."""
    held = PERMISSIONS_OF[role]
    everywhere = Permission.SEE_ALL_CASES in held
    if place == "another council":
        return False
    if (place == "restricted" or about == "restricted") and Permission.ALLOCATE_CASE not in held:
        return False
    if place == "closed" and about == "restricted":
        return everywhere
    return everywhere or (place != "another team" and Permission.SEE_TEAM_CASES in held)


def expected(rule: Rule, role: str, place: str, method: str) -> set[int]:
    if rule.any_of and not rule.any_of & PERMISSIONS_OF[role]:
        return REFUSED
    if rule.about == "self":
        return REFUSED
    if rule.about == "council" and place == "another council":
        return REFUSED
    if rule.about in ("case", "restricted") and not reaches(role, place, rule.about):
        return REFUSED
    return DRAWN if rule.reads and method == "get" else ANSWERED


@pytest.fixture(scope="module", autouse=True)
def only_the_answer():
    """What the pages say is read by the crawl. Here only their answer counts, so nothing is drawn and nothing logged."""
    logging.disable(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.template.backends.jinja2.Template.render", lambda *args, **kwargs: "")
        patched.setattr("cases.notice_views.letter_pdf", lambda *args: b"")
        yield
    logging.disable(logging.NOTSET)


class Place:
    """The house as it is found from one place, and a browser for somebody there in any set of roles."""

    def __init__(self, house, place: str):
        self.house, self.place, self.browsers = house, place, {}
        holders = [house.transferring_team, house.team]
        other = TeamFactory(authority=house.authority, name="Quite another team", code="council")
        elsewhere = {"another team": [other], "another council": [house.neighbour.memberships.get().team]}
        self.teams = elsewhere.get(place, holders)
        if place == "restricted":
            Child.objects.update(restricted=True)
        if place == "closed":
            close_all(house)

    def browser(self, roles: tuple[str, ...]):
        if roles not in self.browsers:
            self.browsers[roles] = browser_of(somebody(f"Somebody {len(self.browsers)}", self.teams, *roles))
        return self.browsers[roles]

    def wrong(self, rows) -> dict[str, int]:
        found = {}
        for name, method, roles, wanted in rows:
            status = answer_to(self.browser(roles), method, address_of(name, self.house)).status_code
            if status not in wanted:
                found[f"{method} {name} as {', '.join(roles)}"] = status
        return found


def close_all(house) -> None:
    transfer_actions.withdraw_transfer(transfer=house.transfer, why="It is not to be.", by=None, at=NOON)
    closure_actions.withdraw(closure=house.closure, because="It is not to be.", by=house.person, at=NOON)
    for case in (house.transfer.case, house.closure.case, house.case, house.restricted):
        case_actions.close_case(case=case, reason="RC7", by=None, at=NOON)


def rows_of(place: str, method: str):
    """(address, method, roles, expected). Those who lack the permission are one person with all of their roles, and so
    are those who do not reach the record: more roles never open less, so what is refused to all of them at once is
    refused to each. Whoever must be shown a page is asked alone; of the others let in, one in turn."""
    for number, name in enumerate(ASKED):
        rule = RULES[name]
        permitted = [role for role in Role.values if not rule.any_of or rule.any_of & PERMISSIONS_OF[role]]
        let_in = [role for role in permitted if expected(rule, role, place, method) != REFUSED]
        for refused in (set(Role.values) - set(permitted), set(permitted) - set(let_in)):
            if refused:
                yield name, method, tuple(sorted(refused)), REFUSED
        for role in let_in if rule.reads and method == "get" else let_in[number % max(len(let_in), 1) :][:1]:
            yield name, method, (role,), expected(rule, role, place, method)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("place", PLACES)
def test_the_answer_is_what_the_rule_says(house, place, method):
    assert Place(house, place).wrong(rows_of(place, method)) == {}


def test_no_address_role_place_or_method_is_left_out():
    """Each is asked about, alone or as part of one person who is refused."""
    asked = {
        (name, role, place, method)
        for place in PLACES
        for method in ("get", "post")
        for name, _, roles, wanted in rows_of(place, method)
        for role in (Role.values if wanted == ANSWERED else roles)
    }

    assert len(asked) == len(ASKED) * len(Role) * len(PLACES) * 2


def test_more_roles_never_open_less():
    """A person's permissions are those of their roles together, in the teams where each is held."""
    roles = tuple((1, role, True) for role in Role.values)
    everything = Standing(Person(), roles)
    for role in Role.values:
        assert all(everything.teams_with(one) == {1} for one in PERMISSIONS_OF[role])
    assert Standing(Person(), ()).teams_with(Permission.SEE_ALL_CASES) == set()


@pytest.mark.deep
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role.values)
def test_each_role_alone_is_answered_by_the_rule(house, role, place):
    rows = [
        (name, method, (role,), expected(RULES[name], role, place, method))
        for name in ASKED
        for method in ("get", "post")
    ]

    assert Place(house, place).wrong(rows) == {}
