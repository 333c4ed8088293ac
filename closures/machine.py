"""The whole life of a closure on one page. Which hands it passes through, and in what order, the authority's pack says;
the guards read it."""

from django.db import models
from django_fsm import FSMField, transition

from closures.guards import turn_gaps
from teams.machines import StateMachine, clear


class State(models.TextChoices):
    STARTED = "started", "Being prepared"
    PROPOSED = "proposed", "Proposed"
    AUTHORISED = "authorised", "Authorised"
    CHECKED = "checked", "Being checked"
    RETURNED = "returned", "Sent back"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UNDONE = "undone", "Undone"


FINAL = {State.CLOSED, State.WITHDRAWN, State.UNDONE}
UNDER_WAY = [State.STARTED, State.PROPOSED, State.AUTHORISED, State.CHECKED, State.RETURNED]
"""Somebody is closing the case, and it is not over: a case has at most one of these."""
HANDED_ON = [State.PROPOSED, State.AUTHORISED, State.CHECKED, State.RETURNED]


class ClosureMachine(StateMachine):
    """being prepared -> proposed -> authorised -> being checked -> closed   (sent back, withdrawn, undone)

    A protocol may leave a step out, or have it in another order."""

    state = FSMField(choices=State.choices, default=State.STARTED, protected=True)

    class Meta:
        abstract = True

    @transition(state, source=UNDER_WAY, target=State.PROPOSED, conditions=[clear(turn_gaps)])
    def propose(self) -> None:
        "Somebody who works with the child asks to close the case."

    @transition(state, source=UNDER_WAY, target=State.AUTHORISED, conditions=[clear(turn_gaps)])
    def authorise(self) -> None:
        "A manager decides that it is to be closed."

    @transition(state, source=UNDER_WAY, target=State.CHECKED, conditions=[clear(turn_gaps)])
    def record_checks(self) -> None:
        "What a hand had to do before the closing is done."

    @transition(state, source=UNDER_WAY, target=State.CLOSED, conditions=[clear(turn_gaps)])
    def close(self) -> None:
        "The last hand has done its part: the case is closed."

    @transition(state, source=HANDED_ON, target=State.RETURNED)
    def send_back(self) -> None:
        "The hand before has something to put right."

    @transition(state, source=UNDER_WAY, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        "The case stays open."

    @transition(state, source=State.CLOSED, target=State.UNDONE)
    def undo(self) -> None:
        "It was closed by mistake: the case has been open all along."


class ReturnState(models.TextChoices):
    OFFERED = "offered", "Offered to the team before"
    ESCALATED = "escalated", "Refused, with the managers above"
    ACCEPTED = "accepted", "Accepted"
    ORDINARY = "ordinary", "To go the normal way"


class ReturnMachine(StateMachine):
    """offered -> accepted   (refused and escalated, then accepted or the normal way)"""

    state = FSMField(choices=ReturnState.choices, default=ReturnState.OFFERED, protected=True)

    class Meta:
        abstract = True

    @transition(state, source=[ReturnState.OFFERED, ReturnState.ESCALATED], target=ReturnState.ACCEPTED)
    def accept(self) -> None:
        "The team before takes the child back: its case is opened again."

    @transition(state, source=ReturnState.OFFERED, target=ReturnState.ESCALATED)
    def refuse(self) -> None:
        "The team before does not agree: the managers above decide."

    @transition(state, source=ReturnState.ESCALATED, target=ReturnState.ORDINARY)
    def let_go(self) -> None:
        "It is still not accepted: the child goes the way of every new case."
