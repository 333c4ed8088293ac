"""What matters now in a case."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from cases import slots, words
from cases.acts import acts_of
from cases.facts import BuiltFacts, Question
from cases.models import Event, Part
from cases.permissions import can_allocate, can_record
from cases.presenters.drawing import Journey, drawn_journey
from cases.presenters.events import EventRow, event_row
from cases.presenters.timeline import Line, journey_lines
from cases.presenters.told import value_words
from cases.slots import CaseContext, Move, Panel

LATEST = 6


@dataclass(frozen=True, slots=True)
class Now:
    """The overview of a case."""

    moves: tuple[Move, ...]
    nothing: str
    panels: tuple[Panel, ...]
    state: tuple[tuple[str, str], ...]
    to_come: tuple[EventRow, ...]
    latest: tuple[Line, ...]
    journey: Journey | None
    questions: tuple[Question, ...]
    may_record: bool
    may_tell: bool
    is_held: bool

    @property
    def has_main(self) -> bool:
        return any(move.rank < slots.SELDOM for move in self.moves)


def now_of(context: CaseContext) -> Now:
    case = context.case
    may_record = can_record(context.person, case, context.reach) and case.is_held
    record = context.facts.record
    events = sorted((event for event in record.events if event.is_planned), key=lambda event: event.when)
    questions = _questions(context) if case.is_held else []
    shown = tuple(slots.panels_of(context))
    return Now(
        moves=tuple(sorted([*_own_moves(context, events, may_record), *slots.moves_of(context)], key=_rank)),
        nothing=_nothing(context, events),
        panels=shown,
        state=tuple(_state(context.facts)),
        to_come=tuple(event_row(event, context, may_record) for event in events),
        latest=tuple(_latest(context)),
        journey=drawn_journey(record, localdate(context.at)),
        questions=tuple(questions),
        may_record=may_record,
        may_tell=may_record and bool(acts_of(context.facts.pack)),
        is_held=case.is_held,
    )


def _questions(context: CaseContext) -> list[Question]:
    """What would settle where the case goes; and by which rating its assessment is to be done."""
    asked = [*context.facts.questions(context.decision), *context.facts.questions_of_ratings()]
    return list({question.fact: question for question in asked}.values())


def _nothing(context: CaseContext, events: list[Event]) -> str:
    """Where there is nothing to press: what comes first in the case all the same."""
    case = context.case
    if not case.is_held:
        reason = f": {case.get_closure_reason_display()}" if case.closure_reason else ""
        return f"This case was closed on {words.day(localdate(case.closed_at))}{reason}."
    if first := context.read.get("first_due"):
        return f"First to be done: {first}"
    said = "Nothing waits for you in this case."
    for event in events[:1]:
        said += f" Next is the {words.event(event.kind, event.ordinal)}, {words.moment(event.when)}."
    return said


def _latest(context: CaseContext) -> list[Line]:
    record = context.facts.record
    mine = [line for line in record.lines if line.case_id == context.case.pk]
    lines = journey_lines(record.events, record.spells, mine)
    return [line for line in lines if line.at <= context.at][:LATEST]


def _rank(move: Move) -> int:
    return move.rank


def _own_moves(context: CaseContext, events: list[Event], may_record: bool) -> list[Move]:
    """A past event that nobody has recorded comes first; a case without a worker next."""
    case, moves = context.case, []
    if may_record:
        for event in events:
            if event.when < context.at:
                url = reverse("cases:hold_event", kwargs={"ref": case.reference, "pk": event.pk})
                said = words.event(event.kind, event.ordinal)
                moves.append(Move(f"Record whether the {said} was held", url, rank=10))
    if case.is_held and can_allocate(context.person, case, context.reach):
        allocated = any(line.role == Part.ALLOCATED_SOCIAL_WORKER for line in context.reach.lines)
        label = "Change the social worker" if allocated else "Name the social worker"
        url = reverse("cases:allocate", kwargs={"ref": case.reference})
        moves.append(Move(label, url, rank=90 if allocated else 20))
    return moves


# What is shown of where the child stands, in this order
STATE = (
    ("status", "Status"),
    ("looked_after_from", "Looked after since"),
    ("child_protection_plan_from", "Child protection plan since"),
    ("legal_status", "Legal status"),
    ("proceedings", "Care proceedings"),
    ("placement", "Placement"),
    ("plan", "Plan"),
    ("return_home_plan", "Plan to return home"),
    ("return_home_planned_on", "Return home planned for"),
    ("returned_home_on", "Returned home"),
)


def _state(facts: BuiltFacts) -> list[tuple[str, str]]:
    return [(label, value_words(facts.values[fact])) for fact, label in STATE if _worth_saying(facts.values.get(fact))]


def _worth_saying(value: Any) -> bool:
    return value not in (None, "none", ["none"])
