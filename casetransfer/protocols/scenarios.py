"""Scenarios: situations and expected answers, kept as data beside each pack and run against the engine."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from casetransfer.calendars import CalendarError, add_months, default
from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import LONDON, FactError, local, read_facts
from casetransfer.protocols.loader import PACKS
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.points import start_of_day
from casetransfer.protocols.routes import decide
from casetransfer.protocols.timers import TimerError, due


class Expect(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    recommended: tuple[str, ...] = ()
    not_recommended: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    point_reached: dict[str, bool] = {}
    need_to_know: tuple[str, ...] = ()


class Scenario(BaseModel):
    """One situation. See docs/add-an-authority.md for what each kind of row is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    about: str
    clauses: tuple[str, ...]
    file: str = ""
    at: datetime | None = None
    facts: dict[str, Any] = {}
    like: str = ""
    change: dict[str, Any] = {}
    unset: tuple[str, ...] = ()
    expect: Expect | None = None
    start: Any = None
    other: tuple[Any, ...] = ()
    due: Any = None
    closed_on: date | None = None
    on: date | None = None
    inside: bool | None = None
    policy: rows.Policy | None = None


def scenarios_of(pack: Pack, folder: Path | None = None) -> tuple[list[Scenario], list[str]]:
    """(scenarios, mistakes in their files) of a pack."""
    found: list[Scenario] = []
    problems: list[str] = []
    for path in sorted((folder or PACKS / pack.authority).glob("scenarios/*.toml")):
        where = f"{pack.authority}/scenarios/{path.name}"
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{where}: not readable as TOML: {error}")
            continue
        for raw in content.get("scenario", []):
            raw = {("start" if key == "from" else key): value for key, value in raw.items()}
            try:
                found.append(Scenario.model_validate(raw | {"file": where}))
            except ValidationError as error:
                mistake = error.errors()[0]
                place = ".".join(map(str, mistake["loc"]))
                problems.append(f'{where}: scenario "{raw.get("name", "?")}": {place}: {mistake["msg"]}')
    return found, problems


def run_all(pack: Pack, folder: Path | None = None) -> tuple[int, list[str]]:
    """(how many scenarios ran, what failed in sentences)."""
    found, problems = scenarios_of(pack, folder)
    named = {scenario.name: scenario for scenario in found}
    for scenario in found:
        problems += [f'{scenario.file}: scenario "{scenario.name}": {says}' for says in run(pack, scenario, named)]
    problems += [f'{s.file}: scenario "{s.name}": the name is used twice' for s in found if named[s.name] is not s]
    return len(found), problems


def run(pack: Pack, scenario: Scenario, named: dict[str, Scenario]) -> Iterator[str]:
    """What is not as the scenario expects, in sentences."""
    row = pack.by_code.get(scenario.about)
    if row is None:
        yield f'"{scenario.about}" is no row of this pack'
        return
    yield from (
        f'clause "{clause}" is not in clauses.toml' for clause in scenario.clauses if clause not in pack.clauses
    )
    try:
        match row:
            case rows.Timer():
                yield from _timer(pack, scenario)
            case rows.DisputeStep():
                yield from _step(pack, row, scenario)
            case rows.ReReferral():
                yield from _window(row, scenario)
            case rows.Item():
                if row.policy != scenario.policy:
                    yield f"the policy is {row.policy}, expected {scenario.policy}"
            case _:
                yield from _decision(pack, scenario, named)
    except (FactError, TimerError, CalendarError, ValueError) as error:
        yield str(error)


def whole(scenario: Scenario, named: dict[str, Scenario], depth: int = 0) -> tuple[dict[str, Any], datetime | None]:
    """The facts and moment of a scenario, with those of the scenario it is like underneath."""
    facts, at = dict(scenario.facts), scenario.at
    if scenario.like:
        if scenario.like not in named or depth > 5:
            raise ValueError(f'it is like "{scenario.like}", which is not a scenario of this pack')
        base, base_at = whole(named[scenario.like], named, depth + 1)
        facts, at = base | facts, at or base_at
    facts = {key: value for key, value in (facts | scenario.change).items() if key not in scenario.unset}
    return facts, at


def _decision(pack: Pack, scenario: Scenario, named: dict[str, Scenario]) -> Iterator[str]:
    facts, at = whole(scenario, named)
    if at is None or scenario.expect is None:
        yield "it needs `at` and `expect`"
        return
    decision = decide(pack, read_facts(facts, pack, at))
    places = {"recommended": decision.recommended, "possible": decision.possible, "ruled_out": decision.ruled_out}
    got = {name: {found.code for found in group} for name, group in places.items()}
    got["holds"] = {held.hold.code for held in decision.holds}
    got["need_to_know"] = {need.fact for found in decision.possible for need in found.needs}
    for name in ("recommended", "possible", "ruled_out", "holds", "need_to_know"):
        for code in set(getattr(scenario.expect, name)) - got[name]:
            yield f"{code} is not in {name.replace('_', ' ')}: {_where(decision, code, got)}"
    for code in set(scenario.expect.not_recommended) & got["recommended"]:
        yield f"{code} is recommended"
    for code, reached in scenario.expect.point_reached.items():
        found = decision.find(code)
        if found is None or found.point is None or found.point.reached is not reached:
            yield f"the point of {code} is {'reached' if not reached else 'not reached'}, or the route is ruled out"


def _where(decision: Any, code: str, got: dict[str, set[str]]) -> str:
    found = decision.find(code)
    if found is None:
        return f"it is not there; recommended are {', '.join(sorted(got['recommended'])) or 'none'}"
    place = next(name for name, codes in got.items() if code in codes)
    reasons = " / ".join(reason.says for reason in (*found.because, *found.needs))
    return f"it is {place.replace('_', ' ')}. {reasons}"


def _timer(pack: Pack, scenario: Scenario) -> Iterator[str]:
    result = due(pack, scenario.about, _moment(scenario.start), other=[_moment(other) for other in scenario.other])
    answer: Any = (
        result.due_at.replace(tzinfo=None) if result.due_at and isinstance(scenario.due, datetime) else result.due_on
    )
    if scenario.due == "none":
        if result.due_at is not None:
            yield f"due is {result.due_on or result.due_at}, expected none"
    elif answer != scenario.due:
        yield f"due is {answer} ({result.due_at}), expected {scenario.due}"


def _moment(value: Any) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return start_of_day(value)
    raise ValueError(f"`from` needs a date or a date and time, not {value!r}")


def _step(pack: Pack, step: rows.DisputeStep, scenario: Scenario) -> Iterator[str]:
    start = _moment(scenario.start)
    if start is None or step.limit is None:
        if scenario.due not in (None, "none"):
            yield "this step has no limit, or the scenario has no `from`"
        return
    duration = Duration.parse(step.limit)
    answer: Any = _step_due(start, duration)
    if answer != scenario.due:
        yield f"due is {answer}, expected {scenario.due}"


def _step_due(start: datetime, duration: Duration) -> date | datetime:
    if duration.unit == "hours":
        return local(start.replace(tzinfo=LONDON).astimezone(UTC) + timedelta(hours=duration.count))
    if duration.unit == "working days":
        return default().add_working_days(start.date(), duration.count)
    if duration.unit == "months":
        return add_months(start.date(), duration.count)
    return date.fromordinal(start.date().toordinal() + duration.count)


def _window(row: rows.ReReferral, scenario: Scenario) -> Iterator[str]:
    if scenario.closed_on is None or scenario.on is None:
        yield "it needs `closed_on`, `on` and `inside`"
        return
    inside = is_inside(row, scenario.closed_on, scenario.on)
    if inside is not scenario.inside:
        yield f"{scenario.on} is {'inside' if inside else 'outside'} the window"


def is_inside(row: rows.ReReferral, closed_on: date, on: date) -> bool:
    """Whether a day lies within a re-referral window that opened on the day of closure."""
    duration = Duration.parse(row.window)
    last = _step_due(start_of_day(closed_on), duration)
    last_day = last.date() if isinstance(last, datetime) else last
    return on <= last_day if row.last_day_in else on < last_day
