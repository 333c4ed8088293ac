"""The years ahead of one child, ready made."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from cases import words
from cases.horizon import milestones
from cases.slots import CaseContext
from casetransfer.calendars import months_between


@dataclass(frozen=True, slots=True)
class Line:
    on: str
    ahead: str
    name: str
    what: tuple[tuple[str, tuple[str, ...]], ...]


def horizon_of(context: CaseContext) -> list[Line]:
    today = localdate(context.at)
    found = milestones(context.facts.record, context.facts.pack, today)
    return [
        Line(words.day(one.on), _ahead(months_between(today, one.on), (one.on - today).days), one.name, one.what)
        for one in found
    ]


def _ahead(months: int, days: int) -> str:
    if not days:
        return "today"
    years, left = divmod(months, 12)
    counted = [(years, "year"), (left, "month")] if months else [(days, "day")]
    return "in " + " ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counted if number)
