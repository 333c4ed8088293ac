"""What the pages of this room show, ready made."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.facts import facts_of
from cases.models import Case, ClosureReason, Involvement, Part, Standing
from casetransfer import calendars
from casetransfer.protocols import pack_for
from casetransfer.protocols.predicates import UNKNOWN, YES
from closures.guards import DOES_NOT_APPLY, DONE, UNDO_WITHIN, WAIVED
from closures.machine import ReturnState, State
from closures.models import Check, Closure, Departure, Return, StepDown, serves_all
from closures.net import net_gaps, owed_to_child
from closures.permissions import (
    PERMISSION_OF,
    can_answer_return,
    can_decide_return,
    can_depart,
    can_reopen,
    can_take,
    can_undo,
    can_waive,
    can_withdraw,
    held_last,
    why_not_take,
)
from closures.retention import Retention, retention
from closures.ways import NO_LOCAL_RULE, Turn, Way, additions_to, unsettled, ways_for
from closures.windows import windows_after
from teams.models import Person
from teams.refusals import Gap
from teams.roles import Permission

PER_PAGE = 50
VERBS = {"proposed": "Propose closing", "authorised": "Authorise closing", "closed": "Close the case"}
STRENGTHS = {
    "blocking": "Mandatory", "waivable": "May be waived", "advisory": "A reason is enough",
    "practice_issue": "Never delays",
}  # fmt: skip
ANSWERED = {DONE: ("Done", "green"), WAIVED: ("Waived", "amber"), DOES_NOT_APPLY: ("Does not apply", "grey")}
NOT_ANSWERED, NOT_DONE = ("Not answered", "grey"), ("Not done", "red")


@dataclass(frozen=True)
class Banner:
    child: str
    age: str
    reference: str
    holder: str
    worker: str
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, on: datetime) -> "Banner":
        child, day = case.child, localdate(on)
        lines = case.involvements.current().select_related("team", "person")
        by_part = {line.role: line for line in lines}
        holding, worker = by_part.get(Part.RESPONSIBLE_TEAM), by_part.get(Part.ALLOCATED_SOCIAL_WORKER)
        age = words.age(child.date_of_birth, child.expected_delivery_date, day, child.died_on)
        warnings = tuple(child.warnings.filter(ended_at=None).values_list("says", flat=True))
        nobody = "Not allocated" if case.is_held else "Nobody: the case is closed"
        return cls(
            child.name, age, case.reference, holding.team.name if holding else "Nobody: the case is closed",
            worker.person.name if worker and worker.person else nobody, warnings,
        )  # fmt: skip


@dataclass(frozen=True)
class Step:
    label: str
    when: str
    state: str


@dataclass(frozen=True)
class Line:
    """A line of the checklist as it stands, with its evidence beside it."""

    what: str
    who: str
    strength: str
    answer: str
    colour: str
    evidence: str
    is_link: bool
    reason: str
    by: str
    when: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Hand:
    """What one hand did or is to do."""

    name: str
    verb: str
    steps: tuple[str, ...]
    lines: tuple[Line, ...]
    by: str
    when: str
    comment: str
    is_now: bool
    is_general: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    label: str
    url: str
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class ClosurePage:
    closure: Closure
    banner: Banner
    name: str
    state: str
    steps: list[Step]
    hands: list[Hand]
    moves: list[Move]
    nothing: str
    reason: str
    notes: tuple[str, ...]
    owed: tuple[Gap, ...]
    departures: list[Departure]
    step_down: StepDown | None
    kept_until: Retention | None

    @classmethod
    def of(cls, closure: Closure, person: Person, at: datetime) -> "ClosurePage":
        plan, standing = closure.plan, Standing.of(person)
        waits = why_not_take(person, closure, standing) if closure.is_under_way else ""
        return cls(
            closure, Banner.of(closure.case, at), plan.row.name, closure.get_state_display(),
            [_step(closure, turn) for turn in plan.turns], [_hand(closure, turn) for turn in plan.turns],
            _moves(closure, person, standing, at), waits or _over(closure),
            closure.get_reason_display() if closure.reason else "", _notes(plan),
            (*closure.case.blockers("close"), *net_gaps(closure, at)) if closure.is_under_way else (),
            list(closure.departures.select_related("decided_by")),
            StepDown.objects.filter(closure=closure).first(), _kept_until(closure),
        )  # fmt: skip


@dataclass(frozen=True)
class PartPage:
    """The page on which one hand does its part."""

    closure: Closure
    banner: Banner
    title: str
    button: str
    steps: tuple[str, ...]
    before: list[Hand]
    gaps: tuple[Gap, ...]
    clauses: tuple[str, ...]
    is_general: bool

    @classmethod
    def of(cls, closure: Closure, at: datetime) -> "PartPage":
        turn = closure.present_turn
        before = [_hand(closure, earlier) for earlier in closure.plan.turns[: turn.number - 1]]
        gaps = (*closure.case.blockers("close"), *net_gaps(closure, at))
        return cls(
            closure, Banner.of(closure.case, at), verb_of(turn), verb_of(turn), tuple(step.what for step in turn.steps),
            before, gaps, turn.clauses, turn.is_general,
        )  # fmt: skip


def verb_of(turn: Turn) -> str:
    return VERBS.get(turn.makes, "This part is done")


def done_in_words(closure: Closure) -> str:
    """What has just been done, and who is next."""
    if not closure.is_under_way:
        return "The case is closed."
    return f"Done. It now waits for: {closure.plan.hand_names(closure.present_turn)}."


def waivable_by(person: Person, closure: Closure) -> set[str]:
    return {item.code for item in closure.present_turn.items if can_waive(person, closure, item)}


def _step(closure: Closure, turn: Turn) -> Step:
    done = closure.hands.get(turn.number)
    if done and (turn.number < closure.turn or not closure.is_under_way):
        return Step(closure.plan.hand_names(turn), f"{done.done_by.name}, {words.moment(done.done_at)}", "done")
    now = closure.is_under_way and turn.number == closure.turn
    return Step(closure.plan.hand_names(turn), "", "now" if now else "ahead")


def _hand(closure: Closure, turn: Turn) -> Hand:
    done = closure.hands.get(turn.number)
    lines = [_line(closure, turn, item) for item in turn.items if item.code in closure.applying_items]
    return Hand(
        closure.plan.hand_names(turn), verb_of(turn), tuple(step.what for step in turn.steps), tuple(lines),
        done.done_by.name if done else "", words.moment(done.done_at) if done else "", done.comment if done else "",
        closure.is_under_way and turn.number == closure.turn, turn.is_general, turn.clauses,
    )  # fmt: skip


def _line(closure: Closure, turn: Turn, item) -> Line:
    check: Check | None = closure.answers.get(item.code)
    word, colour = ANSWERED.get(check.answer, NOT_DONE) if check else NOT_ANSWERED
    return Line(
        item.what, closure.plan.hand_names(turn), STRENGTHS[item.policy], word, colour, check.evidence if check else "",
        item.evidence == "link", check.reason if check else "", check.answered_by.name if check else "",
        words.moment(check.answered_at) if check else "", item.clauses,
    )  # fmt: skip


def _may_be_undone(closure: Closure, at: datetime) -> bool:
    closed_at = closure.closed_at
    return closed_at is not None and closed_at == closure.case.closed_at and at <= closed_at + UNDO_WITHIN


def _moves(closure: Closure, person: Person, standing: Standing, at: datetime) -> list[Move]:
    moves = []
    if can_take(person, closure, standing):
        moves.append(Move(verb_of(closure.present_turn), reverse("closures:part", args=[closure.reference])))
        if closure.turn > 1:
            moves.append(Move("Send it back", reverse("closures:send_back", args=[closure.reference])))
        if closure.plan.is_step_down:
            moves.append(Move("Record the step-down", reverse("closures:step_down", args=[closure.reference])))
    if closure.is_under_way and can_depart(person, closure, standing):
        for owed in owed_to_child(closure, at):
            if owed.departable:
                address = reverse("closures:decide_otherwise", args=[closure.reference, owed.code])
                moves.append(Move(f"Decide otherwise: {owed.gap.sentence}", address))
    if closure.state == State.CLOSED and can_undo(person, closure, standing) and _may_be_undone(closure, at):
        moves.append(Move("Undo the closing", reverse("closures:undo", args=[closure.reference])))
    if closure.state == State.CLOSED and not closure.case.is_held and can_reopen(person, closure.case, standing):
        moves.append(Move("Open the case again", reverse("closures:reopen", args=[closure.case.reference])))
    if closure.is_under_way and can_withdraw(person, closure, standing):
        moves.append(Move("Keep the case open", reverse("closures:withdraw", args=[closure.reference])))
    return moves


def _over(closure: Closure) -> str:
    if closure.closed_at and closure.state == State.CLOSED:
        return f"The case was closed on {words.moment(closure.closed_at)}."
    return f"This closing is {closure.get_state_display().lower()}: {closure.ended_because}"


def _kept_until(closure: Closure) -> Retention | None:
    case = closure.case
    if not closure.closed_at or case.is_held:
        return None
    ever = case.spells.standing().filter(code="looked_after").exists()
    return retention(
        born=case.child.date_of_birth, died=case.child.died_on, closed=localdate(closure.closed_at),
        was_looked_after=ever, adopted=closure.reason == ClosureReason.ADOPTED,
    )  # fmt: skip


def _notes(plan: Way) -> tuple[str, ...]:
    general = [NO_LOCAL_RULE] if any(turn.is_general for turn in plan.turns) else []
    return (*general, *(row.note for row in plan.rows if row.note))


# --- ended ---


@dataclass(frozen=True)
class EndedPage:
    """How a case ended, for whoever opens it again or deals with the child's return."""

    case: Case
    banner: Banner
    closed: str
    reason: str
    why: str
    team: str
    worker: str
    windows: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, at: datetime) -> "EndedPage":
        last = held_last(case)
        closure = case.closures.filter(state=State.CLOSED, closed_at=case.closed_at).first()
        worker = case.involvements.standing().allocated().filter(period__endswith=case.closed_at)
        person = worker.select_related("person").first() if case.closed_at else None
        windows = []
        if case.closed_at:
            pack, facts = pack_for(case.pack), facts_of(case, at).read()
            for kind, says in KINDS_OF_RETURN.items():
                windows += [
                    f"{says}: until {words.day(window.last_day)}. {window.row.what}."
                    for window in windows_after(pack, case.closed_at, facts, kind)
                ]
        return cls(
            case, Banner.of(case, at), words.moment(case.closed_at) if case.closed_at else "",
            case.get_closure_reason_display() if case.closure_reason else "", closure.why if closure else "",
            last.team.name if last else "", person.person.name if person and person.person else "", tuple(windows),
        )  # fmt: skip


KINDS_OF_RETURN = {"contact": "A contact", "court_report": "A court report"}


def returns_for(person: Person) -> list[Return]:
    return list(Return.objects.visible_to(person).waiting().select_related("case__child", "to_team", "to_worker"))


@dataclass(frozen=True)
class ReturnPage:
    came_back: Return
    ended: EndedPage
    answers: list[tuple[str, str]]
    waits_for: str

    @classmethod
    def of(cls, came_back: Return, person: Person, at: datetime) -> "ReturnPage":
        answers = []
        if came_back.state in (ReturnState.OFFERED, ReturnState.ESCALATED) and can_answer_return(person, came_back):
            answers.append(("accept", "Take the child back: open the case again"))
        if came_back.state == ReturnState.OFFERED and answers:
            answers.append(("refuse", "Refuse: the managers above decide"))
        if came_back.state == ReturnState.ESCALATED and can_decide_return(person, came_back):
            answers.append(("let_go", "Send the child the way of every new case"))
        above = "the managers above" if came_back.state == ReturnState.ESCALATED else came_back.to_team.name
        return cls(came_back, EndedPage.of(came_back.case, at), answers, f"This waits for {above}.")


def step_down_so_far(closure: Closure) -> dict[str, object]:
    found = StepDown.objects.filter(closure=closure).values().first()
    return {name: value for name, value in (found or {}).items() if value}


# --- starting ---


@dataclass(frozen=True)
class StartPage:
    case: Case
    banner: Banner
    ways: list[tuple[str, str, str]]
    additions: list[tuple[str, str]]

    @classmethod
    def of(cls, case: Case, at: datetime) -> "StartPage":
        pack, facts = pack_for(case.pack), facts_of(case, at).read()
        ways, additions = [], {}
        for kind in ("closure", "step_down"):
            for way, answer in ways_for(pack, facts, kind):
                hint = f"Only if: {' '.join(unsettled(pack, way.row, facts))}" if answer is UNKNOWN else ""
                ways.append((way.code, way.row.name, hint or _hands_of(way)))
                for row, found in additions_to(pack, way.row, facts):
                    if found is not YES:
                        additions[row.code] = row.name
        return cls(case, Banner.of(case, at), ways, list(additions.items()))


def _hands_of(way: Way) -> str:
    hands = ", then ".join(dict.fromkeys(way.hand_names(turn).lower() for turn in way.turns))
    return f"By the {hands}."


# --- the queue ---


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
