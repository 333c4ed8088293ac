"""What follows by itself from every change of a case: the radar looks again, and what is done is owed no more."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from cases.models import Involvement, JournalEntry
from cases.signals import case_event_recorded
from transfers import tasks
from transfers.actions.duties import SHOWING, meet_shown
from transfers.actions.handing_on import LEADS_ON, let_senders_go


@receiver(case_event_recorded, dispatch_uid="transfers.receivers.look_again")
def look_again(sender: Any, entry: JournalEntry, **kwargs: Any) -> None:
    transaction.on_commit(partial(ask_a_worker, entry.case_id))


@receiver(case_event_recorded, dispatch_uid="transfers.receivers.meet_what_is_shown")
def meet_what_is_shown(sender: Any, entry: JournalEntry, subject: Any, **kwargs: Any) -> None:
    """A worker was named after the move, or the case is held on duty: what a team owed by that is done."""
    if entry.kind in SHOWING.values() and isinstance(subject, Involvement):
        meet_shown(line=subject, by=entry.by, at=entry.recorded_at)


@receiver(case_event_recorded, dispatch_uid="transfers.receivers.let_go_of_what_was_handed_on")
def let_go_of_what_was_handed_on(sender: Any, entry: JournalEntry, **kwargs: Any) -> None:
    """The family was met, or the last duty done: the sender needs to see the record no more."""
    if entry.kind in LEADS_ON:
        let_senders_go(case=entry.case, by=entry.by, at=entry.recorded_at)


def ask_a_worker(case: int) -> None:
    """Where the broker does not answer, the morning's run finds it."""
    with suppress(OperationalError):
        tasks.look_ahead.delay(case)
