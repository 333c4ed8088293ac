"""The page of one closing, and the page on which one hand does its part."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.models import Child, ClosureReason, IdentifierKind, Standing
from cases.permissions import held_last
from closures.machine import State
from closures.models import Closure, Departure, StepDown
from closures.net import net_gaps, owed_to_child
from closures.permissions import (
    can_depart,
    can_reopen,
    can_take,
    can_undo,
    can_waive,
    can_withdraw,
    why_not_take,
)
from closures.presenters.banner import Banner
from closures.presenters.hands import Hand, Step, hand_of, step_of, verb_of
from closures.presenters.letters import Letter, letters_of
from closures.retention import Retention, retention
from closures.ways import NO_LOCAL_RULE, Way
from teams.models import Person
from teams.refusals import Gap


@dataclass(frozen=True)
class Move:
    label: str
    url: str
    gaps: tuple[Gap, ...] = ()
    leads: bool = False


@dataclass(frozen=True)
class ClosurePage:
    closure: Closure
    banner: Banner
    name: str
    state: str
    steps: list[Step]
    hands: list[Hand]
    moves: list[Move]
    nothing: str
    reason: str
    notes: tuple[str, ...]
    owed: tuple[Gap, ...]
    departures: list[Departure]
    step_down: StepDown | None
    kept_until: Retention | None
    letters: list[Letter]

    @classmethod
    def of(cls, closure: Closure, person: Person, at: datetime) -> "ClosurePage":
        plan, standing = closure.plan, Standing.of(person)
        waits = why_not_take(person, closure, standing) if closure.is_under_way else ""
        return cls(
            closure, Banner.of(closure.case, at), plan.row.name, closure.get_state_display(),
            [step_of(closure, turn) for turn in plan.turns], [hand_of(closure, turn) for turn in plan.turns],
            _moves(closure, person, standing, at), waits or _over(closure),
            closure.get_reason_display() if closure.reason else "", _notes(plan),
            (*closure.case.blockers("close"), *net_gaps(closure, at)) if closure.is_under_way else (),
            list(closure.departures.select_related("decided_by")),
            StepDown.objects.filter(closure=closure).first(), _kept_until(closure, at),
            letters_of(closure, person, standing),
        )  # fmt: skip


@dataclass(frozen=True)
class DestroyYearPage:
    """The form that goes with the file: until when it is kept, and by which rule."""

    closure: Closure
    child: Child
    number: str
    closed: str
    is_closed: bool
    kept: Retention
    reason: str
    team: str
    made: str

    @classmethod
    def of(cls, closure: Closure, person: Person, at: datetime) -> "DestroyYearPage | None":
        kept = _kept_until(closure, at)
        if kept is None:
            return None
        case, last = closure.case, held_last(closure.case)
        number = case.child.identifiers.filter(kind=IdentifierKind.LOCAL_ID).first()
        closed = closure.closed_at or at
        return cls(
            closure, case.child, number.value if number else "", words.day(localdate(closed)),
            closure.closed_at is not None, kept, closure.get_reason_display() if closure.reason else "",
            last.team.name if last else "", f"{person.name}, {words.moment(at)}",
        )  # fmt: skip


@dataclass(frozen=True)
class PartPage:
    """The page on which one hand does its part."""

    closure: Closure
    banner: Banner
    title: str
    button: str
    steps: tuple[str, ...]
    before: list[Hand]
    gaps: tuple[Gap, ...]
    clauses: tuple[str, ...]
    is_general: bool

    @classmethod
    def of(cls, closure: Closure, at: datetime) -> "PartPage":
        turn = closure.present_turn
        before = [hand_of(closure, earlier) for earlier in closure.plan.turns[: turn.number - 1]]
        gaps = (*closure.case.blockers("close"), *net_gaps(closure, at))
        return cls(
            closure, Banner.of(closure.case, at), verb_of(turn), verb_of(turn), tuple(step.what for step in turn.steps),
            before, gaps, turn.clauses, turn.is_general,
        )  # fmt: skip


def goes_back_to(closure: Closure) -> str:
    """Whose part is done again."""
    if closure.turn == 1:
        return ""
    before, done = closure.plan.turn(closure.turn - 1), closure.hands.get(closure.turn - 1)
    who = f" ({done.done_by.name})" if done else ""
    return f"It goes back to the {closure.plan.hand_names(before).lower()}{who}, whose part is then done again."


def undone_until(closure: Closure) -> str:
    return f"This is possible until {words.moment(closure.undo_until)}." if closure.undo_until else ""


def stands_in_the_way(closure: Closure, condition: str, at: datetime) -> str:
    """What a manager decides about, in the words of the safety net."""
    owed = next((one for one in owed_to_child(closure, at) if one.code == condition), None)
    return owed.gap.sentence if owed else "This does not stand in the way of the closing any more."


def done_in_words(closure: Closure) -> str:
    """What has just been done, and who is next."""
    if not closure.is_under_way:
        return "The case is closed."
    return f"Done. It now waits for: {closure.plan.hand_names(closure.present_turn)}."


def waivable_by(person: Person, closure: Closure) -> set[str]:
    return {item.code for item in closure.present_turn.items if can_waive(person, closure, item)}


def _may_be_undone(closure: Closure, at: datetime) -> bool:
    until = closure.undo_until
    return until is not None and closure.closed_at == closure.case.closed_at and at <= until


def _moves(closure: Closure, person: Person, standing: Standing, at: datetime) -> list[Move]:
    moves = []
    if can_take(person, closure, standing):
        moves.append(
            Move(verb_of(closure.present_turn), reverse("closures:part", args=[closure.reference]), leads=True)
        )
        if closure.turn > 1:
            moves.append(Move("Send it back", reverse("closures:send_back", args=[closure.reference])))
        if closure.plan.is_step_down:
            moves.append(Move("Record the step-down", reverse("closures:step_down", args=[closure.reference])))
    if closure.is_under_way and can_depart(person, closure, standing):
        for owed in owed_to_child(closure, at):
            if owed.departable:
                address = reverse("closures:decide_otherwise", args=[closure.reference, owed.code])
                moves.append(Move(f"Decide otherwise: {owed.gap.sentence}", address))
    if closure.state == State.CLOSED and can_undo(person, closure, standing) and _may_be_undone(closure, at):
        moves.append(Move("Undo the closing", reverse("closures:undo", args=[closure.reference])))
    if closure.state == State.CLOSED and not closure.case.is_held and can_reopen(person, closure.case, standing):
        moves.append(Move("Open the case again", reverse("closures:reopen", args=[closure.case.reference])))
    if closure.is_under_way and can_withdraw(person, closure, standing):
        moves.append(Move("Keep the case open", reverse("closures:withdraw", args=[closure.reference])))
    return moves


def _over(closure: Closure) -> str:
    if closure.closed_at and closure.state == State.CLOSED:
        return f"The case was closed on {words.moment(closure.closed_at)}."
    return f"This closing is {closure.get_state_display().lower()}: {closure.ended_because}"


def _kept_until(closure: Closure, at: datetime) -> Retention | None:
    """Of a closed case, and of one that is being closed as if it closed today: some protocols want it written down
    before the closing."""
    case = closure.case
    closed_at = at if closure.is_under_way else closure.closed_at
    if closed_at is None or case.is_held != closure.is_under_way:
        return None
    ever = case.spells.standing().filter(code="looked_after").exists()
    return retention(
        born=case.child.date_of_birth, died=case.child.died_on, closed=localdate(closed_at),
        was_looked_after=ever, adopted=closure.reason == ClosureReason.ADOPTED,
    )  # fmt: skip


def _notes(plan: Way) -> tuple[str, ...]:
    general = [NO_LOCAL_RULE] if any(turn.is_general for turn in plan.turns) else []
    return (*general, *(row.note for row in plan.rows if row.note))


def step_down_so_far(closure: Closure) -> dict[str, object]:
    found = StepDown.objects.filter(closure=closure).values().first()
    return {name: value for name, value in (found or {}).items() if value}
