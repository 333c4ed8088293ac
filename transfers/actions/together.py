"""A sibling group in one decision. Each child is still checked on their own; who cannot move stays, with reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.models import Case, Reason
from teams.models import Person, Team
from teams.refusals import Gap, Refused
from teams.roles import NotAllowed
from transfers.actions.decisions import agree_transfer
from transfers.actions.requests import request_transfer
from transfers.actions.rows import save, tell
from transfers.models import Side, Transfer
from transfers.siblings import siblings_of


@dataclass(frozen=True, slots=True)
class Together:
    """What one decision did: the transfer it was taken on, the others that went with it, and who stays and why."""

    transfer: Transfer
    others: tuple[Transfer, ...]
    staying: tuple[tuple[Case, tuple[Gap, ...]], ...]

    def get_absolute_url(self) -> str:
        return self.transfer.get_absolute_url()


@transaction.atomic
def request_together(
    *, case: Case, route: str, siblings: Iterable[Case], by: Person | None, at: datetime,
    receiving_team: Team | None = None, asked_by_side: str = Side.TRANSFERRING, planned_on: date | None = None,
    note: str = "", reason: str = Reason.STANDARD_TRANSFER,
) -> Together:  # fmt: skip
    """Ask for one child, and for these brothers and sisters with them. A child whose own protocol answer does not lead
    to the same team is not taken along: the family would be parted, and that is written on the record of each."""
    more: dict[str, Any] = {
        "receiving_team": receiving_team, "asked_by_side": asked_by_side, "planned_on": planned_on, "note": note,
        "reason": reason, "by": by, "at": at,
    }  # fmt: skip
    first = request_transfer(case=case, route=route, **more)
    chosen = {sibling.pk for sibling in siblings}
    others: list[Transfer] = []
    staying: list[tuple[Case, tuple[Gap, ...]]] = []
    for sibling in siblings_of(case, at):
        if sibling.case.pk not in chosen:
            continue
        own = sibling.route_to(receiving_team, route)
        if own is None:
            where = receiving_team.name if receiving_team else first.receiver_name
            staying.append((sibling.case, (Gap(f"The protocol does not lead this child to {where}."),)))
            continue
        try:
            with transaction.atomic():
                other = request_transfer(case=sibling.case, route=own, **more)
        except (Refused, NotAllowed) as refused:
            gaps = refused.gaps if isinstance(refused, Refused) else [Gap(str(refused))]
            staying.append((sibling.case, tuple(gaps)))
        else:
            other.asked_with = first
            others.append(save(other, by))
    _tell(first, others, staying, by, at)
    return Together(first, tuple(others), tuple(staying))


@transaction.atomic
def agree_together(
    *, transfer: Transfer, others: Iterable[Transfer], by: Person | None, at: datetime, planned_on: date | None = None,
    receiving_worker: Person | None = None, note: str = "",
) -> Together:  # fmt: skip
    """Agree to one, and to those that were asked for with it. Whoever cannot be agreed to yet waits, with reasons."""
    more: dict[str, Any] = {
        "by": by,
        "at": at,
        "planned_on": planned_on,
        "receiving_worker": receiving_worker,
        "note": note,
    }
    agreed = agree_transfer(transfer=transfer, **more)
    done, staying = [], list[tuple[Case, tuple[Gap, ...]]]()
    wanted = {other.pk for other in others}
    for other in Transfer.objects.together_with(transfer).filter(pk__in=wanted).select_related("case").order_by("pk"):
        try:
            with transaction.atomic():
                done.append(agree_transfer(transfer=other, **more))
        except (Refused, NotAllowed) as refused:
            gaps = refused.gaps if isinstance(refused, Refused) else [Gap(str(refused))]
            staying.append((other.case, tuple(gaps)))
    _tell(agreed, done, staying, by, at)
    return Together(agreed, tuple(done), tuple(staying))


def _tell(
    first: Transfer, others: list[Transfer], staying: list[tuple[Case, tuple[Gap, ...]]], by: Person | None,
    at: datetime,
) -> None:  # fmt: skip
    """References only: what is written in the record of one child names no other."""
    if others:
        names = ", ".join(other.reference for other in others)
        tell(first, "siblings_together", f"Decided together for brothers and sisters: {names}.", by=by, at=at)
    for case, gaps in staying:
        why = " ".join(gap.sentence for gap in gaps)
        says = f"This parts brothers and sisters: case {case.reference} does not move with it. {why}"
        clauses = tuple(clause for gap in gaps for clause in gap.clauses)
        tell(first, "siblings_parted", says, by=by, at=at, clauses=clauses, sibling=case.reference)
