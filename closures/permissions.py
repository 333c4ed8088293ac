"""Whose hand may do which part of a closing. The pack names the hands; nobody does two of them."""

from cases.models import Case, Standing
from cases.permissions import Reach, may, may_of_last
from casetransfer.protocols import pack_for
from casetransfer.protocols.rows import Item
from closures.models import Closure, Destruction, Return, serves_all
from closures.ways import Turn, acts_as
from teams.models import Authority, Person, Team
from teams.roles import NotAllowed, Permission

PERMISSION_OF = {
    "admin": Permission.COMPLETE_CLOSURE,
    "team_manager": Permission.AUTHORISE_CLOSURE,
    "group_manager": Permission.AUTHORISE_CLOSURE,
    "service_manager": Permission.AUTHORISE_CLOSURE,
}
"""What a hand needs. Whoever works with the child does the others' parts, and records those of people outside."""


def can_start(person: Person, case: Case, reach: Reach | None = None) -> bool:
    return may(person, Permission.PROPOSE_CLOSURE, case, reach)


def check_can_start(person: Person, case: Case) -> None:
    if not can_start(person, case):
        raise NotAllowed(f"{person.name} may not propose closing case {case.reference}.")


def is_hand_of(person: Person, closure: Closure, turn: Turn, standing: Standing | None = None) -> bool:
    """Whether this person's role is the one that the protocol names for this turn."""
    standing = standing or Standing.of(person)
    wanted = {PERMISSION_OF.get(acts_as, Permission.PROPOSE_CLOSURE) for acts_as in closure.plan.acts_as(turn)}
    own_authority = person.authority_id == closure.case.authority_id
    if Permission.COMPLETE_CLOSURE in wanted and own_authority and serves_all(standing):
        return True
    return any(may(person, permission, closure.case, standing) for permission in sorted(wanted))


def other_hand_of(person: Person, closure: Closure, turn: Turn) -> Turn | None:
    """The part this person has done already, where another must do this one."""
    if not turn.different_person:
        return None
    for number, done in closure.hands.items():
        earlier = closure.plan.turn(number)
        if number < turn.number and done.done_by_id == person.pk and earlier.hand != turn.hand:
            return earlier
    return None


def why_not_take(person: Person, closure: Closure, standing: Standing | None = None) -> str:
    """Why this person may not do the present turn; "" where they may."""
    turn = closure.present_turn
    hand = closure.plan.hand_names(turn)
    if not is_hand_of(person, closure, turn, standing):
        return f"This waits for: {hand}."
    other = other_hand_of(person, closure, turn)
    if other:
        return f"{person.name} has done another part of this closing: somebody else must be the {hand.lower()}."
    return ""


def can_take(person: Person, closure: Closure, standing: Standing | None = None) -> bool:
    return closure.is_under_way and not why_not_take(person, closure, standing)


def check_can_take(person: Person, closure: Closure) -> None:
    why = why_not_take(person, closure)
    if why:
        raise NotAllowed(why)


def can_withdraw(person: Person, closure: Closure, standing: Standing | None = None) -> bool:
    return may(person, Permission.PROPOSE_CLOSURE, closure.case, standing)


def check_can_withdraw(person: Person, closure: Closure) -> None:
    if not can_withdraw(person, closure):
        raise NotAllowed(f"{person.name} may not withdraw the closing of case {closure.case.reference}.")


def can_waive(person: Person, closure: Closure, item: Item) -> bool:
    """A line that may be waived is waived in writing by whoever the protocol names."""
    wanted = {PERMISSION_OF.get(acts_as(closure.plan.pack, code)) for code in item.waived_by} - {None}
    return item.policy == "waivable" and any(may(person, one, closure.case) for one in wanted if one)


# --- after the closing, where nobody is involved any more: the team that held the case last ---


def can_undo(person: Person, closure: Closure, standing: Standing | None = None) -> bool:
    """Whoever closed it, or a manager of the team that held it."""
    return closure.closed_by_id == person.pk or may_of_last(
        person, Permission.AUTHORISE_CLOSURE, closure.case, standing
    )


def check_can_undo(person: Person, closure: Closure) -> None:
    if not can_undo(person, closure):
        raise NotAllowed(f"{person.name} may not undo the closing of case {closure.case.reference}.")


def can_reopen(person: Person, case: Case, standing: Standing | None = None) -> bool:
    return may_of_last(person, Permission.REOPEN_CASE, case, standing)


def check_can_reopen(person: Person, case: Case) -> None:
    if not can_reopen(person, case):
        raise NotAllowed(f"{person.name} may not open case {case.reference} again.")


def can_depart(person: Person, closure: Closure, standing: Standing | None = None) -> bool:
    return may(person, Permission.DEPART_FROM_PROTOCOL, closure.case, standing)


def check_can_depart(person: Person, closure: Closure) -> None:
    if not can_depart(person, closure):
        raise NotAllowed("Only a group or service manager may decide otherwise.")


def can_record_return(person: Person, case: Case, standing: Standing | None = None) -> bool:
    """The front door decides on what comes in; a manager of the team before may do it too."""
    standing = standing or Standing.of(person)
    own = person.authority_id == case.authority_id
    return own and (standing.allows(Permission.DECIDE_CONTACT) or may_of_last(person, Permission.REOPEN_CASE, case))


def check_can_record_return(person: Person, case: Case) -> None:
    if not can_record_return(person, case):
        raise NotAllowed(f"{person.name} may not record that this child came back.")


def can_answer_return(person: Person, came_back: Return, standing: Standing | None = None) -> bool:
    """A manager of the team that is asked; where the protocol leaves it to the front door, somebody there who decides
    on contacts; or one of the managers above."""
    standing = standing or Standing.of(person)
    doors = doors_of(came_back)
    asked = standing.teams_with(Permission.DECIDE_CONTACT if doors else Permission.REOPEN_CASE)
    answers = {door.pk for door in doors} if doors else {came_back.to_team_id}
    return bool(asked & answers) or can_decide_return(person, came_back, standing)


def doors_of(came_back: Return) -> list[Team]:
    """The teams of the front door that the protocol lets say whether the child is taken back."""
    pack = pack_for(came_back.pack)
    named = [code for code in came_back.window.accepts if code in pack.teams]
    if not named:
        return []
    teams = Team.objects.in_use().filter(authority=came_back.case.authority_id).order_by("pk")
    return [team for team in teams if any(pack.is_within(team.code, code) for code in named)]


def asked_of(came_back: Return) -> str:
    """Who is asked, in words."""
    doors = " or ".join(door.name for door in doors_of(came_back))
    return doors or f"a manager of {came_back.to_team.name}"


def check_can_answer_return(person: Person, came_back: Return) -> None:
    if not can_answer_return(person, came_back):
        raise NotAllowed(f"Only {asked_of(came_back)} may answer this.")


def can_decide_return(person: Person, came_back: Return, standing: Standing | None = None) -> bool:
    own = person.authority_id == came_back.case.authority_id
    return own and (standing or Standing.of(person)).allows(Permission.DECIDE_DISPUTE)


def check_can_decide_return(person: Person, came_back: Return) -> None:
    if not can_decide_return(person, came_back):
        raise NotAllowed("Only a group or service manager may decide this.")


def check_can_propose_destruction(person: Person, authority: Authority) -> None:
    if person.authority_id != authority.pk or not person.may(Permission.DESTROY_RECORD):
        raise NotAllowed(f"{person.name} may not destroy records.")


def check_can_destroy(person: Person, proposal: Destruction) -> None:
    """Never whoever proposed it."""
    check_can_propose_destruction(person, proposal.authority)
    if person.pk == proposal.proposed_by_id:
        raise NotAllowed("You proposed this yourself, so somebody else must do it.")
