"""What this room knows of a case, for the protocol engine: an agreement, a dispute, the day that was agreed."""

from datetime import datetime

from django.db.models import Q

from cases.facts import Contribution, Provenance, contribute
from cases.models import Case
from cases.together import read_together
from teams.models import Person
from transfers.machine import DECIDED, State
from transfers.models import Departure, Transfer


@contribute
def of_transfers(cases: list[Case], at: datetime) -> Contribution:
    known: Contribution = {}
    under_way = Transfer.objects.under_way().filter(case__in=cases)
    departed = Departure.objects.filter(case__in=cases, ended_at=None)
    named = Q(pk__in=under_way.values("agreed_by")) | Q(pk__in=departed.values("decided_by"))
    transfers, departures, people = read_together(under_way, departed, Person.objects.filter(named).order_by())
    names = {person.pk: person.name for person in people}
    for transfer in transfers:
        known.setdefault(transfer.case_id, []).extend(_facts(transfer, names.get(transfer.agreed_by_id, "")))
    for departure in departures:
        by = names.get(departure.decided_by_id, "")
        source = Provenance("departure", departure.decided_at, by, departure.decided_at, departure.pk)
        known.setdefault(departure.case_id, []).append(("decided_route", departure.route, source))
    return known


def _facts(transfer: Transfer, by: str) -> list[tuple[str, object, Provenance]]:
    found: list[tuple[str, object, Provenance]] = []
    if transfer.state == State.DISPUTED:
        found.append(("dispute_open", True, Provenance("transfer", pk=transfer.pk)))
    if transfer.state in DECIDED:
        source = Provenance("transfer", transfer.agreed_at, by, transfer.agreed_at, transfer.pk)
        found.append(("managers_agree", True, source))
        found.append(("agreed_transfer_date", transfer.planned_on, source))
        found.append(("receiving_worker_identified", transfer.receiving_worker_id is not None, source))
    return found
