"""What this room puts on the page of a case: the closing under way, or the way to propose one or to undo it."""

from django.urls import reverse

from cases.search import JUMPS
from cases.slots import CaseContext, Panel, panels
from closures.models import Closure
from closures.permissions import can_reopen, can_start
from teams.models import Person

TEMPLATE = "closures/_panel.jinja"
FIRST, LAST = 15, 90


def jump(person: Person, reference: str) -> str:
    """Where the search leads when the number of a closing is typed."""
    found = Closure.objects.visible_to(person).filter(reference=reference).first()
    return found.get_absolute_url() if found else ""


JUMPS["CL"] = jump


@panels
def closing_panel(context: CaseContext) -> list[Panel]:
    rank, links = _of_an_open_case(context) if context.case.is_held else _of_a_closed_case(context)
    return [Panel("Closing", TEMPLATE, links, rank=rank)] if links else []


def _of_an_open_case(context: CaseContext) -> tuple[int, list[tuple[str, str]]]:
    case = context.case
    under_way = Closure.objects.under_way().filter(case=case).first()
    if under_way:
        said = f"{under_way.reference}: {under_way.get_state_display().lower()}"
        return FIRST, [(under_way.get_absolute_url(), said)]
    if not can_start(context.person, case, context.reach):
        return LAST, []
    return LAST, [(reverse("closures:start", args=[case.reference]), "Propose closing this case")]


def _of_a_closed_case(context: CaseContext) -> tuple[int, list[tuple[str, str]]]:
    case = context.case
    closure = Closure.objects.filter(case=case, closed_at=case.closed_at).first()
    links = [(closure.get_absolute_url(), "See how it was closed")] if closure else []
    if can_reopen(context.person, case, context.standing):
        links.append((reverse("closures:reopen", args=[case.reference]), "Open the case again"))
    return FIRST, links
