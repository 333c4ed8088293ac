"""A child whose case another authority asks us to take over comes from there, whoever holds it at our front door."""

from dataclasses import replace

from cases.facts import BuiltFacts
from casetransfer.protocols import Decision, Pack
from casetransfer.protocols.plans import Plan, engine_for

ABOUT = {"transfer_in", "status_elsewhere"}


def from_elsewhere(facts: BuiltFacts) -> BuiltFacts:
    """The facts with the outside body that brings the child, until the case is with a team that takes such children."""
    if "source" in facts.values or not _is_brought(facts):
        return facts
    plans, holder = _routes_in(facts.pack), facts.values.get("holder")
    if not plans or any(holder in plan.not_to for plan in plans):
        return facts
    body = next(code for code in plans[0].route.from_teams if code in plans[0].outside)
    return replace(facts, values=facts.values | {"source": body})


def decided_from(facts: BuiltFacts, decision: Decision) -> Decision:
    """What the protocol says of such a child; of every other, the decision that is there already."""
    brought = from_elsewhere(facts)
    return decision if brought is facts else brought.decide()


def _is_brought(facts: BuiltFacts) -> bool:
    elsewhere = facts.values.get("status_elsewhere") or "none"
    return facts.values.get("transfer_in") is True or elsewhere != "none"


def _routes_in(pack: Pack) -> list[Plan]:
    """The routes on which a child comes from outside because an authority hands the case over."""
    plans = (plan for plan in engine_for(pack).plans.values() if plan.outside)
    return [plan for plan in plans if any(ABOUT & set(table) for table in plan.route.when)]
