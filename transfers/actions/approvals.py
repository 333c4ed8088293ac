"""Giving the approvals that the pack asks for, in its order."""

from datetime import datetime

from django.db import transaction

from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.actions.rows import lock, save, tell
from transfers.brief import ApprovalState
from transfers.machine import UNDER_WAY
from transfers.models import Approval, Transfer
from transfers.permissions import check_can_approve


@transaction.atomic
def give_approval(
    *, transfer: Transfer, place: int, by: Person | None, at: datetime, on_behalf_of: str = "", note: str = ""
) -> Approval:
    """One approval. `on_behalf_of` names somebody outside this system whose decision is written down here."""
    transfer = lock(transfer, at)
    need = next((need for need in transfer.brief.approvals if need.place == place), None)
    if need is None:
        refuse_if([Gap("This route asks for no such approval.")])
    assert need is not None
    check_can_approve(by, transfer, need, on_behalf_of.strip())
    refuse_if(_gaps(transfer, need, by))
    approval = Approval(
        transfer=transfer, place=place, given_at=at, given_by=by, on_behalf_of=on_behalf_of.strip(), note=note.strip()
    )
    save(approval, by)
    who = f" by {on_behalf_of.strip()}" if on_behalf_of.strip() else ""
    role, what = need.by_in_words, f": {need.what}" if need.what else ""
    says = f"Approved{who} as {role[:1].lower()}{role[1:]}{what}. {note.strip()}".strip()
    tell(transfer, "transfer_approved", says, by=by, at=at, subject=approval, clauses=need.clauses, place=place)
    return approval


@transaction.atomic
def withdraw_approval(*, approval: Approval, by: Person | None, at: datetime, why: str) -> Transfer:
    """Whoever approved thinks again."""
    transfer = lock(approval.transfer, at)
    need = transfer.brief.approvals[approval.place - 1]
    check_can_approve(by, transfer, need, approval.on_behalf_of)
    gaps = [] if why.strip() else [Gap("Say why the approval is withdrawn.", field="why")]
    if approval.withdrawn_at:
        gaps.append(Gap("This approval is withdrawn already."))
    refuse_if([*gaps, *_over(transfer)])
    approval.withdrawn_at, approval.withdrawn_by = at, by
    save(approval, by)
    says = f"The approval of {need.by_in_words} was withdrawn: {why.strip()}"
    tell(transfer, "transfer_approval_withdrawn", says, by=by, at=at, subject=approval, clauses=need.clauses)
    return transfer


def _gaps(transfer: Transfer, need: ApprovalState, by: Person | None) -> list[Gap]:
    """Each once, in the pack's order, by as many people as there are approvals."""
    gaps = _over(transfer)
    if need.given:
        return [Gap(need.given.in_words, need.clauses)]
    gaps += [
        Gap(f"{earlier.by_in_words} must approve first.", earlier.clauses or need.clauses)
        for earlier in transfer.brief.approvals
        if earlier.is_missing and earlier.wants.order < need.wants.order
    ]
    if by and any(other.given and other.given.given_by_id == by.pk for other in transfer.brief.approvals):
        gaps.append(Gap(f"{by.name} has given another approval of this transfer: somebody else must give this one."))
    return gaps


def _over(transfer: Transfer) -> list[Gap]:
    return [] if transfer.state in UNDER_WAY else [Gap(transfer.stands)]
