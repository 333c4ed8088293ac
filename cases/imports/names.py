"""Workbooks know teams and workers by name only. Here is who a name looks like; a person says whether it is so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from cases.imports.values import text

Thing = TypeVar("Thing")
CLOSE = 0.84


def plain_name(written: str) -> str:
    """A name for comparing: "Maple,  Test" and "test maple" are one."""
    name = text(written).lower().replace(".", " ").replace("-", " ").replace("'", "")
    if name.count(",") == 1:
        last, first = name.split(",")
        name = f"{first} {last}"
    return " ".join(name.replace(",", " ").split())


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure a suggestion is: the same name, a similar one, or none."""

    pk: int | None
    sure: bool


def suggest(written: str, known: Mapping[str, list[int]]) -> Likeness:
    """Who it looks like. Two people of one name are never chosen between."""
    plain = plain_name(written)
    same = known.get(plain, [])
    if len(same) == 1:
        return Likeness(same[0], True)
    close = get_close_matches(plain, known, n=1, cutoff=CLOSE) if plain and not same else []
    alike = known[close[0]] if close else []
    return Likeness(alike[0] if len(alike) == 1 else None, False)


def by_plain_name(named: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for pk, name in named:
        found.setdefault(plain_name(name), []).append(pk)
    return found
