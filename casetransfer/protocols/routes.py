"""Where does this child's case go, and why not elsewhere: the decision with all its reasons.

A route is recommended when its conditions hold, possible when an unknown fact or the passing of time would settle
them, ruled out when a known fact, a stay-put rule or a route that comes first says no. Whether the transfer point has
been reached is told apart from that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casetransfer.protocols import rows
from casetransfer.protocols.facts import Facts
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.plans import MOVING, Engine, HoldPlan, Plan, engine_for
from casetransfer.protocols.points import PointState, floor_on, is_past
from casetransfer.protocols.predicates import NO, UNKNOWN, YES, Answer
from casetransfer.protocols.reasons import Reason, floor_says, not_yet, point_gap, refused, unknown


@dataclass(slots=True, eq=False)
class Found:
    """One route in an answer: `gaps` why it cannot complete now, `needs` what would decide it, `because` why not."""

    plan: Plan
    point: PointState | None = None
    gaps: tuple[Reason, ...] = ()
    needs: tuple[Reason, ...] = ()
    because: tuple[Reason, ...] = ()
    earliest: date | None = None
    comes_first: tuple[str, ...] = ()
    departure: bool = False

    @property
    def code(self) -> str:
        return self.plan.route.code


@dataclass(frozen=True, slots=True)
class Held:
    """A stay-put rule that applies, and the routes it stops."""

    hold: rows.Hold
    suppresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one child at one moment under one pack."""

    pack: Pack
    facts: Facts
    holds: tuple[Held, ...]
    recommended: tuple[Found, ...]
    possible: tuple[Found, ...]
    ruled_out: tuple[Found, ...]

    def find(self, code: str) -> Found | None:
        """The route of that code wherever the answer put it."""
        return next((f for f in (*self.recommended, *self.possible, *self.ruled_out) if f.code == code), None)


@dataclass(slots=True)
class _Tested:
    """One evaluation in progress: the engine, the facts, each answer and what it waits for once worked out."""

    engine: Engine
    facts: Facts
    answers: list[Answer | None]
    waits: dict[int, Reason]

    def answer(self, number: int) -> Answer:
        known = self.answers[number]
        if known is None:
            known = self.answers[number] = self.engine.predicates[number].test(self.facts)
        return known

    def wait(self, number: int) -> Reason:
        if number not in self.waits:
            self.waits[number] = not_yet(self.engine, number, self.facts)
        return self.waits[number]


def decide(pack: Pack, facts: Facts, *, why_not: bool = True) -> Decision:
    """The full decision. Every route of the pack is in exactly one of recommended, possible and ruled_out.

    Whoever looks over thousands of children for what may come needs no reason for what will not: without `why_not`
    the routes ruled out are not told, and the answer is the same otherwise.
    """
    engine = engine_for(pack)
    tested = _Tested(engine, facts, [None] * len(engine.predicates), {})
    candidates, elsewhere = _by_place(engine, facts)
    holds, doubtful = _holds(tested)
    staying = [held for held in holds if held.hold.stops == "match"]
    matched, possible, ruled_out = [], [], list(elsewhere) if why_not else []
    for plan in candidates:
        if not why_not and not _may_match(tested, plan):
            continue
        needs, because = _test(tested, plan)
        because += _held_by(staying, plan)
        if because:
            ruled_out.append(Found(plan, because=tuple(because)))
        elif needs or (needs := _might_be_held(doubtful, plan)):
            possible.append(Found(plan, needs=tuple(needs)))
        else:
            matched.append(Found(plan))
    return _ranked(engine, facts, holds, matched, possible, ruled_out)


# --- from where ---


def _by_place(engine: Engine, facts: Facts) -> tuple[list[Plan], list[Found]]:
    """The routes that start where this child is, and the others already ruled out; remembered per place."""
    values = facts.values
    place = (values.get("holder"), values.get("contact_at"), values.get("source"))
    found = engine.by_place.get(place)
    if found is None:
        candidates, elsewhere = [], []
        for plan in engine.plans.values():
            reason = _not_from_here(engine.pack, plan, *place)
            if reason is None:
                candidates.append(plan)
            else:
                elsewhere.append(Found(plan, because=(reason,)))
        found = engine.by_place[place] = (candidates, elsewhere)
    return found


def _not_from_here(
    pack: Pack, plan: Plan, holder: str | None, contact_at: str | None, source: str | None
) -> Reason | None:
    if plan.any_team and holder not in plan.not_to and holder != "none":
        return None
    if {holder, contact_at} & plan.inside or {source, holder} & plan.outside:
        return None
    if holder is None and not plan.outside and contact_at in (None, "none"):
        return None
    if "none" in plan.route.from_teams and holder == "none":
        return None
    names = " or ".join(_team_name(pack, code) for code in plan.route.from_teams)
    return Reason("holder", f"This route starts from {names}; {_where(pack, holder, contact_at)}.", plan.route.clauses)


def _where(pack: Pack, holder: str | None, contact_at: str | None) -> str:
    if contact_at and contact_at != "none":
        return f"the contact is with {_team_name(pack, contact_at)}"
    if holder is None:
        return "who holds the case is not known"
    return "no team holds the case" if holder == "none" else f"the case is with {_team_name(pack, holder)}"


def _team_name(pack: Pack, code: str) -> str:
    if code in pack.teams:
        return pack.teams[code].name
    return {"any": "another team that holds cases", "none": "no team"}[code]


# --- conditions ---


def _may_match(tested: _Tested, plan: Plan) -> bool:
    """Whether one of its tables has no condition that is refused for good: what _test would not rule out."""
    for table in plan.tables:
        for number in table:
            if tested.answer(number) is NO and not _may_yet_hold(tested, number, plan.waits_for):
                break
        else:
            return True
    return False


def _test(tested: _Tested, plan: Plan) -> tuple[list[Reason], list[Reason]]:
    """(what would decide, why not) for a route: both empty when its conditions hold."""
    needs: list[Reason] = []
    because: list[Reason] = []
    for table in plan.tables:
        table_needs, table_because = _test_table(tested, table, plan.waits_for)
        if not table_needs and not table_because:
            return [], []
        if table_because:
            because += [reason for reason in table_because if reason not in because]
        else:
            needs += [reason for reason in table_needs if reason not in needs]
    if needs:
        because = []
    if tested.facts.values.get("holder") is None and not plan.outside and not plan.any_team and not because:
        needs.insert(0, Reason("holder", "Which team holds the case now is not known."))
    return needs, because


def _test_table(
    tested: _Tested, table: tuple[int, ...], waits_for: frozenset[str]
) -> tuple[list[Reason], list[Reason]]:
    needs: list[Reason] = []
    because: list[Reason] = []
    answers = tested.answers
    for number in table:
        answer = answers[number]
        if answer is None:
            answer = tested.answer(number)
        if answer is YES:
            continue
        if answer is UNKNOWN:
            needs.append(unknown(tested.engine, number))
        elif _may_yet_hold(tested, number, waits_for):
            needs.append(tested.wait(number))
        else:
            because.append(refused(tested.engine, number, tested.facts))
    return needs, because


def _may_yet_hold(tested: _Tested, number: int, waits_for: frozenset[str]) -> bool:
    """Whether time can still settle it: a day to come, a flag not yet so, a choice not yet decided."""
    predicate = tested.engine.predicates[number]
    fact = predicate.fact
    if fact.name not in waits_for:
        return False
    if fact.type in ("length", "date"):
        return predicate.mark is not None
    return not fact.open_values or tested.facts.values.get(fact.name) in fact.open_values


# --- stay-put rules ---


def _holds(tested: _Tested) -> tuple[list[HoldPlan], list[tuple[HoldPlan, list[Reason]]]]:
    """(rules that apply, rules that may apply with what would decide)."""
    applying, doubtful = [], []
    for hold in tested.engine.holds:
        answers = [_test_table(tested, table, frozenset()) for table in hold.tables]
        if any(not needs and not because for needs, because in answers):
            applying.append(hold)
        elif hold.hold.stops == "match" and hold.hold.strength == "must":
            needs = [need for needs, because in answers if not because for need in needs]
            if needs:
                doubtful.append((hold, needs))
    return applying, doubtful


def _held_by(staying: list[HoldPlan], plan: Plan) -> list[Reason]:
    return [
        Reason("hold", f"Stays put: {held.hold.name}.", held.hold.clauses)
        for held in staying
        if plan.route.code in held.suppresses
    ]


def _might_be_held(doubtful: list[tuple[HoldPlan, list[Reason]]], plan: Plan) -> list[Reason]:
    return [
        Reason(need.fact, f"{need.says} Otherwise it stays put: {held.hold.name}.", held.hold.clauses)
        for held, needs in doubtful
        if plan.route.code in held.suppresses
        for need in needs
    ]


# --- which comes first ---


def _ranked(
    engine: Engine,
    facts: Facts,
    holds: list[HoldPlan],
    matched: list[Found],
    possible: list[Found],
    ruled_out: list[Found],
) -> Decision:
    if departed := facts.values.get("decided_route"):
        matched, possible, ruled_out = _depart(engine, departed, matched, possible, ruled_out)
    codes = [found.code for found in matched]
    recommended: list[Found] = []
    later: list[Found] = []
    for found, kept in [*((f, recommended) for f in matched), *((f, later) for f in possible)]:
        row, winner = _beaten(engine, found.code, codes)
        if row is None or found.departure:
            kept.append(found)
        else:
            name = engine.plans[winner].route.name
            ruled_out.append(
                Found(found.plan, because=(Reason("precedence", f"{name} comes first: {row.reason}.", row.clauses),))
            )
    stopped = [hold for hold in holds if hold.hold.stops == "completion"]
    return Decision(
        engine.pack,
        facts,
        tuple(Held(hold.hold, hold.suppresses) for hold in holds),
        tuple(_placed(engine, facts, found, later, stopped) for found in recommended),
        tuple(_placed(engine, facts, found, (), stopped) for found in later),
        tuple(ruled_out),
    )


def _depart(
    engine: Engine, code: str, matched: list[Found], possible: list[Found], ruled_out: list[Found]
) -> tuple[list[Found], list[Found], list[Found]]:
    """A senior manager decided on one route for this child: it stands alone among the moving ones."""
    first = Found(engine.plans[code], departure=True) if code in engine.plans else None
    reason = Reason("decided_route", "A senior manager has decided otherwise for this child.")
    beside = [found for found in matched if found.code != code and found.plan.route.effect not in MOVING]
    given_up = [
        Found(f.plan, because=(reason,))
        for f in (*matched, *possible)
        if f.code != code and f.plan.route.effect in MOVING
    ]
    others = [found for found in ruled_out if found.code != code]
    return [*([first] if first else []), *beside], [], [*others, *given_up]


def _beaten(engine: Engine, code: str, matched: list[str]) -> tuple[rows.Precedence | None, str]:
    for winner in matched:
        row = engine.beats.get(winner, {}).get(code)
        if row is not None:
            return row, winner
    return None, ""


def _placed(engine: Engine, facts: Facts, found: Found, later: Iterable[Found], stopped: list[HoldPlan]) -> Found:
    """The route with its point, its gaps and its earliest day."""
    route, point = found.plan.route, found.plan.point(facts)
    floors = [(floor, floor_on(floor, facts, engine.pack.identity.birthdays)) for floor in route.not_before]
    gaps = [] if point.reached else [point_gap(found.plan, point)]
    gaps += [
        Reason(floor.fact, floor_says(engine, floor, on), floor.clauses or route.clauses, on)
        for floor, on in floors
        if not is_past(floor, facts, on)
    ]
    gaps += [
        Reason("hold", f"Cannot complete: {held.hold.name}.", held.hold.clauses)
        for held in stopped
        if route.code in held.suppresses
    ]
    days = [day for day in (point.on, *[on for _, on in floors], *[need.on for need in found.needs]) if day]
    first = [f.code for f in later if route.code in engine.beats.get(f.code, ())]
    return Found(
        found.plan,
        point,
        tuple(gaps),
        found.needs,
        earliest=max(days, default=None),
        comes_first=tuple(first),
        departure=found.departure,
    )


__all__ = ["NO", "UNKNOWN", "YES", "Decision", "Found", "Held", "Reason", "decide"]
