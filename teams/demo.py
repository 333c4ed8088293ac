"""Invented people for the demo, in the teams that each protocol pack names."""

from collections.abc import Callable, Iterator
from itertools import cycle

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate, now

from casetransfer.protocols import authorities, pack_for
from teams import actions
from teams.models import Authority, Membership, Team
from teams.roles import Role

PASSWORD = "case-transfer-demo"  # noqa: S105  (printed at every start; the demo listens on this machine alone)
COLOURS = ("#00566b", "#5a2d82", "#00594f", "#7a1f3d", "#1d4f91")

GIVEN = "Amina Bola Carys Dafydd Esme Femi Greta Hamid Ines Jonah Kezia Lorcan Mina Nuala Otis Priya Quill Rosa".split()
FAMILY = (
    "Ashdown Birchall Copeland Dunmore Elmsworth Fairweather Greenhalf Hollins Inglebrook Juniper Kestrel "
    "Lindqvist Marwood Nettleship Orrin Pennyfold Quarrie"
).split()

# In every team that holds cases, and in one team for the whole council
IN_A_TEAM = [("manager", Role.TEAM_MANAGER), ("senior", Role.SENIOR)] + [
    (f"worker{number}", Role.SOCIAL_WORKER) for number in range(1, 5)
]
AT_THE_FRONT_DOOR = [("manager", Role.TEAM_MANAGER), ("contacts1", Role.FRONT_DOOR), ("contacts2", Role.FRONT_DOOR)]
FOR_THE_COUNCIL = [
    ("group", Role.GROUP_MANAGER),
    ("service", Role.SERVICE_MANAGER),
    ("admin", Role.ADMIN),
    ("adviser", Role.ADVISER),
    ("auditor", Role.AUDITOR),
    ("system", Role.SYSTEM_ADMINISTRATOR),
]


def seed(say: Callable[[str], object]) -> None:
    names, encoded = _names(), make_password(PASSWORD)
    for code, colour in zip(authorities(), cycle(COLOURS), strict=False):
        _seed_authority(code, colour, names, encoded)
        say(f"Teams and people of {pack_for(code).identity.name}")


def greet(say: Callable[[str], object]) -> None:
    """Who to sign in as: the same parts in every council."""
    first = Authority.objects.order_by("code").first()
    if first is None:
        return
    team = first.teams.filter(kind=Team.Kind.CASES).order_by("pk").first()
    say(f"\nSign in with the password {PASSWORD}, for example as")
    door = first.teams.filter(kind=Team.Kind.FRONT_DOOR).order_by("pk").first()
    for held in Membership.objects.filter(team__in=[team, door, first.teams.get(code="council")]).order_by("pk"):
        say(f"  {held.person.email:44} {held.person.name}, {held.get_role_display().lower()}")
    others = ", ".join(Authority.objects.exclude(pk=first.pk).values_list("code", flat=True))
    say(f"The other councils ({others}) have the same people under their own names.")


def _seed_authority(code: str, colour: str, names: Iterator[str], encoded: str) -> None:
    at, pack = now(), pack_for(code)
    authority = actions.add_authority(code=code, name=pack.identity.name, pack=code, colour=colour, at=at)
    rows = [(row.code, row.name, _kind(row)) for row in pack.team if not row.outside]
    for team_code, team_name, kind in [*rows, ("council", "Council-wide", Team.Kind.SUPPORT)]:
        email = f"{team_code.replace('_', '-')}@{code.replace('_', '-')}.example.org"
        team = actions.add_team(
            authority=authority, code=team_code, name=team_name, kind=kind, email=email, by=None, at=at
        )
        for part, role in _parts(team):
            _seed_person(team, part, role, next(names), encoded)


def _kind(row) -> str:
    if row.front_door:
        return Team.Kind.FRONT_DOOR
    return Team.Kind.CASES if row.holds_cases else Team.Kind.SUPPORT


def _parts(team: Team) -> list[tuple[str, Role]]:
    if team.code == "council":
        return FOR_THE_COUNCIL
    return {Team.Kind.CASES.value: IN_A_TEAM, Team.Kind.FRONT_DOOR.value: AT_THE_FRONT_DOOR}.get(team.kind, [])


def _seed_person(team: Team, part: str, role: Role, name: str, encoded: str) -> None:
    at = now()
    email = f"{part}.{team.email}"
    person = actions.add_person(
        authority=team.authority, email=email, name=name, encoded_password=encoded, by=None, at=at
    )
    starts_on = localdate(at).replace(month=1, day=1, year=localdate(at).year - 2)
    actions.add_membership(person=person, team=team, role=role, starts_on=starts_on, by=None, at=at)


def _names() -> Iterator[str]:
    """Every given name with every family name, in an order that does not repeat itself at a glance."""
    for shift in cycle(range(len(FAMILY))):
        for place, given in enumerate(GIVEN):
            yield f"{given} {FAMILY[(place + shift) % len(FAMILY)]}"
