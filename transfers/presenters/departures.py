"""What was decided otherwise than the protocol: on the case, on its transfers, and over the whole council."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.models import Case
from casetransfer.protocols import Pack, pack_for
from teams.listing import MOST_IN_A_FILE, Cell, Column, Found, Listed, Row
from teams.models import Person
from transfers.models import Departure, Transfer

PAGE = 50
LOST = "A route that the protocol no longer has"
NOTHING = "Nothing was recommended"


@dataclass(frozen=True, slots=True)
class DepartureLine:
    """One decision. `says`: what, instead of what, and why; `stands`: since when, by whom, and until when."""

    says: str
    stands: str
    clauses: tuple[str, ...]
    is_standing: bool


def departures_of(case: Case) -> tuple[DepartureLine, ...]:
    """All that was decided otherwise for this child, newest first, for ever."""
    return _lines(case.departures.all(), pack_for(case.pack))


def departures_during(transfer: Transfer, at: datetime) -> tuple[DepartureLine, ...]:
    """Those that led while the transfer was under way."""
    until = transfer.finished_at or at
    found = transfer.case.departures.in_force_between(transfer.requested_at or until, until)
    return _lines(found, transfer.brief.pack)


def _lines(found: QuerySet[Departure], pack: Pack) -> tuple[DepartureLine, ...]:
    return tuple(_line(one, pack) for one in found.select_related("decided_by", "ended_by"))


def _line(one: Departure, pack: Pack) -> DepartureLine:
    instead = f" instead of {_name(pack, one.instead_of)}" if one.instead_of else ""
    return DepartureLine(
        says=f"{_name(pack, one.route)}{instead}. {one.reason}",
        stands=f"Decided by {_who(one.decided_by)}, {_period(one)}",
        clauses=tuple(one.clause.split(", ")),
        is_standing=one.ended_at is None,
    )


def _name(pack: Pack, route: str) -> str:
    return pack.routes[route].name if route in pack.routes else LOST


def _who(person: Person | None) -> str:
    return person.name if person else "the system"


def _period(one: Departure) -> str:
    start = words.day(localdate(one.decided_at))
    if one.ended_at is None:
        return start
    return f"{start}; ended by {_who(one.ended_by)}, {words.day(localdate(one.ended_at))}"


DEPARTURES = Listed(
    place="departures",
    caption="Decided otherwise than the protocol",
    columns=(
        Column("case", "Case"),
        Column("decided", "Decided on"),
        Column("instead", "Instead of"),
        Column("clause", "Departs from"),
        Column("by", "By"),
        Column("reason", "Why"),
        Column("since", "Since", order="oldest", reverse="newest"),
        Column("long", "How long"),
    ),
    nothing="Nothing like that was decided otherwise than the protocol. It is decided on the page of the case.",
    order="newest",
)
ORDER_BY: dict[str, tuple[Any, ...]] = {
    "newest": (F("decided_at").desc(), "-pk"),
    "oldest": (F("decided_at").asc(), "pk"),
}


def departures_for(person: Person, chosen: Mapping[str, str]) -> QuerySet[Departure]:
    found, show = Departure.objects.visible_to(person), chosen.get("show", "standing")
    if show == "standing":
        found = found.standing()
    elif show == "ended":
        found = found.filter(ended_at__isnull=False)
    found = found.select_related("case", "decided_by", "ended_by")
    return found.order_by(*ORDER_BY[chosen.get("order", "newest")])


def departures_page(found: QuerySet[Departure], number: str | None, at: datetime) -> Found:
    page = Paginator(found, PAGE).get_page(number)
    count = page.paginator.count
    said = words.plural(count, "decision")
    return Found(tuple(_cells(page, at)), said, page.number, page.has_next(), count <= MOST_IN_A_FILE)


def departures_in_a_file(found: QuerySet[Departure], at: datetime) -> list[Row]:
    return list(_cells(found[:MOST_IN_A_FILE], at))


def _cells(found: Iterable[Departure], at: datetime) -> Iterable[Row]:
    for one in found:
        pack, case = pack_for(one.case.pack), one.case
        url = reverse("cases:case", kwargs={"ref": case.reference}) if one.is_openable else ""
        yield {
            "case": Cell(case.reference if one.is_openable else "A case of another team", url=url),
            "decided": Cell(_name(pack, one.route)),
            "instead": Cell(_name(pack, one.instead_of) if one.instead_of else NOTHING),
            "clause": _clauses(one.clause.split(", ")),
            "by": Cell(_who(one.decided_by)),
            "reason": Cell(one.reason if one.is_openable else ""),
            "since": Cell(words.day(localdate(one.decided_at))),
            "long": Cell(_how_long(one, at), quiet="" if one.ended_at is None else "Ended"),
        }


def _clauses(codes: list[str]) -> Cell:
    """The first of them, and how many more: a page of the case opens them all."""
    return Cell(codes[0], quiet=f"and {len(codes) - 1} more" if codes[1:] else "")


def _how_long(one: Departure, at: datetime) -> str:
    days = (localdate(one.ended_at or at) - localdate(one.decided_at)).days
    return words.plural(days, "day") if days else "Less than a day"
