"""The radar as a page: what comes to one's teams and what leaves them, soonest first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from cases import words
from cases.models import Involvement, Standing
from casetransfer.calendars import in_words
from casetransfer.protocols import pack_for
from teams.models import Person, Team
from teams.roles import Permission
from transfers.machine import State
from transfers.models import RadarEntry, Transfer
from transfers.models.radar import Certainty

PER_PAGE, YEAR = 40, timedelta(days=365)
COLOURS = {Certainty.CERTAIN: "green", Certainty.LIKELY: "blue", Certainty.POSSIBLE: "grey"}
COMING, LEAVING = "coming", "leaving"


@dataclass(frozen=True)
class Way:
    """One route that a case may take, how sure that is and why."""

    route: str
    effect: str
    clause: tuple[str, ...]
    certainty: str
    colour: str
    reason: str

    @classmethod
    def of(cls, entry: RadarEntry) -> "Way":
        return cls(
            route=entry.name,
            effect="" if entry.effect == "moves" else entry.get_effect_display(),
            clause=tuple(entry.clause.split(", ")[:1]) if entry.clause else (),
            certainty=entry.get_certainty_display(),
            colour=COLOURS[Certainty(entry.certainty)],
            reason=entry.reason,
        )


@dataclass(frozen=True)
class Line:
    """One case that may move from one team to another: told once, with every way in which it may."""

    reference: str
    url: str
    child: str
    age: str
    when: str
    was: str
    is_late: bool
    transferring: str
    receiving: str
    news: str
    ways: tuple[Way, ...]

    @classmethod
    def of(cls, entries: list[RadarEntry], today: date) -> "Line":
        entry = entries[0]
        child = entry.case.child
        return cls(
            reference=entry.case.reference,
            url=entry.case.get_absolute_url() if entry.is_openable else "",
            child=child.name if entry.is_openable else "",
            age=words.age(child.date_of_birth, child.expected_delivery_date, today),
            when=_day(entry.expected_on, today) if entry.expected_on else "Not dated yet",
            was=f"was {_day(entry.was_expected_on, today)}" if entry.was_expected_on else "",
            is_late=entry.is_late(today),
            transferring=entry.transferring_team.name,
            receiving=entry.receiving_team.name,
            news=entry.news(),
            ways=tuple(Way.of(one) for one in entries),
        )


@dataclass(frozen=True)
class Load:
    """What the radar does to a team: how many cases it holds, and how many may come and go."""

    team: str
    holds: int
    coming: int
    leaving: int

    @property
    def says(self) -> str:
        moves = f"{self.coming} may come and {self.leaving} may leave"
        then = self.holds + self.coming - self.leaving
        return f"{self.team} holds {words.plural(self.holds, 'case')}. {moves}: {then} if all do."


@dataclass(frozen=True)
class Announced:
    """How many of a team's moves of the last year the receiving team had heard of in time."""

    team: str
    moved: int
    in_time: int

    @property
    def says(self) -> str:
        moves = "1 case" if self.moved == 1 else f"{self.moved} cases"
        return f"{self.team}: {self.in_time} of {moves} announced in time ({self.in_time * 100 // self.moved}%)"


@dataclass(frozen=True)
class RadarPage:
    view: str
    page: Page
    lines: list[Line]
    loads: list[Load]
    announced: list[Announced]
    days: int
    teams: list[Team]
    team: int | None

    @classmethod
    def of(cls, person: Person, view: str, team: str, page: str, at: datetime) -> "RadarPage":
        standing, today = Standing.of(person), localdate(at)
        mine = _teams_of(person, standing)
        chosen = next((one.pk for one in mine if str(one.pk) == team), None)
        view = LEAVING if view == LEAVING else COMING
        side = "transferring_team" if view == LEAVING else "receiving_team"
        wanted = [chosen] if chosen else [one.pk for one in mine]
        entries = RadarEntry.objects.visible_to(person, standing).expected().filter(**{f"{side}__in": wanted})
        sheet = Paginator(_soonest_first(entries), PER_PAGE).get_page(page)
        days = pack_for(person.authority.pack).identity.radar_days
        lines = _lines(entries.with_openable(person, standing), sheet, today)
        shown = [one for one in mine if one.pk in wanted]
        return cls(view, sheet, lines, _loads(shown), _announced(shown, days, at), days, mine, chosen)


def _soonest_first(entries: QuerySet[RadarEntry]) -> QuerySet[Any, Any]:
    """Each case once for each team it may come to."""
    cases = entries.values("case", "receiving_team").annotate(soonest=Min("expected_on"))
    return cases.order_by(F("soonest").asc(nulls_last=True), "case", "receiving_team")


def _lines(entries: QuerySet[RadarEntry], sheet: Page, today: date) -> list[Line]:
    shown: dict[tuple[int, int], list[RadarEntry]] = {(row["case"], row["receiving_team"]): [] for row in sheet}
    found = entries.filter(case__in={case for case, _ in shown})
    soonest = F("expected_on").asc(nulls_last=True)
    for entry in found.select_related("case__child", "transferring_team", "receiving_team").order_by(soonest, "pk"):
        if (entry.case_id, entry.receiving_team_id) in shown:
            shown[entry.case_id, entry.receiving_team_id].append(entry)
    return [Line.of(ways, today) for ways in shown.values()]


def _teams_of(person: Person, standing: Standing) -> list[Team]:
    """The teams whose radar this person may read: their own, or all that hold cases."""
    teams = Team.objects.visible_to(person).in_use().filter(kind__in=[Team.Kind.CASES, Team.Kind.FRONT_DOOR])
    if not standing.allows(Permission.SEE_ALL_CASES):
        teams = teams.filter(pk__in=standing.teams_with(Permission.SEE_TEAM_CASES))
    return list(teams.order_by("name"))


def _loads(teams: list[Team]) -> list[Load]:
    """Only of few teams: for a whole council the list itself says more."""
    if not 0 < len(teams) <= 3:
        return []
    held = dict(
        Involvement.objects.current().responsible().filter(team__in=teams).values_list("team").annotate(Count("pk"))
    )
    moves = RadarEntry.objects.expected().filter(effect="moves")
    number = Count("case", distinct=True)
    coming = dict(moves.filter(receiving_team__in=teams).values_list("receiving_team").annotate(number=number))
    leaving = dict(moves.filter(transferring_team__in=teams).values_list("transferring_team").annotate(number=number))
    return [Load(team.name, held.get(team.pk, 0), coming.get(team.pk, 0), leaving.get(team.pk, 0)) for team in teams]


def _announced(teams: list[Team], days: int, at: datetime) -> list[Announced]:
    """Of each sending team: the moves of the last year whose receiving team was told as early as the protocol asks."""
    heard = RadarEntry.objects.filter(
        case=OuterRef("case"), receiving_team=OuterRef("receiving_team"),
        first_told_at__lte=OuterRef("finished_at") - timedelta(days=days),
    )  # fmt: skip
    moves = Transfer.objects.filter(
        transferring_team__in=teams, state=State.COMPLETED, effect="moves", finished_at__gt=at - YEAR
    ).annotate(heard=Exists(heard))
    numbers = moves.order_by("transferring_team__name").values_list("transferring_team__name")
    counted = numbers.annotate(moved=Count("pk"), in_time=Count("pk", filter=Q(heard=True)))
    return [Announced(*row) for row in counted]


def _day(on: date, today: date) -> str:
    return in_words(on) if on.year == today.year else words.day(on)
