"""What this room puts on the page of a case: the closing under way, or the way to propose one."""

from django.urls import reverse

from cases.slots import CaseContext, Move, moves
from closures.models import Closure
from closures.permissions import can_reopen, can_start


@moves
def closure_moves(context: CaseContext) -> list[Move]:
    case = context.case
    if not case.is_held:
        return _of_a_closed_case(context)
    under_way = Closure.objects.under_way().filter(case=case).first()
    if under_way:
        return [Move(f"Closing: {under_way.get_state_display().lower()}", under_way.get_absolute_url(), rank=15)]
    if not can_start(context.person, case):
        return []
    return [Move("Propose closing this case", reverse("closures:start", args=[case.reference]), rank=80)]


def _of_a_closed_case(context: CaseContext) -> list[Move]:
    case = context.case
    closure = Closure.objects.filter(case=case, closed_at=case.closed_at).first()
    found = [Move("See how it was closed", closure.get_absolute_url(), rank=15)] if closure else []
    if can_reopen(context.person, case):
        found.append(Move("Open the case again", reverse("closures:reopen", args=[case.reference]), rank=80))
    return found
