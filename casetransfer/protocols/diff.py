"""What a new version of a pack changes, in words; and, for given cases, whose route or date would move."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetransfer.protocols.answers import deadlines_of
from casetransfer.protocols.explain import BASIS, teams_in_words, when_in_words
from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.routes import Decision, decide

QUIET = frozenset({"code", "items", "steps"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions: which row, and what about it."""

    kind: str
    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose answer differs between two versions."""

    reference: str
    says: str


def changes(old: Pack, new: Pack) -> Iterator[Change]:
    """Every row added, dropped or changed, kind by kind."""
    before, after = _rows(old), _rows(new)
    for code, (kind, row) in after.items():
        if code not in before:
            yield Change(kind, code, f"added: {_label(row)}")
    for code, (kind, row) in before.items():
        if code not in after:
            yield Change(kind, code, f"dropped: {_label(row)}")
        else:
            yield from (Change(kind, code, says) for says in _differences(old, new, row, after[code][1]))


def _rows(pack: Pack) -> dict[str, tuple[str, Any]]:
    found = {row.code: (kind, row) for kind, row in pack.coded_rows()}
    return found | {clause.id: ("clause", clause) for clause in pack.clause}


def _label(row: Any) -> str:
    return next(
        (str(getattr(row, name)) for name in ("name", "what", "says", "circumstance") if getattr(row, name, "")), ""
    )


def _differences(old: Pack, new: Pack, a: Any, b: Any) -> Iterator[str]:
    for name in type(a).model_fields:
        before, after = getattr(a, name), getattr(b, name)
        if before != after and name not in QUIET:
            yield f"{name.replace('_', ' ')} was {_words(old, name, before)}, is {_words(new, name, after)}"


def _words(pack: Pack, name: str, value: Any) -> str:
    if name == "when":
        return f'"{when_in_words(pack, value)}"'
    if name in ("from_teams", "to"):
        return teams_in_words(pack, value) or "none"
    if name == "basis":
        return BASIS[value].lower().rstrip(".")
    if isinstance(value, tuple):
        return ", ".join(_label(item) or str(item) for item in value) or "none"
    return str(value) if value not in ("", None) else "none"


def moved(old: Pack, new: Pack, cases: Iterable[dict[str, Any]]) -> Iterator[Moved]:
    """The cases, given as {reference, at, facts}, whose recommended route or whose deadlines differ."""
    for case in cases:
        at = datetime.fromisoformat(case["at"])
        a, b = (decide(pack, read_facts(case["facts"], pack, at)) for pack in (old, new))
        for says in (*_route_moved(a, b), *_dates_moved(a, b)):
            yield Moved(str(case["reference"]), says)


def _route_moved(a: Decision, b: Decision) -> Iterator[str]:
    before, after = ({found.code for found in decision.recommended} for decision in (a, b))
    if before != after:
        yield f"route was {', '.join(sorted(before)) or 'none'}, would be {', '.join(sorted(after)) or 'none'}"


def _dates_moved(a: Decision, b: Decision) -> Iterator[str]:
    before, after = _dates(a), _dates(b)
    for timer in sorted(before.keys() & after.keys()):
        if before[timer] != after[timer]:
            yield f"{timer} was due {before[timer]}, would be due {after[timer]}"


def _dates(decision: Decision) -> dict[str, str]:
    found = (*decision.recommended, *decision.possible)
    return {d["timer"]: d["due"] for route in found for d in deadlines_of(decision, route) if d["due"]}
