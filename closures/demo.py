"""Invented closings for the demo: one begun, one proposed, one that waits for the last hand."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate, now

from cases.facts import facts_of
from cases.models import Case, ClosureReason
from casetransfer.protocols import pack_for
from casetransfer.protocols.rows import Item
from closures import actions
from closures.actions import Given
from closures.models import Closure
from closures.permissions import can_take
from closures.ways import KINDS, ways_for
from teams.models import Authority, Person, Team
from teams.refusals import Refused

EACH = 6  # in each council
LINK = "https://records.example.org/note/1"


def seed(say: Callable[[str], object]) -> None:
    at = now()
    for authority in Authority.objects.order_by("code"):
        if authority.teams.filter(kind=Team.Kind.CASES).exists():
            say(f"{_closings_of(authority, at)} invented closings of {authority.name}")


def _closings_of(authority: Authority, at: datetime) -> int:
    """The newest cases without a transfer under way; each goes as many hands far as the protocol lets it."""
    cases = Case.objects.filter(authority=authority, state="open", child__restricted=False, transfers=None)
    people = list(Person.objects.active().filter(authority=authority).order_by("pk"))
    made = 0
    for case in cases.select_related("child", "authority").order_by("-pk"):
        if made == EACH:
            break
        closure = _begun(case, at)
        if closure:
            made += 1
            _handed_on(closure, people, made % 3, at)
    return made


def _begun(case: Case, at: datetime) -> Closure | None:
    worker, facts = case.allocated_social_worker, facts_of(case, at).read()
    ways = [way for kind in KINDS for way, _ in ways_for(pack_for(case.pack), facts, kind)]
    if not (worker and ways):
        return None
    with suppress(Refused), transaction.atomic():
        return actions.start_closure(case=case, way=ways[0].code, by=worker, at=at)
    return None


def _handed_on(closure: Closure, people: list[Person], hands: int, at: datetime) -> None:
    for _ in range(min(hands, len(closure.plan.turns) - 1)):
        by = next((person for person in people if can_take(person, closure)), None)
        if by is None:
            return
        given = {item.code: _done(item, at) for item in closure.present_turn.items}
        given = {code: one for code, one in given.items() if code in closure.applying_items}
        reason, why = ClosureReason.OTHER, "The plan is achieved and the family copes."
        with suppress(Refused), transaction.atomic():
            actions.save_checks(closure=closure, given=given, by=by, at=at, reason=reason, why=why)
            actions.take_turn(closure=closure, by=by, at=at, comment="Agreed.", reason=reason, why=why)
        closure = Closure.objects.get(pk=closure.pk)


def _done(item: Item, at: datetime) -> Given:
    proof = {"tick": "", "link": LINK, "date": localdate(at).isoformat()}.get(item.evidence, "As agreed")
    return Given("done", item.options[0] if item.evidence == "choice" and item.options else proof)
