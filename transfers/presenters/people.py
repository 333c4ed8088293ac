"""Whom a form offers."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cases.presenters.holding import HELD
from casetransfer.protocols import Pack
from casetransfer.protocols.explain import roles_in_words
from teams.models import Absence, Membership, Person
from teams.roles import PERMISSIONS_OF, Permission
from transfers.models import Transfer, TransferMeeting


def who_in_words(pack: Pack, codes: tuple[str, ...]) -> str:
    """ "the practice manager, group manager or senior manager", inside a sentence. Teams keep their names."""
    names = [roles_in_words(pack, (code,)) for code in codes]
    said = [_small(name) if code in pack.roles else name for code, name in zip(codes, names, strict=True)]
    return f"the {' or '.join(filter(None, [', '.join(said[:-1]), said[-1]]))}" if said else ""


def _small(name: str) -> str:
    """Without capitals, but for the words that are said letter by letter."""
    return " ".join(word.lower() if word[1:].islower() else word for word in name.split(" "))


def workers_of(transfer: Transfer, on: date) -> Any:
    """Everybody in post in the receiving team, the least loaded first: each with what they hold, what comes to them
    by name besides this, and whether they are away."""
    if transfer.receiving_team is None:
        return Person.objects.none()
    named = Transfer.objects.under_way().filter(receiving_worker=OuterRef("pk")).exclude(pk=transfer.pk).order_by()
    coming = named.values("receiving_worker").annotate(n=Count("pk")).values("n")
    away = Absence.objects.current(on).filter(person=OuterRef("pk"))
    people = Person.objects.active().working_in(transfer.receiving_team, on)
    counted = people.annotate(held=HELD, coming=Coalesce(Subquery(coming), 0), is_away=Exists(away))
    return counted.order_by(F("held") + F("coming"), "name")


def managers_of(transfer: Transfer, on: date) -> Any:
    """Those who may agree for the answering team, but never who asked."""
    roles = [role for role, allowed in PERMISSIONS_OF.items() if Permission.DECIDE_TRANSFER in allowed]
    held = Membership.objects.current(on).filter(team=transfer.answering_team, role__in=roles)
    people = Person.objects.active().filter(memberships__in=held).exclude(pk=transfer.requested_by_id)
    return people.distinct().order_by("name")


def chairs_of(meeting: TransferMeeting, on: date) -> Any:
    """The managers of the council: one of them is in the chair, whomever the protocol names for it."""
    roles = [role for role, allowed in PERMISSIONS_OF.items() if Permission.DECIDE_TRANSFER in allowed]
    held = Membership.objects.current(on).filter(role__in=roles)
    people = Person.objects.active().filter(authority=meeting.authority_id, memberships__in=held)
    return people.distinct().order_by("name")
