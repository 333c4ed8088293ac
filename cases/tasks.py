"""What the clock and the changes of the record start. Each task takes an id, makes one call, and may run twice."""

from celery import shared_task
from django.utils.timezone import now

from cases import actions, notify, outbox
from cases.models import Recalculation

BATCH = 200


@shared_task
def recalculate(case: int) -> None:
    """The deadlines of one case, after something was recorded in it."""
    actions.recalculate(case=case, at=now())


@shared_task
def recalculate_waiting() -> None:
    """Those that no message reached: the broker was away, or a worker was killed."""
    for case in list(Recalculation.objects.order_by("asked_at").values_list("case", flat=True)[:BATCH]):
        actions.recalculate(case=case, at=now())


@shared_task
def send_notices() -> None:
    """Everything in the outbox that is due and unsent, one recipient after the other."""
    while actions.send_waiting(at=now(), send=outbox.send):
        pass


@shared_task
def bounces() -> None:
    """What GOV.UK Notify could not deliver. (A mail server sends it back by itself: see record_bounce.)"""
    for message_id, says in notify.came_back():
        actions.record_bounce(message_id=message_id, says=says, at=now())


@shared_task
def let_leavers_go() -> None:
    """Cases that are still in the name of somebody who has left the team."""
    while actions.let_leavers_go(at=now()):
        pass


@shared_task
def tell_of_absences() -> None:
    """Workers who are away from today, and whoever has their cases meanwhile."""
    actions.tell_of_absences(at=now())


@shared_task
def tell_of_duty_reviews() -> None:
    """Cases on duty, without a worker, that are to be looked at again today."""
    actions.tell_of_duty_reviews(at=now())


@shared_task
def tell_of_given() -> None:
    """Notices that the protocol wants given once another has been."""
    actions.tell_of_given(at=now())


@shared_task
def sweep() -> None:
    """What became due soon or overdue. Late after an outage, it catches up and says so."""
    actions.sweep(at=now())
