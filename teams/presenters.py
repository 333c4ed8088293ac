"""What the pages of this app show, ready made."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.timezone import localdate
from django_otp import user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from casetransfer.protocols import pack_for
from teams.audit_presenters import place_of
from teams.models import Absence, Authority, ClosureDay, DirectoryGroup, Draft, Membership, Person, Team, Tenant
from teams.roles import PERMISSIONS_OF, Permission, Role

PER_PAGE = 50
MANAGES = [role for role, allowed in PERMISSIONS_OF.items() if Permission.DECIDE_TRANSFER in allowed]


@dataclass(frozen=True)
class Count:
    team: Team
    people: int


def teams_with_people(person: Person, on: date, show: str = "") -> list[Count]:
    """All, or those in use `without_manager`."""
    teams = Team.objects.visible_to(person)
    if show == "without_manager":
        managed = Membership.objects.current(on).filter(role__in=MANAGES, person__is_active=True)
        teams = teams.in_use().exclude(kind=Team.Kind.SUPPORT).exclude(pk__in=managed.values("team"))
    held = Membership.objects.current(on).filter(team__authority=person.authority_id, person__is_active=True)
    in_team: dict[int, set[int]] = {}
    for team, member in held.values_list("team", "person"):
        in_team.setdefault(team, set()).add(member)
    return [Count(team, len(in_team.get(team.pk, ()))) for team in teams]


def members_of(team: Team, on: date) -> list[Membership]:
    return list(Membership.objects.current(on).filter(team=team).select_related("person").order_by("role", "pk"))


def people_found(person: Person, words: str, show: str = "") -> Any:
    """By a part of the name or of the address. All, or those with `one_factor`: of whom neither this service nor the
    directory asks for a second one."""
    found = Person.objects.visible_to(person).select_related("identity")
    if show == "one_factor":
        guarded = TOTPDevice.objects.filter(confirmed=True).values("user")
        found = found.active().exclude(pk__in=guarded).filter(identity=None)
    return found.filter(Q(name__unaccent__icontains=words) | Q(email__icontains=words)) if words else found


@dataclass(frozen=True)
class PersonLine:
    """A word on the account only where somebody cannot sign in."""

    person: Person
    roles: str
    account: str


def people_page(person: Person, words: str, number: str, on: date, show: str = "") -> tuple[Page, list[PersonLine]]:
    page = Paginator(people_found(person, words, show), PER_PAGE).get_page(number)
    roles = roles_of([one.pk for one in page], on)
    return page, [PersonLine(one, "; ".join(roles.get(one.pk, ["None today"])), account_of(one)) for one in page]


def roles_of(people: list[int], on: date) -> dict[int, list[str]]:
    """Today's, in words: person -> what they are and where."""
    found: dict[int, list[str]] = {}
    for held in Membership.objects.current(on).filter(person__in=people).select_related("team"):
        found.setdefault(held.person_id, []).append(f"{held.get_role_display()}, {held.team.name}")
    return found


def account_of(person: Person) -> str:
    if not person.is_active:
        return "Closed"
    return "" if can_sign_in(person) else "No password yet"


def can_sign_in(person: Person) -> bool:
    return hasattr(person, "identity") or person.has_usable_password()


@dataclass(frozen=True)
class PersonPage:
    """Somebody's own page, and what still keeps them from working here."""

    person: Person
    roles: list[Membership]
    absences: list[Absence]
    missing: list[str]
    has_second_factor: bool


def person_shown(person: Person, on: date) -> PersonPage:
    roles = list(person.memberships.select_related("team"))
    missing = []
    if person.is_active:
        if not any(held.ends_on is None or held.ends_on >= on for held in roles):
            missing.append("They have no role: they see nothing until you add one.")
        if not can_sign_in(person):
            missing.append("They have no password: they cannot sign in until you set one.")
    absences = list(person.absences.select_related("deputy").order_by("-starts_on"))
    return PersonPage(person, roles, absences, missing, user_has_device(person))


@dataclass(frozen=True)
class Step:
    """Something that a council does before anybody works here. `says`: how far it is."""

    text: str
    page: str
    says: str


def steps_to_do(person: Person, on: date) -> list[Step]:
    """What is still to be set up, in the order to do it in. Nothing once a council is at work."""
    authority = person.authority
    teams = list(Team.objects.visible_to(person).in_use().filter(kind__in=[Team.Kind.CASES, Team.Kind.FRONT_DOOR]))
    here = {team.code for team in teams}
    working = [row for row in pack_for(authority.pack).team if not row.outside and (row.holds_cases or row.front_door)]
    named = [row.name for row in working if row.code not in here]
    held = Membership.objects.current(on).filter(team__in=teams, person__is_active=True)
    led = set(held.filter(role__in=MANAGES).values_list("team", flat=True))
    without = [team.name for team in teams if team.pk not in led]
    open_ones = Person.objects.visible_to(person).active().select_related("identity")
    shut_out = [one.name for one in open_ones if not can_sign_in(one)]
    found = []
    if named:
        found.append(Step("Add the teams", "teams:add_team", f"The protocol names these too: {some_of(named)}."))
    if without:
        found.append(
            Step("Give each team a manager", "teams:people", f"Nobody can agree a transfer for {some_of(without)}.")
        )
    if shut_out:
        found.append(Step("Let people sign in", "teams:people", f"No password yet: {some_of(shut_out)}."))
    if found and teams and not ClosureDay.objects.filter(authority=authority, on__gte=on).exists():
        found.append(Step("Add closure days", "notices:add_closure_day", "None is recorded from today on."))
    return found


def some_of(names: list[str], most: int = 5) -> str:
    more = len(names) - most
    return f"{', '.join(names[:most])} and {more} more" if more > 0 else ", ".join(names)


def administrators_of(authority: Authority, on: date) -> list[Person]:
    """Who is meant wherever a page says: ask your system administrator."""
    held = Membership.objects.current(on).filter(team__authority=authority, role=Role.SYSTEM_ADMINISTRATOR)
    return list(Person.objects.active().filter(pk__in=held.values("person")))


def dormant_people(person: Person) -> list[Person]:
    return list(Person.objects.visible_to(person).dormant().order_by("-dormant_on", "name"))


def team_codes(authority: Authority) -> list[tuple[str, str]]:
    """The teams that the council's protocol names, and one for what it does not."""
    rows = [(row.code, row.name) for row in pack_for(authority.pack).team if not row.outside]
    return [*rows, ("council", "Not in the protocol")]


def closure_days(person: Person) -> list[ClosureDay]:
    return list(ClosureDay.objects.filter(authority=person.authority_id))


@dataclass(frozen=True)
class DraftLine:
    pk: int
    page: str
    kept_on: date


def drafts_of(person: Person) -> list[DraftLine]:
    found = Draft.objects.visible_to(person)
    return [DraftLine(one.pk, _page_at(one.path), localdate(one.kept_at)) for one in found]


def _page_at(path: str) -> str:
    """What a page is for, in words, with the reference of what it is about."""
    try:
        found = resolve(path)
    except Resolver404:
        return "A page that is gone"
    return " ".join((place_of(found.view_name), *(str(part) for part in found.kwargs.values())))


def directory_of(person: Person) -> tuple[Tenant | None, list[DirectoryGroup]]:
    tenant = Tenant.objects.filter(authority=person.authority_id).select_related("authority").first()
    return tenant, list(DirectoryGroup.objects.visible_to(person).select_related("team"))
