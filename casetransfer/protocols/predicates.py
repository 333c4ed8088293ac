"""One condition of a `when` table: a fact, a comparison, an argument; tested with three answers and a reason.

The suffix of the key is the comparison: _not, _at_least, _over, _under, _at_most, _known, _passed; no suffix is "is".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from casetransfer.calendars import Birthdays, add_months, age_reached, default, gestation_days, months_between
from casetransfer.protocols.durations import Duration, counted
from casetransfer.protocols.facts import Event, Facts
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.vocabulary import Fact, event_kinds, event_named


class Answer(IntEnum):
    NO = 0
    UNKNOWN = 1
    YES = 2


NO, UNKNOWN, YES = Answer.NO, Answer.UNKNOWN, Answer.YES
Test = Callable[[Facts], Answer]
SUFFIXES = ("_at_least", "_at_most", "_under", "_over", "_not", "_known", "_passed")
WORDS = {
    "_at_least": "at least {}",
    "_over": "more than {}",
    "_under": "less than {}",
    "_at_most": "at most {}",
    "_not": "not {}",
}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A compiled condition: `test` answers for some facts, `value` reads what is so in words or None, `mark` is the day
    a length condition turns, if any."""

    key: str
    fact: Fact
    test: Test
    needs: str
    value: Callable[[Facts], Any]
    mark: Callable[[Facts], date | None] | None = None


class ConditionError(ValueError):
    """A condition names no known fact, or compares it with something it cannot be compared with."""


def split(key: str, known: dict[str, Fact]) -> tuple[str, str]:
    """A condition's key as (fact, suffix). Raises ConditionError with the nearest fact."""
    if key in known:
        return key, ""
    for suffix in SUFFIXES:
        if (name := key.removesuffix(suffix)) in known:
            return name, suffix
    import difflib

    near = difflib.get_close_matches(key, known, cutoff=0.0)
    raise ConditionError(f'unknown fact "{key}"; the nearest is "{near[0]}"')


def compile_condition(key: str, argument: Any, known: dict[str, Fact], pack: Pack, measured_at: str) -> Predicate:
    """The predicate for one key and argument of a `when` table. Raises ConditionError."""
    name, suffix = split(key, known)
    fact = known[name]
    if fact.type == "length":
        return _length(key, fact, suffix, argument, measured_at, pack.identity.birthdays)
    if suffix in ("_known", "_passed"):
        return _dated(key, fact, suffix, argument)
    if suffix in ("_at_least", "_over", "_under", "_at_most"):
        return _number(key, fact, suffix, argument)
    wanted = _arguments(fact, argument, pack)
    value_of = _reader(fact, pack)
    if fact.type in ("team", "teams"):
        wanted |= pack.parts_of(wanted)
    return Predicate(key, fact, _membership(value_of, wanted, suffix == "_not"), _needs(suffix, argument), value_of)


def _arguments(fact: Fact, argument: Any, pack: Pack) -> frozenset[Any]:
    items = frozenset(argument if isinstance(argument, list) else [argument])
    if fact.type == "flag":
        if not all(isinstance(item, bool) for item in items):
            raise ConditionError(f"{fact.name} is true or false, not {argument!r}")
    elif fact.type in ("team", "teams"):
        if wrong := items - pack.teams.keys() - {"none"}:
            raise ConditionError(f"{fact.name}: no team {', '.join(sorted(map(str, wrong)))}")
    elif fact.values and (wrong := items - set(fact.values)):
        raise ConditionError(
            f"{fact.name} cannot be {', '.join(sorted(map(str, wrong)))}; it is one of {', '.join(fact.values)}"
        )
    elif fact.type == "date":
        raise ConditionError(f"{fact.name} is a date: ask {fact.name}_known or {fact.name}_passed")
    elif fact.type == "events":
        raise ConditionError(f"{fact.name} is a list: ask about one kind, such as core_group_held")
    return items


def _needs(suffix: str, argument: Any) -> str:
    items = argument if isinstance(argument, list) else [argument]
    words = " or ".join(_in_words(item) for item in items)
    return WORDS.get(suffix, "{}").format(words)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


# --- reading a fact's value: given, or worked out of the events ---


def _reader(fact: Fact, pack: Pack) -> Callable[[Facts], Any]:
    """A function from facts to the fact's value, None when unknown."""
    name = fact.name
    if name == "case_open":
        holding = frozenset(team.code for team in pack.team if team.holds_cases)
        return lambda facts: None if (holder := facts.values.get("holder")) is None else holder in holding
    if fact.derived and (event := _event_fact(name)):
        return event
    return lambda facts: facts.values.get(name)


def _event_fact(name: str) -> Callable[[Facts], Any] | None:
    stem, _, aspect = name.rpartition("_")
    kind, ordinal = event_named(stem)
    if kind not in event_kinds():
        return None
    read = {"booked": _booked, "held": _held, "outcome": _outcome}[aspect]
    return lambda facts: None if (found := facts.events_of(kind, ordinal)) is None else read(found, facts)


def _booked(found: list[Event], facts: Facts) -> bool:
    return any(event.planned and not event.is_held(facts.at) for event in found)


def _held(found: list[Event], facts: Facts) -> bool:
    return any(event.is_held(facts.at) for event in found)


def _outcome(found: list[Event], facts: Facts) -> str | None:
    held = [event for event in found if event.is_held(facts.at)]
    return (held[-1].outcome or None) if held else None


# --- the comparisons ---


def _membership(value_of: Callable[[Facts], Any], wanted: frozenset[Any], negated: bool) -> Test:
    yes, no = (NO, YES) if negated else (YES, NO)

    def test(facts: Facts) -> Answer:
        value = value_of(facts)
        if value is None:
            return UNKNOWN
        if type(value) is frozenset:
            return no if wanted.isdisjoint(value) else yes
        return yes if value in wanted else no

    return test


def _number(key: str, fact: Fact, suffix: str, argument: Any) -> Predicate:
    if fact.type not in ("number", "choice") or isinstance(argument, bool):
        raise ConditionError(f"{fact.name} is a {fact.type}: {suffix} compares numbers and lengths of time only")
    limit = float(argument)
    compare: dict[str, Callable[[float], bool]] = {
        "_at_least": lambda v: v >= limit,
        "_over": lambda v: v > limit,
        "_under": lambda v: v < limit,
        "_at_most": lambda v: v <= limit,
    }
    holds = compare[suffix]

    def test(facts: Facts) -> Answer:
        value = facts.values.get(fact.name)
        return UNKNOWN if value is None else YES if holds(float(value)) else NO

    return Predicate(key, fact, test, _needs(suffix, argument), lambda facts: facts.values.get(fact.name))


def _dated(key: str, fact: Fact, suffix: str, argument: Any) -> Predicate:
    if fact.type != "date" or not isinstance(argument, bool):
        raise ConditionError(f"{key} must be true or false, and {fact.name} a date")
    name = fact.name

    def known(facts: Facts) -> Answer:
        return YES if (name in facts.values) is argument else NO

    def passed(facts: Facts) -> Answer:
        value = facts.values.get(name)
        return UNKNOWN if value is None else YES if (value <= facts.today) is argument else NO

    words = {"_known": "recorded", "_passed": "reached"}[suffix]
    mark = (lambda facts: facts.values.get(name)) if suffix == "_passed" and argument else None
    test = known if suffix == "_known" else passed
    return Predicate(key, fact, test, words if argument else f"not {words}", lambda facts: facts.values.get(name), mark)


def _length(key: str, fact: Fact, suffix: str, argument: Any, measured_at: str, birthdays: Birthdays) -> Predicate:
    """A length of time compared with a duration: the fact's date plus the duration is a day; the question is whether
    the measuring day lies before, on or after it."""
    if suffix not in ("_at_least", "_over", "_under", "_at_most") or not isinstance(argument, str):
        raise ConditionError(
            f'{fact.name} is a length of time: write {fact.name}_at_least = "..." or _over, _under, _at_most'
        )
    try:
        duration = Duration.parse(argument)
    except ValueError as error:
        raise ConditionError(f"{key}: {error}") from None
    below = YES if suffix in ("_under", "_at_most") else NO  # an unborn child is younger than any age
    reach, measure = _reach(fact, duration, birthdays), _measure(measured_at, fact.upto)

    def test(facts: Facts) -> Answer:
        mark = reach(facts)
        if mark is None:
            return below if fact.name == "age" and facts.values.get("unborn") else UNKNOWN
        today = measure(facts)
        if today is None:
            return UNKNOWN
        if suffix == "_at_least":
            return YES if today >= mark else NO
        if suffix == "_under":
            return YES if today < mark else NO
        if suffix == "_over":
            return YES if today > mark else NO
        return YES if today <= mark else NO

    def turns(facts: Facts) -> date | None:
        mark = reach(facts)
        return mark if mark is None or suffix == "_at_least" else mark + timedelta(days=1)

    waits = turns if suffix in ("_at_least", "_over") and not fact.upto else None
    return Predicate(key, fact, test, WORDS[suffix].format(duration), _so_far(fact, measure), waits)


def _so_far(fact: Fact, measure: Callable[[Facts], date | None]) -> Callable[[Facts], str | None]:
    """The length itself in words: "10 years 6 months", "23 days"."""

    def words(facts: Facts) -> str | None:
        name = fact.since or fact.until
        value, today = facts.values.get(name), measure(facts)
        if value is None or today is None:
            return None
        if fact.until:
            weeks, days = divmod(gestation_days(value, today), 7)
            return f"{weeks} weeks {days} days"
        years, months = divmod(months_between(value, today), 12)
        if years:
            return f"{counted(years, 'year')} {counted(months, 'month')}"
        return counted((today - value).days, "day")

    return words


def _reach(fact: Fact, duration: Duration, birthdays: Birthdays) -> Callable[[Facts], date | None]:
    """A function to the day on which the fact reaches the duration."""
    name, count = fact.since or fact.until, duration.count
    if fact.until:
        return lambda facts: None if (due := facts.values.get(name)) is None else due + timedelta(days=count - 280)
    if duration.unit == "months" and name == "date_of_birth":
        return lambda facts: None if (born := facts.values.get(name)) is None else age_reached(born, count, birthdays)
    if duration.unit == "months":
        return lambda facts: None if (since := facts.values.get(name)) is None else add_months(since, count)
    if duration.unit == "working days":
        calendar = default()
        return lambda facts: (
            None if (since := facts.values.get(name)) is None else calendar.add_working_days(since, count)
        )
    days = count if duration.unit == "days" else -(-count // 24)
    return lambda facts: None if (since := facts.values.get(name)) is None else since + timedelta(days=days)


def _measure(measured_at: str, upto: str) -> Callable[[Facts], date | None]:
    """The day up to which a length is measured: a date fact, the day of an event, or today."""
    if upto:
        return lambda facts: facts.values.get(upto)
    if not measured_at:
        return lambda facts: facts.today
    kind, ordinal = event_named(measured_at)
    if kind not in event_kinds():
        raise ConditionError(f'measured_at: no kind of event "{measured_at}"')

    def measure(facts: Facts) -> date:
        found = facts.events_of(kind, ordinal)
        return (found[-1].on if found else None) or facts.today

    return measure
