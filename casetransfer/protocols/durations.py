"""Lengths of time as the protocols state them: a whole number and its unit.

A duration is written in a pack as "4 hours", "15 working days", "20 days", "6 weeks", "3 months", "1 year",
"11y6m" (an age) or "20w0d" (a gestation). Nothing is converted: fifteen working days stay fifteen working days.
"""

import re
from dataclasses import dataclass
from typing import Literal, Self

Unit = Literal["hours", "working days", "days", "months"]

_PLAIN = re.compile(r"([0-9]+) (hour|working day|day|week|month|year)s?")
_AGE = re.compile(r"([0-9]+)y(?:([0-9]|1[01])m)?")
_GESTATION = re.compile(r"([0-9]+)w(?:([0-6])d)?")
_UNITS: dict[str, tuple[int, Unit]] = {
    "hour": (1, "hours"),
    "working day": (1, "working days"),
    "day": (1, "days"),
    "week": (7, "days"),
    "month": (1, "months"),
    "year": (12, "months"),
}


def counted(count: int, unit: str) -> str:
    """ "1 year", "2 years"."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of hours, working days, days or calendar months, with the words it was written in."""

    count: int
    unit: Unit
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a duration. Raises ValueError naming the forms allowed."""
        if plain := _PLAIN.fullmatch(text):
            factor, unit = _UNITS[plain[2]]
            return cls(int(plain[1]) * factor, unit, text)
        if age := _AGE.fullmatch(text):
            return cls(int(age[1]) * 12 + int(age[2] or 0), "months", text)
        if gestation := _GESTATION.fullmatch(text):
            return cls(int(gestation[1]) * 7 + int(gestation[2] or 0), "days", text)
        raise ValueError(
            f'"{text}" is not a length of time: write "4 hours", "15 working days", "20 days", "6 weeks", '
            '"3 months", "1 year", "11y6m" or "20w0d"'
        )

    @property
    def is_gestation(self) -> bool:
        """Whether it is an age of a pregnancy ("20w0d"), counted so that the expected delivery date is 40 weeks."""
        return _GESTATION.fullmatch(self.text) is not None

    def __str__(self) -> str:
        if age := _AGE.fullmatch(self.text):
            years, months = counted(int(age[1]), "year"), int(age[2] or 0)
            return f"{years} {counted(months, 'month')}" if months else years
        if gestation := _GESTATION.fullmatch(self.text):
            weeks, days = counted(int(gestation[1]), "week"), int(gestation[2] or 0)
            return f"{weeks} {counted(days, 'day')}" if days else weeks
        return self.text
