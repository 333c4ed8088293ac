"""What the clock starts about people."""

from datetime import timedelta

from celery import shared_task
from django.utils.timezone import now

from teams import actions
from teams.models import Person

DORMANT_AFTER = timedelta(days=90)


@shared_task
def close_dormant_accounts() -> int:
    """Close what nobody has used for ninety days. Answers how many that were."""
    at = now()
    unused = list(Person.objects.unused_since(at - DORMANT_AFTER).select_related("authority"))
    for person in unused:
        actions.close_dormant(person=person, at=at)
    return len(unused)
