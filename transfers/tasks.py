"""What the clock and the changes of the record start in this room."""

from celery import shared_task
from django.utils.timezone import localdate, now

from transfers import actions
from transfers.models import Dispute, Transfer

HANDFUL = 200
HANDS = 8
"""Workers asked to share the morning's looking; whoever comes when nothing is left has done nothing wrong."""


@shared_task
def radar() -> None:
    """Every morning: all open cases are to be looked through."""
    for _ in range(min(actions.ask_for_radar(at=now()), HANDS)):
        look_through.delay()


@shared_task
def look_through() -> None:
    """Slice after slice beside other workers; then each receiving team is told what is new. Killed half-way it has
    lost nothing: whoever runs next finds what is not looked through, and tells what is untold."""
    while actions.look_through_a_slice(at=now()):
        pass
    actions.tell_radars(at=now())


@shared_task
def sweep() -> None:
    """Disputes past their rung's time, managers who do not answer, moves that did not happen on the agreed day, duties
    that are late after a move. Each is found again until it is done."""
    for dispute in Dispute.objects.past_their_rung(now())[:HANDFUL]:
        actions.climb(dispute=dispute, at=now())
    for transfer in actions.unanswered(now()):
        actions.escalate_silence(transfer=transfer, at=now())
    for transfer in Transfer.objects.slipped(localdate())[:HANDFUL]:
        actions.record_delay(transfer=transfer, at=now())
    actions.tell_of_late_duties(at=now())


@shared_task
def look_ahead(case: int) -> None:
    """One case, after something was recorded in it: the page is always fresh."""
    actions.look_ahead(cases=[case], at=now())
