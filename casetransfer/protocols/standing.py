"""What becomes of each clause, and which rows rest on which: a clause is enforced (an answer or a move depends on a row
that carries it), prompted (a row reminds people of it) or guidance (it is shown and nothing depends on it)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from casetransfer.protocols import rows
from casetransfer.protocols.check import carried
from casetransfer.protocols.pack import ById, Pack
from casetransfer.protocols.plans import engine_for

Standing = Literal["enforced", "prompted", "guidance"]

ENFORCING = (rows.Route, rows.Hold, rows.Precedence, rows.ReReferral, rows.DisputeStep, rows.ClosureStep, rows.Scale)
PROMPTING = (rows.Timer, rows.Notice, rows.Meeting, rows.Duty, rows.Checklist, rows.Closure, rows.Bundle)
GATING = frozenset({"blocking", "waivable"})


@dataclass(frozen=True, slots=True)
class Carried:
    """A clause, the codes of the rows that carry it, and what becomes of it."""

    clause: rows.Clause
    by: tuple[str, ...]
    standing: Standing


def standings(pack: Pack) -> tuple[Carried, ...]:
    """Every clause of the pack in order."""
    by = carried(pack)
    return tuple(_standing_of(pack, clause, by[clause.id]) for clause in pack.clause)


def _standing_of(pack: Pack, clause: rows.Clause, codes: list[str]) -> Carried:
    carrying = [pack.by_code[code] for code in codes if code in pack.by_code]
    standing: Standing = "guidance"
    if any(_enforces(row) for row in carrying):
        standing = "enforced"
    elif any(isinstance(row, (*PROMPTING, rows.Item)) for row in carrying):
        standing = "prompted"
    return Carried(clause, tuple(row.code for row in carrying), standing)


def _enforces(row: Any) -> bool:
    if isinstance(row, rows.Item):
        return row.policy in GATING
    if isinstance(row, rows.Bundle):
        return any(approval.strength == "must" for approval in row.approvals)
    return isinstance(row, ENFORCING)


def users_of(pack: Pack, code: str) -> tuple[str, ...]:
    """The codes of the rows that name this row, a route for all that it asks for. In the order of the files."""
    return _users_once(ById(pack)).get(code, ())


@lru_cache(maxsize=32)
def _users_once(holder: ById) -> dict[str, tuple[str, ...]]:
    return _users(holder.pack)


def _users(pack: Pack) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for _, row in pack.coded_rows():
        for code in _names(pack, row):
            if code and code != row.code:
                found.setdefault(code, []).append(row.code)
    return {code: tuple(dict.fromkeys(users)) for code, users in found.items()}


SINGLE = ("timer", "mend_timer", "latest_timer", "meeting", "checklist", "after_item", "part_of", "scale")
SEVERAL = (
    "checklists", "notices", "timers", "duties", "bundles", "who", "by", "hand", "chair", "chair_if_absent", "sender",
    "owed_by", "waived_by", "lifted_by", "accepts", "team", "reading", "from_teams", "to",
)  # fmt: skip


def _names(pack: Pack, row: Any) -> Iterator[str]:
    """Every code that a row names."""
    parts = dict(row)
    yield from (parts[part] for part in SINGLE if part in parts)
    for part in SEVERAL:
        if isinstance(parts.get(part), tuple):
            yield from _codes(parts[part])
    if isinstance(row, rows.Route):
        yield from _asked(pack, row)
    for patterns in (parts.get("routes"), parts.get("suppresses"), *(parts.get("ladder") or ())):
        yield from pack.routes_named(patterns or ())
    for start in (parts.get("starts"), parts.get("met_by")):
        if start:
            yield start.of


def _asked(pack: Pack, route: rows.Route) -> Iterator[str]:
    asks = engine_for(pack).plans[route.code].asks
    yield from (item.code for item in asks.items)
    yield from (*asks.notices, *asks.timers, *asks.duties, asks.meeting)
    yield from (code for approval in asks.approvals for code in approval.by)
    yield from (code for attend in asks.attend for code in attend.role)


def _codes(value: Iterable[Any]) -> Iterator[str]:
    for item in value:
        if isinstance(item, str):
            yield item
        elif isinstance(item, rows.Recipient):
            yield from (*item.role, *item.team)
