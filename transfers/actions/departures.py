"""Deciding otherwise than the protocol for one child."""

from datetime import datetime

from django.db import transaction

from cases.actions import add_journal
from cases.actions.ledger import lock
from cases.actions.rows import save
from cases.models import Case
from casetransfer.protocols import Decision, pack_for
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.departing import clause_departed_from, protocol_alone
from transfers.models import Departure
from transfers.permissions import check_can_depart


@transaction.atomic
def depart_from_protocol(
    *, case: Case, route: str, reason: str, by: Person | None, at: datetime, instead_of: str = ""
) -> Departure:
    """A manager whom the pack allows it decides on another route for this one child. It stays on the record for ever;
    a later one takes its place. `instead_of`: what the protocol recommends and is not followed, where it recommends
    anything."""
    case, pack = lock(case), pack_for(case.pack)
    check_can_depart(by, case)
    row, before = pack.routes.get(route), pack.routes.get(instead_of)
    gaps = [] if reason.strip() else [Gap("Give the reason.", field="reason")]
    gaps += [] if row else [Gap("Choose the route that is decided on.", field="route")]
    gaps += [] if case.is_held else [Gap(f"Case {case.reference} is closed.")]
    refuse_if(gaps)
    assert row is not None
    decision = protocol_alone(case, at)
    refuse_if(_instead_gaps(decision, route, instead_of))
    for earlier in case.departures.filter(ended_at=None):
        earlier.ended_at, earlier.ended_by = at, by
        save(earlier, by)
    departure = Departure(
        case=case, route=route, instead_of=instead_of, clause=clause_departed_from(decision, route, instead_of),
        reason=reason.strip(), decided_at=at, decided_by=by,
    )  # fmt: skip
    save(departure, by)
    instead = f" instead of {before.name}" if before else ""
    says = f"Decided otherwise than the protocol: {row.name}{instead}. {reason.strip()}"
    add_journal(
        case, "departure_decided", says[:500], by=by, at=at, route=route, clause=departure.clause, subject=departure
    )
    return departure


def _instead_gaps(decision: Decision, route: str, instead_of: str) -> list[Gap]:
    recommended = {found.code for found in decision.recommended}
    if route == instead_of or (route in recommended and not instead_of):
        return [Gap("The protocol recommends this route itself: nothing has to be decided otherwise.", field="route")]
    if instead_of in recommended or (not recommended and not instead_of):
        return []
    return [Gap("Choose which of what the protocol recommends is not followed.", field="instead_of")]


@transaction.atomic
def end_departure(*, departure: Departure, why: str, by: Person | None, at: datetime) -> Departure:
    """The protocol leads again."""
    case = lock(departure.case)
    check_can_depart(by, case)
    departure = Departure.objects.get(pk=departure.pk)
    gaps = [] if why.strip() else [Gap("Say why.", field="why")]
    gaps += [Gap("This has ended already.")] if departure.ended_at else []
    gaps += [] if case.is_held else [Gap(f"Case {case.reference} is closed.")]
    refuse_if(gaps)
    departure.ended_at, departure.ended_by = at, by
    save(departure, by)
    says = f"The protocol leads again: {why.strip()}"
    add_journal(case, "departure_ended", says[:500], by=by, at=at, clause=departure.clause, subject=departure)
    return departure
