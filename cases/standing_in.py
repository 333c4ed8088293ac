"""Absence: whose cases somebody has today beside their own. While an allocated worker is away, their deputy has what is
due in their cases, and where none is named the managers of their team do. Nothing in the ledger changes by it: the
worker comes back."""

from datetime import date

from django.db.models import Q

from cases import words
from teams.models import Absence, Membership, Person
from teams.roles import Role


def away_for(person: Person, on: date) -> dict[int, Absence]:
    """For whom this person stands in that day: worker -> absence. As the deputy, or as their manager where the absence
    names no deputy who is there."""
    if not person.is_active:
        return {}
    managed = Membership.objects.current(on).filter(person=person, role=Role.TEAM_MANAGER).values("team")
    led = Membership.objects.current(on).filter(team__in=managed).exclude(person=person).values("person")
    nobody = Q(deputy=None) | Q(deputy__is_active=False)
    found = Absence.objects.current(on).filter(Q(deputy=person) | nobody & Q(person__in=led))
    return {absence.person_id: absence for absence in found.select_related("person")}


def in_words(absence: Absence) -> str:
    return f"for {absence.person.name}, away until {words.day(absence.ends_on)}"
