"""The only writes to teams and people. Each says who does it (`by`) and when (`at`)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from axes.utils import reset
from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.timezone import localdate
from django_otp.plugins.otp_totp.models import TOTPDevice

from teams.models import (
    Absence,
    AuditEntry,
    Authority,
    ClosureDay,
    DirectoryGroup,
    Draft,
    Identity,
    LeftOut,
    Membership,
    Person,
    SavedView,
    Team,
    Tenant,
)
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
def change_look(*, authority: Authority, logo_text: str, colour: str, by: Person, at: datetime) -> Authority:
    """What stands at the head of every page, and its colour. The text on it is black or white by itself."""
    check_can_manage_teams(by, authority)
    authority.logo_text, authority.colour = logo_text, colour.lower()
    return _save(authority, by, at)


@transaction.atomic
def add_team(
    *, authority: Authority, code: str, name: str, kind: str = Team.Kind.CASES, email: str = "",
    by: Person | None, at: datetime,
) -> Team:  # fmt: skip
    check_can_manage_teams(by, authority)
    return _save(Team(authority=authority, code=code, name=name, kind=kind, email=email), by, at)


@transaction.atomic
def change_team(*, team: Team, name: str, email: str, by: Person, at: datetime) -> Team:
    """Another name, another mailbox. What the protocol calls it stays: cases have gone by it."""
    check_can_manage_teams(by, team.authority)
    team.name, team.email = name, email
    return _save(team, by, at)


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
def change_person(*, person: Person, name: str, email: str, registration: str, by: Person, at: datetime) -> Person:
    """Somebody married, or was written down wrong. Their old name stands in the history."""
    check_can_manage_teams(by, person.authority)
    person.name, person.email, person.registration = name, email.lower(), registration
    return _save(person, by, at)


@transaction.atomic
def set_password(*, person: Person, password: str, by: Person | None, at: datetime) -> Person:
    """Their own, or anybody's as a system administrator: that ends the wait after too many wrong ones too."""
    if by != person:
        check_can_manage_teams(by, person.authority)
        reset(username=person.email)
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
    """Nobody is deleted: what they did stays theirs. They cannot sign in any more, and where they are, they are out."""
    check_can_manage_teams(by, person.authority)
    person.is_active, person.sessions_from = False, at
    return _save(person, by, at)


@transaction.atomic
def open_account_again(*, person: Person, by: Person, at: datetime) -> Person:
    """It was closed, or nobody used it for long. Nobody opens their own."""
    check_can_manage_teams(by, person.authority)
    person.is_active, person.dormant_on = True, None
    return _save(person, by, at)


@transaction.atomic
def close_dormant(*, person: Person, at: datetime) -> Person:
    """Nobody used it for ninety days. It can be opened again by a system administrator."""
    person.is_active, person.dormant_on, person.sessions_from = False, localdate(at), at
    return _save(person, None, at)


@transaction.atomic
def sign_out_everywhere(*, person: Person, by: Person, at: datetime) -> Person:
    """Every session of this person ends, on whichever machine. By themselves, or for them after a theft."""
    if by != person:
        check_can_manage_teams(by, person.authority)
    person.sessions_from = at
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
def change_absence(
    *, absence: Absence, deputy: Person | None, starts_on: date, ends_on: date, by: Person, at: datetime
) -> Absence:
    """They are back sooner, stay away longer, or somebody else stands in."""
    check_can_record_absence(by, absence.person, localdate(at))
    check_same_authority(deputy, absence.person.authority)
    absence.deputy, absence.starts_on, absence.ends_on = deputy, starts_on, ends_on
    return _save(absence, by, at)


@transaction.atomic
def add_closure_day(*, authority: Authority, on: date, reason: str, by: Person | None, at: datetime) -> ClosureDay:
    check_can_manage_calendar(by, authority)
    return _save(ClosureDay(authority=authority, on=on, reason=reason), by, at)


@transaction.atomic
def name_tenant(*, authority: Authority, tenant: UUID, by: Person | None, at: datetime) -> Tenant:
    """Which directory is the council's own. Tokens of any other are refused."""
    check_can_manage_teams(by, authority)
    found = Tenant.objects.filter(authority=authority).first() or Tenant(authority=authority)
    found.tenant = tenant
    return _save(found, by, at)


@transaction.atomic
def link_identity(*, person: Person, object_id: UUID, by: Person | None, at: datetime) -> Identity:
    """From now on this object of the directory signs in as this person. Nobody links themselves to another's."""
    check_can_manage_teams(by, person.authority)
    found = Identity.objects.filter(person=person).first() or Identity(person=person)
    found.tenant, found.object_id = Tenant.objects.get(authority=person.authority_id), object_id
    return _save(found, by, at)


@transaction.atomic
def unlink_identity(*, person: Person, by: Person, at: datetime) -> Person:
    """The directory no longer signs this person in, and they are signed out everywhere."""
    check_can_manage_teams(by, person.authority)
    Identity.objects.filter(person=person).delete()
    return sign_out_everywhere(person=person, by=by, at=at)


@transaction.atomic
def map_group(*, tenant: Tenant, group: UUID, team: Team, role: str, by: Person, at: datetime) -> DirectoryGroup:
    check_can_manage_teams(by, tenant.authority)
    check_can_manage_teams(by, team.authority)
    return _save(DirectoryGroup(tenant=tenant, group=group, team=team, role=role), by, at)


@transaction.atomic
def unmap_group(*, mapped: DirectoryGroup, by: Person, at: datetime) -> None:
    """Those who have the role by this group lose it when they next sign in."""
    check_can_manage_teams(by, mapped.tenant.authority)
    mapped.delete()


@transaction.atomic
def follow_directory(*, person: Person, groups: Iterable[str], at: datetime) -> None:
    """At sign-in: the roles that the person's groups give begin, and those that a group gave before and no longer does
    end. Roles that were given here are left alone."""
    today = localdate(at)
    mapped = DirectoryGroup.objects.filter(tenant__identities__person=person, group__in=list(groups))
    wanted = set(mapped.values_list("team", "role"))
    for held in person.memberships.current(today).select_related("team"):
        given = (held.team_id, held.role)
        if held.from_directory and given not in wanted:
            held.ends_on = max(held.starts_on, today - timedelta(days=1))
            _save(held, None, at)
        wanted.discard(given)
    for team, role in sorted(wanted):
        _save(Membership(person=person, team_id=team, role=role, starts_on=today, from_directory=True), None, at)


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
    """What was typed and not sent yet: one draft for each page. Older drafts of anybody go."""
    Draft.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    Draft.objects.filter(person=person, path=path).delete()
    return Draft.objects.create(person=person, path=path, boxes=boxes, kept_at=at)


def drop_sent(*, person: Person, path: str, at: datetime) -> None:
    """The form has been sent, or emptied: what was kept of it goes."""
    Draft.objects.filter(person=person, path=path, kept_at__lte=at).delete()


@transaction.atomic
def drop_draft(*, draft: Draft, by: Person, at: datetime) -> None:
    """Sent, or no longer wanted."""
    check_is_themselves(by, draft.person)
    draft.delete()


@transaction.atomic
def choose_keys(*, person: Person, uses_keys: bool, by: Person, at: datetime) -> Person:
    """Whether single keys move about the pages. Whoever speaks to their computer may not want it."""
    check_is_themselves(by, person)
    person.uses_keys = uses_keys
    return _save(person, by, at)


@transaction.atomic
def keep_view(*, person: Person, place: str, name: str, query: str, by: Person, at: datetime) -> SavedView:
    """The filters of a list under a name. The same name again means the new filters."""
    check_is_themselves(by, person)
    view = SavedView.objects.filter(person=person, place=place, name=name).first()
    view = view or SavedView(person=person, place=place, name=name)
    view.query = query
    return _save(view, by, at)


@transaction.atomic
def drop_view(*, view: SavedView, by: Person, at: datetime) -> None:
    check_is_themselves(by, view.person)
    view.delete()


@transaction.atomic
def leave_out(*, person: Person, place: str, columns: list[str], by: Person, at: datetime) -> None:
    """From now on this person sees the list without these columns."""
    check_is_themselves(by, person)
    LeftOut.objects.filter(person=person, place=place).delete()
    if columns:
        _save(LeftOut(person=person, place=place, columns=columns), by, at)
