"""Duties that outlive a transfer: written down when it completes, met with evidence."""

from datetime import datetime

from django.db import transaction

from cases import words
from casetransfer.calendars import CalendarError
from casetransfer.protocols import TimerError, due, rows
from casetransfer.protocols.answers import start_moment
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import NO
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.actions.rows import lock, save, tell
from transfers.models import Duty, Transfer
from transfers.permissions import check_can_meet


def write_duties(transfer: Transfer, by: Person | None, at: datetime) -> list[Duty]:
    """Each duty of the route that applies to this child, for each side that owes it."""
    brief, engine = transfer.brief, engine_for(transfer.brief.pack)
    found = []
    for row in (brief.pack.by_code[code] for code in brief.plan.asks.duties if code in brief.pack.by_code):
        if engine.holds_for(engine.tables(row.when))(brief.decision.facts) is NO:
            continue
        for team in transfer.side_of(row.owed_by if row.owed_by != "other" else "transferring"):
            duty = Duty(
                transfer=transfer, code=row.code, what=row.what, clause=", ".join(row.clauses)[:200], team=team,
                due_at=_due(transfer, row, at),
            )  # fmt: skip
            found.append(save(duty, by))
    return found


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
