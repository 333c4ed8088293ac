"""The closings that wait, the oldest first."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.timezone import localdate

from cases.models import Involvement, Standing
from casetransfer import calendars
from closures.models import Closure, serves_all
from closures.permissions import PERMISSION_OF
from closures.ways import Turn
from teams.models import Person
from teams.roles import Permission

PER_PAGE = 50


@dataclass(frozen=True)
class QueueRow:
    closure: Closure
    child: str
    team: str
    name: str
    waits_for: str
    waiting: str
    colour: str
    lines_left: int
    is_mine: bool


@dataclass(frozen=True)
class Queue:
    page: Page
    total: int
    mine_only: bool
    words: str

    @classmethod
    def of(cls, person: Person, at: datetime, *, mine_only: bool, number: str, words: str) -> "Queue":
        standing = Standing.of(person)
        found = (
            Closure.objects.visible_to(person, standing).under_way().select_related("case__child", "case__authority")
        )
        if words:
            found = found.filter(case__child__search_text__contains=words.lower()) | found.filter(
                case__reference__iexact=words
            )
        closures = list(found.prefetch_related("checks"))
        teams = _teams_of(closures)
        serves = serves_all(standing)
        rows = [_queue_row(closure, teams, standing, serves, at) for closure in closures]
        shown = [row for row in rows if row.is_mine or not mine_only]
        return cls(Paginator(shown, PER_PAGE).get_page(number), len(shown), mine_only, words)


def _teams_of(closures: list[Closure]) -> dict[int, Involvement]:
    held = Involvement.objects.current().responsible().filter(case__in=[closure.case_id for closure in closures])
    return {line.case_id: line for line in held.select_related("team")}


def _queue_row(
    closure: Closure, teams: dict[int, Involvement], standing: Standing, serves: bool, at: datetime
) -> QueueRow:
    turn, holding = closure.present_turn, teams.get(closure.case_id)
    waited = calendars.default().working_days_between(localdate(closure.waiting_since), localdate(at))
    answered = {check.item for check in closure.checks.all()}
    left = [item for item in turn.items if item.code in closure.applying_items and item.code not in answered]
    return QueueRow(
        closure, closure.case.child.name, holding.team.name if holding else "", closure.plan.row.name,
        closure.plan.hand_names(turn), waiting_in_words(waited), waiting_colour(waited), len(left),
        _may_be_mine(closure, turn, holding, standing, serves),
    )  # fmt: skip


def _may_be_mine(closure: Closure, turn: Turn, holding: Involvement | None, standing: Standing, serves: bool) -> bool:
    wanted = {PERMISSION_OF.get(one, Permission.PROPOSE_CLOSURE) for one in closure.plan.acts_as(turn)}
    teams = {team for permission in wanted for team in standing.teams_with(permission)}
    everywhere = bool(teams & standing.teams_with(Permission.SEE_ALL_CASES))
    mine = holding is not None and holding.team_id in teams
    return mine or everywhere or (serves and Permission.COMPLETE_CLOSURE in wanted)


def waiting_in_words(days: int) -> str:
    if days <= 0:
        return "Since today"
    return "1 working day" if days == 1 else f"{days} working days"


def waiting_colour(days: int) -> str:
    """No protocol gives a limit for the hands: these are this system's own, to bring the oldest to the eye."""
    if days >= 5:
        return "red"
    return "amber" if days >= 3 else "blue"
