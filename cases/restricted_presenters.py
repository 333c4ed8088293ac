"""What the pages about restricted records show."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from cases import words
from cases.models import BrokenGlass, Case, Conflict, Grant, Standing
from cases.permissions import can_review
from teams.models import AuditEntry, Person

__all__ = ["BrokenGlass", "Case", "cases_of", "openings_to_review", "restricted_case", "who_sees"]

LOOKED_AT = 50


def restricted_case(person: Person, reference: str) -> Case | None:
    """The one door past the scope: a restricted record of the authority, by its reference alone, for an emergency."""
    found = Case.objects.filter(authority=person.authority_id, reference=reference, child__restricted=True)
    return found.select_related("child").first()


def cases_of(person: Person) -> Any:
    return Case.objects.visible_to(person).select_related("child", "authority")


def openings_to_review(person: Person) -> list[BrokenGlass]:
    waiting = BrokenGlass.objects.visible_to(person).to_review().select_related("child", "opened_by")
    standing = Standing.of(person)
    found = waiting.prefetch_related("child__cases").order_by("review_by_on", "pk")
    return [opening for opening in found if can_review(person, opening, standing)]


@dataclass(frozen=True)
class WhoSees:
    case: Case
    grants: list[Grant]
    openings: list[BrokenGlass]
    conflicts: list[Conflict]
    looked: list[str]


def who_sees(case: Case, at: datetime) -> WhoSees:
    looked = AuditEntry.objects.about(case.reference).filter(authority=case.authority_id).exclude(kind="changed")
    return WhoSees(
        case,
        list(Grant.objects.filter(child=case.child_id).standing(at).select_related("person", "granted_by")),
        list(BrokenGlass.objects.filter(child=case.child_id).select_related("opened_by", "reviewed_by")),
        list(Conflict.objects.standing().filter(child=case.child_id).select_related("person")),
        _looked(list(looked.select_related("by")[:LOOKED_AT])),
    )


def _looked(entries: list[AuditEntry]) -> list[str]:
    """Who did what on a day, said once with how often, the newest first."""
    times = Counter(
        (one.by.name if one.by else "Nobody signed in", one.get_kind_display().lower(), localdate(one.at))
        for one in entries
    )
    return [
        f"{who}: {did}{f' {number} times' if number > 1 else ''}, {words.day(on)}"
        for (who, did, on), number in times.items()
    ]
