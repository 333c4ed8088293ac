"""The whole life of a contact on one page."""

from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from teams.machines import StateMachine, clear
from teams.refusals import Gap


class ContactState(models.TextChoices):
    NEW = "new", "New"
    RATED = "rated", "Being looked into"
    PASSED_ON = "passed_on", "With the worker of the open case"
    REFERRED = "referred", "Became a referral"
    CLOSED = "closed", "Closed without a referral"


UNDECIDED = {ContactState.NEW, ContactState.RATED}
STAGES = tuple(ContactState)


def rating_gaps(contact: Any) -> list[Gap]:
    """Where the protocol has a scale for contacts, a contact is rated before it is decided."""
    if contact.needs_rating and not contact.colour:
        return [Gap("Rate this contact first.")]
    return []


class ContactMachine(StateMachine):
    """new -> rated -> referred   (passed on, closed)"""

    state = FSMField(choices=ContactState.choices, default=ContactState.NEW, protected=True)

    class Meta:
        abstract = True

    @transition(state, source=[ContactState.NEW, ContactState.RATED], target=ContactState.RATED)
    def rate(self) -> None:
        "Somebody says how urgent it is, or simply takes it up."

    @transition(state, source=[ContactState.NEW, ContactState.RATED], target=ContactState.PASSED_ON)
    def pass_on(self) -> None:
        "The child has an open case: it goes to whoever holds that."

    @transition(
        state, source=[ContactState.NEW, ContactState.RATED], target=ContactState.REFERRED,
        conditions=[clear(rating_gaps)],
    )  # fmt: skip
    def refer(self) -> None:
        "A team takes the child on."

    @transition(
        state, source=[ContactState.NEW, ContactState.RATED], target=ContactState.CLOSED,
        conditions=[clear(rating_gaps)],
    )  # fmt: skip
    def close(self) -> None:
        "Advice, early help or nothing: no case is opened."
