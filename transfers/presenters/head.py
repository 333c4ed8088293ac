"""The banner on top of every page about a transfer or the case it is of."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from cases import words
from cases.models import Case, Involvement, Part

SHOWN = (Part.RESPONSIBLE_TEAM, Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY)


@dataclass(frozen=True, slots=True)
class Head:
    """What `components/case_banner.jinja` takes."""

    child: str
    age: str
    reference: str
    holder: str
    worker: str
    next_point: str
    warnings: tuple[str, ...]
    url: str


def head_of(case: Case, at: datetime, next_point: str = "") -> Head:
    child, today = case.child, localdate(at)
    lines = {
        line.role: line for line in case.involvements.current().filter(role__in=SHOWN).select_related("team", "person")
    }
    holding = lines.get(Part.RESPONSIBLE_TEAM)
    return Head(
        child=child.name,
        age=words.age(child.date_of_birth, child.expected_delivery_date, today, child.died_on),
        reference=case.reference,
        holder=holding.team.name if holding else "Nobody: the case is closed",
        worker=_worker(lines),
        next_point=next_point,
        warnings=tuple(str(one) for one in child.warnings.filter(ended_at=None)),
        url=case.get_absolute_url(),
    )


def _worker(lines: dict[str, Involvement]) -> str:
    allocated, duty = lines.get(Part.ALLOCATED_SOCIAL_WORKER), lines.get(Part.DUTY)
    if allocated and allocated.person:
        return allocated.person.name
    return "Held on duty" if duty else "Not allocated"
