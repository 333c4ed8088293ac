"""What follows by itself from every change of a case, in the same transaction: its deadlines are worked out again, and
what the protocol wants told is queued."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from cases import actions, tasks
from cases.models import JournalEntry
from cases.signals import case_event_recorded
from teams.actions import record_audit
from teams.models import AuditEntry


@receiver(case_event_recorded, dispatch_uid="cases.receivers.recalculate_after")
def recalculate_after(sender: Any, entry: JournalEntry, **kwargs: Any) -> None:
    actions.ask_to_recalculate([entry.case_id], at=entry.recorded_at)
    transaction.on_commit(partial(ask_a_worker, entry.case_id))


@receiver(case_event_recorded, dispatch_uid="cases.receivers.audit_change")
def audit_change(sender: Any, entry: JournalEntry, **kwargs: Any) -> None:
    """What changes a case is in its journal for its people, and in the audit for those who watch."""
    case = entry.case
    record_audit(
        kind=AuditEntry.Kind.CHANGED, by=entry.by, at=entry.recorded_at, subject=case.reference, page=entry.kind,
        authority_id=case.authority_id, entry=entry.pk,
    )  # fmt: skip


@receiver(case_event_recorded, dispatch_uid="cases.receivers.tell_what_the_protocol_wants_told")
def tell_what_the_protocol_wants_told(sender: Any, entry: JournalEntry, subject: Any = None, **kwargs: Any) -> None:
    actions.tell_of(entry=entry, subject=subject, at=entry.recorded_at)


def ask_a_worker(case: int) -> None:
    """Where the broker does not answer, the clock finds what waits in the database a minute later."""
    with suppress(OperationalError):
        tasks.recalculate.delay(case)
