"""Nobody acts on a page that is out of date: what others did meanwhile is said first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from cases import words
from cases.actions.ledger import lock as lock_case
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.models import Transfer

Done = TypeVar("Done")


@transaction.atomic
def act_as_seen(
    *, transfer: Transfer, seen: int, does: Callable[..., Done], by: Person | None, at: datetime, **more: Any
) -> Done:
    """An act from a page that was drawn a while ago, when `seen` was the newest line of the transfer's story. It is
    done unless somebody else has acted on the transfer since; both are locked before that is asked."""
    lock_case(transfer.case)
    Transfer.objects.select_for_update(of=("self",), no_key=True).get(pk=transfer.pk)
    refuse_if(_meanwhile(transfer, seen, by))
    return does(by=by, at=at, **more)


def _meanwhile(transfer: Transfer, seen: int, by: Person | None) -> list[Gap]:
    """What other people did; the clock's own work stands in nobody's way."""
    entries = transfer.story().filter(pk__gt=seen, by__isnull=False).exclude(by=by)
    return [
        Gap(f"{entry.by.name} acted while this page was open, {words.moment(entry.recorded_at)}: {entry.says}")
        for entry in entries.order_by("pk")
        if entry.by
    ]
