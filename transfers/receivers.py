"""What follows by itself from every change of a case: the radar looks again."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from cases.models import JournalEntry
from cases.signals import case_event_recorded
from transfers import tasks


@receiver(case_event_recorded, dispatch_uid="transfers.receivers.look_again")
def look_again(sender: Any, entry: JournalEntry, **kwargs: Any) -> None:
    transaction.on_commit(partial(ask_a_worker, entry.case_id))


def ask_a_worker(case: int) -> None:
    """Where the broker does not answer, the morning's run finds it."""
    with suppress(OperationalError):
        tasks.look_ahead.delay(case)
