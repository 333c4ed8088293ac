"""Lists of transfers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.utils.timezone import localdate

from cases.models import Case, Standing
from cases.words import day, plural
from teams.listing import MOST_IN_A_FILE, Cell, Column, Found, Listed, Row
from teams.models import Person
from transfers.machine import DECIDED, WAITING
from transfers.models import Transfer
from transfers.models.transfer import TransferQuerySet

PAGE = 50
TRANSFERS = Listed(
    place="transfers",
    caption="Transfers",
    columns=(
        Column("child", "Child", order="name", quiet_head="Transfer"),
        Column("from", "From"),
        Column("to", "To"),
        Column("stands", "Stands"),
        Column("planned", "Planned for", order="planned"),
        Column("worker", "Who takes it"),
        Column("asked", "Asked for", order="oldest", reverse="newest"),
    ),
    nothing="No transfer of your teams is like that. One is asked for on the page of its case.",
    order="newest",
)
ORDER_BY: dict[str, tuple[Any, ...]] = {
    "newest": (F("requested_at").desc(nulls_last=True), "-pk"),
    "oldest": (F("requested_at").asc(nulls_last=True), "pk"),
    "planned": (F("planned_on").asc(nulls_last=True), "pk"),
    "name": ("case__child__family_name", "case__child__given_name", "pk"),
}


def transfers_for(
    person: Person, chosen: Mapping[str, str], at: datetime, standing: Standing | None = None
) -> TransferQuerySet:
    found, show = Transfer.objects.visible_to(person, standing), chosen.get("show", "under_way")
    if show == "over":
        found = found.filter(finished_at__isnull=False)
    elif show != "all":
        found = found.under_way()
    if state := chosen.get("state"):
        found = found.filter(_standing(state, at))
    if chosen.get("whose") == "me":
        found = found.filter(case__in=Case.objects.allocated_to(person).values("pk"))
    if team := chosen.get("team"):
        found = found.filter(Q(transferring_team=team) | Q(receiving_team=team))
    return found.order_by(*ORDER_BY[chosen.get("order", "newest")])


def _standing(state: str, at: datetime) -> Q:
    match state:
        case "requested":
            return Q(state__in=WAITING)
        case "escalated":
            return Q(state__in=WAITING, escalated_at__isnull=False)
        case "late":
            return Q(state__in=DECIDED, planned_on__lt=localdate(at))
        case "handover":
            return Q(state__in=DECIDED) & (Q(planned_on=None) | Q(planned_on__gte=localdate(at)))
    return Q(state=state)


def transfers_page(found: TransferQuerySet, number: str | None) -> Found:
    page = Paginator(found, PAGE).get_page(number)
    count, first = page.paginator.count, page.start_index() - 1
    rows = tuple(cells_of(transfer) for transfer in found.read(max(first, 0), PAGE))
    return Found(rows, plural(count, "transfer"), page.number, page.has_next(), count <= MOST_IN_A_FILE)


def transfers_in_a_file(found: TransferQuerySet) -> list[Row]:
    return [cells_of(transfer) for transfer in found.read(most=MOST_IN_A_FILE)]


def cells_of(transfer: Transfer) -> Row:
    return {
        "child": Cell(transfer.case.child.name, url=transfer.get_absolute_url(), quiet=transfer.reference),
        "from": Cell(transfer.transferring_team.name),
        "to": Cell(transfer.receiver_name),
        "stands": Cell(tag=transfer.get_state_display()),
        "planned": Cell(day(transfer.planned_on) if transfer.planned_on else ""),
        "worker": Cell(transfer.receiving_worker.name if transfer.receiving_worker else ""),
        "asked": Cell(day(localdate(transfer.requested_at)) if transfer.requested_at else ""),
    }
