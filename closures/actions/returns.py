"""A child comes back within a window of the protocol: offered to the team before, taken, refused, decided above."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from cases import actions as case_actions
from cases import words
from cases.actions import add_journal, queue_notices
from cases.actions.ledger import lock as lock_case
from cases.actions.rows import save
from cases.coming_back import Window, windows_after
from cases.facts import facts_of
from cases.models import Case, Contact
from cases.notices import Recipient, in_council, managers_of
from cases.permissions import held_last
from casetransfer.protocols import pack_for
from closures.models import Return
from closures.permissions import check_can_answer_return, check_can_decide_return, check_can_record_return, doors_of
from teams.models import Person
from teams.refusals import Gap, refuse_if
from teams.roles import PERMISSIONS_OF, Permission

DECIDES = {role for role, allowed in PERMISSIONS_OF.items() if Permission.DECIDE_DISPUTE in allowed}
"""The managers above, who decide where the team before refuses."""


@transaction.atomic
def record_return(
    *, case: Case, kind: str, came_on: date, reason_now: str, by: Person, at: datetime,
    same_reasons: bool | None = None, contact: Contact | None = None,
) -> Return:  # fmt: skip
    """The child came back: if the day lies in a window, the team (and worker) that closed is asked to take it, or where
    the protocol asks nobody, has it at once. `contact`: what brought it, which then goes to whoever holds the case."""
    case = lock_case(case)
    check_can_record_return(by, case)
    last = held_last(case)
    refuse_if(_contact_gaps(case, contact) + _return_gaps(case, kind, came_on, reason_now, same_reasons, at))
    assert case.closed_at is not None
    assert last is not None
    pack = pack_for(case.pack)
    row = next(one.row for one in windows_of(case, kind, at) if one.is_open_on(came_on))
    came_back = Return(
        case=case, row=row.code, pack=case.pack, pack_version=pack.identity.version, came_on=came_on, came_at=at,
        came_by=by, reason_now=reason_now.strip(), same_reasons=same_reasons, to_team=last.team,
        to_worker=_worker_before(case), contact=contact,
    )  # fmt: skip
    save(came_back, by)
    goes = "goes back by itself to" if row.automatic else "offered to"
    says = f"The child came back within the window: {goes} {last.team.name}."
    add_journal(case, "return_offered", says, by=by, at=at, clause=", ".join(row.clauses), subject=came_back)
    if not row.automatic:
        asked = [one for team in doors_of(came_back) or [last.team] for one in managers_of(team, localdate(at))]
        says = f"A child came back and is offered to {last.team.name}: take the child back, or refuse"
        _ask_to_answer(came_back, "child_comes_back", says, asked, at)
    if row.automatic:
        _take_back(came_back, by, at, because="By the protocol the child goes back without being asked for.")
    return came_back


@transaction.atomic
def accept_return(*, came_back: Return, by: Person, at: datetime) -> Return:
    """The team before takes the child back: its case is opened again, with the worker who had it if still there."""
    came_back = _lock(came_back)
    check_can_answer_return(by, came_back)
    refuse_if(came_back.blockers("accept"))
    _take_back(came_back, by, at)
    return came_back


def _take_back(came_back: Return, by: Person, at: datetime, because: str = "") -> None:
    """The case is open again in the team before, with the worker who had it if still there."""
    came_back.accept()
    _decided(came_back, by, at, because)
    worker, team = came_back.to_worker, came_back.to_team
    still_there = worker is not None and worker.is_active and worker.memberships.current(at.date()).filter(team=team)
    case_actions.reopen_case(
        case=came_back.case, team=team, by=by, at=at, why=came_back.reason_now[:300],
        worker=worker if still_there else None,
    )  # fmt: skip
    if came_back.contact and came_back.contact.is_undecided:
        case_actions.forward_contact(contact=came_back.contact, by=by, at=at)


@transaction.atomic
def refuse_return(*, came_back: Return, because: str, by: Person, at: datetime) -> Return:
    """The team before does not agree: the managers above decide."""
    came_back = _lock(came_back)
    check_can_answer_return(by, came_back)
    refuse_if(came_back.blockers("refuse") + ([] if because.strip() else [Gap("Say why.", field="because")]))
    came_back.refuse()
    _decided(came_back, by, at, because)
    says = f"{came_back.to_team.name} did not take the child back: {because.strip()}"
    add_journal(came_back.case, "return_refused", says[:500], by=by, at=at, subject=came_back)
    above = in_council(came_back.case.authority_id, DECIDES, localdate(at))
    asks = f"{came_back.to_team.name} did not take back a child who came back: you decide"
    _ask_to_answer(came_back, "return_refused", asks, above, at)
    return came_back


@transaction.atomic
def send_normal_way(*, came_back: Return, because: str, by: Person, at: datetime) -> Return:
    """It is still not accepted: the child goes the way of every new case."""
    came_back = _lock(came_back)
    check_can_decide_return(by, came_back)
    refuse_if(came_back.blockers("let_go") + ([] if because.strip() else [Gap("Say why.", field="because")]))
    came_back.let_go()
    _decided(came_back, by, at, because)
    says = f"The child goes the way of every new case: {because.strip()}"
    add_journal(came_back.case, "return_ended", says[:500], by=by, at=at, subject=came_back)
    return came_back


def _ask_to_answer(came_back: Return, code: str, says: str, to: list[Recipient], at: datetime) -> None:
    case, row = came_back.case, came_back.window
    queue_notices(
        authority=case.authority_id, case=case, code=code, subject=case.reference, occasion=f"return {came_back.pk}",
        title=f"{case.reference}: {says}"[:200], link=f"/closures/come-back/{came_back.pk}/", to=to, at=at,
        must_act=True, pack=came_back.pack, version=came_back.pack_version, clause=", ".join(row.clauses)[:200],
    )  # fmt: skip


def _decided(came_back: Return, by: Person, at: datetime, because: str) -> None:
    came_back.decided_at, came_back.decided_by, came_back.decided_because = at, by, because.strip()
    save(came_back, by)


def _lock(came_back: Return) -> Return:
    case = lock_case(came_back.case)
    fresh = (
        Return.objects.select_for_update(of=("self",), no_key=True)
        .select_related("to_team", "to_worker")
        .get(pk=came_back.pk)
    )
    fresh.case = case
    return fresh


def _worker_before(case: Case) -> Person | None:
    lines = case.involvements.standing().allocated().filter(period__endswith=case.closed_at)
    line = lines.select_related("person").first()
    return line.person if line else None


def windows_of(case: Case, kind: str, at: datetime) -> list[Window]:
    """The windows of the protocol that this closing opened."""
    if case.closed_at is None:
        return []
    return windows_after(pack_for(case.pack), case.closed_at, facts_of(case, at).read(), kind)


def _contact_gaps(case: Case, contact: Contact | None) -> list[Gap]:
    if contact is None:
        return []
    gaps = [] if contact.is_undecided else [Gap(f"Contact {contact.reference} has been decided already.")]
    return gaps + ([] if contact.child_id == case.child_id else [Gap("The contact is about another child.")])


def _return_gaps(
    case: Case, kind: str, came_on: date, reason_now: str, same_reasons: bool | None, at: datetime
) -> list[Gap]:
    gaps = [] if reason_now.strip() else [Gap("Say why the child comes back.", field="reason_now")]
    if case.closed_at is None:
        return [*gaps, Gap(f"Case {case.reference} is open: the team that holds it takes the contact.")]
    if came_on < localdate(case.closed_at):
        gaps.append(Gap(f"The case was closed on {words.day(localdate(case.closed_at))}, after that.", field="came_on"))
    last = held_last(case)
    if last and not last.team.is_in_use:
        says = f"{last.team.name} is no longer in use: the child goes the way of every new case."
        gaps.append(Gap(says))
    if came_on > localdate(at):
        gaps.append(Gap("The day cannot be in the future.", field="came_on"))
    if Return.objects.waiting().filter(case=case).exists():
        gaps.append(Gap("The team before has been asked already."))
    windows = windows_of(case, kind, at)
    within = [window for window in windows if window.is_open_on(came_on)]
    if not windows:
        gaps.append(Gap("The protocol has no window after closing: the child goes the way of every new case."))
    elif not within:
        ended = max(window.last_day for window in windows)
        says = f"The window ended on {words.day(ended)}: the child goes the way of every new case."
        gaps.append(Gap(says, windows[0].row.clauses, "came_on"))
    elif all(window.row.reasons == "same" for window in within):
        if same_reasons is None:
            gaps.append(
                Gap("Say whether the reasons are the same as at closing.", within[0].row.clauses, "same_reasons")
            )
        elif not same_reasons:
            says = "The reasons are not the same as at closing: the child goes the way of every new case."
            gaps.append(Gap(says, within[0].row.clauses, "same_reasons"))
    return gaps
