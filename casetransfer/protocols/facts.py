"""The facts of one child at one moment: read, checked, and the derived ones worked out on demand.

A fact that is not given is unknown, never false; only facts with an `absent` value in the vocabulary take that.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from casetransfer.calendars import year_11_end
from casetransfer.protocols.pack import ById, Pack
from casetransfer.protocols.vocabulary import ORDINALS, Fact, event_kinds, facts_of

LONDON = ZoneInfo("Europe/London")
NOT_HELD = frozenset({"adjourned"})


class FactError(ValueError):
    """Facts cannot be used. `problems` are sentences that name the fact."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a child: kind, when it is planned, when it was held, what it decided, which of its kind it is."""

    kind: str
    planned: datetime | None = None
    held: datetime | None = None
    outcome: str = ""
    ordinal: int | None = None

    def is_held(self, at: datetime) -> bool:
        return self.held is not None and self.held <= at and self.outcome not in NOT_HELD

    @property
    def on(self) -> date | None:
        """The day it was held, else the day it is planned for."""
        moment = self.held or self.planned
        return moment.date() if moment else None


@lru_cache(maxsize=64)
def _known(holder: ById) -> dict[str, Fact]:
    return facts_of(holder.pack.fact)


def vocabulary_of(pack: Pack) -> dict[str, Fact]:
    """Every fact this pack may use, by name."""
    return _known(ById(pack))


def local(moment: datetime) -> datetime:
    """The wall-clock moment in England, without a zone."""
    return moment.astimezone(LONDON).replace(tzinfo=None) if moment.tzinfo else moment


class Facts:
    """Given facts with their types, and `at`, the moment the question is asked (England's wall clock)."""

    __slots__ = ("at", "events", "today", "values")

    def __init__(self, values: dict[str, Any], at: datetime) -> None:
        self.at = local(at)
        self.today = self.at.date()
        self.values = values
        given: list[Event] | None = values.get("events")
        self.events = _by_kind(given) if given is not None else None

    def events_of(self, kind: str, ordinal: int | None = None) -> list[Event] | None:
        """The child's events of one kind in order, or the one with that ordinal; None when events are not given."""
        if self.events is None:
            return None
        found = self.events.get(kind, [])
        return (
            found if ordinal is None else [event for n, event in enumerate(found, 1) if (event.ordinal or n) == ordinal]
        )


def _in_order(event: Event) -> tuple[int, datetime]:
    return event.ordinal or 0, event.held or event.planned or datetime.max  # noqa: DTZ901 - the wall clock


def _by_kind(events: list[Event]) -> dict[str, list[Event]]:
    kinds: dict[str, list[Event]] = {}
    for event in events:
        kinds.setdefault(event.kind, []).append(event)
    for found in kinds.values():
        found.sort(key=_in_order)
    return kinds


def read_facts(given: Mapping[str, Any], pack: Pack, at: datetime) -> Facts:
    """Facts from a flat object (as JSON or TOML gives it). Raises FactError naming every wrong key and type."""
    known, values, problems = vocabulary_of(pack), {}, []
    for name, value in given.items():
        fact = known.get(name)
        if fact is None or (fact.derived and fact.name not in ("unborn", "year_11_finished")):
            problems.append(_unknown_key(name, known))
        elif value is not None:
            try:
                values[name] = _value(fact, value, pack)
            except ValueError as error:
                problems.append(f'fact "{name}": {error}')
    if problems:
        raise FactError(problems)
    return complete(values, known, at)


def complete(values: dict[str, Any], known: Mapping[str, Fact], at: datetime) -> Facts:
    """Facts with the absent values filled in and the simple derived flags worked out."""
    for name, absent in _absent(known):
        values.setdefault(name, absent)
    facts = Facts(values, at)
    if "unborn" not in values:
        _derive_unborn(values)
    if "year_11_finished" not in values and (ends_on := values.get("year_11_ends_on") or _year_11(values)):
        values["year_11_finished"] = facts.today >= ends_on
    return facts


_ABSENT: dict[int, tuple[tuple[str, Any], ...]] = {}


def _absent(known: Mapping[str, Fact]) -> tuple[tuple[str, Any], ...]:
    found = _ABSENT.get(id(known))
    if found is None:
        found = tuple((fact.name, _absent_value(fact)) for fact in known.values() if fact.absent is not None)
        _ABSENT[id(known)] = found
    return found


def _absent_value(fact: Fact) -> Any:
    return frozenset([fact.absent]) if fact.type in ("choices", "teams") else fact.absent


def _derive_unborn(values: dict[str, Any]) -> None:
    if values.get("date_of_birth"):
        values["unborn"] = False
    elif values.get("expected_delivery_date"):
        values["unborn"] = True


def _year_11(values: dict[str, Any]) -> date | None:
    born = values.get("date_of_birth")
    return year_11_end(born) if born else None


def _unknown_key(name: str, known: Mapping[str, Fact]) -> str:
    if name in known:
        return f'fact "{name}" is worked out, not given: {known[name].says}'
    near = difflib.get_close_matches(name, known, cutoff=0.4)
    hint = f'; the nearest is "{near[0]}"' if near else ""
    return f'unknown fact "{name}"{hint}'


def _value(fact: Fact, value: Any, pack: Pack) -> Any:
    match fact.type:
        case "flag":
            return _typed(value, bool, "true or false")
        case "number":
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(f"needs a number, not {value!r}")
            return value
        case "date":
            return _date(value)
        case "choice":
            return _choice(fact, str(value) if isinstance(value, int) and not isinstance(value, bool) else value)
        case "choices":
            return frozenset(_choice(fact, item) for item in _list(value))
        case "team":
            return _team(value, pack)
        case "teams":
            return frozenset(_team(item, pack) for item in _list(value))
        case "events":
            return [_event(item) for item in _typed(value, list, "a list of events")]
        case _:
            return _typed(value, str, "text")


def _typed(value: Any, kind: type, words: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"needs {words}, not {value!r}")
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _choice(fact: Fact, value: Any) -> str:
    if fact.values and value not in fact.values:
        raise ValueError(f"cannot be {value!r}; choose one of {', '.join(fact.values)}")
    return str(_typed(value, str, "text"))


def _team(value: Any, pack: Pack) -> str:
    if value != "none" and value not in pack.teams:
        near = difflib.get_close_matches(str(value), pack.teams, cutoff=0.0)
        hint = f'; the nearest is "{near[0]}"' if near else ""
        raise ValueError(f'no team "{value}" in this protocol{hint}')
    return str(value)


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return local(value).date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10])
    except (ValueError, TypeError):
        raise ValueError(f"needs a date such as 2026-11-23, not {value!r}") from None


def _moment(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return local(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    try:
        return local(datetime.fromisoformat(value))
    except (ValueError, TypeError):
        raise ValueError(f"needs a date and time such as 2026-11-23T09:30, not {value!r}") from None


def _event(value: Any) -> Event:
    if not isinstance(value, dict) or "kind" not in value:
        raise ValueError(f"an event needs a kind: {value!r}")
    unknown = value.keys() - {"kind", "planned", "held", "outcome", "ordinal"}
    if unknown:
        raise ValueError(f"an event has kind, planned, held, outcome and ordinal, not {', '.join(sorted(unknown))}")
    kind, ordinal = _event_kind(str(value["kind"]))
    outcomes, outcome = event_kinds()[kind].outcomes, value.get("outcome") or ""
    if outcome and outcome not in outcomes:
        raise ValueError(f'a {event_kinds()[kind].says} cannot have the outcome "{outcome}": {", ".join(outcomes)}')
    return Event(
        kind, _moment(value.get("planned")), _moment(value.get("held")), outcome, value.get("ordinal") or ordinal
    )


def _event_kind(kind: str) -> tuple[str, int | None]:
    """The kind, and the ordinal when it is written in front ("first_looked_after_review")."""
    if kind in event_kinds():
        return kind, None
    word, _, rest = kind.partition("_")
    if word in ORDINALS and rest in event_kinds():
        return rest, ORDINALS[word]
    near = difflib.get_close_matches(kind, event_kinds(), cutoff=0.0)
    raise ValueError(f'no kind of event "{kind}"; the nearest is "{near[0]}"')
