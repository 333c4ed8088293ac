"""A move that does not happen on the agreed day: found by the clock, or said by whoever agrees another day."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions import queue_notices
from casetransfer.protocols.rows import Notice, Timer
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.actions.decisions import late_gaps
from transfers.actions.rows import lock, save, tell
from transfers.machine import DECIDED
from transfers.models import Transfer
from transfers.models.transfer import DELAYED
from transfers.notices import people_behind
from transfers.permissions import check_can


@transaction.atomic
def record_delay(*, transfer: Transfer, at: datetime) -> bool:
    """The agreed day has gone by. Written down once for each day that was agreed; whoever the protocol names hears it.
    Run twice, or late, it does no more."""
    transfer = lock(transfer, at)
    planned = transfer.planned_on
    if planned is None or not Transfer.objects.slipped(localdate(at)).filter(pk=transfer.pk).exists():
        return False
    _delayed(transfer, planned, f"The move planned for {words.day(planned)} has not happened.", None, at)
    return True


@transaction.atomic
def plan_anew(*, transfer: Transfer, planned_on: date, why: str, by: Person | None, at: datetime) -> Transfer:
    """Both sides agree another day. A later one is a delay, and is told as one."""
    transfer = lock(transfer, at)
    check_can(by, "plan_anew", transfer)
    before = transfer.planned_on
    gaps = [] if transfer.state in DECIDED else [Gap("A day is planned once it is agreed.")]
    gaps += [] if planned_on >= localdate(at) else [Gap("The new day cannot be in the past.", field="planned_on")]
    gaps += [Gap("This is the day it has already.", field="planned_on")] if planned_on == before else []
    gaps += [] if why.strip() else [Gap("Say why the day changes.", field="why")]
    refuse_if(gaps + late_gaps(transfer, planned_on, why))
    is_told = before is not None and not Transfer.objects.slipped(date.max).filter(pk=transfer.pk).exists()
    transfer.planned_on = planned_on
    save(transfer, by)
    was = f" instead of {words.day(before)}" if before else ""
    says = f"The move is now planned for {words.day(planned_on)}{was}. {why.strip()}"
    if before and planned_on > before and not is_told:
        _delayed(transfer, before, says, by, at)
    else:
        tell(transfer, "transfer_planned", says, by=by, at=at)
    return transfer


def _delayed(transfer: Transfer, planned: date, says: str, by: Person | None, at: datetime) -> None:
    pack = transfer.brief.pack
    found: list[Notice | Timer] = [row for row in pack.notice if row.starts.on == DELAYED]
    at_once = [row for row in pack.timer if row.starts.on == DELAYED and row.kind == "immediate"]
    clauses = tuple(dict.fromkeys(code for row in [*found, *at_once] for code in row.clauses))
    tell(transfer, DELAYED, says, by=by, at=at, clauses=clauses, planned=planned.isoformat())
    for row in at_once:
        queue_notices(
            authority=transfer.case.authority_id, case=transfer.case, code=row.code, subject=transfer.reference,
            occasion=f"planned {planned.isoformat()}", title=f"{transfer.reference}: {row.what}"[:200],
            lines=[f"It was planned for {words.day(planned)}."], link=transfer.get_absolute_url(), at=at,
            to=people_behind(row.owed_by, "both", transfer, localdate(at)), must_act=True, pack=transfer.pack,
            version=transfer.version, clause=", ".join(row.clauses)[:200],
        )  # fmt: skip
