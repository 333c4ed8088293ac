"""Whose case it is: the head of every page of this room."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from cases import words
from cases.models import Case, Part


@dataclass(frozen=True)
class Banner:
    child: str
    age: str
    reference: str
    holder: str
    worker: str
    warnings: tuple[str, ...]
    url: str

    @classmethod
    def of(cls, case: Case, on: datetime) -> "Banner":
        child, day = case.child, localdate(on)
        lines = case.involvements.current().select_related("team", "person")
        by_part = {line.role: line for line in lines}
        holding, worker = by_part.get(Part.RESPONSIBLE_TEAM), by_part.get(Part.ALLOCATED_SOCIAL_WORKER)
        age = words.age(child.date_of_birth, child.expected_delivery_date, day, child.died_on)
        warnings = tuple(child.warnings.filter(ended_at=None).values_list("says", flat=True))
        nobody = "Not allocated" if case.is_held else "Nobody: the case is closed"
        return cls(
            child.name, age, case.reference, holding.team.name if holding else "Nobody: the case is closed",
            worker.person.name if worker and worker.person else nobody, warnings,
            case.get_absolute_url(),
        )  # fmt: skip
