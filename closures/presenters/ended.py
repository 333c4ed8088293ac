"""How a case ended, for whoever opens it again or deals with the child's return."""

from dataclasses import dataclass
from datetime import datetime

from cases import words
from cases.coming_back import windows_after
from cases.facts import facts_of
from cases.models import Case, Standing
from cases.permissions import held_last
from casetransfer.protocols import pack_for
from closures.machine import ReturnState, State
from closures.models import Return
from closures.permissions import asked_of, can_answer_return, can_decide_return, doors_of
from closures.presenters.banner import Banner
from teams.models import Person
from teams.roles import Permission

KINDS_OF_RETURN = {"contact": "A contact", "court_report": "A court report"}


@dataclass(frozen=True)
class EndedPage:
    """How a case ended, for whoever opens it again or deals with the child's return."""

    case: Case
    banner: Banner
    closed: str
    reason: str
    why: str
    team: str
    worker: str
    windows: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, at: datetime) -> "EndedPage":
        last = held_last(case)
        closure = case.closures.filter(state=State.CLOSED, closed_at=case.closed_at).first()
        worker = case.involvements.standing().allocated().filter(period__endswith=case.closed_at)
        person = worker.select_related("person").first() if case.closed_at else None
        windows = []
        if case.closed_at:
            pack, facts = pack_for(case.pack), facts_of(case, at).read()
            for kind, says in KINDS_OF_RETURN.items():
                windows += [
                    f"{says}: until {words.day(window.last_day)}. {window.row.what}."
                    for window in windows_after(pack, case.closed_at, facts, kind)
                ]
        return cls(
            case, Banner.of(case, at), words.moment(case.closed_at) if case.closed_at else "",
            case.get_closure_reason_display() if case.closure_reason else "", closure.why if closure else "",
            last.team.name if last else "", person.person.name if person and person.person else "", tuple(windows),
        )  # fmt: skip


def came_back_in_words(came_back: Return) -> str:
    """What follows from a return that was just recorded."""
    team = came_back.to_team.name
    if came_back.state == ReturnState.ACCEPTED:
        return f"The child is back with {team}: the case is open again."
    return f"It waits for {asked_of(came_back)}."


def returns_in_words(person: Person) -> str:
    """How many children who came back wait for an answer; "" for whoever never answers."""
    standing = Standing.of(person)
    if not (standing.allows(Permission.DECIDE_CONTACT) or standing.allows(Permission.REOPEN_CASE)):
        return ""
    return f"Children who come back: {Return.objects.visible_to(person, standing).waiting().count()}"


def returns_for(person: Person) -> list[Return]:
    return list(Return.objects.visible_to(person).waiting().select_related("case__child", "to_team", "to_worker"))


@dataclass(frozen=True)
class ReturnPage:
    came_back: Return
    ended: EndedPage
    answers: list[tuple[str, str]]
    waits_for: str

    @classmethod
    def of(cls, came_back: Return, person: Person, at: datetime) -> "ReturnPage":
        answers = []
        if came_back.state in (ReturnState.OFFERED, ReturnState.ESCALATED) and can_answer_return(person, came_back):
            back = f"The threshold is met: the child goes back to {came_back.to_team.name}"
            own = "Take the child back: open the case again"
            answers.append(("accept", back if doors_of(came_back) else own))
        if came_back.state == ReturnState.OFFERED and answers:
            answers.append(("refuse", "Refuse: the managers above decide"))
        if came_back.state == ReturnState.ESCALATED and can_decide_return(person, came_back):
            answers.append(("let_go", "Send the child the way of every new case"))
        above = "the managers above" if came_back.state == ReturnState.ESCALATED else asked_of(came_back)
        return cls(came_back, EndedPage.of(came_back.case, at), answers, f"This waits for {above}.")
