"""Duties that outlive a transfer: written down when it completes, met with evidence."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions import queue_notices
from cases.models import Involvement, Part
from cases.notices import Recipient, managers_of
from casetransfer.calendars import CalendarError
from casetransfer.protocols import TimerError, due, pack_for, rows
from casetransfer.protocols.answers import start_moment
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import NO
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.actions.rows import lock, save, tell
from transfers.models import DUTY_LATE, Duty, Transfer
from transfers.permissions import check_can_meet

MOST_AT_ONCE = 200
SHOWING: dict[str, str] = {Part.ALLOCATED_SOCIAL_WORKER: "case_allocated", Part.DUTY: "case_held_on_duty"}
"""Part in the case -> the act by which somebody got it, in the pack's words."""


def write_duties(transfer: Transfer, by: Person | None, at: datetime) -> list[Duty]:
    """Each duty of the route that applies to this child and outlives the move, for each side that owes it."""
    brief, engine, found = transfer.brief, engine_for(transfer.brief.pack), []
    lines = list(transfer.case.involvements.current().filter(role__in=SHOWING).select_related("team", "person"))
    for row in (brief.pack.by_code[code] for code in brief.plan.asks.duties if code in brief.pack.by_code):
        if row.until_move or engine.holds_for(engine.tables(row.when))(brief.decision.facts) is NO:
            continue
        for team in transfer.side_of(row.owed_by if row.owed_by != "other" else "transferring"):
            duty = Duty(
                transfer=transfer, code=row.code, what=row.what, clause=", ".join(row.clauses)[:200], team=team,
                due_at=_due(transfer, row, at),
            )  # fmt: skip
            showing = next((line for line in lines if line.team_id == team.pk and _shows(line, row)), None)
            found.append(_show(duty, showing, by, at) if showing else save(duty, by))
    return found


@transaction.atomic
def meet_shown(*, line: Involvement, by: Person | None, at: datetime) -> list[Duty]:
    """What is done by a worker being named, or by holding on duty with its reason, is met by that itself."""
    if not line.case.is_held:
        return []
    pack = pack_for(line.case.pack)
    owed = Duty.objects.owed().filter(transfer__case=line.case, team=line.team).select_related("team", "transfer__case")
    return [_show(duty, line, by, at) for duty in owed if _shows(line, pack.by_code.get(duty.code))]


def _shows(line: Involvement, row: object) -> bool:
    return isinstance(row, rows.Duty) and SHOWING[line.role] in row.shown_by


def _show(duty: Duty, line: Involvement, by: Person | None, at: datetime) -> Duty:
    """Met by what the ledger says."""
    duty.met_at, duty.met_by, duty.evidence = at, by, _evidence(line)
    save(duty, by)
    clauses = tuple(duty.clause.split(", "))
    says = f"{duty.what.rstrip('.')}: done. {duty.evidence}"
    tell(duty.transfer, "duty_met", says, by=by, at=at, subject=duty, clauses=clauses)
    return duty


def _evidence(line: Involvement) -> str:
    since = words.moment(line.started_at)
    if line.role == Part.DUTY:
        return f"{line.team.name} holds the case on duty since {since}: {line.delay_reason}"
    who = line.person.name if line.person else line.team.name
    return f"{who} of {line.team.name} is the allocated social worker since {since}."


def _due(transfer: Transfer, row: rows.Duty, at: datetime) -> datetime | None:
    """From the move, or from what else the timer counts from, where that is known."""
    pack, timer = transfer.brief.pack, transfer.brief.pack.timers.get(row.timer)
    if timer is None or not timer.offset:
        return None
    of_move = timer.starts.on.startswith("transfer_") or timer.starts.on == "case_allocated"
    start = at if of_move else start_moment(timer.starts, transfer.brief.decision.facts)
    try:
        return due(pack, row.timer, start).due_at if start else None
    except (TimerError, CalendarError):
        return None


@transaction.atomic
def meet_duty(*, duty: Duty, evidence: str, by: Person | None, at: datetime) -> Duty:
    """It is done, and here is what shows it."""
    transfer = lock(duty.transfer, at)
    duty = Duty.objects.select_related("team", "met_by").get(pk=duty.pk)
    duty.transfer = transfer
    check_can_meet(by, duty)
    gaps = [] if evidence.strip() else [Gap("Say what shows that it is done.", field="evidence")]
    if duty.met_at:
        who = duty.met_by.name if duty.met_by else "The system"
        gaps.append(Gap(f"{who} has recorded this as done already, {words.moment(duty.met_at)}."))
    refuse_if(gaps)
    duty.met_at, duty.met_by, duty.evidence = at, by, evidence.strip()
    save(duty, by)
    clauses = tuple(duty.clause.split(", "))
    tell(transfer, "duty_met", f"{duty.what}: done. {evidence.strip()}", by=by, at=at, subject=duty, clauses=clauses)
    return duty


@transaction.atomic
def tell_of_late_duties(*, at: datetime) -> int:
    """What a team still owes after a move, past its time: its managers hear it, once. Answers how many were found. Run
    twice, or late, it does no more."""
    found = list(Duty.objects.late(at).untold().select_related("transfer__case", "team__authority")[:MOST_AT_ONCE])
    known: dict[int, list[Recipient]] = {}
    for duty in found:
        transfer, to = duty.transfer, known.setdefault(duty.team_id, managers_of(duty.team, localdate(at)))
        assert duty.due_at is not None
        queue_notices(
            authority=transfer.case.authority_id, case=transfer.case, code=DUTY_LATE, subject=transfer.reference,
            occasion=f"duty {duty.pk}", to=to, at=at, must_act=True,
            link=f"{transfer.get_absolute_url()}duties/{duty.pk}/",
            title=f"{transfer.reference}: {duty.team.name} owes something after the move"[:200],
            lines=[duty.what[:300], f"It was due {words.moment(duty.due_at)}."],
            pack=transfer.pack, version=transfer.version, clause=duty.clause,
        )  # fmt: skip
    return len(found)
