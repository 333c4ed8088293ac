"""The handover, the transfer point, and the move itself."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions import (
    add_involvement,
    add_journal,
    answer_question,
    end_involvement,
    move_responsibility,
    start_closing,
)
from cases.models import Part
from teams.models import Person, Team
from teams.refusals import Gap, refuse_if
from transfers.actions.duties import write_duties
from transfers.actions.handing_on import hand_on
from transfers.actions.requests import reroute
from transfers.actions.rows import lock, save, tell
from transfers.brief import with_brief
from transfers.guards import AT_COMPLETION, AT_ENDING
from transfers.machine import UNDER_WAY
from transfers.models import Effect, PracticeIssue, Transfer
from transfers.permissions import check_can
from transfers.routing import acts_of, name_of


@transaction.atomic
def start_handover(*, transfer: Transfer, by: Person | None, at: datetime, note: str = "") -> Transfer:
    """Both teams work side by side; the case stays with its holder until the transfer point. On a route in stages this
    is the first of two acts: the receiving side joins the work."""
    transfer = lock(transfer, at)
    check_can(by, "start_handover", transfer)
    refuse_if(transfer.blockers("start_handover"))
    transfer.start_handover()
    transfer.handover_at, transfer.handover_by = at, by
    joining, joint = transfer.brief.joining, transfer.brief.route.joint
    if joining and transfer.receiving_team:
        transfer.joined_at, transfer.joined_by = at, by
        _join(transfer, transfer.receiving_team, at, at)
    save(transfer, by)
    says = f"The handover began: {transfer.transferring_team.name} and {transfer.receiver_name} work together."
    if joining:
        holder = transfer.transferring_team.name
        says = f"{joining.stage.name}, from {transfer.receiver_name}. {holder} keeps the case until it moves."
    clauses = joining.stage.clauses if joining else joint.clauses if joint else ()
    tell(transfer, "handover_started", f"{says} {note.strip()}".strip(), by=by, at=at, clauses=clauses)
    return transfer


@transaction.atomic
def record_point(
    *, transfer: Transfer, act: str, happened_at: datetime, by: Person | None, at: datetime, note: str = ""
) -> Transfer:
    """Somebody records that the act or decision at which this route moves has happened. Events of the child
    (conferences, reviews, hearings), orders and dates are recorded in the case itself."""
    transfer = lock(transfer, at)
    check_can(by, "record_point", transfer)
    point = next((point for point in acts_of(transfer.brief.route) if name_of(point) == act), None)
    gaps = [] if transfer.state in UNDER_WAY else [Gap(transfer.stands)]
    gaps += [] if point else [Gap("This route does not move at that.", field="act")]
    if happened_at > at:
        gaps.append(Gap("This cannot have happened in the future.", field="happened_at"))
    if happened_at < transfer.case.opened_at:
        opened = words.moment(transfer.case.opened_at)
        gaps.append(Gap(f"This cannot have been before the case was opened, {opened}.", field="happened_at"))
    refuse_if(gaps)
    assert point is not None
    says = f"Recorded: {point.says or words.label(act)}, {words.moment(happened_at)}. {note.strip()}".strip()
    if point.kind == "decision" and point.fact:
        answer_question(case=transfer.case, fact=point.fact, value=True, by=None, at=at, because=note.strip()[:300])
    clause = ", ".join(transfer.brief.route.clauses)[:200]
    add_journal(
        transfer.case, name_of(point), says[:500], by=by, at=at, happened_at=happened_at, route=transfer.route,
        clause=clause, subject=transfer, transfer=transfer.reference,
    )  # fmt: skip
    return transfer


@transaction.atomic
def complete_transfer(
    *, transfer: Transfer, by: Person | None, at: datetime, effective_at: datetime | None = None,
    missing_because: str = "", worker: Person | None = None,
) -> Transfer:  # fmt: skip
    """The move itself: refused until the engine says that the transfer point is reached as recorded and nothing that
    stops it is missing. What never delays a move, and is missing, becomes a practice issue."""
    transfer = lock(transfer, at, missing_because=missing_because)
    check_can(by, "complete", transfer)
    if worker:
        transfer.receiving_worker = worker
        with_brief(transfer, at, missing_because=missing_because)
    refuse_if(transfer.blockers("complete"))
    found = transfer.brief.found
    assert found is not None
    transfer.complete()
    transfer.point_reached_on = found.point.on if found.point and found.point.on else localdate(at)
    transfer.finished_at, transfer.finished_by = at, by
    transfer.finished_because = missing_because.strip()[:500]
    save(transfer, by)
    _take_effect(transfer, by, at, effective_at or at)
    _open_issues(transfer, by, at)
    write_duties(transfer, by, at)
    hand_on(transfer, by, at)
    says = f"The transfer to {transfer.receiver_name} is complete: {found.point.says if found.point else 'agreed'}."
    missing = f" Missing: {missing_because.strip()}" if missing_because.strip() else ""
    tell(transfer, "transfer_completed", f"{says}{missing}", by=by, at=at)
    return transfer


@transaction.atomic
def complete_otherwise(
    *, transfer: Transfer, route: str, by: Person | None, at: datetime, receiving_team: Team | None = None,
    missing_because: str = "",
) -> Transfer:  # fmt: skip
    """What was decided at the transfer point leads along another route than the one that was asked for: the transfer
    takes that route, and completes at once where nothing else is missing."""
    transfer = lock(transfer, at)
    check_can(by, "complete", transfer)
    brief = transfer.brief
    led = {found.code for found in (*brief.decision.recommended, *brief.decision.possible)}
    ruled_out = brief.found is not None and bool(brief.found.because)
    gaps = [] if ruled_out else [Gap("What was decided does not rule out the route it has.", field="choice")]
    if route not in led:
        gaps.append(Gap("What was decided does not lead along this route.", field="choice"))
    refuse_if(gaps)
    transfer = reroute(transfer, route, "What was decided leads along it.", by, at, receiving_team)
    if with_brief(transfer, at, missing_because=missing_because).blockers("complete"):
        return transfer
    return complete_transfer(transfer=transfer, by=by, at=at, missing_because=missing_because)


def _take_effect(transfer: Transfer, by: Person | None, at: datetime, effective_at: datetime) -> None:
    case, team, effect = transfer.case, transfer.receiving_team, transfer.effect
    if transfer.joined_at and team:
        _end_joining(transfer, team, at)
    if effect == Effect.MOVES and team:
        move_responsibility(
            case=case, transferring_team=transfer.transferring_team, team=team, worker=transfer.receiving_worker,
            effective_at=effective_at, reason=transfer.reason, route=transfer.route, clause=transfer.clause, by=by,
            at=at,
        )  # fmt: skip
    elif effect == Effect.JOINS and team:
        _join(transfer, team, at, effective_at)
    elif effect in (Effect.MOVES, Effect.ENDS) and case.state == "open":
        start_closing(case=case, by=None, at=at, why=f"It goes to {transfer.receiver_name}.")


def _join(transfer: Transfer, team: Team, at: datetime, effective_at: datetime) -> None:
    """A named worker joins as co-worker, a team without one as a team alongside."""
    worker = transfer.receiving_worker
    role = Part.CO_WORKER if worker else Part.SUPPORTING_TEAM
    add_involvement(
        case=transfer.case, role=role, team=team, person=worker, effective_at=effective_at, by=None, at=at,
        route=transfer.route, clause=transfer.clause,
    )  # fmt: skip


def _end_joining(transfer: Transfer, team: Team, at: datetime) -> None:
    """Who joined in the first stage now has the case itself."""
    for line in transfer.case.involvements.current().filter(role__in=[Part.CO_WORKER, Part.SUPPORTING_TEAM], team=team):
        if transfer.joined_at and line.started_at >= transfer.joined_at and line.started_at < at:
            end_involvement(involvement=line, by=None, at=at)


def _open_issues(transfer: Transfer, by: Person | None, at: datetime) -> None:
    """Papers that must not delay the move, and are missing."""
    gates = AT_ENDING if transfer.effect == Effect.ENDS else AT_COMPLETION
    for state in transfer.brief.items:
        if state.opens_issue and state.item.gate in gates:
            issue = PracticeIssue(transfer=transfer, item=state.item.code, opened_at=at, opened_by=by)
            save(issue, by)
            says = f"A practice issue is open: {state.item.what} was missing when the case moved."
            tell(transfer, "practice_issue_opened", says, by=by, at=at, subject=issue, clauses=state.item.clauses)
