"""What every state machine shares: guards that give their reasons, and the list of all reasons for one move."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django_fsm import ConcurrentTransitionMixin

from teams.refusals import Gap

Guard = Callable[[Any], list[Gap]]


def clear(guard: Guard) -> Callable[[Any], bool]:
    """A condition that holds while the guard names no gap; it keeps the guard, so that `blockers` can ask it."""

    def is_clear(thing: Any) -> bool:
        return not guard(thing)

    is_clear.guard = guard  # type: ignore[attr-defined]
    return is_clear


class StateMachine(ConcurrentTransitionMixin, models.Model):
    """The life of one thing. Subclasses add `state` and the moves, with empty bodies."""

    class Meta:
        abstract = True

    @property
    def stands(self) -> str:
        """How it stands, and who brought it there, in one sentence."""
        words = self.get_state_display().lower()  # type: ignore[attr-defined]
        by = self.brought_by()
        return f"This {self._meta.verbose_name} is {words}{f': {by}' if by else ''}."

    def brought_by(self) -> str:
        """Who brought it to where it stands, and when, where the thing knows it."""
        return ""

    def blockers(self, move: str) -> list[Gap]:
        """Every reason why this move is not possible now; empty when it is."""
        state = self.state  # type: ignore[attr-defined]
        transition = getattr(type(self), move)._django_fsm.get_transition(state)
        if transition is None:
            return [Gap(self.stands)]
        return [gap for condition in transition.conditions for gap in condition.guard(self)]
