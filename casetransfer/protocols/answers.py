"""A decision as plain data (for JSON) and as lines of text (for people)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from casetransfer.calendars import CalendarError
from casetransfer.protocols import rows
from casetransfer.protocols.facts import Facts
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.plans import Plan, engine_for, stages_of
from casetransfer.protocols.points import start_of_day
from casetransfer.protocols.predicates import NO
from casetransfer.protocols.routes import Decision, Found, Reason
from casetransfer.protocols.timers import Due, TimerError, due


def as_dict(decision: Decision) -> dict[str, Any]:
    """The whole decision as JSON-ready data; see design: the `route --json` contract."""
    identity = decision.pack.identity
    return {
        "authority": identity.authority,
        "version": identity.version,
        "at": decision.facts.at.isoformat(timespec="minutes"),
        "holds": [
            {
                "code": held.hold.code,
                "name": held.hold.name,
                "suppresses": sorted(held.suppresses),
                "strength": held.hold.strength,
                "ends": held.hold.ends,
                "clauses": list(held.hold.clauses),
                "basis": held.hold.basis,
            }
            for held in decision.holds
        ],
        "recommended": [found_as_dict(decision, found) for found in decision.recommended],
        "possible": [
            found_as_dict(decision, found) | {"need_to_know": [reason_as_dict(need) for need in found.needs]}
            for found in decision.possible
        ],
        "ruled_out": [
            {
                "code": found.code,
                "effect": found.plan.route.effect,
                "because": [reason_as_dict(reason) for reason in found.because],
                "clauses": list(found.plan.route.clauses),
                "basis": found.plan.route.basis,
            }
            for found in decision.ruled_out
        ],
    }


def reason_as_dict(reason: Reason) -> dict[str, Any]:
    return {
        "fact": reason.fact,
        "says": reason.says,
        "clauses": list(reason.clauses),
        **({"on": reason.on.isoformat()} if reason.on else {}),
    }


def found_as_dict(decision: Decision, found: Found) -> dict[str, Any]:
    """One recommended or possible route with everything it asks for."""
    route, asks = found.plan.route, found.plan.asks
    point = found.point or found.plan.point(decision.facts)
    deadlines = list(deadlines_of(decision, found))
    latest = next((d["due"] for d in deadlines if d["timer"] == route.latest_timer), None)
    return {
        "code": route.code,
        "name": route.name,
        "effect": route.effect,
        "from": list(route.from_teams),
        "to": list(route.to),
        "transfer_point": point.says,
        "point_on": point.on.isoformat() if point.on else None,
        "point_reached": point.reached,
        "stages": list(_stages(decision, found)),
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "latest": latest,
        "gaps": [reason_as_dict(gap) for gap in found.gaps],
        "approvals": [approval.model_dump(mode="json") for approval in asks.approvals],
        "attend": [attend.model_dump(mode="json") for attend in asks.attend],
        "checklist": [_item(item) for item in items_for(found.plan, decision)],
        "notices": [_notice(decision.pack.notices[code]) for code in asks.notices if code in decision.pack.notices],
        "deadlines": deadlines,
        "duties": list(asks.duties),
        "meeting": asks.meeting,
        "joint_working": route.joint.says if route.joint else "",
        "involvement": route.involvement,
        "comes_first_if": list(found.comes_first),
        "departure": found.departure,
        "exceptions": route.exceptions,
        "clauses": list(dict.fromkeys((*route.clauses, *asks.clauses))),
        "basis": route.basis,
        "reading": list(route.reading),
        "strength": route.strength,
    }


def _stages(decision: Decision, found: Found) -> Iterator[dict[str, Any]]:
    for plan in stages_of(engine_for(decision.pack), found.plan.route):
        point = plan.point(decision.facts)
        yield {
            "name": plan.stage.name,
            "effect": plan.stage.effect,
            "applies": plan.applies(decision.facts).name.lower(),
            "transfer_point": point.says,
            "point_reached": point.reached,
            "point_on": point.on.isoformat() if point.on else None,
        }


def items_for(plan: Plan, decision: Decision) -> Iterator[rows.Item]:
    """The checklist items that apply, or may apply, to this child."""
    engine = engine_for(decision.pack)
    for item in plan.asks.items:
        if engine.holds_for(engine.tables(item.when))(decision.facts) is not NO:
            yield item


def _item(item: rows.Item) -> dict[str, Any]:
    keys = ("code", "what", "who", "side", "policy", "gate", "evidence", "clauses", "basis")
    return item.model_dump(mode="json", include=set(keys))


def _notice(notice: rows.Notice) -> dict[str, Any]:
    return notice.model_dump(mode="json", include={"code", "what", "to", "channel", "starts", "clauses", "basis"})


def deadlines_of(decision: Decision, found: Found) -> Iterator[dict[str, Any]]:
    """Each clock of a route with its due moment where its start is known, and the steps of the arithmetic."""
    pack, route = decision.pack, found.plan.route
    for code in dict.fromkeys((route.latest_timer, *found.plan.asks.timers)):
        timer = pack.timers.get(code)
        if timer is None:
            continue
        starts = starts_of(timer, decision.facts)
        answer: dict[str, Any] = {
            "timer": code,
            "what": timer.what,
            "due": None,
            "steps": [],
            "clauses": list(timer.clauses),
        }
        if starts[0] is not None or any(starts[1:]):
            answer |= _worked_out(decision, code, starts)
        yield answer


def _worked_out(decision: Decision, code: str, starts: list[datetime | None]) -> dict[str, Any]:
    try:
        result = due(decision.pack, code, starts[0], other=starts[1:])
    except (TimerError, CalendarError) as error:
        return {"steps": [str(error)]}
    return due_as_dict(decision.pack, result)


def due_as_dict(pack: Pack, result: Due) -> dict[str, Any]:
    """A due moment: a day for days, working days and months, a moment for hours and times of day."""
    timer = pack.timers[result.timer]
    in_hours = timer.offset is not None and "hour" in timer.offset
    to_the_hour = timer.time is not None or timer.kind == "cutoff" or in_hours
    moment = result.due_at if to_the_hour or result.due_on is None else result.due_on
    return {
        "due": moment.isoformat() if moment else None,
        "due_at": result.due_at.isoformat() if result.due_at else None,
        "steps": list(result.steps),
        "why_none": result.why_none,
        "still_unknown": list(result.still_unknown),
    }


STARTS: dict[str, tuple[str, ...]] = {
    "order_made": ("order_made_on",),
    "looked_after_started": ("looked_after_from",),
    "plan_started": ("child_protection_plan_from",),
    "case_closed": ("closed_on",),
    "proceedings_ended": ("proceedings_ended_on",),
    "age_reached": ("date_of_birth",),
}


def starts_of(timer: rows.Timer, facts: Facts) -> list[datetime | None]:
    """When a timer's own start and its other starts happened or are planned, as far as the facts tell.

    A planned event among the other starts is the first one after the timer's own start: "the next review".
    """
    own = start_moment(timer.starts, facts)
    return [own, *(start_moment(other.starts, facts, after=own) for other in timer.or_from)]


def start_moment(start: rows.Start, facts: Facts, after: datetime | None = None) -> datetime | None:
    """When a clock's start happened (or is planned), as far as the facts tell."""
    if start.on in ("event_held", "event_planned", "event_booked"):
        return _event_moment(start, facts, after)
    if start.on == "order_made" and not _ordered(start.of, facts):
        return None
    for name in (*STARTS.get(start.on, ()), start.of):
        value = facts.values.get(name)
        if isinstance(value, date):
            return start_of_day(value)
    return None


def _event_moment(start: rows.Start, facts: Facts, after: datetime | None) -> datetime | None:
    """The first held event (of the outcome the start names), or the first planned one still to come."""
    events = facts.events_of(start.of, start.ordinal) or []
    if start.on == "event_held":
        held = (event for event in events if event.is_held(facts.at) and start.value in (None, event.outcome))
        return next((event.held for event in held), None)
    planned = sorted(event.planned for event in events if event.planned)
    if start.ordinal or not planned:
        return planned[0] if planned else None
    return next((moment for moment in planned if moment >= (after or facts.at)), planned[-1])


def _ordered(order: str, facts: Facts) -> bool:
    """Whether the date of the last order is that of this order: it is, or was, in force."""
    in_force = [facts.values.get(name) for name in ("legal_status", "former_legal_status")]
    return not order or None in in_force or any(order in orders for orders in in_force if orders)


def as_lines(decision: Decision) -> Iterator[str]:
    """The decision in plain English."""
    identity = decision.pack.identity
    yield f"{identity.name}, protocol version {identity.version}, at {decision.facts.at:%d %B %Y %H:%M}"
    for held in decision.holds:
        yield f"\nStays put: {held.hold.name}. [{', '.join(held.hold.clauses)}]"
    for title, group in (("Recommended", decision.recommended), ("Possible", decision.possible)):
        for found in group:
            yield from _found_lines(title, found)
    yield f"\n{len(decision.ruled_out)} other routes are ruled out."
    for found in decision.ruled_out:
        if found.because[0].fact != "holder":
            yield f"  {found.code}: {found.because[0].says}"


def _found_lines(title: str, found: Found) -> Iterator[str]:
    route = found.plan.route
    yield f"\n{title}: {route.name} ({route.code}) [{', '.join(route.clauses)}]"
    if found.point:
        yield f"  Moves at: {found.point.says}; {'reached' if found.point.reached else 'not reached yet'}."
    for need in found.needs:
        yield f"  - {need.says}"
    for gap in found.gaps:
        yield f"  - {gap.says}"
