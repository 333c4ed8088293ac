"""Disputes: raised, passed up the pack's ladder, decided. The decision is written on the child's record and kept to."""

from datetime import datetime

from django.db import transaction

from cases import words
from casetransfer.protocols.explain import roles_in_words
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.actions.requests import close_transfer
from transfers.actions.rows import lock, save, tell
from transfers.ladder import rung_after, rung_due, rung_named, rungs_of
from transfers.models import Dispute, Outcome, Rung, Transfer
from transfers.permissions import check_can, check_can_decide


@transaction.atomic
def raise_dispute(*, transfer: Transfer, reason: str, by: Person | None, at: datetime) -> Dispute:
    """The sides disagree. The case stays with its holder, and the first rung's clock runs."""
    transfer = lock(transfer, at)
    check_can(by, "dispute", transfer)
    gaps = [] if reason.strip() else [Gap("Say what is disputed.", field="reason")]
    steps = rungs_of(transfer.brief.pack)
    if not steps:
        gaps.append(Gap("This protocol has no way to dispute a transfer."))
    refuse_if(gaps + transfer.blockers("dispute"))
    transfer.dispute()
    save(transfer, by)
    dispute = Dispute(transfer=transfer, reason=reason.strip(), raised_at=at, raised_by=by)
    save(dispute, by)
    rung = _reach(dispute, steps[0].code, by, at)
    holder = transfer.transferring_team.name
    until = f", by {words.moment(rung.due_at)}" if rung.due_at else ""
    who = roles_in_words(transfer.brief.pack, steps[0].by)
    says = f"Disputed: {reason.strip()} {holder} keeps the case meanwhile. First to be settled by: {who}{until}."
    tell(transfer, "transfer_disputed", says, by=by, at=at, subject=dispute, clauses=steps[0].clauses)
    return dispute


@transaction.atomic
def pass_on_dispute(*, dispute: Dispute, why: str, by: Person | None, at: datetime) -> Rung:
    """It is not settled on this rung, so it goes to the next. Nobody (the clock) does it when the rung's time is up."""
    transfer, dispute = _lock(dispute, at)
    check_can(by, "dispute", transfer)
    rung = dispute.rung
    after = rung_after(transfer.brief.pack, rung.step)
    gaps = [] if why.strip() else [Gap("Say why it could not be settled.", field="why")]
    if after is None:
        here = rung_named(transfer.brief.pack, rung.step)
        who = roles_in_words(transfer.brief.pack, here.by)
        gaps.append(Gap(f"There is no higher rung: {who} must decide.", here.clauses))
    refuse_if(gaps + dispute.blockers("pass_on"))
    assert after is not None
    dispute.pass_on()
    save(dispute, by)
    rung.passed_on_because = why.strip()
    save(rung, by)
    is_up = rung.due_at is not None and rung.due_at <= at
    new = _reach(dispute, after.code, by, at, since=rung.due_at if is_up else None)
    until = f", by {words.moment(new.due_at)}" if new.due_at else ""
    who = roles_in_words(transfer.brief.pack, after.by)
    says = f"The dispute goes to the next rung, {who}{until}: {why.strip()}"
    tell(transfer, "dispute_escalated", says, by=by, at=at, subject=dispute, clauses=after.clauses, step=after.code)
    return new


@transaction.atomic
def decide_dispute(
    *, dispute: Dispute, outcome: str, decision: str, by: Person | None, at: datetime
) -> Dispute:  # fmt: skip
    """Somebody of the rung that it has reached decides, and the outcome is applied to the transfer at once."""
    transfer, dispute = _lock(dispute, at)
    step = rung_named(transfer.brief.pack, dispute.rung.step)
    check_can_decide(by, transfer, step)
    gaps = [] if decision.strip() else [Gap("Write down the decision with its reason.", field="decision")]
    if outcome not in Outcome.values:
        gaps.append(Gap("Choose what follows.", field="outcome"))
    refuse_if(gaps + dispute.blockers("decide"))
    dispute.decide()
    dispute.outcome, dispute.decision, dispute.decided_at, dispute.decided_by = outcome, decision.strip(), at, by
    save(dispute, by)
    says = f"The dispute is decided. {Outcome(outcome).label}: {decision.strip()}"
    tell(transfer, "dispute_decided", says, by=by, at=at, subject=dispute, clauses=step.clauses, step=step.code)
    _apply(transfer, outcome, decision, by, at)
    return dispute


def _apply(transfer: Transfer, outcome: str, decision: str, by: Person | None, at: datetime) -> None:
    if outcome == Outcome.STAYS:
        refuse_if(transfer.blockers("withdraw"))
        transfer.withdraw()
        close_transfer(transfer, "The dispute was decided against the transfer", decision, "transfer_withdrawn", by, at)
        return
    refuse_if(transfer.blockers("uphold" if outcome == Outcome.GOES_AHEAD else "resume"))
    if outcome == Outcome.GOES_AHEAD:
        transfer.uphold()
        transfer.agreed_at, transfer.agreed_by = at, by
    else:
        transfer.resume()
        transfer.agreed_at, transfer.agreed_by = None, None
    transfer.due_at = None
    save(transfer, by)


def _reach(dispute: Dispute, step: str, by: Person | None, at: datetime, since: datetime | None = None) -> Rung:
    """Where the time of the rung before was up, the next one's runs from then, however late the clock found it."""
    pack = dispute.transfer.brief.pack
    due_at = rung_due(pack, rung_named(pack, step), since or at)
    return save(Rung(dispute=dispute, step=step, reached_at=at, reached_by=by, due_at=due_at), by)


def _lock(dispute: Dispute, at: datetime) -> tuple[Transfer, Dispute]:
    transfer = lock(dispute.transfer, at)
    found = Dispute.objects.get(pk=dispute.pk)
    found.transfer = transfer
    return transfer, found
