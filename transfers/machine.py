"""The whole life of a transfer on one page. Steps that a route does not have are refused by `step_gaps`, which reads
the authority's pack; a transfer goes round them."""

from functools import partial

from django.db import models
from django_fsm import FSMField, transition

from teams.machines import StateMachine, clear
from transfers.guards import (
    agreement_gaps,
    completion_gaps,
    handover_gaps,
    listing_gaps,
    request_gaps,
    step_gaps,
)


class State(models.TextChoices):
    ON_RADAR = "on_radar", "On the radar"
    REQUESTED = "requested", "Asked for"
    LISTED = "listed", "Listed for a meeting"
    AGREED = "agreed", "Agreed"
    HANDOVER = "handover", "In handover"
    COMPLETED = "completed", "Completed"
    RETURNED = "returned", "Returned with gaps"
    DISPUTED = "disputed", "Disputed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed"


FINAL = {State.COMPLETED, State.WITHDRAWN, State.LAPSED}
UNDER_WAY = {State.REQUESTED, State.LISTED, State.AGREED, State.HANDOVER, State.RETURNED, State.DISPUTED}
"""Somebody asked, and it is not over: a case has at most one of these that would move it."""
WAITING = [State.REQUESTED, State.LISTED]
DECIDED = [State.AGREED, State.HANDOVER]
ACTIVE = [*WAITING, *DECIDED]

listing_exists = clear(partial(step_gaps, State.LISTED))
handover_exists = clear(partial(step_gaps, State.HANDOVER))


class TransferMachine(StateMachine):
    """on the radar -> requested -> (listed) -> agreed -> (in handover) -> completed
    (returned with gaps, disputed, withdrawn, lapsed)"""

    state = FSMField(choices=State.choices, default=State.ON_RADAR, protected=True)

    class Meta:
        abstract = True

    @transition(state, source=State.ON_RADAR, target=State.REQUESTED, conditions=[clear(request_gaps)])
    def request(self) -> None:
        "One side asks for the case to move along a route of the protocol."

    @transition(
        state, source=State.REQUESTED, target=State.LISTED, conditions=[listing_exists, clear(listing_gaps)]
    )  # fmt: skip
    def list_for_meeting(self) -> None:
        "It is put on the list of a transfer meeting."

    @transition(state, source=State.LISTED, target=State.REQUESTED)
    def take_off_list(self) -> None:
        "The meeting puts it off, or it is no longer to be talked about."

    @transition(state, source=WAITING, target=State.AGREED, conditions=[clear(agreement_gaps)])
    def agree(self) -> None:
        "The other side agrees: the day, and the worker where there is one."

    @transition(
        state, source=State.AGREED, target=State.HANDOVER, conditions=[handover_exists, clear(handover_gaps)]
    )  # fmt: skip
    def start_handover(self) -> None:
        "Both teams work side by side until the transfer point; on a route in stages the receiving side joins."

    @transition(state, source=ACTIVE, target=State.COMPLETED, conditions=[clear(completion_gaps)])
    def complete(self) -> None:
        "The transfer point is recorded as reached, and nothing that the protocol wants is missing."

    @transition(state, source=ACTIVE, target=State.RETURNED)
    def send_back(self) -> None:
        "The other side gives it back, with the gaps to mend."

    @transition(state, source=State.RETURNED, target=State.REQUESTED, conditions=[clear(request_gaps)])
    def mend(self) -> None:
        "The gaps are mended, and it is asked for again."

    @transition(state, source=[*ACTIVE, State.RETURNED], target=State.REQUESTED, conditions=[clear(request_gaps)])
    def change_route(self) -> None:
        "What was decided leads along another route: everybody is asked again."

    @transition(state, source=[*ACTIVE, State.RETURNED], target=State.DISPUTED)
    def dispute(self) -> None:
        "The sides disagree. The case stays with its holder and the work goes on."

    @transition(state, source=State.DISPUTED, target=State.AGREED)
    def uphold(self) -> None:
        "The dispute is decided: it goes ahead, and nobody's agreement is wanted any more."

    @transition(state, source=State.DISPUTED, target=State.REQUESTED)
    def resume(self) -> None:
        "The dispute is decided: it is asked for again and answered anew."

    @transition(state, source=[State.ON_RADAR, *ACTIVE, State.RETURNED, State.DISPUTED], target=State.WITHDRAWN)
    def withdraw(self) -> None:
        "It is not to happen: whoever asked takes it back, or a dispute is decided against it."

    @transition(state, source=[State.ON_RADAR, *ACTIVE, State.RETURNED, State.DISPUTED], target=State.LAPSED)
    def lapse(self) -> None:
        "The case was closed or went elsewhere, so there is nothing left to transfer."


class DisputeState(models.TextChoices):
    OPEN = "open", "Open"
    DECIDED = "decided", "Decided"


class DisputeMachine(StateMachine):
    """open -> decided   (climbing the pack's ladder changes the rung, not the state)"""

    state = FSMField(choices=DisputeState.choices, default=DisputeState.OPEN, protected=True)

    class Meta:
        abstract = True

    @transition(state, source=DisputeState.OPEN, target=DisputeState.OPEN)
    def pass_on(self) -> None:
        "It is not settled on this rung, and goes to the next."

    @transition(state, source=DisputeState.OPEN, target=DisputeState.DECIDED)
    def decide(self) -> None:
        "Somebody on this rung decides, and both sides keep to it."
