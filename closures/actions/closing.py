"""Closing a case, hand by hand."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from cases import actions as case_actions
from cases.actions import add_journal
from cases.actions.rows import save
from cases.machine import State as CaseState
from cases.models import Case, ClosureReason
from casetransfer.protocols import pack_for
from casetransfer.protocols.predicates import NO, YES
from closures.actions.rows import applying, known_of, lock, lock_case
from closures.closing_day import closing_moment, day_gaps
from closures.machine import State
from closures.models import Closure, StepDown, TurnDone
from closures.net import net_gaps
from closures.permissions import check_can_start, check_can_take, check_can_withdraw
from closures.ways import KINDS, additions_to, applies, way_of
from teams.models import Person
from teams.refusals import Gap, refuse_if

MOVES = {"proposed": "propose", "authorised": "authorise", "checked": "record_checks", "closed": "close"}
TOLD = {"proposed": "closure_proposed", "authorised": "closure_authorised", "checked": "closure_checked"}


@transaction.atomic
def start_closure(*, case: Case, way: str, by: Person, at: datetime, added: Iterable[str] = ()) -> Closure:
    """Somebody begins to close a case along one of the protocol's ways. The case stays open until it is proposed."""
    case = lock_case(case)
    check_can_start(by, case)
    refuse_if(_start_gaps(case, way, at))
    pack, facts = pack_for(case.pack), known_of(case, at)
    row = way_of(pack, way).row
    certain = [other.code for other, answer in additions_to(pack, row, facts) if answer is YES]
    possible = {other.code for other, _ in additions_to(pack, row, facts)}
    plan = way_of(pack, way, dict.fromkeys([*certain, *(code for code in added if code in possible)]))
    closure = Closure(
        case=case, way=way, added=[other.code for other in plan.added], pack=case.pack,
        pack_version=pack.identity.version, applying_items=applying(plan, case, at), waiting_since=at, started_at=at,
        started_by=by,
    )  # fmt: skip
    save(closure, by)
    says = f"Closing was begun: {plan.row.name[:1].lower()}{plan.row.name[1:]}."
    _tell(closure, "closure_started", says, by, at, plan.clauses[:1])
    return closure


@transaction.atomic
def take_turn(
    *, closure: Closure, by: Person, at: datetime, comment: str = "", reason: str = "", why: str = "",
    closed_on: date | None = None,
) -> Closure:  # fmt: skip
    """The hand whose turn it is has done its part: it proposes, authorises, has checked, or closes. The last one may
    write down a closing of an earlier day, `closed_on`."""
    closure = lock(closure)
    turn, move = closure.present_turn, MOVES[closure.present_turn.makes]
    refuse_if([] if closure.is_under_way else closure.blockers(move))
    check_can_take(by, closure)
    closure.applying_items = applying(closure.plan, closure.case, at)
    closure.reason, closure.why = reason or closure.reason, why.strip() or closure.why
    refuse_if([*closure.blockers(move), *_turn_gaps(closure, comment, closed_on, at)])
    getattr(closure, move)()
    TurnDone.objects.create(
        closure=closure, number=turn.number, makes=turn.makes, comment=comment.strip(), done_at=at, done_by=by
    )
    if turn.makes == "closed":
        _close(closure, by, at, closing_moment(closed_on, at))
    else:
        _hand_on(closure, by, at)
    return closure


@transaction.atomic
def send_back(*, closure: Closure, because: str, by: Person, at: datetime) -> Closure:
    """The hand before has something to put right; its part is done again."""
    closure = lock(closure)
    refuse_if(closure.blockers("send_back"))
    check_can_take(by, closure)
    gaps = [] if closure.turn > 1 else [Gap("Nobody has done anything before this: withdraw it instead.")]
    refuse_if(gaps + ([] if because.strip() else [Gap("Say what is to be put right.", field="because")]))
    closure.send_back()
    closure.turn, closure.waiting_since = closure.turn - 1, at
    before = closure.turns_done.get(number=closure.turn, returned_at=None)
    before.returned_at, before.returned_by, before.returned_because = at, by, because.strip()
    save(before, by)
    save(closure, by)
    hand = closure.plan.hand_names(closure.present_turn).lower()
    says = f"The closing was sent back to the {hand}: {because.strip()}"
    _tell(closure, "closure_sent_back", says, by, at)
    return closure


@transaction.atomic
def withdraw(*, closure: Closure, because: str, by: Person, at: datetime) -> Closure:
    """The case is not to be closed after all."""
    closure = lock(closure)
    refuse_if(closure.blockers("withdraw"))
    check_can_withdraw(by, closure)
    refuse_if([] if because.strip() else [Gap("Say why the case stays open.", field="because")])
    closure.withdraw()
    closure.withdrawn_at, closure.withdrawn_by, closure.ended_because = at, by, because.strip()
    save(closure, by)
    if closure.case.state == CaseState.CLOSING:
        case_actions.keep_open(case=closure.case, by=by, at=at, why=because.strip())
    _tell(closure, "closure_withdrawn", f"The closing was withdrawn: {because.strip()}", by, at)
    return closure


def _hand_on(closure: Closure, by: Person, at: datetime) -> None:
    turn, plan = closure.present_turn, closure.plan
    closure.turn, closure.waiting_since = turn.number + 1, at
    save(closure, by)
    if closure.case.state == CaseState.OPEN:
        case_actions.start_closing(case=closure.case, by=by, at=at)
    following = plan.hand_names(closure.present_turn).lower()
    says = (
        f"{State(closure.state).label}: {plan.row.name[:1].lower()}{plan.row.name[1:]}. It waits for the {following}."
    )
    _tell(closure, TOLD[turn.makes], says, by, at, turn.clauses)
    if plan.is_step_down and turn.makes == "authorised":
        _tell(closure, "step_down_agreed", "The step-down was agreed.", by, at, turn.clauses)


def _close(closure: Closure, by: Person, at: datetime, closed_at: datetime) -> None:
    clause = ", ".join(closure.present_turn.clauses)
    closure.closed_at, closure.closed_by = closed_at, by
    save(closure, by)
    closure.case = case_actions.close_case(
        case=closure.case, reason=closure.reason, by=by, at=at, effective_at=closed_at, clause=clause
    )


@transaction.atomic
def end_with_case(*, case: Case, at: datetime) -> None:
    """The case was closed some other way, so there is nothing left to close."""
    for closure in Closure.objects.under_way().filter(case=case):
        closure.withdraw()
        closure.withdrawn_at, closure.ended_because = at, "The case was closed in the council's own record."
        save(closure, None)


def _start_gaps(case: Case, way: str, at: datetime) -> list[Gap]:
    if not case.is_held:
        return [Gap(f"Case {case.reference} is closed.")]
    open_one = case.closures.under_way().first()
    if open_one:
        return [Gap(f"The closing of this case has been begun already: {open_one.reference}.")]
    pack = pack_for(case.pack)
    row = next((row for row in pack.closure if row.code == way and row.kind in KINDS), None)
    if row is None:
        return [Gap("Choose how the case closes.", field="way")]
    if applies(pack, row, known_of(case, at)) is NO:
        return [Gap(f"This way of closing is not for this child: {row.name}.", row.clauses, "way")]
    return []


def _turn_gaps(closure: Closure, comment: str, closed_on: date | None, at: datetime) -> list[Gap]:
    gaps = []
    if closure.reason and closure.reason not in ClosureReason.values:
        gaps.append(Gap("Choose the reason for closure.", field="reason"))
    if not closure.why:
        gaps.append(Gap("Say why the case can close.", field="why"))
    if closure.present_turn.makes == "authorised" and closure.turn > 1 and not comment.strip():
        gaps.append(Gap("Say why you authorise the closing.", field="comment"))
    if closure.is_last_turn:
        gaps += day_gaps(closure, closed_on, at)
        gaps += [*closure.case.blockers("close"), *net_gaps(closure, at), *_step_down_gaps(closure)]
    return gaps


def _step_down_gaps(closure: Closure) -> list[Gap]:
    if not closure.plan.needs_lead:
        return []
    step_down = StepDown.objects.filter(closure=closure).first()
    if step_down and (step_down.lead_professional or step_down.sought_by):
        return []
    return [Gap("Record the step-down: the lead professional, or who keeps looking for one.")]


def _tell(closure: Closure, kind: str, says: str, by: Person, at: datetime, clauses: Iterable[str] = ()) -> None:
    add_journal(
        closure.case, kind, says[:500], by=by, at=at, clause=", ".join(clauses)[:200], subject=closure,
        closure=closure.reference, way=closure.way,
    )  # fmt: skip
