"""The whole life of a case on one page."""

from django.db import models
from django_fsm import FSMField, transition

from cases.guards import closing_gaps, reopening_gaps
from teams.machines import StateMachine, clear


class State(models.TextChoices):
    OPEN = "open", "Open"
    CLOSING = "closing", "Being closed"
    CLOSED = "closed", "Closed"


HELD = {State.OPEN, State.CLOSING}
"""While a case is in one of these, exactly one team is responsible for it."""


class CaseMachine(StateMachine):
    """open -> closing -> closed   (kept open, reopened)"""

    state = FSMField(choices=State.choices, default=State.OPEN, protected=True)

    class Meta:
        abstract = True

    @transition(state, source=State.OPEN, target=State.CLOSING)
    def start_closing(self) -> None:
        "Somebody proposes to close the case."

    @transition(state, source=State.CLOSING, target=State.OPEN)
    def keep_open(self) -> None:
        "The proposal is refused or withdrawn."

    @transition(state, source=[State.OPEN, State.CLOSING], target=State.CLOSED, conditions=[clear(closing_gaps)])
    def close(self) -> None:
        "Nobody is responsible for the child any more."

    @transition(state, source=State.CLOSED, target=State.OPEN, conditions=[clear(reopening_gaps)])
    def reopen(self) -> None:
        "A team is responsible for the child again."
