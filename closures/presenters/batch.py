"""The same line of many closings: which lines wait for a person, and the cases in which one of them waits."""

from dataclasses import dataclass
from datetime import datetime

from cases.words import plural
from casetransfer.protocols.rows import Item
from closures.models import Closure
from closures.presenters.hands import STRENGTHS
from closures.presenters.queue import PER_PAGE, Waiting, waited_for, waiting_colour, waiting_in_words
from teams.models import Person


@dataclass(frozen=True)
class WaitingLine:
    item: Item
    strength: str
    number: int
    waiting: str
    colour: str


@dataclass(frozen=True)
class WaitingCase:
    closure: Closure
    child: str
    team: str
    waiting: str
    colour: str


@dataclass(frozen=True)
class LinePage:
    """One line, and the cases in which it waits for this person, the oldest first."""

    item: Item
    strength: str
    cases: list[WaitingCase]
    number: int


def lines_for(person: Person, at: datetime) -> list[WaitingLine]:
    """The lines that wait for this person, those of most cases first."""
    found: dict[str, tuple[Item, list[int]]] = {}
    for closure, items in _mine(Waiting.of(person)):
        for item in items:
            found.setdefault(item.code, (item, []))[1].append(waited_for(closure, at))
    lines = [
        WaitingLine(item, STRENGTHS[item.policy], len(days), waiting_in_words(max(days)), waiting_colour(max(days)))
        for item, days in found.values()
    ]
    return sorted(lines, key=lambda line: -line.number)


def line_for(person: Person, code: str, at: datetime) -> LinePage | None:
    waiting = Waiting.of(person)
    found = [(closure, item) for closure, items in _mine(waiting) for item in items if item.code == code]
    if not found:
        return None
    item = found[0][1]
    cases = [_case(closure, waiting, at) for closure, _ in found[:PER_PAGE]]
    return LinePage(item, STRENGTHS[item.policy], cases, len(found))


def _mine(waiting: Waiting) -> list[tuple[Closure, list[Item]]]:
    return [(closure, waiting.left(closure)) for closure in waiting.closures if waiting.is_mine(closure)]


def _case(closure: Closure, waiting: Waiting, at: datetime) -> WaitingCase:
    holding, days = waiting.teams.get(closure.case_id), waited_for(closure, at)
    team = holding.team.name if holding else ""
    return WaitingCase(closure, closure.case.child.name, team, waiting_in_words(days), waiting_colour(days))


def ticked_in_words(number: int) -> str:
    return f"Recorded in {plural(number, 'case')}."
