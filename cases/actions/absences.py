"""A worker is away: whoever has their cases meanwhile hears it on the first day, once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from cases import words
from cases.actions.outbox import queue_notices
from cases.models import Involvement, Notice
from cases.notices import Recipient, in_place_of
from teams.models import Absence, Team

AWAY = "WORKER-AWAY"


def tell_of_absences(*, at: datetime) -> int:
    """Every absence that has begun and of which nobody has been told. Answers how many. Safe to run twice."""
    today = localdate(at)
    told = Notice.objects.filter(code=AWAY).values_list("occasion", flat=True)
    begun = Absence.objects.current(today).filter(person__is_active=True).select_related("person", "deputy")
    return sum(_tell(absence, at) for absence in begun.order_by("pk") if f"absence {absence.pk}" not in set(told))


@transaction.atomic
def _tell(absence: Absence, at: datetime) -> int:
    """Nobody's name and no child's: whoever may know more opens the link."""
    lines = Involvement.objects.allocated().current().filter(person=absence.person)
    cases = dict(lines.values("team").annotate(cases=Count("pk")).values_list("team", "cases").order_by())
    held: dict[str, tuple[Recipient, int]] = {}
    for team in Team.objects.filter(pk__in=cases):
        for one in in_place_of(absence.person, team, localdate(at)):
            held[one.key] = (one, held.get(one.key, (one, 0))[1] + cases[team.pk])
    until = words.day(absence.ends_on)
    for recipient, number in held.values():
        queue_notices(
            authority=absence.person.authority_id, code=AWAY, subject="ABSENCE", occasion=f"absence {absence.pk}",
            title=f"A colleague is away until {until}: you have {words.plural(number, 'case')} of theirs",
            lines=["What is due in them stands on your first page."], to=[recipient], at=at, link="/", must_act=True,
        )  # fmt: skip
    return bool(held)
