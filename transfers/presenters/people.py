"""Whom a form offers."""

from datetime import date
from typing import Any

from teams.models import Person
from transfers.models import Transfer


def workers_of(transfer: Transfer, on: date) -> Any:
    """Everybody in post in the receiving team."""
    if transfer.receiving_team is None:
        return Person.objects.none()
    return Person.objects.active().working_in(transfer.receiving_team, on).order_by("name")
