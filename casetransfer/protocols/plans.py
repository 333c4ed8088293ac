"""A pack compiled for deciding: conditions shared and numbered, what each route asks for gathered, ranks worked out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from casetransfer.protocols import rows
from casetransfer.protocols.facts import Facts, vocabulary_of
from casetransfer.protocols.pack import ById, Pack
from casetransfer.protocols.points import PointState, compile_point, point_name, together
from casetransfer.protocols.predicates import NO, YES, Answer, Predicate, compile_condition

MOVING = frozenset({"moves", "ends"})
AGREEMENT = rows.Point(kind="agreement", says="agreement of both managers (no moment is stated)")


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a move asks for, of the route and its bundles together."""

    items: tuple[rows.Item, ...]
    approvals: tuple[rows.Approval, ...]
    attend: tuple[rows.Attendance, ...]
    notices: tuple[str, ...]
    timers: tuple[str, ...]
    duties: tuple[str, ...]
    meeting: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One route ready to be decided. `tables` are its when-tables as numbers into the engine's predicates."""

    route: rows.Route
    tables: tuple[tuple[int, ...], ...]
    waits_for: frozenset[str]
    point: Callable[[Facts], PointState]
    point_says: str
    asks: Asked
    inside: frozenset[str]
    outside: frozenset[str]
    any_team: bool
    not_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class HoldPlan:
    hold: rows.Hold
    tables: tuple[tuple[int, ...], ...]
    suppresses: frozenset[str]


@dataclass(slots=True)
class Engine:
    """A compiled pack. Made once per pack by `engine_for`; holds no state of any child."""

    pack: Pack
    predicates: list[Predicate] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    holds: tuple[HoldPlan, ...] = ()
    beats: dict[str, dict[str, rows.Precedence]] = field(default_factory=dict)
    by_place: dict[tuple[Any, Any, Any], Any] = field(default_factory=dict)
    conditions: list[tuple[str, Any]] = field(default_factory=list)
    unknowns: dict[int, Any] = field(default_factory=dict)
    refusals: dict[tuple[int, Any], Any] = field(default_factory=dict)
    needed: dict[int, str] = field(default_factory=dict)
    _numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def number(self, key: str, argument: Any, measured_at: str) -> int:
        identity = (key, repr(argument), measured_at)
        if identity not in self._numbers:
            predicate = compile_condition(key, argument, vocabulary_of(self.pack), self.pack, measured_at)
            self._numbers[identity] = len(self.predicates)
            self.predicates.append(predicate)
            self.conditions.append((key, argument))
        return self._numbers[identity]

    def tables(self, when: rows.Conditions, measured_at: str = "") -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(self.number(k, v, measured_at) for k, v in table.items()) for table in when or ({},))

    def holds_for(self, tables: tuple[tuple[int, ...], ...]) -> Callable[[Facts], Answer]:
        """A function from facts to whether one of the tables holds: its surest table's least sure condition."""
        predicates = self.predicates
        return lambda facts: max(min((predicates[n].test(facts) for n in table), default=YES) for table in tables)


@lru_cache(maxsize=32)
def _engine(identity: int, holder: ById) -> Engine:
    return compile_pack(holder.pack)


def engine_for(pack: Pack) -> Engine:
    """The compiled engine of a pack, made once."""
    return _engine(id(pack), ById(pack))


def compile_pack(pack: Pack) -> Engine:
    """Compile every route, hold and precedence of a pack. Raises ConditionError for a condition that cannot be read."""
    engine = Engine(pack)
    engine.plans = {route.code: compile_route(engine, route) for route in pack.route}
    engine.holds = tuple(
        HoldPlan(hold, engine.tables(hold.when), frozenset(pack.routes_named(hold.suppresses))) for hold in pack.hold
    )
    engine.beats = _beats(pack)
    return engine


def compile_route(engine: Engine, route: rows.Route) -> Plan:
    pack = engine.pack
    outside = frozenset(code for code in route.from_teams if code in pack.teams and pack.teams[code].outside)
    inside = frozenset(code for code in route.from_teams if code in pack.teams) - outside
    point, point_says = _staged(engine, route) if route.stages and not route.points else _pointed(engine, route)
    return Plan(
        route=route,
        tables=engine.tables(route.when, route.measured_at),
        waits_for=frozenset(route.waits_for),
        point=point,
        point_says=point_says,
        asks=gather(pack, route),
        inside=pack.parts_of(inside),
        outside=outside,
        any_team="any" in route.from_teams,
        not_to=pack.parts_of(route.to),
    )


PointOf = Callable[[Facts], PointState]


def _pointed(engine: "Engine", route: rows.Route) -> tuple[PointOf, str]:
    """The transfer point of a route without stages, and its words."""
    points = tuple(point for point in route.points if point.kind != "none" or route.effect not in MOVING)
    points = points or ((AGREEMENT,) if route.effect in MOVING else ())
    if not points:
        return (lambda facts: PointState(True, None, "no moment stated")), "no moment stated"
    return _point_of(engine, points, route.points_need), " or ".join(point_name(point) for point in points)


def _point_of(engine: "Engine", points: tuple[rows.Point, ...], need: str) -> PointOf:
    compiled = [compile_point(point, engine.pack.identity.birthdays) for point in points]
    if len(compiled) == 1:
        return compiled[0]
    return lambda facts: together([point(facts) for point in compiled], need)


def _staged(engine: "Engine", route: rows.Route) -> tuple[PointOf, str]:
    """The point of the stage that moves the case: the first moving stage whose own conditions hold, or may hold."""
    stages = stages_of(engine, route)
    moving = [stage for stage in stages if stage.stage.effect in MOVING] or stages

    def point(facts: Facts) -> PointState:
        answers = [(stage.applies(facts), stage) for stage in moving]
        chosen = max(answers, key=lambda pair: pair[0])  # the first of the surest
        if chosen[0] is NO:
            return PointState(False, None, f"{moving[-1].stage.name}, which does not apply to this child")
        return chosen[1].point(facts)

    return point, " or ".join(point_name(p) for stage in moving for p in stage.stage.points)


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage of a route: whether it applies to a child, and its point."""

    stage: rows.Stage
    applies: Callable[[Facts], Answer]
    point: PointOf


def stages_of(engine: "Engine", route: rows.Route) -> list[StagePlan]:
    """The stages of a route in order, ready to be asked."""
    return [
        StagePlan(
            stage, engine.holds_for(engine.tables(stage.when)), _point_of(engine, stage.points, stage.points_need)
        )
        for stage in route.stages
    ]


def gather(pack: Pack, route: rows.Route) -> Asked:
    """What a route asks for, its bundles' requirements first, each named once."""
    sources: list[rows.Asks] = [*(pack.bundles[code] for code in route.bundles if code in pack.bundles), route]

    def joined(name: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(item for source in sources for item in getattr(source, name)))

    items = [item for code in joined("checklists") if code in pack.checklists for item in pack.checklists[code].items]
    items += [pack.items[code] for code in joined("items") if code in pack.items]
    items += [
        item
        for checklist in pack.checklist
        if route.code in pack.routes_named(checklist.routes)
        for item in checklist.items
    ]
    return Asked(
        items=tuple({item.code: item for item in items}.values()),
        approvals=tuple(sorted(_unique(sources, "approvals"), key=lambda approval: approval.order)),
        attend=tuple(_unique(sources, "attend")),
        notices=_with_rows_naming(pack, route, joined("notices"), pack.notice),
        timers=_with_rows_naming(pack, route, joined("timers"), pack.timer),
        duties=_with_rows_naming(pack, route, joined("duties"), pack.duty),
        meeting=next((source.meeting for source in reversed(sources) if source.meeting), ""),
        clauses=joined("clauses"),
    )


def _unique(sources: list[rows.Asks], name: str) -> list[Any]:
    found: list[Any] = []
    for source in sources:
        found += [item for item in getattr(source, name) if item not in found]
    return found


def _with_rows_naming(pack: Pack, route: rows.Route, codes: tuple[str, ...], all_rows: Any) -> tuple[str, ...]:
    """The codes, and those of the rows that name this route themselves."""
    naming = [row.code for row in all_rows if route.code in pack.routes_named(row.routes)]
    return tuple(dict.fromkeys((*codes, *naming)))


def _beats(pack: Pack) -> dict[str, dict[str, rows.Precedence]]:
    """route code -> the codes it comes before, each with the row that says so; closed over chains of rows."""
    beats: dict[str, dict[str, rows.Precedence]] = {}
    for row in pack.precedence:
        rungs = [pack.routes_named(rung) for rung in row.ladder]
        for n, rung in enumerate(rungs):
            later = {code for lower in rungs[n + 1 :] for code in lower} - {code for r in rungs[: n + 1] for code in r}
            for code in rung:
                for loser in later:
                    beats.setdefault(code, {}).setdefault(loser, row)
    return _closed(beats)


def _closed(beats: dict[str, dict[str, rows.Precedence]]) -> dict[str, dict[str, rows.Precedence]]:
    changed = True
    while changed:
        changed = False
        for losers in beats.values():
            for loser in list(losers):
                for further, row in beats.get(loser, {}).items():
                    if further not in losers:
                        losers[further] = row
                        changed = True
    return beats
