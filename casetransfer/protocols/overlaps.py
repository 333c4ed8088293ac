"""Can these conditions hold together? The space of facts is searched through the facts the rows name, pair by pair.

A table becomes one limit per fact: a set of allowed values, or a span of length. Two tables can hold together when no
fact's limits exclude each other.
"""

from dataclasses import dataclass, field
from typing import Any

from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.plans import Engine, Plan
from casetransfer.protocols.predicates import split

IN_DAYS = {"hours": 1 / 24, "days": 1.0, "working days": 1.4, "months": 30.4375}
TWINS = ("_booked", "_held")


@dataclass(slots=True)
class Limit:
    """What one table allows of one fact: values (None: any), and a span from low to high.

    `low` tells whether its end is left out, `high` whether its end is in: so the greater low and the lesser high are
    always the stricter ones.
    """

    values: frozenset[Any] | None = None
    low: tuple[float, bool] = (float("-inf"), False)
    high: tuple[float, bool] = (float("inf"), True)
    many: bool = False

    def meets(self, other: "Limit") -> bool:
        if (
            self.values is not None
            and other.values is not None
            and not self.many
            and self.values.isdisjoint(other.values)
        ):
            return False
        return _spans(self.low, other.high) and _spans(other.low, self.high)

    def within(self, other: "Limit") -> bool:
        """Whether everything this allows the other allows too."""
        if other.values is not None and (self.values is None or not self.values <= other.values):
            return False
        return self.low >= other.low and self.high <= other.high


def _spans(low: tuple[float, bool], high: tuple[float, bool]) -> bool:
    return low[0] < high[0] or (low[0] == high[0] and high[1] and not low[1])


Limits = dict[str, Limit]


def limits_of(pack: Pack, table: rows.Condition) -> Limits | None:
    """The limits of one when-table, None when it contradicts itself."""
    known = vocabulary_of(pack)
    limits: Limits = {}
    for key, argument in table.items():
        name, suffix = split(key, known)
        limit = _limit(pack, name, suffix, argument)
        if known[name].type == "date":  # recorded, and reached, are two questions
            name = key
        if name in limits:
            if not limit.meets(limits[name]):
                return None
            limit = _both(limit, limits[name])
        limits[name] = limit
    return None if _contradicts(limits) else limits


def _limit(pack: Pack, name: str, suffix: str, argument: Any) -> Limit:
    fact = vocabulary_of(pack)[name]
    if suffix in ("_at_least", "_over"):
        return Limit(low=(_size(argument), suffix == "_over"))
    if suffix in ("_under", "_at_most"):
        return Limit(high=(_size(argument), suffix == "_at_most"))
    values = frozenset(argument if isinstance(argument, list) else [argument])
    if fact.type in ("team", "teams"):
        values |= pack.parts_of(values)
    if suffix == "_not":
        domain: set[Any] = {True, False} if fact.type == "flag" else set(fact.values)
        domain = {*pack.teams, "none"} if fact.type == "team" else domain
        return Limit(values=frozenset(domain) - values if domain else None)
    return Limit(values=values, many=fact.type in ("choices", "teams"))


def _size(argument: Any) -> float:
    if isinstance(argument, int | float):
        return float(argument)
    try:
        duration = Duration.parse(argument)
    except ValueError:
        return float(argument)
    return duration.count * IN_DAYS[duration.unit]


def _both(a: Limit, b: Limit) -> Limit:
    values = b.values if a.values is None else a.values if b.values is None else a.values & b.values
    return Limit(values, max(a.low, b.low), min(a.high, b.high), a.many)


def _contradicts(limits: Limits) -> bool:
    """Facts that exclude each other by their nature."""
    unborn = limits.get("unborn")
    is_unborn = unborn is not None and unborn.values == frozenset({True})
    if is_unborn and "age" in limits and limits["age"].low[0] >= 0:  # an unborn child is younger than any age
        return True
    for name, limit in limits.items():
        if name.endswith("_outcome") and limit.values:
            held = limits.get(name.replace("_outcome", "_held"))
            if held is not None and held.values == frozenset({False}):
                return True
    return False


def can_meet(a: Limits, b: Limits) -> bool:
    """Whether one set of facts can satisfy both tables."""
    if any(not limit.meets(b[name]) for name, limit in a.items() if name in b):
        return False
    both = {name: _both(limit, b[name]) if name in b else limit for name, limit in a.items()}
    return not _contradicts(b | both)


def implies(a: Limits, b: Limits) -> bool:
    """Whether every set of facts that satisfies a satisfies b."""
    return all(name in a and a[name].within(limit) for name, limit in b.items())


def tables_of(pack: Pack, route: rows.Route | rows.Hold) -> list[Limits]:
    """The limits of each when-table that does not contradict itself."""
    return [limits for table in route.when or ({},) if (limits := limits_of(pack, table)) is not None]


@dataclass(slots=True)
class Overlaps:
    """The pairwise questions about one pack's routes, with every table's limits worked out once."""

    engine: Engine
    limits: dict[str, list[Limits]] = field(default_factory=dict)
    together: list[frozenset[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        pack = self.engine.pack
        rungs = [rung for row in pack.precedence if row.together for rung in row.ladder]
        self.together = [frozenset(pack.routes_named(rung)) for rung in rungs]
        for code, plan in self.engine.plans.items():
            self.limits[code] = [t for t in tables_of(self.engine.pack, plan.route) if self._starts_somewhere(plan, t)]

    def _starts_somewhere(self, plan: Plan, limits: Limits) -> bool:
        holder = limits.get("holder")
        if holder is None or holder.values is None or plan.outside or not plan.inside:
            return True
        contact_at = "contact_at" in limits or any(t.front_door for t in self.engine.pack.team if t.code in plan.inside)
        return contact_at or not holder.values.isdisjoint(plan.inside)

    def never_matches(self, plan: Plan) -> str:
        """Why a route can never match, empty when it can."""
        if not self.limits[plan.route.code]:
            return "its conditions contradict each other"
        if self._goes_nowhere(plan):
            return "it starts and ends in the same team"
        for winner, losers in self.engine.beats.items():
            if plan.route.code in losers and self._always_with(plan, self.engine.plans[winner]):
                return f"{winner} always matches with it and comes first"
        return ""

    def _goes_nowhere(self, plan: Plan) -> bool:
        """A move from a team to itself, unless it is about a contact that reached the team directly."""
        direct = any("contact_at" in limits or "source" in limits for limits in self.limits[plan.route.code])
        moves = plan.route.effect == "moves" and not plan.outside and bool(plan.inside)
        return moves and not direct and plan.inside <= plan.not_to

    def _always_with(self, plan: Plan, winner: Plan) -> bool:
        if not (winner.any_team or (plan.inside <= winner.inside and plan.outside <= winner.outside)) or plan.any_team:
            return False
        mine, theirs = self.limits[plan.route.code], self.limits[winner.route.code]
        return all(any(implies(a, b) for b in theirs) for a in mine)

    def both_can_match(self, a: Plan, b: Plan) -> bool:
        """Whether one child can match both routes at one moment."""
        if not self._same_place(a, b):
            return False
        return any(can_meet(x, y) for x in self.limits[a.route.code] for y in self.limits[b.route.code])

    def _same_place(self, a: Plan, b: Plan) -> bool:
        if a.any_team or b.any_team:
            first, second = (a, b) if a.any_team else (b, a)
            return second.any_team or bool(second.inside - first.not_to)
        return bool(a.inside & b.inside or a.outside & b.outside)

    def ranked(self, a: Plan, b: Plan) -> bool:
        """Whether the pack says which of two routes comes first, or that they stand side by side."""
        x, y = a.route.code, b.route.code
        if y in self.engine.beats.get(x, {}) or x in self.engine.beats.get(y, {}):
            return True
        return any(x in rung and y in rung for rung in self.together)
