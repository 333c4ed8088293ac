"""Who held this child at a moment, and who knew it then."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Count, Q
from django.utils.timezone import localdate

from cases import words
from cases.models import Case, Involvement, Part
from teams.models import Absence, Person, Team


@dataclass(frozen=True, slots=True)
class Stretch:
    """One line of the ledger as `components/responsibility_timeline.jinja` takes it."""

    pk: int
    team: str
    part: str
    worker: str
    period: str
    is_current: bool
    recorded: str
    can_end: bool


def stretches_of(case: Case, may_change: bool = False) -> list[Stretch]:
    """The whole ledger as it stands now, newest first."""
    lines = case.involvements.standing().select_related("team", "person", "recorded_by").order_by("-period", "role")
    return [stretch(line, may_change) for line in lines]


def stretch(line: Involvement, may_change: bool = False) -> Stretch:
    by = f" by {line.recorded_by.name}" if line.recorded_by else ""
    until = f"; so believed until {words.moment(line.recorded.upper)}" if line.recorded.upper else ""
    return Stretch(
        pk=line.pk,
        team=line.team.name,
        part=line.get_role_display(),
        worker=line.person.name if line.person else "",
        period=words.span(line.started_at, line.ended_at),
        is_current=line.is_current,
        recorded=f"Recorded {words.moment(line.recorded_at)}{by}{until}",
        can_end=may_change and line.is_current and line.role != "responsible_team",
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """One moment at which responsibility passed from a team to another."""

    pk: int
    says: str


def moves_of(case: Case) -> list[Moved]:
    lines = list(case.involvements.standing().responsible().select_related("team").order_by("period"))
    return [
        Moved(after.pk, f"{before.team.name} to {after.team.name}, {words.moment(after.started_at)}")
        for before, after in pairwise(lines)
        if before.ended_at == after.started_at
    ][::-1]


@dataclass(frozen=True, slots=True)
class Answer:
    """`lines`: who had which part at `moment`, as the record said at `known_at`. `differs`: the record says something
    else today."""

    moment: str
    known_at: str
    lines: tuple[Stretch, ...]
    differs: bool


def held_at(case: Case, moment: datetime, known_at: datetime, now: datetime) -> Answer:
    """One query: every line of that moment, of both times of knowing."""
    lines = case.involvements.at(moment).select_related("team", "person", "recorded_by").order_by("role")
    every = list(lines)
    then = [line for line in every if known_at in line.recorded]
    today = [line for line in every if line.recorded.upper is None]
    said = [{(line.role, line.team_id, line.person_id) for line in some} for some in (then, today)]
    return Answer(
        moment=words.moment(moment),
        known_at=words.moment(known_at) if known_at < now else "",
        lines=tuple(stretch(line) for line in then),
        differs=said[0] != said[1],
    )


HELD = Count(
    "involvements__case",
    filter=Q(
        involvements__role=Part.ALLOCATED_SOCIAL_WORKER, involvements__period__upper_inf=True,
        involvements__recorded__upper_inf=True,
    ), distinct=True,
)  # fmt: skip
"""Of how many cases a person is the allocated social worker now."""


def caseloads(team: Team, at: datetime) -> list[tuple[str, str, str]]:
    """Everybody who could take a case in this team, the least loaded first: number, name, what it would do to them."""
    people = Person.objects.active().working_in(team, localdate(at))
    counted = people.filter(memberships__role__in=["social_worker", "senior"]).annotate(held=HELD)
    away = set(Absence.objects.current(localdate(at)).values_list("person", flat=True))
    return [
        (str(person.pk), person.name, _effect(person.held, person.pk in away))
        for person in counted.order_by("held", "name")
    ]


def _effect(held: int, is_away: bool) -> str:
    away = " Away today." if is_away else ""
    return f"Holds {words.plural(held, 'case')}; would hold {held + 1}.{away}"
