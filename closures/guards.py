"""Why a closure cannot go on: every reason at once, each saying what to do."""

from datetime import timedelta
from typing import Any

from casetransfer.protocols.rows import Item
from teams.refusals import Gap

DONE, NOT_DONE, DOES_NOT_APPLY, WAIVED = "done", "not_done", "does_not_apply", "waived"
UNDO_WITHIN = timedelta(hours=72)
EVIDENCE_ASKED = {
    "date": "Give the date",
    "link": "Give the link to it",
    "text": "Write it down",
    "choice": "Choose the answer",
    "name": "Give the name",
}


def turn_gaps(closure: Any) -> list[Gap]:
    """What the present hand still has to do; before the closing itself, everything."""
    turn = closure.present_turn
    last = turn.number == len(closure.plan.turns)
    items = closure.plan.items if last else turn.items
    applying = set(closure.applying_items)
    gaps = [gap for item in items if item.code in applying for gap in item_gaps(item, closure.answers.get(item.code))]
    if not closure.reason:
        gaps.insert(0, Gap("Choose the reason for closure.", field="reason"))
    return gaps


def item_gaps(item: Item, check: Any) -> list[Gap]:
    """Why one line is not in order: a blocking one must be done, any other needs at least a reason."""
    field = f"{item.code}-done"
    if check is None or not check.answer:
        return [] if item.policy == "practice_issue" else [Gap(f"Not answered: {item.what}.", item.clauses, field)]
    if check.answer == DONE:
        return [] if item.evidence == "tick" or check.evidence else [_no_evidence(item)]
    if check.answer == WAIVED and item.policy == "waivable":
        return []
    if check.answer == DOES_NOT_APPLY and DOES_NOT_APPLY in item.options and check.reason:
        return []
    if item.policy == "blocking":
        return [Gap(f"This must be done before the case is closed: {item.what}.", item.clauses, field)]
    if item.policy == "waivable":
        return [Gap(f"Not done, and not waived by somebody who may: {item.what}.", item.clauses, field)]
    if not check.reason:
        return [Gap(f"Say why not: {item.what}.", item.clauses, f"{item.code}-reason")]
    return []


def _no_evidence(item: Item) -> Gap:
    return Gap(f"{EVIDENCE_ASKED[item.evidence]}: {item.what}.", item.clauses, f"{item.code}-evidence")
