"""Telling: the last beat of every action."""

from datetime import datetime
from typing import Any

from cases.models import Case, JournalEntry
from cases.signals import case_event_recorded
from teams.models import Person


def add_journal(
    case: Case, kind: str, says: str, *, by: Person | None, at: datetime, happened_at: datetime | None = None,
    route: str = "", clause: str = "", subject: Any = None, **detail: Any,
) -> JournalEntry:  # fmt: skip
    """Write down what was done, under which pack and version, and let the rest of the house know.

    `at` is the moment of the action, `happened_at` the moment it tells of when that is another; `subject` is the row
    that changed. `detail` holds references and codes only.
    """
    entry = JournalEntry.objects.create(
        case=case, kind=kind, says=says, by=by, at=happened_at or at, recorded_at=at, route=route, clause=clause,
        pack=case.pack, version=case.pack_version, detail=detail,
    )  # fmt: skip
    case_event_recorded.send(sender=JournalEntry, entry=entry, subject=subject)
    return entry
