"""How the teams of a council stand: what each holds, what comes and goes, and what is late. Counts only, of nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Involvement, Part
from teams.models import Person, Team
from teams.models.house import TeamQuerySet
from transfers.models import RadarEntry

AHEAD = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class TeamLoad:
    team: Team
    holds: int
    coming: int

    @property
    def url(self) -> str:
        return f"{reverse('cases:worklist')}?team={self.team.pk}"

    @property
    def says(self) -> str:
        return f"{self.holds} held, {self.coming} coming"


@dataclass(frozen=True, slots=True)
class TeamFigures(TeamLoad):
    unallocated: int
    leaving: int
    overdue: int
    soon: int
    on_time: int


def teams_of(person: Person) -> TeamQuerySet:
    """Every team in use that holds cases."""
    return Team.objects.visible_to(person).in_use().exclude(kind=Team.Kind.SUPPORT)


def loads_of(person: Person, at: datetime) -> list[TeamLoad]:
    """What every team holds, and what comes to it."""
    teams = teams_of(person)
    holds, coming = _held_by(teams), _moves("receiving_team", teams, at)
    return [TeamLoad(team, holds.get(team.pk, 0), coming.get(team.pk, 0)) for team in teams]


def figures_of(teams: Sequence[Team], at: datetime) -> list[TeamFigures]:
    """All that is to be said of these teams: as many as a page shows, so that no more is counted than is read."""
    coming, leaving = (_moves(f"{side}_team", teams, at) for side in ("receiving", "transferring"))
    stands, owed = stands_of(teams), _owed(teams, at)
    found = []
    for team in teams:
        holds, unallocated = stands.get(team.pk, (0, 0))
        moves = coming.get(team.pk, 0), unallocated, leaving.get(team.pk, 0)
        found.append(TeamFigures(team, holds, *moves, *owed.get(team.pk, (0, 0, 0))))
    return found


@dataclass(frozen=True, slots=True)
class Change(TeamLoad):
    leaving: int

    @property
    def then(self) -> int:
        return self.holds + self.coming - self.leaving


def changes_of(person: Person, at: datetime, ahead: timedelta) -> dict[int, Change]:
    """What each team that holds cases has, and what may come to it and go from it by then."""
    teams = list(Team.objects.visible_to(person).in_use().filter(kind=Team.Kind.CASES))
    holds = _held_by(teams)
    coming, leaving = (_moves(f"{side}_team", teams, at, ahead) for side in ("receiving", "transferring"))
    return {
        team.pk: Change(team, holds.get(team.pk, 0), coming.get(team.pk, 0), leaving.get(team.pk, 0)) for team in teams
    }


def _held_by(teams: Iterable[Team]) -> dict[int, int]:
    """How many cases each of these teams holds: only what stands in an index is asked."""
    lines = Involvement.objects.responsible().current().order_by().filter(team__in=teams).values("team")
    return dict(lines.annotate(n=Count("case")).values_list("team", "n"))


def _moves(by: str, teams: Iterable[Team], at: datetime, ahead: timedelta = AHEAD) -> dict[int, int]:
    """How many cases the radar sees coming to each of these teams, or leaving it."""
    expected = RadarEntry.objects.expected().filter(expected_on__lte=localdate(at) + ahead).order_by()
    counted = expected.filter(**{f"{by}__in": teams}).values(by).annotate(n=Count("case", distinct=True))
    return dict(counted.values_list(by, "n"))


def stands_of(teams: Sequence[Team]) -> dict[int, tuple[int, int]]:
    """What each of these teams holds, and how many of those have no worker: the allocated worker of a case is always
    of the team that holds it."""
    holds, works = Q(role=Part.RESPONSIBLE_TEAM), Q(role=Part.ALLOCATED_SOCIAL_WORKER)
    lines = Involvement.objects.current().filter(holds | works, team__in=teams).order_by().values("team")
    counted = lines.annotate(held=Count("case", filter=holds), allocated=Count("case", filter=works))
    rows = counted.values_list("team", "held", "allocated")
    return {team: (held, held - allocated) for team, held, allocated in rows}


# Said in SQL because the line and the deadline meet on the number of the case, and nothing of the case itself is read
OWED = """
SELECT line.team_id, count(*) FILTER (WHERE owed.due_at < %(at)s),
    count(*) FILTER (WHERE owed.due_at >= %(at)s AND owed.due_soon_at <= %(at)s), count(*)
FROM cases_involvement line JOIN cases_deadline owed USING (case_id)
WHERE line.team_id = ANY(%(teams)s) AND line.role = 'responsible_team'
    AND upper_inf(line.period) AND upper_inf(line.recorded) AND owed.is_owed AND owed.met_at IS NULL
    AND owed.stopped_at IS NULL AND owed.superseded_at IS NULL AND owed.paused_at IS NULL
GROUP BY line.team_id"""


def _owed(teams: Sequence[Team], at: datetime) -> dict[int, tuple[int, int, int]]:
    """What each of these teams owes in its cases: overdue, due soon, on time."""
    with connection.cursor() as cursor:
        cursor.execute(OWED, {"at": at, "teams": [team.pk for team in teams]})
        rows = cursor.fetchall()
    return {team: (overdue, soon, every - overdue - soon) for team, overdue, soon, every in rows}


def mix_of(figures: Iterable[TeamFigures]) -> list[tuple[str, tuple[int, int, int]]]:
    """The deadlines of each team by how they stand, as rows of a table with bars."""
    return [(one.team.name, (one.overdue, one.soon, one.on_time)) for one in figures]


def by_code(loads: Iterable[TeamLoad]) -> dict[str, tuple[str, str]]:
    """What the map says of each team of the protocol, and where it leads. Teams that share a place count together."""
    found: dict[str, list[TeamLoad]] = {}
    for one in loads:
        found.setdefault(one.team.code, []).append(one)
    return {
        code: (
            f"{sum(one.holds for one in many)} held, {sum(one.coming for one in many)} coming",
            many[0].url if len(many) == 1 else reverse("cases:worklist"),
        )
        for code, many in found.items()
    }
