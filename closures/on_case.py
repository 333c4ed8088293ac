"""What this room puts on the page of a case: the closing under way, or the way to propose one or to undo it."""

from datetime import date, datetime

from django.urls import reverse

from cases.models import Case
from cases.search import JUMPS
from cases.slots import CaseContext, Coming, Move, Panel, comings, moves, panels
from closures.models import Closure
from closures.permissions import can_reopen, can_start, can_take
from closures.presenters.hands import verb_of
from teams.models import Person

TEMPLATE = "closures/_panel.jinja"
FIRST, LAST = 15, 90


def jump(person: Person, reference: str) -> str:
    """Where the search leads when the number of a closing is typed."""
    found = Closure.objects.visible_to(person).filter(reference=reference).first()
    return found.get_absolute_url() if found else ""


JUMPS["CL"] = jump


def under_way(context: CaseContext) -> Closure | None:
    if "closing" not in context.read:
        found = Closure.objects.under_way().filter(case=context.case).first()
        if found:
            found.case = context.case
        context.read["closing"] = found
    closure: Closure | None = context.read["closing"]
    return closure


@moves
def go_on_closing(context: CaseContext) -> list[Move]:
    """The part of the closing whose turn it is, for the person who may do it; or to open a closed case again."""
    case = context.case
    if not case.is_held:
        may = can_reopen(context.person, case, context.standing)
        return [Move("Open the case again", reverse("closures:reopen", args=[case.reference]), rank=15)] if may else []
    closure = under_way(context)
    if closure is None or not can_take(context.person, closure, context.standing):
        return []
    return [Move(verb_of(closure.present_turn), reverse("closures:part", args=[closure.reference]), rank=14)]


@comings
def closings_to_come(cases: list[Case], at: datetime) -> list[Coming]:
    """For the caseload of a worker: which cases are being closed, and for whom that waits."""
    found = Closure.objects.under_way().filter(case__in=cases).select_related("case__authority").order_by("pk")
    return [Coming(one.case_id, f"Being closed: waits for {_waits_for(one)}", date.max) for one in found]


def _waits_for(closure: Closure) -> str:
    """ "the practice manager or deputy team manager" """
    name = closure.plan.hand_names(closure.present_turn)
    return f"the {name[:1].lower()}{name[1:]}"


@panels
def closing_panel(context: CaseContext) -> list[Panel]:
    rank, links = _of_an_open_case(context) if context.case.is_held else _of_a_closed_case(context)
    return [Panel("Closing", TEMPLATE, links, rank=rank)] if links else []


def _of_an_open_case(context: CaseContext) -> tuple[int, list[tuple[str, str]]]:
    case = context.case
    if closure := under_way(context):
        said = f"{closure.reference}: {closure.get_state_display().lower()}, waits for {_waits_for(closure)}"
        return FIRST, [(closure.get_absolute_url(), said)]
    if not can_start(context.person, case, context.reach):
        return LAST, []
    return LAST, [(reverse("closures:start", args=[case.reference]), "Propose closing this case")]


def _of_a_closed_case(context: CaseContext) -> tuple[int, list[tuple[str, str]]]:
    case = context.case
    closure = Closure.objects.filter(case=case, closed_at=case.closed_at).first()
    return FIRST, [(closure.get_absolute_url(), "See how it was closed")] if closure else []
