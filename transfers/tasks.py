"""What the clock and the changes of the record start in this room."""

from celery import shared_task
from django.utils.timezone import now

from cases.models import Case
from teams.models import Team
from transfers import actions

AT_ONCE = 200


@shared_task
def radar() -> None:
    """Every morning: what may move is looked up in every open case, and each receiving team is told what is new.
    Killed half-way it has lost nothing: whoever runs next finds what is looked up and tells what is untold."""
    held = Case.objects.held().order_by("pk")
    last = 0
    while pks := list(held.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        actions.look_ahead(cases=pks, at=now())
        last = pks[-1]
    for team in Team.objects.in_use().select_related("authority").order_by("pk"):
        actions.tell_radar(team=team, at=now())


@shared_task
def look_ahead(case: int) -> None:
    """One case, after something was recorded in it: the page is always fresh."""
    actions.look_ahead(cases=[case], at=now())
