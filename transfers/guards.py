"""Why not yet: each function names every reason at once, with the clauses. They read `transfer.brief`, which says what
the protocol asks of this transfer at this moment, and import nothing of the room."""

from typing import Any

from django.utils.timezone import localdate

from cases.guards import worker_gaps
from teams.refusals import Gap

AT_REQUEST = ("request",)
AT_LISTING = (*AT_REQUEST, "listing")
AT_AGREEMENT = (*AT_LISTING, "agreement")
AT_COMPLETION = (*AT_AGREEMENT, "meeting", "acceptance", "contact", "record_move", "completion")
AT_ENDING = (*AT_COMPLETION, "closure")

NO_STEP = {
    "listed": "This route names no transfer meeting.",
    "handover": "This route names no handover or joint working.",
}


def step_gaps(step: str, transfer: Any) -> list[Gap]:
    """A step that this authority's pack does not have on this route."""
    brief = transfer.brief
    return [] if step in brief.steps else [Gap(NO_STEP[step], brief.route.clauses)]


def request_gaps(transfer: Any) -> list[Gap]:
    brief = transfer.brief
    return [*holder_gaps(brief), *route_gaps(brief, settled=False), *item_gaps(brief, AT_REQUEST)]


def listing_gaps(transfer: Any) -> list[Gap]:
    return item_gaps(transfer.brief, AT_LISTING)


def agreement_gaps(transfer: Any) -> list[Gap]:
    brief = transfer.brief
    return [*holder_gaps(brief), *approval_gaps(brief), *item_gaps(brief, AT_AGREEMENT)]


def handover_gaps(transfer: Any) -> list[Gap]:
    """Where a route is in stages, the first of them has its own conditions and its own moment."""
    brief = transfer.brief
    joining = brief.joining
    if joining is None:
        return []
    stage, facts = joining.stage, brief.decision.facts
    clauses = stage.clauses or brief.route.clauses
    if joining.applies(facts).name == "NO":
        return [Gap(f"{stage.name}: this stage does not apply to this child.", clauses)]
    point = joining.point(facts)
    return [] if point.reached else [Gap(f"{stage.name} at {point.says}, which is not recorded yet.", clauses)]


def completion_gaps(transfer: Any) -> list[Gap]:
    """The transfer point as recorded, the floors, the holds, the agreement, the papers."""
    brief = transfer.brief
    gates = AT_ENDING if brief.route.effect == "ends" else AT_COMPLETION
    gaps = [*holder_gaps(brief), *agreed_gaps(transfer), *route_gaps(brief, settled=True), *point_gaps(brief)]
    gaps += leaver_gaps(transfer)
    return [*gaps, *approval_gaps(brief), *item_gaps(brief, gates), *advisory_gaps(brief, gates)]


def holder_gaps(brief: Any) -> list[Gap]:
    """Only the team that holds the case can pass it on."""
    if brief.holder == brief.transfer.transferring_team:
        return []
    name, team = brief.transfer.transferring_team.name, brief.holder
    says = f"{name} no longer holds this case: {team.name} does." if team else "No team holds this case: it is closed."
    return [Gap(says)]


def agreed_gaps(transfer: Any) -> list[Gap]:
    """Where the other side must agree, completion does not go round it."""
    if "agreed" not in transfer.brief.steps or transfer.agreed_at:
        return []
    side = transfer.answering_team
    return [Gap(f"{side.name} has not agreed to this transfer.", transfer.brief.route.clauses)]


def leaver_gaps(transfer: Any) -> list[Gap]:
    """Whoever was named may have left since; without anybody the team holds the case on duty."""
    worker, team = transfer.receiving_worker, transfer.receiving_team
    gaps = worker_gaps(worker, team, localdate(transfer.brief.at)) if worker and team else []
    return [Gap(f"{gap.sentence} Name who takes the case instead.") for gap in gaps]


def route_gaps(brief: Any, *, settled: bool) -> list[Gap]:
    """Whether the protocol leads this child along this route: not ruled out to ask, and settled to complete."""
    found = brief.found
    if found is None:
        return [Gap("The protocol has no such route any more.")]
    reasons = [*found.because, *(found.needs if settled else ())]
    return [Gap(reason.says, tuple(reason.clauses) or brief.route.clauses) for reason in reasons]


def point_gaps(brief: Any) -> list[Gap]:
    """The transfer point as the record has it, the earliest days, and the rules that hold a case where it is."""
    return [Gap(reason.says, tuple(reason.clauses)) for reason in brief.found.gaps] if brief.found else []


def approval_gaps(brief: Any) -> list[Gap]:
    """Every approval that the pack says must be there, whoever else has agreed."""
    return [approval_gap(need) for need in brief.approvals if need.is_missing]


def approval_gap(need: Any) -> Gap:
    return Gap(f"Not yet approved by {need.by_in_words}{': ' + need.what if need.what else ''}.", need.clauses)


def item_gaps(brief: Any, gates: tuple[str, ...]) -> list[Gap]:
    """Papers and steps that stop this move: blocking ones, and waivable ones that nobody has waived."""
    return [
        Gap(f"{state.item.what}: {state.why_missing}.", state.item.clauses)
        for state in brief.items
        if state.item.gate in gates and state.stops
    ]


def advisory_gaps(brief: Any, gates: tuple[str, ...]) -> list[Gap]:
    """What is only asked for may be missing, if somebody says why."""
    missing = [state for state in brief.items if state.item.gate in gates and state.wants_reason]
    if not missing or brief.missing_because is None or brief.missing_because.strip():
        return []
    clauses = tuple(dict.fromkeys(clause for state in missing for clause in state.item.clauses))
    named = "; ".join(state.item.what for state in missing)
    return [Gap(f"Say why these are missing: {named}.", clauses, field="missing_because")]
