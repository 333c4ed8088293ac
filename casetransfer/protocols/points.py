"""The transfer point: has it been reached, when will it be, and what says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from casetransfer.calendars import Birthdays, add_months, age_reached, default, year_11_end
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import Facts
from casetransfer.protocols.rows import Floor, Point
from casetransfer.protocols.vocabulary import ORDINAL_WORDS, common_facts, event_kinds

ORDER_DATES = {"made": "order_made_on"}


@dataclass(frozen=True, slots=True)
class PointState:
    """Whether a point is reached, the day it was or is expected to be, and one sentence about it."""

    reached: bool
    on: date | None
    says: str


def point_name(point: Point) -> str:
    """The point in a few words: "the first looked-after review"."""
    if point.says:
        return point.says
    match point.kind:
        case "event":
            which = f"{ORDINAL_WORDS[point.ordinal]} " if point.ordinal else ""
            name = f"the {which}{event_kinds()[point.event].says}"
        case "act":
            name = f"the record shows: {point.act.replace('_', ' ')}"
        case "age":
            name = f"the age of {Duration.parse(str(point.age))}"
        case "date":
            name = point.fact.replace("_", " ")
        case "order":
            name = f"the making of the {' or '.join(point.order).replace('_', ' ')}"
        case "agreement":
            name = "agreement of both managers"
        case "decision":
            name = f"decision by {' or '.join(point.by).replace('_', ' ')}" if point.by else "a manager's decision"
        case _:
            return "no moment stated"
    return f"{name}, plus {point.plus}" if point.plus else name


def compile_point(point: Point, birthdays: Birthdays) -> Callable[[Facts], PointState]:
    """A function from facts to the state of this point."""
    name = point_name(point)
    moment = _age_moment(point, birthdays) if point.kind == "age" else _MOMENTS[point.kind](point)
    plus = Duration.parse(point.plus) if point.plus else None

    def state(facts: Facts) -> PointState:
        happened, on = moment(facts)
        if plus and on:
            on = _later(on, plus)
            happened = happened and facts.today >= on
        return PointState(happened, on, name)

    return state


def _later(on: date, by: Duration) -> date:
    if by.unit == "working days":
        return default().add_working_days(on, by.count)
    if by.unit == "months":
        return add_months(on, by.count)
    return date.fromordinal(on.toordinal() + (by.count if by.unit == "days" else -(-by.count // 24)))


Moment = Callable[[Facts], tuple[bool, date | None]]


def _event_moment(point: Point) -> Moment:
    outcomes = frozenset(point.outcome)

    def moment(facts: Facts) -> tuple[bool, date | None]:
        found = facts.events_of(point.event, point.ordinal) or ()
        held = [event for event in found if event.is_held(facts.at)]
        decided = [event.on for event in held if not outcomes or event.outcome in outcomes]
        if decided:
            return True, decided[-1]
        planned = [event.planned.date() for event in found if event.planned and event not in held]
        return False, planned[-1] if planned else None

    return moment


def _act_moment(point: Point) -> Moment:
    act = point.act or "decision_recorded"
    return lambda facts: (act in facts.values.get("acts_done", ()), None)


def _decision_moment(point: Point) -> Moment:
    if point.event:
        return _event_moment(point)
    if point.fact:
        return lambda facts: (facts.values.get(point.fact) is True, None)
    return _act_moment(point)


def _age_moment(point: Point, birthdays: Birthdays) -> Moment:
    months = Duration.parse(str(point.age)).count

    def moment(facts: Facts) -> tuple[bool, date | None]:
        born = facts.values.get("date_of_birth")
        on = age_reached(born, months, birthdays) if born else None
        return on is not None and facts.today >= on, on

    return moment


def _date_moment(point: Point) -> Moment:
    def moment(facts: Facts) -> tuple[bool, date | None]:
        born = facts.values.get("date_of_birth")
        on = facts.values.get(point.fact)
        if point.fact == "year_11_ends_on":
            on = facts.values.get("year_11_ends_on") or (year_11_end(born) if born else None)
        if isinstance(on, bool):
            return on, None
        return on is not None and facts.today >= on, on

    return moment


def _order_moment(point: Point) -> Moment:
    orders = frozenset(point.order)

    def moment(facts: Facts) -> tuple[bool, date | None]:
        in_force = not orders.isdisjoint(facts.values.get("legal_status") or ())
        return in_force, facts.values.get("order_made_on") if in_force else None

    return moment


_MOMENTS: dict[str, Callable[[Point], Moment]] = {
    "event": _event_moment,
    "act": _act_moment,
    "decision": _decision_moment,
    "date": _date_moment,
    "order": _order_moment,
    "agreement": lambda point: lambda facts: (facts.values.get("managers_agree") is True, None),
    "none": lambda point: lambda facts: (True, None),
}


def together(states: list[PointState], need: str) -> PointState:
    """Several points as one: the first reached moves the case, or all of them must be."""
    joiner = " and " if need == "all" else " or "
    says = joiner.join(state.says for state in states) + (", whichever comes first" if need == "first" else "")
    dates = [state.on for state in states if state.on and (need == "all" or state.reached)]
    dates = dates or [state.on for state in states if state.on]
    reached = all(state.reached for state in states) if need == "all" else any(state.reached for state in states)
    pick = max if need == "all" else min
    return PointState(reached, pick(dates) if dates else None, says)


def is_past(floor: Floor, facts: Facts, on: date | None) -> bool:
    """Whether a floor no longer stands in the way: its day has come, or its fact has the value it asks for."""
    if floor.value is not None:
        value = facts.values.get(floor.fact)
        return floor.value in value if isinstance(value, frozenset) else value == floor.value
    return on is not None and on <= facts.today


def floor_on(floor: Floor, facts: Facts, birthdays: Birthdays) -> date | None:
    """The day a floor is reached, None when it cannot be worked out."""
    born, due = facts.values.get("date_of_birth"), facts.values.get("expected_delivery_date")
    if floor.fact == "age" and born and floor.at_least:
        return age_reached(born, Duration.parse(floor.at_least).count, birthdays)
    if floor.fact == "gestation" and due and floor.at_least:
        return date.fromordinal(due.toordinal() - 280 + Duration.parse(floor.at_least).count)
    if floor.fact.startswith("year_11"):
        return facts.values.get("year_11_ends_on") or (year_11_end(born) if born else None)
    fact = common_facts().get(floor.fact)
    since = facts.values.get(fact.since if fact and fact.since else floor.fact)
    if isinstance(since, date) and floor.at_least:
        return _later(since, Duration.parse(floor.at_least))
    return since if isinstance(since, date) else None


def start_of_day(on: date) -> datetime:
    return datetime.combine(on, time())
