"""What the clock does when nobody answers: a dispute goes up its ladder, a silent manager's manager is told."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions import queue_notices
from cases.notices import Recipient
from casetransfer.protocols import pack_for
from casetransfer.protocols.explain import roles_in_words
from casetransfer.protocols.plans import engine_for
from transfers.actions.disputes import pass_on_dispute
from transfers.actions.rows import lock, save, tell
from transfers.ladder import answer_due, rung_after, rung_named
from transfers.machine import WAITING
from transfers.models import Dispute, Rung, Transfer
from transfers.notices import people_above, people_behind


@transaction.atomic
def climb(*, dispute: Dispute, at: datetime) -> Rung:
    """The time of a dispute's rung is up: it goes to the next by itself. On the last rung those who must decide are
    told once more. Run twice, or late, it does no more."""
    transfer = lock(dispute.transfer, at)
    dispute = Dispute.objects.get(pk=dispute.pk)
    rung = dispute.rung
    if dispute.decided_at or rung.told_at or rung.due_at is None or rung.due_at > at:
        return rung
    pack, rung.told_at = transfer.brief.pack, at
    save(rung, None)
    if rung_after(pack, rung.step):
        dispute.transfer = transfer
        why = f"It was not settled by {words.moment(rung.due_at)}."
        rung = pass_on_dispute(dispute=dispute, why=why, by=None, at=at)
    step = rung_named(pack, rung.step)
    until = f", by {words.moment(rung.due_at)}" if rung.due_at else ""
    _tell_people(
        transfer, "dispute_waits", f"rung-{rung.pk}", people_behind(step.by, "both", transfer, localdate(at)),
        f"A dispute waits for {roles_in_words(pack, step.by)}{until}", step.clauses, at,
    )  # fmt: skip
    return rung


def unanswered(at: datetime) -> list[Transfer]:
    """Those whose time to be answered is up by the clock of their own route."""
    found = []
    for transfer in Transfer.objects.unanswered(at).iterator():
        pack = pack_for(transfer.pack)
        plan = engine_for(pack).plans.get(transfer.route)
        if plan and transfer.requested_at and answer_due(pack, plan, transfer.requested_at) <= at:
            found.append(transfer)
    return found


@transaction.atomic
def escalate_silence(*, transfer: Transfer, at: datetime) -> bool:
    """Nobody has approved or agreed in time: those above whoever should have are told, once for each asking."""
    transfer = lock(transfer, at)
    if transfer.state not in WAITING or transfer.escalated_at or not transfer.requested_at:
        return False
    due_at = answer_due(transfer.brief.pack, transfer.brief.plan, transfer.requested_at)
    if due_at > at:
        return False
    transfer.escalated_at = at
    save(transfer, None)
    need = transfer.brief.next_approval
    who = need.by_in_words if need and need.is_missing else f"The manager of {transfer.answering_team.name}"
    side = "transferring" if transfer.is_pull else "receiving"
    codes = need.wants.by if need and need.is_missing else ()
    clauses = need.clauses if need else ()
    says = f"{who} had not answered by {words.moment(due_at)}: those above were told."
    tell(transfer, "transfer_escalated", says, by=None, at=at, clauses=clauses)
    people = people_above(codes, need.wants.side if need and codes else side, transfer, localdate(at))
    title = f"A transfer waits for an answer since {words.day(localdate(transfer.requested_at))}"
    _tell_people(transfer, "transfer_silent", f"asked {transfer.requested_at.isoformat()}", people, title, clauses, at)
    return True


def _tell_people(
    transfer: Transfer, code: str, occasion: str, people: list[Recipient], title: str, clauses: tuple[str, ...],
    at: datetime,
) -> None:  # fmt: skip
    queue_notices(
        authority=transfer.case.authority_id, case=transfer.case, code=code, subject=transfer.reference,
        occasion=occasion, title=f"{transfer.reference}: {title}"[:200], link=transfer.get_absolute_url(), to=people,
        at=at, must_act=True, pack=transfer.pack, version=transfer.version, clause=", ".join(clauses)[:200],
    )  # fmt: skip
