"""The only writes to teams and people. Each says who does it (`by`, or nobody for the first set-up) and when (`at`)."""

from datetime import date, datetime
from typing import TypeVar

from django.db import models, transaction

from teams.models import Absence, Authority, ClosureDay, Membership, Person, Team
from teams.permissions import check_same_authority

Thing = TypeVar("Thing", bound=models.Model)


@transaction.atomic
def add_authority(*, code: str, name: str, pack: str, logo_text: str = "", colour: str = "#1d70b8") -> Authority:
    """Open the house for a council. Done once, by the installer, before there is anybody to do it."""
    authority = Authority(code=code, name=name, pack=pack, logo_text=logo_text or name, colour=colour)
    return _save(authority, None)


@transaction.atomic
def add_team(
    *, authority: Authority, code: str, name: str, kind: str, email: str = "", by: Person | None, at: datetime
) -> Team:
    check_same_authority(by, authority)
    return _save(Team(authority=authority, code=code, name=name, kind=kind, email=email), by)


@transaction.atomic
def add_person(
    *, authority: Authority, email: str, name: str, password: str | None, registration: str = "",
    by: Person | None, at: datetime,
) -> Person:  # fmt: skip
    """Without a password the person cannot sign in until one is set."""
    check_same_authority(by, authority)
    person = Person(authority=authority, email=email.lower(), name=name, registration=registration)
    person.set_password(password)
    return _save(person, by)


@transaction.atomic
def set_password(*, person: Person, password: str, by: Person | None, at: datetime) -> Person:
    check_same_authority(by, person.authority)
    person.set_password(password)
    return _save(person, by)


@transaction.atomic
def add_membership(
    *, person: Person, team: Team, role: str, starts_on: date, ends_on: date | None = None,
    by: Person | None, at: datetime,
) -> Membership:  # fmt: skip
    check_same_authority(by, team.authority)
    check_same_authority(person, team.authority)
    return _save(Membership(person=person, team=team, role=role, starts_on=starts_on, ends_on=ends_on), by)


@transaction.atomic
def end_membership(*, membership: Membership, ends_on: date, by: Person, at: datetime) -> Membership:
    check_same_authority(by, membership.team.authority)
    membership.ends_on = ends_on
    return _save(membership, by)


@transaction.atomic
def record_absence(
    *, person: Person, deputy: Person | None, starts_on: date, ends_on: date, by: Person, at: datetime
) -> Absence:
    check_same_authority(by, person.authority)
    check_same_authority(deputy, person.authority)
    return _save(Absence(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on), by)


@transaction.atomic
def add_closure_day(*, authority: Authority, on: date, reason: str, by: Person | None, at: datetime) -> ClosureDay:
    check_same_authority(by, authority)
    return _save(ClosureDay(authority=authority, on=on, reason=reason), by)


def _save(thing: Thing, by: Person | None) -> Thing:
    """Refuse what the rules of the row refuse, then write it with its history."""
    thing.full_clean(exclude=["password"] if isinstance(thing, Person) else None)
    thing._history_user = by  # type: ignore[attr-defined]  # simple_history's own name for it
    thing.save()
    return thing
