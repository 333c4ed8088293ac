"""What the protocol itself says of a child, whatever a manager has decided: what a departure departs from. Pure
reading."""

from dataclasses import replace
from datetime import datetime

from cases.facts import facts_of
from cases.models import Case
from casetransfer.protocols import Decision
from transfers.elsewhere import from_elsewhere
from transfers.routing import clauses_of, in_a_line

DECIDED = "decided_route"


def protocol_alone(case: Case, at: datetime) -> Decision:
    facts = from_elsewhere(facts_of(case, at))
    return replace(facts, values={name: value for name, value in facts.values.items() if name != DECIDED}).decide()


def clause_departed_from(decision: Decision, route: str, instead_of: str) -> str:
    """Of the route that is recommended and not followed. Where none is: of the rules that keep the child where it is,
    of what rules the route out or is not known, and at last of the route's own conditions."""
    before = decision.find(instead_of)
    if before:
        return clauses_of(before.plan.route) or instead_of
    held = [clause for one in decision.holds if route in one.suppresses for clause in one.hold.clauses]
    found = decision.find(route)
    against = [clause for reason in (*found.because, *found.needs) for clause in reason.clauses] if found else []
    return in_a_line(held) or in_a_line(against) or clauses_of(decision.pack.routes[route]) or route
