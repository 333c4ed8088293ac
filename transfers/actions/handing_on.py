"""The sender sees what it sent until the receiving team has met the family and nothing is owed any more."""

from datetime import datetime

from django.db import transaction

from cases.actions.restricted import end_kept_sight, keep_sight
from cases.models import Case
from teams.models import Person
from transfers.machine import State
from transfers.models import Effect, Transfer

MEETS_FAMILY = "introductory_visit"
LEADS_ON = {"event_held", "event_corrected", "duty_met", "case_closed"}
"""What may be the last thing that the sender had to see the record for, as the journal names it."""


def hand_on(transfer: Transfer, by: Person | None, at: datetime) -> None:
    """The case has moved. Whoever takes it back needs no leave of before."""
    if transfer.effect != Effect.MOVES or transfer.receiving_team is None:
        return
    end_kept_sight(case=transfer.case, team=transfer.receiving_team, by=by, at=at)
    if not is_handed_over(transfer):
        keep_sight(case=transfer.case, team=transfer.transferring_team, by=by, at=at)


@transaction.atomic
def let_senders_go(*, case: Case, by: Person | None, at: datetime) -> None:
    """Each team that handed this case on and still sees it for that reason, once nothing is left to see it for."""
    seeing = case.child.grants.filter(ended_at=None, handed_on__isnull=False).values("handed_on")
    moved = case.transfers.filter(state=State.COMPLETED, effect=Effect.MOVES, transferring_team__in=seeing)
    for transfer in moved.select_related("transferring_team"):
        if not case.is_held or is_handed_over(transfer):
            end_kept_sight(case=case, team=transfer.transferring_team, by=by, at=at)


def is_handed_over(transfer: Transfer) -> bool:
    """The receiving team was introduced to the family, or has done all that it owed after the move; and the sender
    owes nothing."""
    duties = list(transfer.duties.all())
    if any(duty.met_at is None and duty.team_id == transfer.transferring_team_id for duty in duties):
        return False
    own = [duty for duty in duties if duty.team_id == transfer.receiving_team_id]
    visits = transfer.case.events.standing().of_kind(MEETS_FAMILY).filter(outcome="made")
    is_met = visits.filter(held_at__gte=transfer.requested_at).exists()
    return is_met or (bool(own) and all(duty.met_at for duty in own))
