"""What the pages of this app show, ready made."""

from dataclasses import dataclass
from datetime import date

from django.urls import Resolver404, resolve
from django.utils.timezone import localdate
from django_otp.plugins.otp_totp.models import TOTPDevice

from casetransfer.protocols import pack_for
from teams.audit_presenters import place_of
from teams.models import Authority, ClosureDay, DirectoryGroup, Draft, Membership, Person, Team, Tenant
from teams.roles import PERMISSIONS_OF, Permission

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


def people_found(person: Person, words: str, show: str = "") -> list[Person]:
    """All, or those with `one_factor`: of whom neither this service nor the directory asks for a second one."""
    found = Person.objects.visible_to(person)
    if show == "one_factor":
        guarded = TOTPDevice.objects.filter(confirmed=True).values("user")
        found = found.active().exclude(pk__in=guarded).filter(identity=None)
    return list(found.filter(name__unaccent__icontains=words) if words else found)


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
