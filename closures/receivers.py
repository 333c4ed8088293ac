"""A case that is closed some other way (the council's own record said so, in an import) ends a closing under way."""

from typing import Any

from django.dispatch import receiver

from cases.models import JournalEntry
from cases.signals import case_event_recorded
from closures import actions


@receiver(case_event_recorded, dispatch_uid="closures.receivers.end_what_is_under_way")
def end_what_is_under_way(sender: Any, entry: JournalEntry, **kwargs: Any) -> None:
    if entry.kind == "case_closed":
        actions.end_with_case(case=entry.case, at=entry.recorded_at)
