"""How the teams of a council stand: what each holds, what comes and goes, and what is late. Counts only, of nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Involvement
from cases.models.deadline import OPEN
from cases.models.involvement import InvolvementQuerySet
from teams.models import Person, Team
from transfers.models import RadarEntry
from transfers.models.radar import RadarQuerySet

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


def loads_of(person: Person, at: datetime) -> list[TeamLoad]:
    """Every team in use that holds cases, by a fixed number of queries."""
    teams = Team.objects.visible_to(person).in_use().exclude(kind=Team.Kind.SUPPORT)
    holds = _counted(_held().filter(team__in=teams), "team")
    coming = _counted(_expected(at).filter(receiving_team__in=teams), "receiving_team")
    return [TeamLoad(team, holds.get(team.pk, 0), coming.get(team.pk, 0)) for team in teams]


def figures_of(loads: Sequence[TeamLoad], at: datetime) -> list[TeamFigures]:
    """What else is to be said of these teams: as many as a page shows, so that no more is counted than is read."""
    teams = [load.team.pk for load in loads]
    lines = _held().filter(team__in=teams)
    worker = Involvement.objects.allocated().current().filter(case=OuterRef("case"))
    unallocated = _counted(lines.filter(~Exists(worker)), "team")
    leaving = _counted(_expected(at).filter(transferring_team__in=teams), "transferring_team")
    late = _late(lines, at)
    return [
        TeamFigures(
            load.team, load.holds, load.coming, unallocated.get(load.team.pk, 0), leaving.get(load.team.pk, 0),
            *late.get(load.team.pk, (0, 0, 0)),
        )
        for load in loads
    ]  # fmt: skip


def _held() -> InvolvementQuerySet:
    """The line of each open case that says which team holds it: one for each."""
    return Involvement.objects.responsible().current().order_by()


def _expected(at: datetime) -> RadarQuerySet:
    return RadarEntry.objects.expected().filter(expected_on__lte=localdate(at) + AHEAD).order_by()


def _counted(rows: QuerySet[Any, Any], by: str) -> dict[int, int]:
    """How many cases, by team. Only what stands in an index is asked for."""
    is_once = rows.model is Involvement
    return dict(rows.values(by).annotate(n=Count("case", distinct=not is_once)).values_list(by, "n"))


def _late(lines: InvolvementQuerySet, at: datetime) -> dict[int, tuple[int, int, int]]:
    """What each team owes in its cases: overdue, due soon, on time."""
    owed: dict[str, Any] = {"case__deadlines__is_owed": True, "case__deadlines__paused_at": None}
    owed |= {f"case__deadlines__{name}": value for name, value in OPEN.children}  # type: ignore[misc]
    late, soon = Q(case__deadlines__due_at__lt=at), Q(case__deadlines__due_soon_at__lte=at)
    counted = lines.filter(**owed).values("team")
    counted = counted.annotate(
        overdue=Count("case", filter=late), soon=Count("case", filter=~late & soon), every=Count("case")
    )
    rows = counted.values_list("team", "overdue", "soon", "every")
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
