"""What may move soon: worked out from the protocol's decision for each case. Pure: facts and teams are given."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casetransfer.protocols import Decision, Found, Pack
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.plans import Plan
from casetransfer.protocols.rows import Notice as NoticeRow
from teams.models import Team
from transfers.models.radar import Certainty
from transfers.routing import clauses_of

SHOWN = frozenset({"moves", "joins"})
DAYS_IN = {"days": 1.0, "working days": 1.4, "months": 31.0, "hours": 1 / 24}


@dataclass(frozen=True, slots=True)
class Expected:
    """One move that may come: along which route, to which team, when, how surely, and why."""

    route: str
    name: str
    effect: str
    clause: str
    receiving_team: int
    certainty: str
    expected_on: date | None
    reason: str

    @property
    def key(self) -> tuple[str, int]:
        return self.route, self.receiving_team


@dataclass(frozen=True, slots=True)
class Places:
    """An authority's teams by the pack's codes."""

    by_code: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, teams: Iterable[Team]) -> "Places":
        by_code: dict[str, list[int]] = {}
        for team in teams:
            by_code.setdefault(team.code, []).append(team.pk)
        return cls({code: tuple(found) for code, found in by_code.items()})

    def leading_to(self, pack: Pack, plan: Plan, previous: str | None) -> list[int]:
        """The teams a route leads to: where several share a code or a service, the first stands for them until a
        manager chooses."""
        codes = [previous if code == "previous_team" else code for code in plan.route.to]
        found = []
        for code in codes:
            within = [team for known, team in self.by_code.items() if code and pack.is_within(known, code)]
            if within:
                found.append(min(min(team) for team in within))
        return found


def expected_moves(
    decision: Decision, places: Places, holder: int | None, chosen: Mapping[str, int]
) -> Iterator[Expected]:
    """Every move that may come within the horizon. `chosen`: the teams of transfers under way, by route."""
    today = decision.facts.today
    for found in (*decision.recommended, *decision.possible):
        plan = found.plan
        if plan.route.effect not in SHOWN:
            continue
        seen = _seen(decision.pack, found, today, is_asked=plan.route.code in chosen)
        if seen is None:
            continue
        certainty, on, reason = seen
        previous = decision.facts.values.get("previous_team")
        asked = chosen.get(plan.route.code)
        for team in [asked] if asked else places.leading_to(decision.pack, plan, previous):
            if team != holder:
                yield Expected(
                    plan.route.code, plan.route.name[:300], plan.route.effect, clauses_of(plan.route), team,
                    certainty, on, reason[:500],
                )  # fmt: skip


def surest(moves: Iterable[Expected], chosen: Mapping[str, int]) -> list[Expected]:
    """A case comes to a team once: what is only possible says nothing beside a surer route there that is as soon,
    unless somebody has asked for it."""
    found = list({move.key: move for move in moves}.values())
    likely = [move for move in found if move.certainty != Certainty.POSSIBLE]
    return [
        move
        for move in found
        if move in likely or move.route in chosen or not any(_as_soon(other, move) for other in likely)
    ]


def _as_soon(one: Expected, other: Expected) -> bool:
    is_same = (one.receiving_team, one.effect) == (other.receiving_team, other.effect)
    return is_same and (one.expected_on or date.max) <= (other.expected_on or date.max)


def _seen(pack: Pack, found: Found, today: date, *, is_asked: bool) -> tuple[str, date | None, str] | None:
    """(how surely, when, why), or nothing where it lies beyond the horizon."""
    horizon = today + timedelta(days=lead_days(pack, found.plan))
    point = found.point
    says = point.says if point else found.plan.point_says
    if found.needs:
        on = found.earliest or (point.on if point else None)
        if on is None or on > horizon:
            return None
        is_settled_then = all(need.on or need.fact.endswith("_outcome") for need in found.needs)
        certainty = Certainty.LIKELY if is_settled_then else Certainty.POSSIBLE
        return certainty, on, " ".join(need.says for need in found.needs)
    if point and point.reached:
        return Certainty.CERTAIN, point.on or found.earliest, f"The transfer point is reached: {says}."
    if found.earliest:
        is_near = found.earliest <= horizon
        return (Certainty.CERTAIN, found.earliest, f"Moves at: {says}.") if is_near or is_asked else None
    if is_asked or (point and point.says and _is_an_event(found)):
        return Certainty.LIKELY, None, f"No date is recorded yet. Moves at: {says}."
    return None


def _is_an_event(found: Found) -> bool:
    route = found.plan.route
    points = [*route.points, *(point for stage in route.stages for point in stage.points)]
    return any(point.kind == "event" for point in points)


@lru_cache(maxsize=4096)
def _lead(pack_radar_days: int, offsets: tuple[str, ...]) -> int:
    lengths = [Duration.parse(offset) for offset in offsets]
    return max([pack_radar_days, *(round(one.count * DAYS_IN[one.unit]) for one in lengths)])


def lead_days(pack: Pack, plan: Plan) -> int:
    """How far ahead: the protocol's radar, or longer where a clock of this route counts back from the move."""
    offsets = tuple(
        timer.offset
        for code in plan.asks.timers
        if (timer := pack.timers.get(code)) and timer.starts.on == "transfer_expected" and timer.offset
    )
    return _lead(pack.identity.radar_days, offsets)


def radar_notice_of(pack: Pack) -> NoticeRow | None:
    """The pack's own notice of the radar, where it has one: it follows a clock that counts back from a move."""
    for row in pack.notice:
        timer = pack.timers.get(row.starts.of) if row.starts.on == "timer_ended" else None
        if timer and timer.starts.on == "transfer_expected" and timer.kind == "backward":
            return row
    return None
