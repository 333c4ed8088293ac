"""Answering the lines of a closing checklist, a few at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cases.actions import add_journal
from cases.actions.rows import save
from casetransfer.protocols.rows import Item
from closures.actions.rows import applying, lock
from closures.guards import DOES_NOT_APPLY, DONE, WAIVED
from closures.models import Answer, Check, Closure
from closures.permissions import can_waive, check_can_take
from teams.models import Person
from teams.refusals import Gap, Refused, refuse_if
from teams.roles import NotAllowed


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says of one line."""

    answer: str
    evidence: str = ""
    reason: str = ""


@transaction.atomic
def save_checks(
    *, closure: Closure, given: Mapping[str, Given], by: Person, at: datetime, reason: str = "", why: str = ""
) -> list[Check]:
    """Keep what is answered so far; the rest may wait. Only lines that change are written."""
    closure = lock(closure)
    check_can_take(by, closure)
    closure.reason, closure.why = reason or closure.reason, why.strip() or closure.why
    closure.applying_items = applying(closure.plan, closure.case, at)
    items = {item.code: item for item in closure.present_turn.items if item.code in closure.applying_items}
    wanted = {code: one for code, one in given.items() if one.answer and not _is_same(closure.answers.get(code), one)}
    refuse_if([gap for code, one in wanted.items() for gap in _given_gaps(closure, items.get(code), one, by)])
    save(closure, by)
    checks = [_answer(closure, code, one, by, at) for code, one in wanted.items()]
    if checks:
        lines = "1 line" if len(checks) == 1 else f"{len(checks)} lines"
        says = f"Closing checklist: {lines} answered."
        codes = [check.item for check in checks]
        add_journal(closure.case, "closing_checked", says, by=by, at=at, subject=closure, items=codes)
    return checks


@transaction.atomic
def answer_line(*, item: str, given: Mapping[Closure, Given], by: Person, at: datetime) -> list[Check]:
    """The same line of many closings, in one act. All of them are written or none is."""
    checks, gaps = [], []
    for closure in sorted(given, key=lambda one: one.case_id):
        try:
            checks += save_checks(closure=closure, given={item: given[closure]}, by=by, at=at)
        except NotAllowed as refused:
            gaps.append(Gap(f"Case {closure.case.reference}: {refused}"))
        except Refused as refused:
            gaps += [_of_case(closure, gap) for gap in refused.gaps]
    refuse_if(gaps + ([] if given else [Gap("Tick the cases in which it is done.")]))
    return checks


def _of_case(closure: Closure, gap: Gap) -> Gap:
    """The same reason, with its case, beside the box of that case."""
    return Gap(f"Case {closure.case.reference}: {gap.sentence}", gap.clauses, f"{closure.reference}-evidence")


def _is_same(check: Check | None, one: Given) -> bool:
    return check is not None and (check.answer, check.evidence, check.reason) == (one.answer, one.evidence, one.reason)


def _answer(closure: Closure, code: str, one: Given, by: Person, at: datetime) -> Check:
    check = closure.answers.get(code) or Check(closure=closure, item=code)
    check.answer, check.evidence, check.reason = one.answer, one.evidence, one.reason
    check.answered_at, check.answered_by = at, by
    return save(check, by)


def _given_gaps(closure: Closure, item: Item | None, one: Given, by: Person) -> list[Gap]:
    if item is None:
        return [Gap("This line is not asked of you now.")]
    gaps = []
    if one.answer not in Answer.values:
        gaps.append(Gap(f"Choose an answer: {item.what}.", item.clauses, f"{item.code}-done"))
    if one.evidence and item.evidence == "link" and not one.evidence.startswith("https://"):
        gaps.append(Gap(f"The link must begin with https://: {item.what}.", item.clauses, f"{item.code}-evidence"))
    if one.answer == DOES_NOT_APPLY and DOES_NOT_APPLY not in item.options:
        gaps.append(Gap(f"This line applies to every child: {item.what}.", item.clauses, f"{item.code}-done"))
    if one.answer == WAIVED and not can_waive(by, closure, item):
        gaps.append(Gap(f"You may not waive this: {item.what}.", item.clauses, f"{item.code}-done"))
    if one.answer != DONE and not one.reason:
        gaps.append(Gap(f"Say why: {item.what}.", item.clauses, f"{item.code}-reason"))
    return gaps
