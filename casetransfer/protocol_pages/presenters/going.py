"""Where a case goes, ready to be shown: one route of an answer with everything around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casetransfer.calendars import in_full
from casetransfer.protocol_pages.presenters import moves, papers
from casetransfer.protocol_pages.presenters.book import BASIS, Basis, Book, Line, Part, part, said
from casetransfer.protocols import Decision, Found, Reason, rows
from casetransfer.protocols.answers import deadlines_of, items_for
from casetransfer.protocols.plans import engine_for, stages_of
from casetransfer.protocols.predicates import NO
from casetransfer.protocols.sentences import capital, lower, recipients, says_start, teams_named
from casetransfer.protocols.unmet import Unmet, unmet

EFFECTS = {
    "moves": "The case moves to {}",
    "joins": "A worker of {} joins; the case does not move",
    "refers": "The matter is referred to {}; the case does not move",
    "stays": "The case stays where it is",
    "ends": "Involvement ends: {}",
}


WITHOUT_NUMBER = {
    "gate": "When {}",
    "immediate": "At once, when {}",
    "ordering": "In this order; no number is stated",
    "recurring": "Again and again; no interval is stated",
}


@dataclass(frozen=True)
class Deadline:
    """One clock of a route: what, when it is due in words, and the arithmetic, each a step."""

    what: Line
    due: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Maybe:
    """A route that may fit: its name, where it leads and at which event, and what it still waits for."""

    line: Line
    sentence: str
    needs: Part


def maybe(book: Book, decision: Decision, found: Found) -> Maybe:
    route = found.plan.route
    point = found.point or found.plan.point(decision.facts)
    where = f"{sentence(book, route)}. At: {lower(point.says)}"
    return Maybe(book.line(route.code), where, unmet_part(book, decision, found, found.needs))


def unmet_part(book: Book, decision: Decision, found: Found, otherwise: tuple[Reason, ...]) -> Part:
    """The conditions that are not met, the shared ones first; where it is something else, the engine's own reasons."""
    ways = unmet(book.pack, decision.facts, found.plan)
    if not ways or any(reason.fact in ("hold", "precedence", "decided_route") for reason in otherwise):
        return part("", said(*dict.fromkeys(reason.says for reason in otherwise)))
    shared = [condition for condition in ways[0] if all(condition in way for way in ways)]
    rest = [tuple(_unmet_line(one) for one in way if one not in shared) for way in ways]
    return Part("", tuple(_unmet_line(one) for one in shared), tuple(rest) if all(rest) else ())


def _unmet_line(condition: Unmet) -> Line:
    so_far = f"it is {condition.is_so}" if condition.is_so else "this is not so" if condition.state == "no" else ""
    on = f"from {in_full(condition.on)}" if condition.on else ""
    return Line(condition.says, note=", ".join(words for words in (so_far, on) if words))


@dataclass(frozen=True)
class Going:
    code: str
    title: str
    url: str
    sentence: str
    point: str
    point_state: str
    is_reached: bool
    earliest: str
    latest: str
    gaps: tuple[Line, ...]
    before: tuple[Part, ...]
    parts: tuple[Part, ...]
    ready: tuple[Part, ...]
    deadlines: tuple[Deadline, ...]
    basis: Basis
    clauses: tuple[Line, ...]
    readings: tuple[Line, ...]


def going(book: Book, decision: Decision, found: Found) -> Going:
    """One recommended or possible route with all that surrounds it."""
    route = found.plan.route
    point = found.point or found.plan.point(decision.facts)
    deadlines = tuple(_deadline(book, answer) for answer in deadlines_of(decision, found))
    latest = next((deadline for deadline in deadlines if deadline.what.code == route.latest_timer), None)
    return Going(
        code=route.code,
        title=route.name,
        url=book.code_url(route.code),
        sentence=sentence(book, route),
        point=capital(point.says),
        point_state=_state(point.reached, point.on),
        is_reached=point.reached,
        earliest=in_full(found.earliest) if found.earliest and not point.reached else "",
        latest=latest.due if latest else "",
        gaps=tuple(Line(gap.says) for gap in found.gaps),
        before=tuple(filled for filled in _before(book, decision, found) if filled.lines),
        parts=tuple(filled for filled in _parts(book, found) if filled.lines),
        ready=tuple(moves.ready_parts(book, items_for(found.plan, decision))),
        deadlines=deadlines,
        basis=BASIS[route.basis],
        clauses=book.clauses(route.clauses),
        readings=book.readings(route.reading),
    )


def sentence(book: Book, route: rows.Route) -> str:
    return EFFECTS[route.effect].format(teams_named(book.pack, route.to))


def _state(reached: bool, on: date | None) -> str:
    if reached:
        return f"Reached on {in_full(on)}" if on else "Reached"
    return f"Not reached yet; expected on {in_full(on)}" if on else "Not recorded as reached"


def _before(book: Book, decision: Decision, found: Found) -> Iterator[Part]:
    yield part("In stages", tuple(_stages(decision, found.plan.route)))
    yield part("Who agrees", tuple(moves.approval_line(book, approval) for approval in found.plan.asks.approvals))


def _parts(book: Book, found: Found) -> Iterator[Part]:
    route, asks = found.plan.route, found.plan.asks
    pack = book.pack
    yield part("Meeting", book.lines((asks.meeting,) if asks.meeting else ()))
    yield part("Who attends", tuple(moves.attendance_line(book, attend) for attend in asks.attend))
    yield part("Who is told", tuple(_told(book, pack.notices[code]) for code in asks.notices if code in pack.notices))
    yield part("Working side by side", route.joint.says if route.joint else "")
    yield part("In the record", moves.INVOLVEMENT.get(route.involvement, ""))
    yield part("Still owed around the move", book.lines(asks.duties))
    yield part("Gives way to, should they fit", moves.brief(book, found.comes_first))
    yield part("Exceptions", route.exceptions)


def _stages(decision: Decision, route: rows.Route) -> Iterator[Line]:
    for plan in stages_of(engine_for(decision.pack), route):
        if plan.applies(decision.facts) is not NO:
            point = plan.point(decision.facts)
            yield Line(f"{plan.stage.name.removesuffix('.')}: at {point.says}", note=_state(point.reached, point.on))


def _told(book: Book, notice: rows.Notice) -> Line:
    to = ", ".join(recipients(book.pack, notice))
    line = book.line(notice.code)
    return Line(line.text, line.url, line.code, f"to {to}, when {says_start(book.pack, notice.starts)}")


def _deadline(book: Book, answer: dict[str, Any]) -> Deadline:
    timer = book.pack.timers[answer["timer"]]
    line = book.line(timer.code)
    if answer["due"]:
        return Deadline(line, _when(answer["due"]), tuple(answer["steps"]))
    start = says_start(book.pack, timer.starts)
    if not timer.offset:
        return Deadline(line, WITHOUT_NUMBER.get(timer.kind, "No length of time is stated").format(start), ())
    if timer.kind == "recurring":
        return Deadline(line, papers.length(timer), ())
    back = timer.kind in ("backward", "look_back", "cutoff")
    return Deadline(line, f"{papers.length(timer)}{' ' if back else ', counted from when '}{start}", ())


def _when(iso: str) -> str:
    if "T" not in iso:
        return in_full(date.fromisoformat(iso))
    moment = datetime.fromisoformat(iso)
    return f"{in_full(moment)} at {moment:%H:%M}"
