"""Invented contacts for the demo: a front door in the middle of its day, with something at every stage and one late."""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import cycle

from django.db import transaction
from django.utils.timezone import localdate, now

from cases import actions
from cases.models import Contact, ContactOutcome
from casetransfer.calendars import add_months
from teams.models import Team
from teams.refusals import Refused

EACH = 24  # in each council
SAYS = (
    ("school", "Oak Sample School", "Came to school hungry three days running and says there is no food at home."),
    ("police", "Sampletown police", "Was at home when officers were called to an argument between the parents."),
    ("health", "Sampletown health centre", "Has missed the last two appointments, and nobody answers the phone."),
    ("individual", "", "A neighbour hears shouting and crying late at night, most nights."),
    ("family", "", "The mother asks for help: she cannot cope with her son's behaviour since the move."),
    ("housing", "Sampletown housing", "The family has to leave their home in two weeks and has nowhere to go."),
)  # fmt: skip
CHANNELS = ("phone", "written", "electronic", "phone", "in_person")
STAGES = ("new", "new", "new", "rated", "rated", "rated", "closed", "referred")


def seed(team: Team, dice: random.Random, given: Sequence[str], family: Sequence[str]) -> None:
    """Contacts at each stage in turn, minutes or hours old. `team` takes the referrals on."""
    door = team.authority.teams.in_use().filter(kind=Team.Kind.FRONT_DOOR).order_by("pk").first()
    if door is None:
        return
    stages, said, channels = cycle(STAGES), cycle(SAYS), cycle(CHANNELS)
    for place in range(EACH):
        at = now() - timedelta(minutes=dice.choice([20, 55, 130, 300, 600, 1500]) + place)
        source, referrer, about = next(said)
        contact = actions.record_contact(
            team=door, given_name=dice.choice(given), family_name=dice.choice(family), channel=next(channels),
            source=source, referrer=referrer, says=about, date_of_birth=_born(dice), received_at=at, by=None, at=at,
        )  # fmt: skip
        with suppress(Refused), transaction.atomic():
            _go_on(contact, next(stages), team, dice)


def _born(dice: random.Random) -> date | None:
    return add_months(localdate(), -dice.randint(6, 190)) if dice.random() < 0.8 else None


def _go_on(contact: Contact, stage: str, team: Team, dice: random.Random) -> None:
    at = contact.received_at + timedelta(minutes=10)
    if stage == "new":
        return
    scale = contact.rating_scale
    colour = dice.choice(scale.ratings).colour if scale else ""
    actions.rate_contact(contact=contact, colour=colour, by=None, at=at)
    if stage == "closed":
        actions.decide_contact(
            contact=contact, outcome=ContactOutcome.NO_FURTHER_ACTION, by=None, at=at,
            decision="The school supports the family, and the parents agree to it.",
        )  # fmt: skip
    if stage == "referred":
        actions.decide_contact(
            contact=contact, outcome=ContactOutcome.ASSESSMENT, team=team, by=None, at=at,
            decision="A worker has to see the child and the home.",
        )  # fmt: skip
