"""What each hand did or is to do, and the lines of its checklist."""

from dataclasses import dataclass

from cases import words
from casetransfer.protocols.rows import Item
from closures.guards import DOES_NOT_APPLY, DONE, WAIVED
from closures.models import Check, Closure
from closures.ways import Turn

VERBS = {"proposed": "Propose closing", "authorised": "Authorise closing", "closed": "Close the case"}
STRENGTHS = {
    "blocking": "Mandatory", "waivable": "May be waived", "advisory": "A reason is enough",
    "practice_issue": "Never delays",
}  # fmt: skip
ANSWERED = {DONE: ("Done", "green"), WAIVED: ("Waived", "amber"), DOES_NOT_APPLY: ("Does not apply", "grey")}
NOT_ANSWERED, NOT_DONE = ("Not answered", "grey"), ("Not done", "red")


@dataclass(frozen=True)
class Step:
    label: str
    when: str
    state: str


@dataclass(frozen=True)
class Line:
    """A line of the checklist as it stands, with its evidence beside it."""

    what: str
    who: str
    strength: str
    answer: str
    colour: str
    evidence: str
    is_link: bool
    reason: str
    by: str
    when: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Hand:
    """What one hand did or is to do."""

    name: str
    verb: str
    steps: tuple[str, ...]
    lines: tuple[Line, ...]
    by: str
    when: str
    comment: str
    is_now: bool
    is_general: bool
    clauses: tuple[str, ...]


def verb_of(turn: Turn) -> str:
    return VERBS.get(turn.makes, "This part is done")


def step_of(closure: Closure, turn: Turn) -> Step:
    done = closure.hands.get(turn.number)
    if done and (turn.number < closure.turn or not closure.is_under_way):
        return Step(closure.plan.hand_names(turn), f"{done.done_by.name}, {words.moment(done.done_at)}", "done")
    now = closure.is_under_way and turn.number == closure.turn
    return Step(closure.plan.hand_names(turn), "", "now" if now else "ahead")


def hand_of(closure: Closure, turn: Turn) -> Hand:
    done = closure.hands.get(turn.number)
    lines = [_line(closure, turn, item) for item in turn.items if item.code in closure.applying_items]
    return Hand(
        closure.plan.hand_names(turn), verb_of(turn), tuple(step.what for step in turn.steps), tuple(lines),
        done.done_by.name if done else "", words.moment(done.done_at) if done else "", done.comment if done else "",
        closure.is_under_way and turn.number == closure.turn, turn.is_general, turn.clauses,
    )  # fmt: skip


def _line(closure: Closure, turn: Turn, item: Item) -> Line:
    check: Check | None = closure.answers.get(item.code)
    word, colour = ANSWERED.get(check.answer, NOT_DONE) if check else NOT_ANSWERED
    return Line(
        item.what, closure.plan.hand_names(turn), STRENGTHS[item.policy], word, colour, check.evidence if check else "",
        item.evidence == "link", check.reason if check else "", check.answered_by.name if check else "",
        words.moment(check.answered_at) if check else "", item.clauses,
    )  # fmt: skip
