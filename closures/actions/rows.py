"""Locking a closure with its case, and what is read again each time."""

from datetime import datetime

from cases.actions.ledger import lock as lock_case
from cases.facts import facts_of
from cases.models import Case
from casetransfer.protocols import Facts
from closures.models import Closure
from closures.ways import Way


def lock(closure: Closure) -> Closure:
    """The case first, as every action does; then the closure as it stands now."""
    case = lock_case(closure.case)
    fresh = Closure.objects.select_for_update(of=("self",), no_key=True).get(pk=closure.pk)
    fresh.case = case
    return fresh


def known_of(case: Case, at: datetime) -> Facts:
    return facts_of(case, at).read()


def applying(way: Way, case: Case, at: datetime) -> list[str]:
    """The lines that are asked of this child. Where a condition is not known, the line is asked."""
    facts = known_of(case, at)
    return [item.code for item in way.items if way.asks(item, facts)]
