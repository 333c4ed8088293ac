"""Whom a form offers."""

from datetime import date
from typing import Any

from teams.models import Membership, Person
from teams.roles import PERMISSIONS_OF, Permission
from transfers.models import Transfer


def workers_of(transfer: Transfer, on: date) -> Any:
    """Everybody in post in the receiving team."""
    if transfer.receiving_team is None:
        return Person.objects.none()
    return Person.objects.active().working_in(transfer.receiving_team, on).order_by("name")


def managers_of(transfer: Transfer, on: date) -> Any:
    """Those who may agree for the answering team, but never who asked."""
    roles = [role for role, allowed in PERMISSIONS_OF.items() if Permission.DECIDE_TRANSFER in allowed]
    held = Membership.objects.current(on).filter(team=transfer.answering_team, role__in=roles)
    people = Person.objects.active().filter(memberships__in=held).exclude(pk=transfer.requested_by_id)
    return people.distinct().order_by("name")
