"""Answering the protocol's checklists, checking the answers, waiving what is missing, closing practice issues."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions import queue_notices
from cases.notices import managers_of
from teams.models import Person
from teams.refusals import Gap, refuse_if
from transfers.actions.rows import lock, save, tell
from transfers.brief import ItemState
from transfers.models import ChecklistAnswer, PracticeIssue, Says, Transfer, Waiver
from transfers.permissions import check_can, check_can_sign


@transaction.atomic
def answer_item(
    *, transfer: Transfer, item: str, says: str, by: Person | None, at: datetime, dated_on: date | None = None,
    link: str = "", text: str = "",
) -> ChecklistAnswer:  # fmt: skip
    """Somebody says that a thing is done (with its evidence), does not apply, or is missing. An answer given again
    takes the place of the one before; the receiving manager looks at it anew."""
    transfer = lock(transfer, at)
    check_can(by, "answer", transfer)
    state, given = _item(transfer, item), Given(item, says, dated_on, link.strip(), text.strip())
    refuse_if([*_over(transfer, state), *_answer_gaps(state, given, at)])
    return _answer(transfer, state, given, by, at)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as a person gives it."""

    item: str
    says: str
    dated_on: date | None = None
    link: str = ""
    text: str = ""


@transaction.atomic
def answer_items(
    *, transfer: Transfer, answers: Iterable[Given], by: Person | None, at: datetime
) -> list[ChecklistAnswer]:
    """Several answers at once; all of them, or none and every reason, each about the box of its own item."""
    transfer = lock(transfer, at)
    check_can(by, "answer", transfer)
    given = [(_item(transfer, one.item), one) for one in answers]
    gaps = [gap for state, _ in given for gap in _over(transfer, state)]
    about = [(one.item, gap) for state, one in given for gap in _answer_gaps(state, one, at)]
    refuse_if([*gaps, *(replace(gap, field=f"{item}-{gap.field}") for item, gap in about)])
    return [_answer(transfer, state, one, by, at) for state, one in given]


def _answer(transfer: Transfer, state: ItemState, given: Given, by: Person | None, at: datetime) -> ChecklistAnswer:
    answer = state.answer or ChecklistAnswer(transfer=transfer, item=given.item)
    answer.says, answer.dated_on, answer.link, answer.text = given.says, given.dated_on, given.link, given.text
    answer.answered_at, answer.answered_by = at, by
    answer.checked_at, answer.checked_by, answer.found_wanting = None, None, ""
    save(answer, by)
    if state.waiver and given.says == Says.YES:  # what is there need not be waived
        state.waiver.ended_at, state.waiver.ended_by = at, by
        save(state.waiver, by)
    told, clauses = f"{state.item.what}: {Says(given.says).label.lower()}. {given.text}".strip(), state.item.clauses
    tell(transfer, "checklist_answered", told, by=by, at=at, subject=answer, clauses=clauses, item=given.item)
    return answer


@transaction.atomic
def check_item(
    *, transfer: Transfer, item: str, by: Person | None, at: datetime, found_wanting: str = ""
) -> ChecklistAnswer:
    """The receiving manager's own look at an answer: in order, or wanting and why."""
    transfer = lock(transfer, at)
    check_can(by, "check", transfer)
    state = _item(transfer, item)
    answer = state.answer
    missing = [] if answer else [Gap("There is no answer to check yet.")]
    if answer and answer.answered_by_id and by and answer.answered_by_id == by.pk:
        missing.append(Gap("Somebody else must check what you answered."))
    refuse_if([*_over(transfer, state), *missing])
    assert answer is not None
    answer.checked_at, answer.checked_by, answer.found_wanting = at, by, found_wanting.strip()
    save(answer, by)
    outcome = f"not in order: {found_wanting.strip()}" if found_wanting.strip() else "in order"
    tell(
        transfer, "checklist_checked", f"{state.item.what}: {outcome}.", by=by, at=at, subject=answer,
        clauses=state.item.clauses, item=item,
    )  # fmt: skip
    return answer


@transaction.atomic
def waive_item(
    *, transfer: Transfer, item: str, reason: str, expires_on: date, by: Person | None, at: datetime
) -> Waiver:
    """The first manager asks that the move goes on without this paper. It counts once a second one has signed."""
    transfer = lock(transfer, at)
    check_can(by, "waive", transfer)
    state = _item(transfer, item)
    refuse_if([*_over(transfer, state), *_waiver_gaps(state, reason, expires_on, at)])
    if state.waiver:
        state.waiver.ended_at, state.waiver.ended_by = at, by
        save(state.waiver, by)
    waiver = Waiver(
        transfer=transfer, item=item, reason=reason.strip(), expires_on=expires_on, asked_at=at, asked_by=by
    )
    save(waiver, by)
    says = f"To go on without: {state.item.what}, until {words.day(expires_on)}. {reason.strip()}"
    tell(transfer, "waiver_asked", says, by=by, at=at, subject=waiver, clauses=state.item.clauses, item=item)
    _ask_to_sign(waiver, state, by, at)
    return waiver


def _ask_to_sign(waiver: Waiver, state: ItemState, by: Person | None, at: datetime) -> None:
    """Those who may give the second name: the managers of both sides but for the first one."""
    transfer, on = waiver.transfer, localdate(at)
    managers = [one for team in transfer.side_of("both") for one in managers_of(team, on)]
    queue_notices(
        authority=transfer.case.authority_id, case=transfer.case, code="waiver_to_sign", subject=transfer.reference,
        occasion=f"waiver {waiver.pk}", to=[one for one in managers if one.person is None or one.person != by], at=at,
        title=f"{transfer.reference}: a waiver waits for a second manager's name", must_act=True,
        lines=[f"To go on without: {state.item.what}"[:300], f"Until {words.day(waiver.expires_on)}."],
        link=f"{transfer.get_absolute_url()}items/{waiver.item}/sign/", pack=transfer.pack, version=transfer.version,
        clause=", ".join(state.item.clauses)[:200],
    )  # fmt: skip


@transaction.atomic
def sign_waiver(*, waiver: Waiver, by: Person | None, at: datetime) -> Waiver:
    """The second manager's name."""
    transfer = lock(waiver.transfer, at)
    waiver = Waiver.objects.select_related("transfer", "asked_by", "signed_by").get(pk=waiver.pk)
    waiver.transfer = transfer
    check_can_sign(by, waiver)
    state = _item(transfer, waiver.item)
    gaps = _over(transfer, state)
    if waiver.signed_at:
        gaps.append(Gap(f"{waiver.signed_by.name if waiver.signed_by else 'The system'} has signed this already."))
    gaps += [Gap("This waiver was replaced by another.")] if waiver.ended_at else []
    refuse_if(gaps)
    waiver.signed_at, waiver.signed_by = at, by
    save(waiver, by)
    first = waiver.asked_by.name if waiver.asked_by else "the system"
    second = by.name if by else "the system"
    says = f"{first} and {second} let it go on without: {state.item.what}, until {words.day(waiver.expires_on)}."
    tell(transfer, "item_waived", says, by=by, at=at, subject=waiver, clauses=state.item.clauses, item=waiver.item)
    return waiver


@transaction.atomic
def end_waiver(*, waiver: Waiver, why: str, by: Person | None, at: datetime) -> Waiver:
    """Nothing goes on without this paper any more: it is there, or it is wanted after all. Also after the move, when
    nobody fills in what came before it."""
    transfer = lock(waiver.transfer, at)
    check_can(by, "waive", transfer)
    waiver = Waiver.objects.select_related("transfer", "ended_by").get(pk=waiver.pk)
    waiver.transfer = transfer
    gaps = [] if why.strip() else [Gap("Say why the waiver ends.", field="why")]
    gaps += [] if transfer.case.is_held else [Gap(f"Case {transfer.case.reference} is closed.")]
    if waiver.ended_at:
        gaps.append(Gap(f"{waiver.ended_by.name if waiver.ended_by else 'The system'} has ended this waiver already."))
    refuse_if(gaps)
    waiver.ended_at, waiver.ended_by = at, by
    save(waiver, by)
    item = next((state.item for state in transfer.brief.items if state.item.code == waiver.item), None)
    says = f"The waiver ended: {item.what if item else 'a paper of the checklist'}. {why.strip()}"
    clauses = item.clauses if item else ()
    tell(transfer, "waiver_ended", says, by=by, at=at, subject=waiver, clauses=clauses, item=waiver.item)
    return waiver


@transaction.atomic
def close_practice_issues(
    *, transfer: Transfer, items: Iterable[str], outcome: str, by: Person | None, at: datetime
) -> list[PracticeIssue]:  # fmt: skip
    """What was missing when the case moved is sorted out, several papers at once where one answer is about them all."""
    transfer = lock(transfer, at)
    check_can(by, "check", transfer)
    wanted = set(items)
    found = list(transfer.practice_issues.filter(item__in=wanted).select_related("closed_by"))
    gaps = [] if outcome.strip() else [Gap("Say how it was sorted out.", field="outcome")]
    if not wanted or wanted != {issue.item for issue in found}:
        gaps.append(Gap("Choose what is sorted out.", field="items"))
    done = next((issue for issue in found if issue.closed_at), None)
    if done:
        gaps.append(Gap(f"{done.closed_by.name if done.closed_by else 'The system'} has sorted this out already."))
    refuse_if(gaps)
    named = {state.item.code: state.item for state in transfer.brief.items}
    for issue in found:
        issue.closed_at, issue.closed_by, issue.outcome = at, by, outcome.strip()
        save(issue, by)
        item = named.get(issue.item)
        says = f"Sorted out: {item.what if item else 'a paper that was missing'}. {outcome.strip()}"
        clauses = item.clauses if item else ()
        tell(transfer, "practice_issue_closed", says, by=by, at=at, subject=issue, clauses=clauses)
    return found


def _item(transfer: Transfer, code: str) -> ItemState:
    found = next((state for state in transfer.brief.items if state.item.code == code), None)
    if found is None:
        refuse_if([Gap("This item is not asked for on this route.")])
    assert found is not None
    return found


def _over(transfer: Transfer, state: ItemState) -> list[Gap]:
    """After the move only what the protocol wants afterwards is still answered."""
    if transfer.finished_at is None or (transfer.state == "completed" and state.item.gate == "after"):
        return []
    return [Gap(transfer.stands)]


WANTED = {"date": "Give the date.", "link": "Give the link to it.", "text": "Say what it is.", "name": "Give the name.",
          "choice": "Choose one."}  # fmt: skip


def _answer_gaps(state: ItemState, given: Given, at: datetime) -> list[Gap]:
    says, dated_on, link, text = given.says, given.dated_on, given.link, given.text
    item = state.item
    if says not in Says.values:
        return [Gap("Say whether it is done.", field="says")]
    if says == Says.NOT_APPLICABLE and item.policy == "blocking" and state.applies:
        return [Gap(f"{item.what}: the protocol asks for this in every such case.", item.clauses, field="says")]
    if says != Says.YES:
        return [] if text else [Gap("Say why.", field="text")]
    gaps = []
    if dated_on and dated_on > localdate(at):
        gaps.append(Gap("The date cannot be in the future.", field="dated_on"))
    if link and not link.startswith("https://"):
        gaps.append(Gap("The link must begin with https://.", field="link"))
    if item.evidence == "choice" and item.options and text and text not in item.options:
        gaps.append(Gap(f"Choose one of: {', '.join(item.options)}.", field="text"))
    shown = {"date": dated_on, "link": link, "text": text, "name": text, "choice": text, "tick": True}[item.evidence]
    field = {"date": "dated_on", "link": "link"}.get(item.evidence, "text")
    return gaps if shown else [*gaps, Gap(WANTED[item.evidence], field=field)]


def _waiver_gaps(state: ItemState, reason: str, expires_on: date, at: datetime) -> list[Gap]:
    item = state.item
    gaps = [] if reason.strip() else [Gap("Give the reason.", field="reason")]
    if item.policy != "waivable":
        gaps.append(Gap(f"{item.what}: the protocol lets nobody waive this.", item.clauses))
    if expires_on <= localdate(at):
        gaps.append(Gap("The waiver must end on a day in the future.", field="expires_on"))
    if state.is_answered:
        gaps.append(Gap(f"{item.what}: this is answered, so there is nothing to waive."))
    if state.waived:
        gaps.append(Gap("This is waived already."))
    return gaps
