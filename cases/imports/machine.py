"""The whole life of one import on one page."""

from django.db import models
from django_fsm import FSMField, transition

from teams.machines import StateMachine


class ImportState(models.TextChoices):
    READING = "reading", "Being read"
    STAGED = "staged", "Ready to be checked"
    APPLYING = "applying", "Being applied"
    APPLIED = "applied", "Applied"
    REFUSED = "refused", "Refused"
    DISCARDED = "discarded", "Discarded"


UNDER_WAY = {ImportState.READING, ImportState.APPLYING}
HOLDS_ROWS = {ImportState.STAGED, ImportState.APPLYING, ImportState.APPLIED}


class ImportMachine(StateMachine):
    """reading -> staged -> applying -> applied   (refused, discarded)"""

    state = FSMField(choices=ImportState.choices, default=ImportState.READING, protected=True)

    class Meta:
        abstract = True

    @transition(state, source=ImportState.READING, target=ImportState.STAGED)
    def stage(self) -> None:
        "Every row is read and can be looked at."

    @transition(state, source=ImportState.READING, target=ImportState.REFUSED)
    def refuse(self) -> None:
        "The workbook turned out to be unusable."

    @transition(state, source=ImportState.STAGED, target=ImportState.APPLYING)
    def start_applying(self) -> None:
        "Somebody has looked at it and wants it in the record."

    @transition(state, source=ImportState.APPLYING, target=ImportState.APPLIED)
    def finish(self) -> None:
        "All of it is in the record, at one instant."

    @transition(state, source=ImportState.APPLYING, target=ImportState.STAGED)
    def give_back(self) -> None:
        "Applying failed as a whole: nothing was changed."

    @transition(state, source=[ImportState.STAGED, ImportState.REFUSED], target=ImportState.DISCARDED)
    def discard(self) -> None:
        "Nobody wants it: what was read is deleted."
