"""What the pages about records whose time is over show: references only."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from cases.models import Child
from closures.keeping import kept_until, over_in
from closures.models import Destruction
from closures.retention import Retention
from teams.models import Person

LATEST = 200


@dataclass(frozen=True, slots=True)
class Over:
    reference: str
    until: date
    rule: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    over: tuple[Over, ...]
    proposed: tuple[Destruction, ...]
    destroyed: tuple[Destruction, ...]

    @classmethod
    def of(cls, person: Person, on: date) -> "KeptPage":
        log = Destruction.objects.visible_to(person).select_related("proposed_by", "destroyed_by")
        proposed = tuple(log.proposed())
        already = {one.record for one in proposed}
        over = [(child, rule) for child, rule in over_in(person.authority, on) if child.reference not in already]
        return cls(
            tuple(Over(child.reference, rule.until, rule.rule) for child, rule in over[:LATEST]), proposed,
            tuple(log.done()[:LATEST]),
        )  # fmt: skip


def child_to_destroy(person: Person, reference: str) -> tuple[Child, Retention]:
    """By reference, of this council, and only where some rule has been worked out: no case of the child is open."""
    child = Child.objects.filter(authority=person.authority_id, reference=reference).first()
    rule = kept_until(child) if child else None
    if child is None or rule is None:
        raise Http404
    return child, rule
