"""Lists of transfers."""

from django.db.models import QuerySet

from teams.models import Person
from transfers.models import Transfer

SHOWN = {"under_way": "Under way", "over": "Over", "all": "All"}


def transfers_for(person: Person, show: str) -> QuerySet[Transfer]:
    found = Transfer.objects.visible_to(person).with_people()
    if show == "over":
        found = found.filter(finished_at__isnull=False)
    elif show != "all":
        found = found.under_way()
    return found.order_by("-requested_at", "-pk")
