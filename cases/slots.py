"""Where rooms above put their own things on the pages of a case. They register builders in their AppConfig.ready();
each builder is given the CaseContext (the case, who looks, when, the facts and the engine's decision, all read once)
and may take a fixed number of queries: a case page has 20 in all.

@slots.moves        -> list[Move]    what this person can do next, each with the reasons why not yet
@slots.panels       -> list[Panel]   a part of the case's overview, drawn by a template of their own
@slots.next_points  -> str           the next transfer point, for the banner ("" when there is none)
@slots.comings      -> list[Coming]  (cases, at): what else comes in cases of a caseload, in a fixed number of queries
@slots.contact_moves -> list[Move]   (contact, person, at): what else this person can do with an undecided contact
@slots.contact_links -> list[Link]   (person): lists of another room that belong beside the contacts
@slots.contact_holds -> list[Gap]    (contact, at): why it cannot become a referral to another team yet
@slots.previews     -> dict[str, str]   (case, at): what stands now, by key, to tell what a change would alter
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from cases import words
from cases.facts import BuiltFacts, facts_of
from cases.models import Case, Standing, Warning
from cases.permissions import Reach
from casetransfer.protocols import Decision
from teams.models import Person
from teams.refusals import Gap


@dataclass(frozen=True)
class CaseContext:
    case: Case
    person: Person
    standing: Standing
    at: datetime
    read: dict[str, Any] = field(default_factory=dict)
    """What a room has read for one of its slots and needs for another."""

    @cached_property
    def facts(self) -> BuiltFacts:
        return facts_of(self.case, self.at)

    @cached_property
    def reach(self) -> Reach:
        """What `permissions.can_...(person, case, reach)` takes, without asking the database again."""
        return Reach(self.standing, self.facts.record.current_lines)

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        return tuple(self.case.child.warnings.filter(ended_at=None))

    @cached_property
    def decision(self) -> Decision:
        return self.facts.decide()


SELDOM = 95
"""From this rank on a move is offered, and is never the main one: nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do. The lowest rank is the main one; with gaps, they stand in the place of its button."""

    label: str
    url: str
    gaps: tuple[Gap, ...] = ()
    rank: int = 50


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes in a case of somebody's caseload beside what is due in it: a move, say. `on`: by when, if by a day."""

    case: int
    says: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the overview: `template` is included with `panel` and reads `panel.content`."""

    heading: str
    template: str
    content: Any = None
    rank: int = 50


@dataclass(slots=True)
class Slot:
    """An ordered list of builders; used as a decorator to register one."""

    builders: list[Callable[..., Any]] = field(default_factory=list)

    def __call__(self, builder: Callable[..., Any]) -> Callable[..., Any]:
        if builder not in self.builders:
            self.builders.append(builder)
        return builder

    def gather(self, *given: Any) -> list[Any]:
        return [thing for builder in self.builders for thing in builder(*given)]


moves = Slot()
panels = Slot()
next_points = Slot()
comings = Slot()
previews = Slot()
contact_moves = Slot()
contact_links = Slot()
contact_holds = Slot()


def moves_of(context: CaseContext) -> list[Move]:
    return sorted(moves.gather(context), key=lambda move: move.rank)


def panels_of(context: CaseContext) -> list[Panel]:
    return sorted(panels.gather(context), key=lambda panel: panel.rank)


def next_point_of(context: CaseContext) -> str:
    """The first that a room names, else the engine's first recommended route."""
    named = next((point for builder in next_points.builders if (point := builder(context))), "")
    return named or _recommended_point(context)


def _recommended_point(context: CaseContext) -> str:
    for found in context.decision.recommended:
        if found.point:
            on = f", {words.weekday(found.point.on)}" if found.point.on else ""
            return f"{words.capital(found.point.says)}{on}"
    return ""


def standing_now(case: Case, at: datetime) -> dict[str, str]:
    return {key: says for builder in previews.builders for key, says in builder(case, at).items()}
