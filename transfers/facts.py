"""What this room knows of a case, for the protocol engine: an agreement, a dispute, the day that was agreed."""

from datetime import datetime

from cases.facts import Contribution, Provenance, contribute
from cases.models import Case
from transfers.machine import DECIDED, State
from transfers.models import Departure, Transfer


@contribute
def of_transfers(cases: list[Case], at: datetime) -> Contribution:
    known: Contribution = {}
    for transfer in Transfer.objects.under_way().filter(case__in=cases).select_related("agreed_by"):
        known.setdefault(transfer.case_id, []).extend(_facts(transfer))
    for departure in Departure.objects.filter(case__in=cases, ended_at=None).select_related("decided_by"):
        by = departure.decided_by.name if departure.decided_by else ""
        source = Provenance("departure", departure.decided_at, by, departure.decided_at, departure.pk)
        known.setdefault(departure.case_id, []).append(("decided_route", departure.route, source))
    return known


def _facts(transfer: Transfer) -> list[tuple[str, object, Provenance]]:
    found: list[tuple[str, object, Provenance]] = []
    if transfer.state == State.DISPUTED:
        found.append(("dispute_open", True, Provenance("transfer", pk=transfer.pk)))
    if transfer.state in DECIDED:
        by = transfer.agreed_by.name if transfer.agreed_by else ""
        source = Provenance("transfer", transfer.agreed_at, by, transfer.agreed_at, transfer.pk)
        found.append(("managers_agree", True, source))
        found.append(("agreed_transfer_date", transfer.planned_on, source))
        found.append(("receiving_worker_identified", transfer.receiving_worker_id is not None, source))
    return found
