"""Cards of what moves a case or keeps it: routes, stay-put rules, which comes first, shared requirements."""

from collections import Counter
from collections.abc import Iterable, Iterator

from casetransfer.protocol_pages.presenters.book import Book, Line, Part, counted, part, said
from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.plans import Asked, engine_for
from casetransfer.protocols.points import point_name
from casetransfer.protocols.sentences import capital, conditions, event_says, label, says_value, who
from casetransfer.protocols.vocabulary import event_named

EFFECT = {"moves": "Moves the case", "joins": "Adds a worker", "refers": "Refers", "stays": "Stays put", "ends": "Ends"}
EFFECT_HINTS = {
    "moves": "responsibility for the case passes to another team",
    "joins": "a worker of another team joins; the case does not move",
    "refers": "the matter is referred; the case does not move",
    "stays": "the case stays where it is",
    "ends": "involvement ends: closed or stepped down",
}
STOPS = {
    "match": "These routes are not open while the rule holds",
    "completion": "These routes may be prepared but not completed while the rule holds",
    "nothing": "It stops no route: it says how the teams work together",
}
POLICY = {
    "blocking": "must be there",
    "waivable": "may be waived in writing",
    "advisory": "asked for; a reason is noted where it is missing",
    "practice_issue": "never delays the move; a gap opens a practice issue",
}
INVOLVEMENT = {
    "receiver_ends_sender": "The receiving team ends the sender's involvement and adds its own.",
    "sender_adds_receiver": "The transferring team adds the receiving team's involvement.",
    "front_door_adds": "The front door adds the receiving team's involvement.",
}
READY = {
    "blocking": "Must be ready: the move waits for it",
    "waivable": "Must be ready, or waived in writing with a reason",
    "advisory": "Asked for; a reason is noted where it is missing",
    "practice_issue": "Asked for; a gap never delays the move and opens a practice issue",
}
STRENGTH = {"must": "", "should": "(should)", "may": "(may)", "information": "(for information)"}


def when_part(book: Book, when: rows.Conditions, name: str = "When", otherwise: str = "") -> Part:
    """The conditions: each a line, then the groups of which one must hold."""
    found = conditions(book.pack, when)
    groups = tuple(said(*group) for group in found.one_of)
    return Part(name, said(*found.every) if found.every or groups else said(otherwise), groups)


def route_parts(book: Book, route: rows.Route, *, full: bool) -> Iterator[Part]:
    asks = engine_for(book.pack).plans[route.code].asks
    if full:
        yield part("From", book.teams(("any",) if "any" in route.from_teams else route.from_teams))
        yield part("To", book.teams(route.to))
    yield when_part(book, route.when, otherwise="Always")
    if route.measured_at:
        yield part("Ages and lengths are measured at", f"The {event_says(*event_named(route.measured_at))}")
    yield from _points(book, route)
    yield part("Not before", tuple(_floor(book, floor) for floor in route.not_before))
    yield part("At the latest", book.lines((route.latest_timer,) if route.latest_timer else ()))
    yield from _asked_in_full(book, asks) if full else [part("Asks for", asks_for(asks))]
    yield part("Working side by side", route.joint.says if route.joint else "")
    yield part("In the record", INVOLVEMENT.get(route.involvement, "") if full else "")
    yield part("Exceptions", route.exceptions)
    if full:
        yield from _among_others(book, route)


def _points(book: Book, route: rows.Route) -> Iterator[Part]:
    if route.points:
        yield points_part(route.points, route.points_need, "It moves at" if route.effect == "moves" else "At")
    for stage in route.stages:
        found = points_part(stage.points, stage.points_need, stage.name)
        yield Part(found.label, (*found.lines, *when_part(book, stage.when).lines))
    if not route.points and not route.stages and route.effect in ("moves", "ends"):
        yield part("It moves at", "Agreement of both managers: the protocol names no moment")


def points_part(points: tuple[rows.Point, ...], need: str, name: str) -> Part:
    names = [capital(point_name(point)) for point in points]
    if len(names) > 1:
        names[-1] += " (all of these)" if need == "all" else " (whichever comes first)"
    return part(name, said(*names))


def _floor(book: Book, floor: rows.Floor) -> Line:
    fact = vocabulary_of(book.pack).get(floor.fact)
    name = label(fact) if fact else capital(floor.fact.replace("_", " "))
    if floor.at_least:
        return Line(f"{name}: {Duration.parse(floor.at_least)}")
    return Line(f"{name}: {says_value(book.pack, fact, floor.value)}" if fact and floor.value is not None else name)


def asks_for(asks: Asked) -> str:
    """What a move asks for, counted: "2 approvals, 13 checks, 3 notices"."""
    found = [
        counted(len(asks.approvals), "approval"),
        counted(len(asks.items), "check"),
        counted(len(asks.notices), "notice"),
        counted(len(asks.timers), "timer"),
        counted(len(asks.duties), "duty that remains", "duties that remain"),
    ]
    return capital(", ".join(words for words in found if not words.startswith("0 ")))


def _asked_in_full(book: Book, asks: rows.Asks | Asked) -> Iterator[Part]:
    pack = book.pack
    yield part("Who agrees", tuple(approval_line(book, approval) for approval in asks.approvals))
    yield part("Who attends", tuple(attendance_line(book, attend) for attend in asks.attend))
    items = asks.items if isinstance(asks, Asked) else tuple(pack.items[code] for code in asks.items)
    yield from ready_parts(book, items)
    yield part("Who is told", book.lines(asks.notices))
    yield part("Timers", book.lines(asks.timers))
    yield part("Duties that remain", book.lines(asks.duties))
    yield part("Meeting", book.lines((asks.meeting,) if asks.meeting else ()))


def ready_parts(book: Book, items: Iterable[rows.Item]) -> Iterator[Part]:
    """What must be ready, the strictest first."""
    by_policy: dict[str, list[Line]] = {}
    for item in items:
        by_policy.setdefault(item.policy, []).append(book.line(item.code, capital(who(book.pack, item.who))))
    yield from (part(label, tuple(by_policy[policy])) for policy, label in READY.items() if policy in by_policy)


def approval_line(book: Book, approval: rows.Approval) -> Line:
    side = {"transferring": ", transferring side", "receiving": ", receiving side", "both": ", both sides"}
    people = f"{who(book.pack, approval.by)}{side.get(approval.side, '')}"
    words = f"{people}: {approval.what}" if approval.what else people
    return Line(capital(words), note=STRENGTH[approval.strength])


def attendance_line(book: Book, attend: rows.Attendance) -> Line:
    at = f" at: {book.line(attend.at).text}" if attend.at else ""
    return Line(capital(f"{who(book.pack, attend.role)}{at}"), note=STRENGTH[attend.strength])


def _among_others(book: Book, route: rows.Route) -> Iterator[Part]:
    """Which routes it comes before and after, and which rules hold it back."""
    beats = engine_for(book.pack).beats
    before = Counter(row.code for row in beats.get(route.code, {}).values())
    after = Counter(losers[route.code].code for losers in beats.values() if route.code in losers)
    yield part(
        "Where several routes fit",
        tuple(book.line(code, _ranks(before[code], after[code])) for code in dict.fromkeys((*before, *after))),
    )
    held = (hold.hold.code for hold in engine_for(book.pack).holds if route.code in hold.suppresses)
    yield part("Held back by", book.lines(held))


def _ranks(before: int, after: int) -> str:
    first = f"it comes before {counted(before, 'route')}" if before else ""
    last = f"it comes after {counted(after, 'route')}" if after else ""
    return ", ".join(words for words in (first, last) if words)


def hold_parts(book: Book, hold: rows.Hold, *, full: bool) -> Iterator[Part]:
    yield when_part(book, hold.when, "While")
    stopped = book.pack.routes_named(hold.suppresses)
    yield part(STOPS[hold.stops], book.lines(stopped) if full else brief(book, stopped))
    yield part("Until", hold.ends)
    yield part("Lifted by", book.people(hold.lifted_by))
    yield part("Keeps the case with", book.teams(hold.team))


def brief(book: Book, codes: Iterable[str]) -> tuple[Line, ...]:
    """All of them, or the first few and how many more."""
    every = book.lines(codes)
    if len(every) <= 8:
        return every
    return (*every[:6], Line(f"and {len(every) - 6} more"))


def precedence_parts(book: Book, row: rows.Precedence, *, full: bool) -> Iterator[Part]:
    for number, rung in enumerate(row.ladder, 1):
        codes = book.pack.routes_named(rung)
        yield part(f"{ORDINAL.get(number, f'Number {number}')}", book.lines(codes) if full else brief(book, codes))
    yield part("Side by side", row.together)


ORDINAL = {1: "First", 2: "Second", 3: "Third", 4: "Fourth", 5: "Fifth", 6: "Sixth"}


def bundle_parts(book: Book, row: rows.Bundle, *, full: bool) -> Iterator[Part]:
    yield part("Checklists", book.lines(row.checklists))
    yield from _asked_in_full(book, row)
