"""Closures, reached by calling the real actions: each hand does its part at the cast's NOON."""

from closures import actions
from closures.actions import Given
from closures.models import Closure
from teams.models import Person, Team
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.factories import AuthorityFactory, TeamFactory

LINK = "https://records.example.org/note/1"
ROLE_OF = {
    "admin": Role.ADMIN, "team_manager": Role.TEAM_MANAGER, "group_manager": Role.GROUP_MANAGER,
    "service_manager": Role.SERVICE_MANAGER,
}  # fmt: skip


def a_case(pack="havering", team="assess", **fields):
    """A case of an authority that works by this pack."""
    authority = AuthorityFactory(code=pack.replace("_", "-"), pack=pack)
    held_by = Team.objects.filter(authority=authority, code=team).first()
    return open_case(held_by or TeamFactory(authority=authority, code=team, name=f"Team {team}"), **fields)


def the_hand(closure: Closure, number: int) -> Person:
    """Somebody whose part this turn is: another person for each hand."""
    turn = closure.plan.turn(number)
    acts_as = sorted(closure.plan.acts_as(turn))[0]
    team = closure.case.holding.team if closure.case.is_held else closure.case.involvements.last().team
    return _person(team, ROLE_OF.get(acts_as, Role.SOCIAL_WORKER), turn.hand)


def _person(team: Team, role: str, hand: tuple[str, ...]) -> Person:
    name = f"{'-'.join(hand)} {role}".replace("_", "-")
    found = Person.objects.filter(name=name, authority=team.authority).first()
    return found or a_person(name, team, role)


def started(case=None, way="HAV-CLO-CASE", *, by=None, added=(), at=NOON) -> Closure:
    case = case or a_case()
    by = by or _person(case.holding.team, Role.SOCIAL_WORKER, ("starter",))
    return actions.start_closure(case=case, way=way, added=added, by=by, at=at)


def in_order(item) -> Given:
    """An answer that satisfies any line."""
    evidence = {"tick": "", "link": LINK, "date": "2026-11-20"}.get(item.evidence, "Testcase Maple")
    return Given("done", evidence)


def checked(closure: Closure, *, by=None, at=NOON, but=()) -> Closure:
    """Every line of the present turn in order, `but` those."""
    turn = closure.present_turn
    given = {item.code: in_order(item) for item in turn.items if item.code not in but}
    given = {code: one for code, one in given.items() if code in closure.applying_items}
    actions.save_checks(closure=closure, given=given, by=by or the_hand(closure, turn.number), at=at)
    return Closure.objects.get(pk=closure.pk)


def moved(closure: Closure, *, by=None, at=NOON, reason="RC7") -> Closure:
    """The present hand does its whole part."""
    by = by or the_hand(closure, closure.turn)
    closure = checked(closure, by=by, at=at)
    return actions.take_turn(
        closure=closure, by=by, at=at, comment="Agreed in supervision.", reason=reason, why="The plan is achieved."
    )


def at_turn(number: int, closure: Closure | None = None, *, at=NOON, **kwargs) -> Closure:
    closure = closure or started(at=at, **kwargs)
    while closure.turn < number:
        closure = Closure.objects.get(pk=moved(closure, at=at).pk)
    return closure


def closed(closure: Closure | None = None, *, at=NOON, **kwargs) -> Closure:
    closure = closure or started(**kwargs)
    while closure.is_under_way:
        closure = Closure.objects.get(pk=moved(closure, at=at).pk)
    return closure
