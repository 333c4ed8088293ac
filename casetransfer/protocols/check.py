"""The teacher: everything wrong with a pack, as file, row, reason and mend; and what the pack holds, counted.

References, conditions, clauses carried, routes that cannot match or are not ranked, rows nobody uses, scenarios.
"""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from casetransfer.protocols import rows
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.loader import PACKS, PackError, read
from casetransfer.protocols.overlaps import Overlaps
from casetransfer.protocols.pack import FILES, Pack
from casetransfer.protocols.plans import Engine, Plan, compile_pack
from casetransfer.protocols.predicates import ConditionError, compile_condition
from casetransfer.protocols.scenarios import run_all, scenarios_of
from casetransfer.protocols.vocabulary import ORDINALS, event_kinds

FILE_OF = {kind: file for file, kinds in FILES.items() for kind in kinds} | {
    "item": "checklists.toml",
    "closure_step": "closures.toml",
}
DESTINATIONS = {"holder", "previous_team", "chosen", "closed", "none"}
PARTIES = {"transferring", "receiving", "both"}
EVENT_STARTS = {"event_booked", "event_planned", "event_held"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what is wrong, how to mend it."""

    file: str
    row: str
    reason: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.row}: {self.reason}. {self.mend}"


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found in one pack."""

    authority: str
    counts: dict[str, int]
    basis: dict[str, dict[str, int]]
    clauses: dict[str, int]
    scenarios: int
    problems: tuple[str, ...]


def check(authority: str, folder: Path | None = None, *, scenarios: bool = True) -> Report:
    """Check one authority's pack (or the pack in a folder)."""
    place = folder or PACKS / authority
    try:
        pack = read(place)
    except PackError as error:
        return Report(authority, {}, {}, {}, 0, tuple(error.problems))
    problems = [f"{authority}/{problem}" for problem in problems_of(pack)]
    ran, failed = run_all(pack, place) if scenarios and not problems else (len(scenarios_of(pack, place)[0]), [])
    return Report(authority, _counts(pack), _basis(pack), _clause_counts(pack), ran, (*problems, *failed))


def _counts(pack: Pack) -> dict[str, int]:
    counted = Counter(kind for kind, _ in pack.coded_rows())
    return dict(counted) | {"clause": len(pack.clause), "setting": len(pack.setting), "fact": len(pack.fact)}


def _basis(pack: Pack) -> dict[str, dict[str, int]]:
    table: dict[str, Counter[str]] = {}
    for kind, row in pack.coded_rows():
        if isinstance(row, rows.Row):
            table.setdefault(kind, Counter())[row.basis] += 1
    return {kind: dict(counter) for kind, counter in table.items()}


def carried(pack: Pack) -> dict[str, list[str]]:
    """clause id -> the codes of the rows that carry it."""
    found: dict[str, list[str]] = {clause.id: [] for clause in pack.clause}
    for _, row in pack.coded_rows():
        for clause in _clauses_of(row):
            found.setdefault(clause, []).append(row.code)
    for clause in pack.identity.clauses:
        found.setdefault(clause, []).append("pack.toml")
    return found


def _clauses_of(row: Any) -> set[str]:
    named = set(getattr(row, "clauses", ()))
    for part in ("approvals", "attend", "stages", "not_before", "attends"):
        named |= {clause for nested in getattr(row, part, ()) for clause in nested.clauses}
    joint = getattr(row, "joint", None)
    return named | set(joint.clauses if joint else ())


def _clause_counts(pack: Pack) -> dict[str, int]:
    by = carried(pack)
    not_carried = sum(1 for clause in pack.clause if not by[clause.id] and clause.kind == "rule")
    kinds = Counter(clause.kind for clause in pack.clause if not by[clause.id])
    return {
        "all": len(pack.clause),
        "carried": sum(1 for clause in pack.clause if by[clause.id]),
        "guidance": kinds["guidance"],
        "ambiguous": kinds["ambiguous"],
        "not_carried": not_carried,
    }


def problems_of(pack: Pack) -> list[Problem]:
    """Every mistake that can be seen without running scenarios."""
    problems = [*_twice(pack), *_references(pack), *_conditions(pack), *_clauses(pack), *_unused(pack)]
    if not problems:
        problems = list(_matching(pack, compile_pack(pack)))
    return problems


def _problem(kind: str, row: Any, reason: str, mend: str) -> Problem:
    return Problem(
        FILE_OF.get(kind, "pack.toml"), f"{kind.replace('_', ' ')} {getattr(row, 'code', '?')}", reason, mend
    )


def _twice(pack: Pack) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for kind, row in pack.coded_rows():
        if row.code in seen:
            yield _problem(
                kind, row, f"the code is used twice (also a {seen[row.code]})", "Give one of them its own code."
            )
        seen[row.code] = kind.replace("_", " ")
    for clause, times in Counter(clause.id for clause in pack.clause).items():
        if times > 1:
            yield Problem("clauses.toml", f"clause {clause}", "the id is used twice", "Keep one of them.")


# --- references ---


def _references(pack: Pack) -> Iterator[Problem]:
    codes = _codes(pack)
    for kind, row in pack.coded_rows():
        for what, allowed, named in _named_codes(kind, row, codes):
            for code in named:
                if code not in allowed:
                    yield _problem(
                        kind, row, f'{what} names "{code}", which is not in this pack', _nearest(code, allowed)
                    )
        yield from _patterns(pack, kind, row)
        yield from _starts(kind, row)
        yield from _points(kind, row)
        for setting in getattr(row, "only_if", {}):
            if setting not in codes["setting"]:
                yield _problem(
                    kind, row, f'only_if names setting "{setting}", which is not in this pack', "Add the setting."
                )


def _nearest(code: str, allowed: Iterable[str]) -> str:
    near = difflib.get_close_matches(code, list(allowed), n=1, cutoff=0.0)
    return f'The nearest is "{near[0]}".' if near else "There is none yet: add it."


def _codes(pack: Pack) -> dict[str, set[str]]:
    codes = {kind: {row.code for k, row in pack.coded_rows() if k == kind} for kind in (*FILE_OF, "checklist")}
    codes["clause"] = set(pack.clauses)
    codes["setting"] = {setting.name for setting in pack.setting}
    return codes


def _named_codes(kind: str, row: Any, codes: dict[str, set[str]]) -> Iterator[tuple[str, set[str], Iterable[str]]]:
    people = codes["role"] | codes["team"] | PARTIES
    for part in ("checklists", "items", "notices", "timers", "duties", "bundles"):
        target = {"checklists": "checklist", "duties": "duty"}.get(part, part.rstrip("s"))
        yield part, codes[target], getattr(row, part, ()) if not isinstance(row, rows.Checklist) else ()
    for part in ("timer", "mend_timer", "latest_timer"):
        yield part, codes["timer"] | {""}, [getattr(row, part, "")]
    for part in (
        "who",
        "by",
        "hand",
        "chair",
        "chair_if_absent",
        "sender",
        "owed_by",
        "waived_by",
        "lifted_by",
        "accepts",
    ):
        value = getattr(row, part, ())
        yield part, people, value if isinstance(value, tuple) else ()
    yield "clauses", codes["clause"], _clauses_of(row) if kind != "clause" else ()
    yield "reading", codes["ambiguity"], getattr(row, "reading", ()) if isinstance(row, rows.Row) else ()
    yield "meeting", codes["meeting"] | {""}, [getattr(row, "meeting", "")]
    if isinstance(row, rows.Route | rows.Closure):
        yield "from", codes["team"] | {"any", "none"}, row.from_teams
        yield "to", codes["team"] | DESTINATIONS, row.to
    if isinstance(row, rows.Asks):
        yield "approvals", people, [code for approval in row.approvals for code in approval.by]
        yield "attend", people, [code for attend in row.attend for code in attend.role]
        if isinstance(row, rows.Route) and row.joint:
            yield "joint", codes["timer"] | {""}, [row.joint.limit_timer]
    if isinstance(row, rows.Notice):
        yield "to", people, [code for to in row.to for code in (*to.role, *to.team)]
    if isinstance(row, rows.Item):
        yield "after_item", codes["item"] | {""}, [row.after_item]
    if isinstance(row, rows.ClosureStep):
        yield "checklist", codes["checklist"] | {""}, [row.checklist]
    if isinstance(row, rows.Ambiguity):
        yield "settings", codes["setting"], row.settings
    if isinstance(row, rows.Team):
        yield "part_of", codes["team"] | {""}, [row.part_of]


def _patterns(pack: Pack, kind: str, row: Any) -> Iterator[Problem]:
    groups = [getattr(row, "routes", ()), getattr(row, "suppresses", ()), *getattr(row, "ladder", ())]
    for group in groups:
        for pattern in group if isinstance(group, tuple) else ():
            if not pack.routes_named((pattern,)):
                yield _problem(kind, row, f'"{pattern}" names no route', _nearest(pattern, pack.routes))


def _starts(kind: str, row: Any) -> Iterator[Problem]:
    for start in [
        getattr(row, "starts", None),
        getattr(row, "met_by", None),
        *(o.starts for o in getattr(row, "or_from", ())),
    ]:
        if isinstance(start, rows.Start) and start.on in EVENT_STARTS and start.of not in event_kinds():
            yield _problem(kind, row, f'it starts at "{start.of}", which is no kind of event', _kind_mend(start.of))


def _kind_mend(kind: str) -> str:
    word, _, rest = kind.partition("_")
    if word in ORDINALS and rest in event_kinds():
        return f'Write of = "{rest}", ordinal = {ORDINALS[word]}.'
    return _nearest(kind, event_kinds())


def _points(kind: str, row: Any) -> Iterator[Problem]:
    points = [*getattr(row, "points", ()), *(p for stage in getattr(row, "stages", ()) for p in stage.points)]
    for point in points:
        if point.event and point.event not in event_kinds():
            yield _problem(
                kind,
                row,
                f'its point is "{point.event}", which is no kind of event',
                _nearest(point.event, event_kinds()),
            )
        elif point.kind == "event" and not point.event:
            yield _problem(kind, row, "its point is an event and names none", "Name the event.")
        wrong = set(point.outcome) - set(event_kinds()[point.event].outcomes) if point.event in event_kinds() else set()
        for outcome in wrong:
            outcomes = event_kinds()[point.event].outcomes
            yield _problem(
                kind, row, f'its point wants the outcome "{outcome}"', f"Choose one of {', '.join(outcomes)}."
            )
        if point.kind == "age" and not point.age:
            yield _problem(kind, row, "its point is an age and names none", "Add age.")


# --- conditions ---


def _conditions(pack: Pack) -> Iterator[Problem]:
    known = vocabulary_of(pack)
    for kind, row in pack.coded_rows():
        tables = [*getattr(row, "when", ()), *(t for stage in getattr(row, "stages", ()) for t in stage.when)]
        for table in tables:
            for key, argument in table.items():
                try:
                    compile_condition(key, argument, known, pack, getattr(row, "measured_at", ""))
                except ConditionError as error:
                    yield _problem(kind, row, str(error), "Correct the condition, or add the fact to facts.toml.")
        for fact in getattr(row, "waits_for", ()):
            if fact not in known:
                yield _problem(kind, row, f'waits_for names "{fact}", which is no fact', _nearest(fact, known))
            elif not any(key.startswith(fact) for table in tables for key in table):
                yield _problem(kind, row, f'waits_for names "{fact}", which its conditions do not use', "Take it out.")


# --- clauses and rows nobody uses ---


def _clauses(pack: Pack) -> Iterator[Problem]:
    by = carried(pack)
    for clause in pack.clause:
        row = f"clause {clause.id}"
        if clause.kind == "rule" and not by[clause.id]:
            yield Problem(
                "clauses.toml", row, "no row carries it", "Carry it in a row, or mark it guidance or ambiguous."
            )
        if clause.kind == "ambiguous" and not clause.reading:
            yield Problem(
                "clauses.toml", row, "it is ambiguous and names no reading", "Name the ambiguity that reads it."
            )
        for reading in clause.reading:
            if reading not in {ambiguity.code for ambiguity in pack.ambiguity}:
                yield Problem("clauses.toml", row, f'its reading "{reading}" is not in this pack', "Add the ambiguity.")
    for kind, coded in pack.coded_rows():
        if isinstance(coded, rows.Route | rows.Hold | rows.Timer | rows.Notice | rows.Item) and not coded.clauses:
            yield _problem(kind, coded, "it carries no clause", "Name the clause that says it.")
        if (
            isinstance(coded, rows.Route | rows.Hold)
            and coded.basis == "inferred"
            and not coded.reading
            and not coded.note
        ):
            yield _problem(
                kind,
                coded,
                "it is inferred and names no reading",
                "Name the ambiguity or say in note what it rests on.",
            )


def _unused(pack: Pack) -> Iterator[Problem]:
    users: tuple[Any, ...] = (*pack.route, *pack.bundle, *pack.closure)
    used = {code for row in users for code in row.checklists}
    used |= {step.checklist for closure in pack.closure for step in closure.steps}
    single = {code for row in (*pack.route, *pack.bundle) for code in row.items}
    for checklist in pack.checklist:
        is_used = checklist.code in used or checklist.routes or single & {item.code for item in checklist.items}
        if not is_used and checklist.used_for in ("transfer", "after_transfer", "closure", "step_down"):
            yield _problem("checklist", checklist, "no route, bundle or closure uses it", "Name it where it applies.")
    for hold in pack.hold:
        if hold.stops != "nothing" and not hold.suppresses:
            yield _problem("hold", hold, "it suppresses nothing", "Name the routes it stops.")
    for notice in pack.notice:
        if not notice.to or not any(to.role or to.team or to.side or to.party for to in notice.to):
            yield _problem("notice", notice, "it has no recipient", "Say who is told.")
    for setting in _unused_settings(pack):
        yield Problem(
            "ambiguities.toml", f"setting {setting}", "no row and no ambiguity uses it", "Use it or take it out."
        )


def _unused_settings(pack: Pack) -> list[str]:
    named = {name for ambiguity in pack.ambiguity for name in ambiguity.settings}
    return [setting.name for setting in pack.setting if setting.name not in named]


# --- matching ---


def _matching(pack: Pack, engine: Engine) -> Iterator[Problem]:
    overlaps = Overlaps(engine)
    for plan in engine.plans.values():
        if why := overlaps.never_matches(plan):
            yield _problem("route", plan.route, f"it can never match: {why}", "Correct its conditions.")
    moving = [
        plan for plan in engine.plans.values() if plan.route.effect == "moves" and overlaps.limits[plan.route.code]
    ]
    for a, b in combinations(moving, 2):
        if not overlaps.ranked(a, b) and overlaps.both_can_match(a, b):
            yield _problem("route", a.route, f"one child can match it and {b.route.code}", _rank_mend(a, b))
    for winner, losers in engine.beats.items():
        for loser in losers:
            if winner < loser and winner in engine.beats.get(loser, {}):
                yield _problem(
                    "precedence", losers[loser], f"{winner} and {loser} each come before the other", "Break the circle."
                )


def _rank_mend(a: Plan, b: Plan) -> str:
    pair = f"{a.route.code} and {b.route.code}"
    return f"Say in [[precedence]] which of {pair} comes first, or put them on one rung with `together`."
