"""What the outcome of an event makes true of the child by law, whatever the protocol: which spell starts and which
ends on the day it was held, and which fact it settles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Consequence:
    """`starts` and `ends` are (kind, code) of spells. A spell already running is not started again."""

    starts: tuple[tuple[str, str], ...] = ()
    ends: tuple[tuple[str, str], ...] = ()


CHILD_PROTECTION = ("status", "child_protection")
CHILD_IN_NEED = ("status", "child_in_need")

_PLAN_MADE = Consequence(starts=(CHILD_PROTECTION,), ends=(CHILD_IN_NEED,))
_NEED_PLAN_MADE = Consequence(starts=(CHILD_IN_NEED,))
_CONFERENCES = ("initial_child_protection_conference", "pre_birth_conference", "transfer_in_conference")

CONSEQUENCES: dict[tuple[str, str], Consequence] = {
    **{(kind, "child_protection_plan"): _PLAN_MADE for kind in _CONFERENCES},
    **{(kind, "child_in_need_plan"): _NEED_PLAN_MADE for kind in _CONFERENCES},
    ("review_child_protection_conference", "child_in_need_plan"): Consequence((CHILD_IN_NEED,), (CHILD_PROTECTION,)),
    ("review_child_protection_conference", "plan_ends"): Consequence(ends=(CHILD_PROTECTION,)),
    ("child_in_need_meeting", "plan_agreed"): _NEED_PLAN_MADE,
    ("child_in_need_meeting", "plan_ends"): Consequence(ends=(CHILD_IN_NEED,)),
    ("legal_planning_meeting", "pre_proceedings"): Consequence(starts=(("proceedings", "pre_proceedings"),)),
    ("legal_tracking_panel", "pre_proceedings"): Consequence(starts=(("proceedings", "pre_proceedings"),)),
    ("gateway_meeting", "pre_proceedings"): Consequence(starts=(("proceedings", "pre_proceedings"),)),
}


def of(kind: str, outcome: str) -> Consequence:
    return CONSEQUENCES.get((kind, outcome), Consequence())


SETTLES: dict[tuple[str, str], tuple[str, bool]] = {
    ("strategy_discussion", "section_47_enquiry"): ("section_47", True),
    ("strategy_discussion", "no_further_action"): ("section_47", False),
}


def settles(kind: str, outcome: str) -> tuple[str, bool] | None:
    """The fact that an outcome answers, so that nobody has to answer it again."""
    return SETTLES.get((kind, outcome))
