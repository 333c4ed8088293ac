"""The other side's answer: it agrees, or gives it back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions.restricted import conflict_gaps
from cases.guards import worker_gaps
from casetransfer.protocols import due
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.actions.requests import let_in
from transfers.actions.rows import lock, save, tell
from transfers.brief import with_brief
from transfers.limits import last_day_of
from transfers.models import Approval, Transfer
from transfers.permissions import check_can, own_need


@transaction.atomic
def agree_transfer(
    *, transfer: Transfer, by: Person | None, at: datetime, planned_on: date | None = None,
    receiving_worker: Person | None = None, note: str = "",
) -> Transfer:  # fmt: skip
    """The other side agrees, with the day and the worker. Where the pack asks for this manager's own approval as well,
    agreeing gives it."""
    transfer = lock(transfer, at)
    check_can(by, "agree", transfer)
    refuse_if([*_worker_gaps(transfer, receiving_worker, planned_on, at), *late_gaps(transfer, planned_on, note)])
    own = _own_approval(transfer, by, at)
    refuse_if(transfer.blockers("agree"))
    transfer.agree()
    transfer.agreed_at, transfer.agreed_by = at, by
    transfer.planned_on = planned_on or transfer.planned_on
    transfer.receiving_worker = receiving_worker or transfer.receiving_worker
    save(transfer, by)
    if transfer.receiving_team:
        let_in(transfer, None, at)
    on = f" It is planned for {words.day(transfer.planned_on)}." if transfer.planned_on else ""
    worker = transfer.receiving_worker
    named = f" {worker.name} will be the worker." if worker else ""
    says = f"{transfer.answering_team.name} agreed to the transfer.{on}{named} {note.strip()}".strip()
    tell(transfer, "transfer_agreed", says, by=by, at=at, approval=own.pk if own else None)
    return transfer


@transaction.atomic
def name_worker(*, transfer: Transfer, worker: Person, by: Person | None, at: datetime) -> Transfer:
    """The receiving team names who takes the case, or somebody else instead."""
    transfer = lock(transfer, at)
    check_can(by, "name_worker", transfer)
    over = [] if transfer.agreed_at and not transfer.finished_at else [Gap("A worker is named once it is agreed.")]
    refuse_if(over or _worker_gaps(transfer, worker, transfer.planned_on, at, "worker"))
    transfer.receiving_worker = worker
    save(transfer, by)
    tell(transfer, "transfer_worker_named", f"{worker.name} was named as the worker.", by=by, at=at)
    return transfer


@transaction.atomic
def return_transfer(*, transfer: Transfer, gaps_found: str, by: Person | None, at: datetime) -> Transfer:
    """The other side gives it back with the gaps, and a clock to mend them where the pack has one."""
    transfer = lock(transfer, at)
    check_can(by, "send_back", transfer)
    gaps = [] if gaps_found.strip() else [Gap("Say what must be put right.", field="gaps_found")]
    refuse_if(gaps + transfer.blockers("send_back"))
    transfer.send_back()
    transfer.returned_at, transfer.returned_by, transfer.returned_for = at, by, gaps_found.strip()
    transfer.agreed_at, transfer.agreed_by = None, None
    timer, transfer.due_at = mend_clock(transfer, at)
    save(transfer, by)
    until = f" To be put right by {words.moment(transfer.due_at)}." if transfer.due_at else ""
    says = f"{transfer.answering_team.name} returned the transfer: {gaps_found.strip()}{until}"
    tell(transfer, "transfer_returned", says, by=by, at=at, timer=timer)
    return transfer


def mend_clock(transfer: Transfer, at: datetime) -> tuple[str, datetime | None]:
    """The pack's clock for returned gaps, if it has one for these papers."""
    brief = transfer.brief
    items = {state.item.code for state in brief.items}
    for checklist in brief.pack.checklist:
        if checklist.mend_timer and items & {item.code for item in checklist.items}:
            return checklist.mend_timer, due(brief.pack, checklist.mend_timer, at).due_at
    return "", None


def _own_approval(transfer: Transfer, by: Person | None, at: datetime) -> Approval | None:
    """The approval that this manager's agreement amounts to, unless they gave one before."""
    need = own_need(transfer, by)
    if need is None:
        return None
    approval = Approval(transfer=transfer, place=need.place, given_at=at, given_by=by)
    save(approval, by)
    with_brief(transfer, at)
    return approval


def late_gaps(transfer: Transfer, planned_on: date | None, note: str) -> list[Gap]:
    """A day after the last one that the protocol allows is agreed with its reason."""
    last = last_day_of(transfer.brief) if planned_on and not note.strip() else None
    if last is None or planned_on is None or planned_on <= last.on:
        return []
    says = (
        f"The protocol wants this case moved by {words.day(last.on)}. Say in the note or the minutes why it is later."
    )
    return [Gap(says, last.clauses, field="planned_on")]


def _worker_gaps(
    transfer: Transfer, worker: Person | None, planned_on: date | None, at: datetime, field: str = "receiving_worker"
) -> list[Gap]:
    gaps = []
    if planned_on and planned_on < localdate(at) - timedelta(days=31):
        gaps.append(Gap("The planned day is more than a month ago.", field="planned_on"))
    if worker and transfer.receiving_team:
        gaps += worker_gaps(worker, transfer.receiving_team, localdate(at), field)
    return gaps + conflict_gaps(transfer.case.child, worker, field)
