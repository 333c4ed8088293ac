"""What this room knows of a case that the protocol engine asks for."""

from datetime import datetime

from cases.fact_sources import Provenance
from cases.facts import Contribution, contribute
from cases.models import Case
from closures.machine import HANDED_ON
from closures.models import Closure


@contribute
def decisions(cases: list[Case], at: datetime) -> Contribution:
    """That somebody has proposed to close a case, or to step it down."""
    found: Contribution = {}
    closures = Closure.objects.filter(case__in=cases, state__in=HANDED_ON, waiting_since__lte=at)
    for closure in closures.select_related("started_by"):
        fact = "decision_to_step_down" if closure.plan.is_step_down else "decision_to_close"
        source = Provenance("closure", closure.started_at, closure.started_by.name, closure.started_at, closure.pk)
        found.setdefault(closure.case_id, []).append((fact, True, source))
    return found
