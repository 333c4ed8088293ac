"""How the teams of a council stand: what each holds, what comes and goes, and what is late. Counts only, of nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Involvement
from cases.models.deadline import OPEN
from teams.models import Person, Team
from transfers.models import RadarEntry

AHEAD = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class TeamFigures:
    team: Team
    holds: int
    unallocated: int
    coming: int
    leaving: int
    overdue: int
    soon: int
    on_time: int

    @property
    def url(self) -> str:
        return f"{reverse('cases:worklist')}?team={self.team.pk}"

    @property
    def says(self) -> str:
        return f"{self.holds} held, {self.coming} coming"


def figures_of(person: Person, at: datetime) -> list[TeamFigures]:
    """Every team in use that holds cases, by a fixed number of queries."""
    teams = Team.objects.visible_to(person).in_use().exclude(kind=Team.Kind.SUPPORT)
    lines = Involvement.objects.responsible().current().filter(team__in=teams).order_by()
    worker = Involvement.objects.allocated().current().filter(case=OuterRef("case"))
    holds = _counted(lines, "team")
    unallocated = _counted(lines.filter(~Exists(worker)), "team")
    expected = RadarEntry.objects.expected().filter(expected_on__lte=localdate(at) + AHEAD).order_by()
    coming = _counted(expected.filter(receiving_team__in=teams), "receiving_team", "case")
    leaving = _counted(expected.filter(transferring_team__in=teams), "transferring_team", "case")
    late = _late(lines, at)
    none: tuple[int, int, int] = (0, 0, 0)
    return [
        TeamFigures(
            team, holds.get(team.pk, 0), unallocated.get(team.pk, 0), coming.get(team.pk, 0), leaving.get(team.pk, 0),
            *late.get(team.pk, none),
        )
        for team in teams
    ]  # fmt: skip


def _counted(rows: Any, by: str, what: str = "pk") -> dict[int, int]:
    return dict(rows.values(by).annotate(n=Count(what, distinct=what != "pk")).values_list(by, "n"))


def _late(lines: Any, at: datetime) -> dict[int, tuple[int, int, int]]:
    """What each team owes in its cases: overdue, due soon, on time."""
    owed = Q(case__deadlines__is_owed=True, case__deadlines__paused_at=None)
    owed &= Q(**{f"case__deadlines__{name}": value for name, value in OPEN.children})  # type: ignore[misc]
    late, soon = Q(case__deadlines__due_at__lt=at), Q(case__deadlines__due_soon_at__lte=at)
    counted = lines.values("team").annotate(
        overdue=Count("case__deadlines", filter=owed & late),
        soon=Count("case__deadlines", filter=owed & ~late & soon),
        every=Count("case__deadlines", filter=owed),
    )
    rows = counted.values_list("team", "overdue", "soon", "every")
    return {team: (overdue, soon, every - overdue - soon) for team, overdue, soon, every in rows}


def mix_of(figures: Iterable[TeamFigures]) -> list[tuple[str, tuple[int, int, int]]]:
    """The deadlines of each team by how they stand, as rows of a table with bars."""
    return [(one.team.name, (one.overdue, one.soon, one.on_time)) for one in figures]


def by_code(figures: Iterable[TeamFigures]) -> dict[str, tuple[str, str]]:
    """What the map says of each team of the protocol, and where it leads. Teams that share a place count together."""
    found: dict[str, list[TeamFigures]] = {}
    for one in figures:
        found.setdefault(one.team.code, []).append(one)
    return {
        code: (
            f"{sum(one.holds for one in many)} held, {sum(one.coming for one in many)} coming",
            many[0].url if len(many) == 1 else reverse("cases:worklist"),
        )
        for code, many in found.items()
    }
