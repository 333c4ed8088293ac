"""The only writes to teams and people. Each says who does it (`by`) and when (`at`)."""

from datetime import date, datetime
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.timezone import localdate
from django_otp.plugins.otp_totp.models import TOTPDevice

from teams.models import Absence, AuditEntry, Authority, ClosureDay, Draft, Membership, Person, Team
from teams.models.draft import KEPT_FOR
from teams.permissions import (
    check_can_manage_calendar,
    check_can_manage_teams,
    check_can_record_absence,
    check_is_themselves,
    check_same_authority,
)

Thing = TypeVar("Thing", bound=models.Model)


@transaction.atomic
def add_authority(
    *, code: str, name: str, pack: str, logo_text: str = "", colour: str = "#1d70b8", at: datetime
) -> Authority:
    """Open the house for a council. Done once, by the installer, before there is anybody to do it."""
    return _save(Authority(code=code, name=name, pack=pack, logo_text=logo_text or name, colour=colour), None, at)


@transaction.atomic
def add_team(
    *, authority: Authority, code: str, name: str, kind: str = Team.Kind.CASES, email: str = "",
    by: Person | None, at: datetime,
) -> Team:  # fmt: skip
    check_can_manage_teams(by, authority)
    return _save(Team(authority=authority, code=code, name=name, kind=kind, email=email), by, at)


@transaction.atomic
def add_person(
    *, authority: Authority, email: str, name: str, password: str | None = None, encoded_password: str = "",
    registration: str = "", by: Person | None, at: datetime,
) -> Person:  # fmt: skip
    """Without a password the person cannot sign in until one is set. An encoded one is taken as it is."""
    check_can_manage_teams(by, authority)
    person = Person(authority=authority, email=email.lower(), name=name, registration=registration)
    person.password = encoded_password or make_password(password)
    return _save(person, by, at)


@transaction.atomic
def set_password(*, person: Person, password: str, by: Person | None, at: datetime) -> Person:
    """Their own, or anybody's as a system administrator."""
    if by != person:
        check_can_manage_teams(by, person.authority)
    person.set_password(password)
    return _save(person, by, at)


@transaction.atomic
def add_second_factor(*, person: Person, key: str, by: Person, at: datetime) -> TOTPDevice:
    """From now on signing in wants a code of this person's authenticator app too. Only they can say so."""
    check_is_themselves(by, person)
    TOTPDevice.objects.filter(user=person).delete()
    return TOTPDevice.objects.create(user=person, name="authenticator", key=key, confirmed=True)


@transaction.atomic
def remove_second_factor(*, person: Person, by: Person, at: datetime) -> None:
    """For a lost telephone: they sign in with their password and set up a new one."""
    check_can_manage_teams(by, person.authority)
    TOTPDevice.objects.filter(user=person).delete()


@transaction.atomic
def close_account(*, person: Person, by: Person, at: datetime) -> Person:
    """Nobody is deleted: what they did stays theirs. They cannot sign in any more."""
    check_can_manage_teams(by, person.authority)
    person.is_active = False
    return _save(person, by, at)


@transaction.atomic
def add_membership(
    *, person: Person, team: Team, role: str, starts_on: date, ends_on: date | None = None,
    by: Person | None, at: datetime,
) -> Membership:  # fmt: skip
    check_can_manage_teams(by, team.authority)
    check_same_authority(person, team.authority)
    return _save(Membership(person=person, team=team, role=role, starts_on=starts_on, ends_on=ends_on), by, at)


@transaction.atomic
def end_membership(*, membership: Membership, ends_on: date, by: Person, at: datetime) -> Membership:
    check_can_manage_teams(by, membership.team.authority)
    membership.ends_on = ends_on
    return _save(membership, by, at)


@transaction.atomic
def record_absence(
    *, person: Person, deputy: Person | None, starts_on: date, ends_on: date, by: Person | None, at: datetime
) -> Absence:
    check_can_record_absence(by, person, localdate(at))
    check_same_authority(deputy, person.authority)
    return _save(Absence(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on), by, at)


@transaction.atomic
def add_closure_day(*, authority: Authority, on: date, reason: str, by: Person | None, at: datetime) -> ClosureDay:
    check_can_manage_calendar(by, authority)
    return _save(ClosureDay(authority=authority, on=on, reason=reason), by, at)


def _save(thing: Thing, by: Person | None, at: datetime) -> Thing:
    """Refuse what the row's own rules refuse, then write it with its history (simple_history reads these two names)."""
    thing.full_clean(exclude=["password"] if isinstance(thing, Person) else None)
    thing._history_user, thing._history_date = by, at  # type: ignore[attr-defined]
    thing.save()
    return thing


def record_audit(
    *, kind: str, by: Person | None, at: datetime, subject: str = "", page: str = "", authority_id: int | None = None,
    **detail: str | int,
) -> AuditEntry:  # fmt: skip
    """Inside the transaction of the act: neither is there without the other. `detail` holds codes and numbers."""
    owner = authority_id or (by.authority_id if by else None)
    return AuditEntry.objects.create(
        kind=kind, by=by, at=at, subject=subject[:80], page=page[:80], authority_id=owner, detail=detail
    )


@transaction.atomic
def keep_draft(*, person: Person, path: str, boxes: dict[str, list[str]], at: datetime) -> Draft:
    """What was typed when the session had just ended. Older drafts of anybody go."""
    Draft.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    Draft.objects.filter(person=person, path=path).delete()
    return Draft.objects.create(person=person, path=path, boxes=boxes, kept_at=at)


@transaction.atomic
def drop_draft(*, draft: Draft, by: Person, at: datetime) -> None:
    """Sent, or no longer wanted."""
    check_is_themselves(by, draft.person)
    draft.delete()
