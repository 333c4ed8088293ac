"""Invented transfers for the demo: in every council one or more of each kind that its protocol knows, from one that is
only asked for to one that has moved with duties still owed."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from teams.models import Authority, Team
from teams.refusals import Refused
from teams.roles import NotAllowed
from transfers.demo_council import Council, Story, Unsuited
from transfers.demo_stories import STORIES

TRIES = 4  # refusals before a story is left out: not every protocol has every step


def seed(say: Callable[[str], object]) -> None:
    at = now()
    for authority in Authority.objects.order_by("code"):
        if authority.teams.filter(kind=Team.Kind.CASES).exists():
            say(f"{_transfers_of(authority, at)} invented transfers of {authority.name}")


def _transfers_of(authority: Authority, at: datetime) -> int:
    council = Council(authority, at)
    return sum(_told(council, story) for story, wanted in STORIES for _ in range(wanted))


def _told(council: Council, story: Story) -> int:
    """The first case, of those not used yet, that the protocol lets the story be told of."""
    refused = 0
    for case in council.left:
        try:
            with transaction.atomic():
                made = story(council, case)
        except Unsuited:
            continue
        except (Refused, NotAllowed):
            refused += 1
            if refused == TRIES:
                break
            continue
        council.used.update(made)
        return len(made)
    return 0
