"""What every action of this room begins and ends with."""

from datetime import datetime
from typing import Any

from cases.actions import add_journal
from cases.actions.ledger import lock as lock_case
from cases.actions.rows import save
from cases.models import JournalEntry
from teams.models import Person
from transfers.brief import with_brief
from transfers.models import Transfer


def lock(transfer: Transfer, at: datetime, *, missing_because: str | None = None) -> Transfer:
    """One hand at a time: the case first, as everywhere, then the transfer; and the protocol's word of this moment. The
    teams and people that whoever calls has read already are not read again, unless they are others by now."""
    case = lock_case(transfer.case)
    found = Transfer.objects.select_for_update(no_key=True).get(pk=transfer.pk)
    for name in ("transferring_team", "receiving_team", "receiving_worker", "requested_by"):
        same = getattr(found, f"{name}_id") == getattr(transfer, f"{name}_id")
        if same and name in transfer._state.fields_cache:
            setattr(found, name, transfer._state.fields_cache[name])
    found.case = case
    return with_brief(found, at, missing_because=missing_because)


def tell(
    transfer: Transfer, kind: str, says: str, *, by: Person | None, at: datetime, subject: Any = None,
    clauses: tuple[str, ...] = (), **detail: Any,
) -> JournalEntry:  # fmt: skip
    """The journal of the case, with the route and its clause (or the clauses of this very step)."""
    clause = ", ".join(clauses)[:200] or transfer.clause
    return add_journal(
        transfer.case, kind, says[:500], by=by, at=at, route=transfer.route, clause=clause,
        subject=subject or transfer, transfer=transfer.reference, **detail,
    )  # fmt: skip


__all__ = ["lock", "save", "tell"]
