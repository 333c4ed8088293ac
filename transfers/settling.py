"""What is said of a clock of the case where a transfer is worked on: an item of the checklist that has a clock is
answered, a duty that has one is met."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from cases.deadlines import DOES_NOT_APPLY, SETTLED
from cases.happenings import Happening, midnight
from casetransfer.protocols import Pack, rows
from casetransfer.protocols.plans import engine_for
from transfers.models import ChecklistAnswer, Duty, Says, Transfer


def settled(
    transfer: Transfer, pack: Pack, answers: Iterable[ChecklistAnswer], duties: Iterable[Duty]
) -> Iterator[Happening]:
    """One for each clock of which all is said: several items may have the same, and each of them counts."""
    plan, given = engine_for(pack).plans.get(transfer.route), {answer.item: answer for answer in answers}
    for timer, items in _by_timer(plan.asks.items if plan else ()).items():
        said = [(item, given[item.code]) for item in items if item.code in given]
        is_open = any(answer.says == Says.NO or answer.found_wanting for _, answer in said)
        if said and not is_open and all(item.when or item.code in given for item in items):
            yield _of_answers(transfer, timer, said)
    for timer, owed in _owed_by_timer(pack, duties).items():
        if all(duty.met_at for duty in owed):
            last = max(duty.met_at for duty in owed if duty.met_at)
            says = " ".join(f"{duty.what.rstrip('.')}: done. {duty.evidence}" for duty in owed)
            yield _one(transfer, timer, last, last, says)


def _by_timer(items: Iterable[rows.Item]) -> dict[str, list[rows.Item]]:
    found: dict[str, list[rows.Item]] = {}
    for item in items:
        if item.timer:
            found.setdefault(item.timer, []).append(item)
    return found


def _owed_by_timer(pack: Pack, duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = {}
    for duty in duties:
        row = pack.by_code.get(duty.code)
        if isinstance(row, rows.Duty) and row.timer:
            found.setdefault(row.timer, []).append(duty)
    return found


def _of_answers(transfer: Transfer, timer: str, said: list[tuple[rows.Item, ChecklistAnswer]]) -> Happening:
    done = [answer for _, answer in said if answer.says == Says.YES]
    told = [f"{item.what.rstrip('.')}: {Says(answer.says).label.lower()}. {answer.text}" for item, answer in said]
    last = max(answer.answered_at for _, answer in said)
    days = [midnight(answer.dated_on) if answer.dated_on else answer.answered_at for answer in done]
    value = None if done else DOES_NOT_APPLY
    return _one(transfer, timer, last, max(days, default=last), " ".join(" ".join(told).split()), value)


def _one(
    transfer: Transfer, timer: str, said_at: datetime, done_at: datetime, says: str, value: Any = None
) -> Happening:
    also = {"says": says, "done_at": done_at, "until": transfer.finished_at}
    return Happening(SETTLED, said_at, f"settled:{transfer.pk}", timer, value=value, route=transfer.route, also=also)
