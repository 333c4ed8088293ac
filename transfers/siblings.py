"""Brothers and sisters: which of them a transfer may take along, and whether it would part them. Pure reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.facts import facts_of_many
from cases.models import Case, Involvement, Standing
from casetransfer.protocols import Decision, Found
from teams.models import Person, Team
from transfers.elsewhere import from_elsewhere
from transfers.routing import takes


@dataclass(frozen=True, slots=True)
class Sibling:
    """One brother or sister with an open case, and what the protocol says of that child now."""

    case: Case
    holder: Team
    decision: Decision

    def route_to(self, team: Team | None, like: str) -> str | None:
        """The route on which this child goes to the same team: the same one, where it is not ruled out for this child,
        or else one that the protocol recommends."""
        same = [one for one in (*self.decision.recommended, *self.decision.possible) if one.code == like]
        found = [one for one in (*same, *self.decision.recommended) if team and self._leads_to(one, team)]
        return found[0].code if found else None

    def _leads_to(self, found: Found, team: Team) -> bool:
        return found.plan.route.effect == "moves" and takes(self.decision.pack, found.plan.route, team)


def siblings_of(case: Case, at: datetime, person: Person | None = None) -> list[Sibling]:
    """Those with an open case, unborn children included; of the ones this person may open, where somebody asks."""
    if not case.child.family_id:
        return []
    cases = Case.objects.held().filter(child__family=case.child.family_id, authority=case.authority_id)
    if person is not None:
        cases = cases.visible_to(person, Standing.of(person))
    found = list(cases.exclude(pk=case.pk).select_related("child", "authority").order_by("child__date_of_birth", "pk"))
    holders = _holders(found)
    facts = facts_of_many(found, at)
    return [Sibling(one, holders[one.pk], from_elsewhere(facts[one.pk]).decide()) for one in found if one.pk in holders]


def _holders(cases: Iterable[Case]) -> dict[int, Team]:
    lines = Involvement.objects.current().responsible().filter(case__in=[case.pk for case in cases])
    return {line.case_id: line.team for line in lines.select_related("team")}
