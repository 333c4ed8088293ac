"""Which records have been kept as long as the rules say."""

from datetime import date

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.timezone import localdate

from cases.machine import HELD
from cases.models import Case, Child, ClosureReason, Spell
from closures.retention import Retention, retention
from teams.models import Authority

SHORTEST_YEARS = 6
"""No record of a closed case goes sooner, by any rule."""


def kept_until(child: Child) -> Retention | None:
    """Of all the child's closed cases the longest rule. None while a case is open, or where there never was one."""
    cases = list(Case.objects.filter(child=child))
    if not cases or any(case.is_held for case in cases):
        return None
    looked_after = Spell.objects.standing().filter(case__child=child, code="looked_after").exists()
    rules = [
        retention(
            born=child.date_of_birth, died=child.died_on, closed=localdate(case.closed_at),
            was_looked_after=looked_after, adopted=case.closure_reason == ClosureReason.ADOPTED,
        )
        for case in cases
    ]  # fmt: skip
    return max(rules, key=lambda rule: rule.until)


def over_in(authority: Authority, on: date) -> list[tuple[Child, Retention]]:
    """The children whose records have been kept long enough on that day, the longest over first."""
    held = Case.objects.filter(child=OuterRef("pk"), state__in=HELD)
    latest = on.replace(year=on.year - SHORTEST_YEARS, day=min(on.day, 28))
    found = Child.objects.filter(~Exists(held), authority=authority).annotate(last=Max("cases__closed_at"))
    old_enough = Q(last__date__lte=latest)
    kept = [(child, rule) for child in found.filter(old_enough) if (rule := kept_until(child)) and rule.until < on]
    return sorted(kept, key=lambda one: (one[1].until, one[0].pk))
