"""Any row of a pack in plain English, with its clauses, its basis and the reading it rests on."""

import difflib
from collections.abc import Iterator
from typing import Any

from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.plans import gather
from casetransfer.protocols.points import point_name
from casetransfer.protocols.predicates import WORDS, split

BASIS = {
    "stated": "The protocol states this.",
    "heading": "Only a heading of the protocol brings this in.",
    "inferred": "This is a reading: the protocol implies it and does not say it.",
}
EFFECT = {
    "moves": "The case moves",
    "joins": "A worker joins; the case does not move",
    "refers": "The matter is referred; the case does not move",
    "stays": "The case stays where it is",
    "ends": "Involvement ends",
}


class NoSuchRow(LookupError):
    """No row of the pack has that code."""


def explain(pack: Pack, code: str) -> str:
    """The row of that code in plain English. Raises NoSuchRow with the nearest code."""
    if code in pack.clauses:
        return "\n".join(_clause(pack, pack.clauses[code]))
    row = pack.by_code.get(code)
    if row is None:
        near = difflib.get_close_matches(code, [*pack.by_code, *pack.clauses], n=1, cutoff=0.0)
        nearest = near[0] if near else "not to be guessed"
        raise NoSuchRow(f'no row "{code}" in the {pack.identity.name} protocol; the nearest is {nearest}')
    return "\n".join([*_body(pack, row), *_footer(pack, row)])


def _body(pack: Pack, row: Any) -> Iterator[str]:
    match row:
        case rows.Route():
            yield from _route(pack, row)
        case rows.Hold():
            yield f"{row.name}. Applies when {when_in_words(pack, row.when)}."
            yield f"It stops: {', '.join(pack.routes_named(row.suppresses)) or 'nothing'}."
            yield from ([f"It ends when: {row.ends}"] if row.ends else [])
        case rows.Timer():
            yield timer_in_words(pack, row)
        case rows.Item():
            yield f"{row.what}. {_by(pack, row.who)}{POLICY[row.policy]}"
        case rows.Notice():
            sender = roles_in_words(pack, row.sender) or "not stated"
            yield f"{row.what.rstrip('.')}. From {sender} to {recipients_in_words(pack, row)}."
        case _:
            yield from _generic(pack, row)


PEOPLE = {
    "by": "By",
    "who": "By",
    "hand": "By",
    "chair": "Chaired by",
    "lifted_by": "Lifted by",
    "accepts": "Accepted by",
}
SHOWN = (
    "name", "what", "circumstance", "responsible", "says", "reading", "remit", "cadence", "decides", "reason",
    "together", "window", "limit", "default",
)  # fmt: skip
LABELS = {
    "reading": "Reading taken",
    "limit": "Within",
    "window": "Window",
    "default": "Default",
    "responsible": "Responsible",
}


def _generic(pack: Pack, row: Any) -> Iterator[str]:
    """The telling fields of a row, each as a sentence."""
    for name in SHOWN:
        value = getattr(row, name, "")
        if value and isinstance(value, str | bool):
            label = f"{LABELS[name]}: " if name in LABELS else ""
            yield f"{label}{str(value).rstrip('.')}."
    for name, label in PEOPLE.items():
        if codes := getattr(row, name, ()):
            yield f"{label} {roles_in_words(pack, codes)}."
    if when := getattr(row, "when", ()):
        yield f"When {when_in_words(pack, when)}."
    for rung, codes in enumerate(getattr(row, "ladder", ()), 1):
        yield f"{rung}. {', '.join(pack.routes_named(codes))}."
    for part in (*getattr(row, "items", ()), *getattr(row, "steps", ())):
        yield f"- {(pack.items[part] if isinstance(part, str) else part).what.rstrip('.')}."


POLICY = {
    "blocking": "The move waits for it.",
    "waivable": "It may be waived in writing, with a reason.",
    "advisory": "It is asked for; a reason is noted when it is missing.",
    "practice_issue": "A gap never delays the move: it opens a practice issue.",
}


def _route(pack: Pack, route: rows.Route) -> Iterator[str]:
    yield f"{route.name}."
    yield f"{EFFECT[route.effect]}, from {teams_in_words(pack, route.from_teams)} to {teams_in_words(pack, route.to)}."
    if route.when:
        yield f"When {when_in_words(pack, route.when)}."
    for stage in route.stages:
        yield f"{stage.name}: at {_points_in_words(stage)}."
    if route.points:
        yield f"It happens at {_points_in_words(route)}."
    asks = gather(pack, route)
    for approval in asks.approvals:
        yield f"Agreed by {roles_in_words(pack, approval.by)}{': ' + approval.what if approval.what else ''}."
    if asks.items:
        yield f"Ready beforehand: {'; '.join(_item_in_words(pack, item) for item in asks.items)}."
    if route.joint:
        yield f"Joint working: {route.joint.says}"
    if route.exceptions:
        yield f"Exceptions: {route.exceptions}"


def _points_in_words(holder: rows.Route | rows.Stage) -> str:
    joiner = " and " if holder.points_need == "all" else " or "
    return joiner.join(point_name(point) for point in holder.points)


def _item_in_words(pack: Pack, item: rows.Item) -> str:
    return f"{item.what} (where {when_in_words(pack, item.when)})" if item.when else item.what


def _footer(pack: Pack, row: Any) -> Iterator[str]:
    if isinstance(row, rows.Row):
        yield BASIS[row.basis]
        yield from (f"Reading: {a.reading}" for a in pack.ambiguity if a.code in row.reading)
        if row.note:
            yield row.note
    for clause in getattr(row, "clauses", ()):
        yield f"{clause}: {pack.clauses[clause].says if clause in pack.clauses else ''}"


def _clause(pack: Pack, clause: rows.Clause) -> Iterator[str]:
    yield f"{clause.id}: {clause.says}"
    carriers = [row.code for _, row in pack.coded_rows() if clause.id in getattr(row, "clauses", ())]
    yield f"Carried by {', '.join(carriers)}." if carriers else f"Kept as {clause.kind}."


# --- words for parts of rows, used by the pages as well ---


def when_in_words(pack: Pack, when: rows.Conditions) -> str:
    """The conditions of a row as one sentence part."""
    return (
        "; or ".join(", and ".join(_condition(pack, key, value) for key, value in table.items()) for table in when)
        or "always"
    )


def _condition(pack: Pack, key: str, value: Any) -> str:
    name, suffix = split(key, vocabulary_of(pack))
    words = name.replace("_", " ")
    if isinstance(value, bool):
        tail = {"_known": "is recorded", "_passed": "has passed"}.get(suffix, "")
        return f"{words} {tail}".strip() if value else f"not {words} {tail}".strip()
    items = value if isinstance(value, list) else [value]
    is_team = vocabulary_of(pack)[name].type in ("team", "teams")
    named = " or ".join(pack.teams[item].name if is_team and item in pack.teams else _value(item) for item in items)
    return f"{words} is {WORDS.get(suffix, '{}').format(named)}"


def _value(value: Any) -> str:
    try:
        return str(Duration.parse(str(value)))
    except ValueError:
        return str(value).replace("_", " ")


def teams_in_words(pack: Pack, codes: tuple[str, ...]) -> str:
    known = {code: team.name for code, team in pack.teams.items()} | {"any": "any team", "closed": "closure"}
    known |= {"none": "nobody", "chosen": "the team the managers choose", "holder": "the team that holds the case"}
    known |= {"previous_team": "the team that held it before"}
    return " or ".join(known.get(code, code.replace("_", " ")) for code in (("any",) if "any" in codes else codes))


def roles_in_words(pack: Pack, codes: tuple[str, ...]) -> str:
    known = {code: role.name for code, role in pack.roles.items()} | {
        code: team.name for code, team in pack.teams.items()
    }
    return " or ".join(known.get(code, code.replace("_", " ")) for code in codes)


def recipients_in_words(pack: Pack, notice: rows.Notice) -> str:
    def one(to: rows.Recipient) -> str:
        who = roles_in_words(pack, to.role) or to.party.replace("_", " ")
        of = roles_in_words(pack, to.team) or (
            f"the {to.side} team" if to.side in ("transferring", "receiving") else ""
        )
        return f"{who} of {of}" if who and of else who or of

    return " and ".join(one(to) for to in notice.to)


def timer_in_words(pack: Pack, timer: rows.Timer) -> str:
    """A timer as a sentence: what, by when, counted from what."""
    limit = f"{Duration.parse(timer.offset)}" if timer.offset else "no length of time is stated"
    start = f"{timer.starts.of} {timer.starts.on}".replace("_", " ").strip()
    way = "before" if timer.kind == "backward" else "after"
    counted = f" ({limit} {way}: {start})" if timer.offset else f" ({limit}; {start})"
    return f"{timer.what}{counted}. {_by(pack, timer.owed_by)}".strip()


def _by(pack: Pack, codes: tuple[str, ...]) -> str:
    return f"By {roles_in_words(pack, codes)}. " if codes else ""
