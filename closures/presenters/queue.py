"""The closings that wait, the oldest first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.timezone import localdate

from cases.models import Involvement, Standing
from cases.words import plural
from casetransfer import calendars
from casetransfer.protocols.rows import Item
from closures.models import Closure, serves_all
from closures.permissions import PERMISSION_OF
from teams.listing import MOST_IN_A_FILE, Cell, Column, Found, Listed, Row
from teams.models import Person
from teams.roles import Permission

PER_PAGE = 50
QUEUE = Listed(
    place="closings",
    caption="Closings",
    columns=(
        Column("child", "Child", order="name", quiet_head="Case"),
        Column("waiting", "Waiting", order="longest", reverse="shortest"),
        Column("waits_for", "Waits for"),
        Column("lines_left", "Lines left", order="lines"),
        Column("team", "Team", order="team"),
        Column("way", "How it closes"),
    ),
    nothing="Nothing waits here. A closing begins on the page of its case, or with the number of the case above.",
    order="longest",
)


@dataclass(frozen=True)
class QueueRow:
    closure: Closure
    child: str
    team: str
    name: str
    waits_for: str
    waiting: str
    waited: int
    lines_left: int
    is_mine: bool

    @property
    def cells(self) -> Row:
        return {
            "child": Cell(self.child, url=self.closure.get_absolute_url(), quiet=self.closure.case.reference),
            "waiting": Cell(tag=self.waiting, colour=waiting_colour(self.waited)),
            "waits_for": Cell(self.waits_for),
            "lines_left": Cell(str(self.lines_left) if self.lines_left else "None"),
            "team": Cell(self.team),
            "way": Cell(self.name),
        }


ORDERS: dict[str, Callable[[QueueRow], Any]] = {
    "longest": lambda row: -row.waited,
    "shortest": lambda row: row.waited,
    "name": lambda row: (row.closure.case.child.family_name, row.child),
    "team": lambda row: (row.team, -row.waited),
    "lines": lambda row: row.lines_left,
}


def queue_of(person: Person, at: datetime, chosen: Mapping[str, str], words: str) -> list[QueueRow]:
    """What waits for this person, or all that they may see; the oldest first unless another order is chosen."""
    found = Waiting.of(person, words)
    rows = [_queue_row(closure, found, at) for closure in found.closures]
    team, every = chosen.get("team", ""), chosen.get("show") == "all"
    shown = [row for row in rows if (every or row.is_mine) and (not team or found.team_of(row.closure) == team)]
    return sorted(shown, key=ORDERS[chosen.get("order", "longest")])


def queue_page(rows: list[QueueRow], number: str | None) -> Found:
    page = Paginator(rows, PER_PAGE).get_page(number)
    says = plural(len(rows), "closing")
    return Found(tuple(row.cells for row in page), says, page.number, page.has_next(), len(rows) <= MOST_IN_A_FILE)


def _queue_row(closure: Closure, waiting: "Waiting", at: datetime) -> QueueRow:
    turn, holding = closure.present_turn, waiting.teams.get(closure.case_id)
    waited = waited_for(closure, at)
    return QueueRow(
        closure, closure.case.child.name, holding.team.name if holding else "", closure.plan.row.name,
        closure.plan.hand_names(turn), waiting_in_words(waited), waited, len(waiting.left(closure)),
        waiting.is_mine(closure),
    )  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """All closings that wait for somebody and that this person may see, read at once."""

    person: Person
    closures: list[Closure]
    teams: dict[int, Involvement]
    standing: Standing
    serves: bool

    @classmethod
    def of(cls, person: Person, words: str = "") -> "Waiting":
        standing = Standing.of(person)
        found = Closure.objects.visible_to(person, standing).under_way()
        found = found.select_related("case__child", "case__authority")
        if words:
            found = found.filter(case__child__search_text__contains=words.lower()) | found.filter(
                case__reference__iexact=words
            )
        closures = list(found.prefetch_related("checks", "turns_done"))
        held = Involvement.objects.current().responsible().filter(case__in=[closure.case_id for closure in closures])
        teams = {line.case_id: line for line in held.select_related("team")}
        return cls(person, closures, teams, standing, serves_all(standing))

    def team_of(self, closure: Closure) -> str:
        holding = self.teams.get(closure.case_id)
        return str(holding.team_id) if holding else ""

    def left(self, closure: Closure) -> list[Item]:
        """The lines of the present hand that nobody has answered."""
        answered = {check.item for check in closure.checks.all()}
        asked = [item for item in closure.present_turn.items if item.code in closure.applying_items]
        return [item for item in asked if item.code not in answered]

    def is_mine(self, closure: Closure) -> bool:
        """Whether it waits for this person: the role is theirs, and they have done no other part of it."""
        return self._is_my_hand(closure) and not self._was_another_hand(closure)

    def _is_my_hand(self, closure: Closure) -> bool:
        holding = self.teams.get(closure.case_id)
        wanted = {
            PERMISSION_OF.get(one, Permission.PROPOSE_CLOSURE) for one in closure.plan.acts_as(closure.present_turn)
        }
        teams = {team for permission in wanted for team in self.standing.teams_with(permission)}
        everywhere = bool(teams & self.standing.teams_with(Permission.SEE_ALL_CASES))
        held = holding is not None and holding.team_id in teams
        return held or everywhere or (self.serves and Permission.COMPLETE_CLOSURE in wanted)

    def _was_another_hand(self, closure: Closure) -> bool:
        turn = closure.present_turn
        done = [one for one in closure.turns_done.all() if one.returned_at is None and one.number < turn.number]
        mine = [closure.plan.turn(one.number) for one in done if one.done_by_id == self.person.pk]
        return turn.different_person and any(earlier.hand != turn.hand for earlier in mine)


def waited_for(closure: Closure, at: datetime) -> int:
    """In working days."""
    return calendars.default().working_days_between(localdate(closure.waiting_since), localdate(at))


def waiting_in_words(days: int) -> str:
    if days <= 0:
        return "Since today"
    return "1 working day" if days == 1 else f"{days} working days"


def waiting_colour(days: int) -> str:
    """No protocol gives a limit for the hands: these are this system's own, to bring the oldest to the eye."""
    if days >= 5:
        return "red"
    return "amber" if days >= 3 else "blue"
