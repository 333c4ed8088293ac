"""What lies years ahead of one child: the ages, the end of school, the years of an order, a birth. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cases.models import SpellKind
from cases.records import Record
from casetransfer.calendars import add_months, age_reached, year_11_end
from casetransfer.protocols import Pack
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.pack import ById
from casetransfer.protocols.rows import Route

Said = tuple[str, tuple[str, ...]]
AGES = (138, 168, 180, 186, 192, 204, 216)
"""Ages in months that every council plans for: 11 and a half, 14, 15, 15 and a half, 16, 17, 18."""

GROWN_UP = 216
YEARS_OF_AN_ORDER = 3


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day to come. `what` is what the protocol does at it, each with its clauses."""

    on: date
    name: str
    what: tuple[Said, ...] = ()


def milestones(record: Record, pack: Pack, today: date) -> list[Milestone]:
    """All that lies ahead, the soonest first."""
    found = [*_ages(record, pack), *_school(record, pack), *_orders(record, today), *_birth(record, pack)]
    return sorted((one for one in found if one.on >= today), key=lambda one: (one.on, one.name))


def _ages(record: Record, pack: Pack) -> list[Milestone]:
    born = record.child.date_of_birth
    if born is None:
        return []
    local = _by_age(ById(pack))
    return [
        Milestone(
            age_reached(born, months, pack.identity.birthdays), _age_in_words(months), tuple(local.get(months, ()))
        )
        for months in sorted({*AGES, *local})
    ]


@lru_cache(maxsize=32)
def _by_age(holder: ById) -> dict[int, list[Said]]:
    """What the pack says of an age, by months: its clocks, the moves at it, and how many routes turn on it."""
    found: dict[int, list[Said]] = {}
    pack, turning = holder.pack, Counter[int]()
    for timer in pack.timer:
        if timer.kind in ("age", "threshold", "deadline") and timer.starts.on == "age_reached" and timer.offset:
            length = Duration.parse(timer.offset)
            if length.unit == "months":
                found.setdefault(length.count, []).append((timer.what, timer.clauses))
    for route in pack.route:
        for point in (*route.points, *(point for stage in route.stages for point in stage.points)):
            if point.kind == "age" and point.age:
                found.setdefault(Duration.parse(point.age).count, []).append((route.name, route.clauses[:3]))
        turning.update(_turning_ages(route))
    for months, number in turning.items():
        ways = "1 way to another team asks" if number == 1 else f"{number} ways to another team ask"
        says = f"From this age the protocol may lead to another team: {ways} for it"
        found.setdefault(months, []).append((says, ()))
    return found


def _turning_ages(route: Route) -> set[int]:
    """The ages that a route's conditions and floors compare with."""
    asked = [value for table in route.when for key, value in table.items() if key in ("age_at_least", "age_under")]
    asked += [floor.at_least for floor in route.not_before if floor.fact == "age" and floor.at_least]
    lengths = [Duration.parse(str(value)) for value in asked]
    return {length.count for length in lengths if length.unit == "months"}


def _age_in_words(months: int) -> str:
    years, left = divmod(months, 12)
    return f"{years} years old" if not left else f"{years} years and {left} months old"


def _school(record: Record, pack: Pack) -> list[Milestone]:
    child = record.child
    ends_on = child.year_11_ends_on or (year_11_end(child.date_of_birth) if child.date_of_birth else None)
    what = tuple((timer.what, timer.clauses) for timer in pack.timer if timer.starts.of == "year_11_end")
    return [Milestone(ends_on, "End of Year 11", what)] if ends_on else []


def _orders(record: Record, today: date) -> list[Milestone]:
    """The next years of each order that runs, until the child is grown up."""
    born = record.child.date_of_birth
    until = add_months(born, GROWN_UP) if born else None
    found = []
    for spell in record.spells:
        if spell.kind == SpellKind.LEGAL and spell.is_current_on(today):
            first = today.year - spell.starts_on.year
            years = (year for year in range(max(first, 1), first + YEARS_OF_AN_ORDER + 1))
            ahead = [(year, add_months(spell.starts_on, 12 * year)) for year in years]
            found += [
                Milestone(on, f"{year} {'year' if year == 1 else 'years'} of: {spell.code.replace('_', ' ')}")
                for year, on in [one for one in ahead if one[1] >= today][:YEARS_OF_AN_ORDER]
                if until is None or on <= until
            ]
    return found


def _birth(record: Record, pack: Pack) -> list[Milestone]:
    child = record.child
    if child.date_of_birth or not child.expected_delivery_date:
        return []
    return [Milestone(child.expected_delivery_date, "Expected birth")]
