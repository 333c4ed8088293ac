"""Every rule of the yearly return that is about a closing has its check here, by the Department's number."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases import actions as case_actions
from cases.models import Case
from closures import actions
from teams.refusals import Refused
from tests.cases.walkers import open_case
from tests.cast import NOON
from tests.closures.test_net import (
    assessed,
    enquiry_without_its_end,
    event_to_come,
    plan_beside_a_plan,
    spell,
)
from tests.closures.walkers import at_turn, checked, moved, the_hand
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db


def closing(before=lambda case: None, reason="RC7"):
    closure = at_turn(3)
    before(closure.case)
    moved(closure, reason=reason)


def closed_before_it_was_opened():
    case = open_case(TeamFactory())
    earlier = case.opened_at - timedelta(days=1)
    case_actions.close_case(case=case, reason="RC7", by=None, at=NOON, effective_at=earlier)


def closed_without_a_reason():
    closure = checked(at_turn(3))
    closure.reason = ""
    closure.save()
    actions.take_turn(closure=closure, by=the_hand(closure, 3), at=NOON)


def given_a_reason_while_open():
    Case.objects.filter(pk=open_case(TeamFactory()).pk).update(closure_reason="RC7")


def an_open_case_without_its_closing_day():
    closed = case_actions.close_case(case=open_case(TeamFactory()), reason="RC7", by=None, at=NOON)
    Case.objects.filter(pk=closed.pk).update(closed_at=None, closed_by=None)


def two_open_cases():
    case = open_case(TeamFactory())
    case_actions.open_case(child=case.child, team=case.holding.team, by=None, at=NOON)


def a_case_over_another():
    case = open_case(TeamFactory())
    team = case.holding.team
    case_actions.close_case(case=case, reason="RC7", by=None, at=NOON)
    case_actions.open_case(
        child=case.child, team=team, by=None, at=NOON + timedelta(days=2), opened_at=NOON - timedelta(days=2)
    )


def an_undoing_over_another():
    case = open_case(TeamFactory())
    team = case.holding.team
    case_actions.close_case(case=case, reason="RC7", by=None, at=NOON)
    other = case_actions.open_case(child=case.child, team=team, by=None, at=NOON + timedelta(hours=1))
    case_actions.close_case(case=other, reason="RC7", by=None, at=NOON + timedelta(hours=2))
    case_actions.undo_closing(case=case, by=None, at=NOON + timedelta(hours=3), why="A slip.")


def twice(code):
    case = open_case(TeamFactory())
    spell(case, "status", code)
    case_actions.start_spell(case=case, kind="status", code=code, starts_on=date(2026, 10, 12), by=None, at=NOON)


def more_after_the_assessment(case):
    assessed(case, "16A")
    made = spell(case, "status", "child_in_need")
    case_actions.end_spell(spell=made, ends_on=date(2026, 11, 2), by=None, at=NOON)


RULES = {
    "8805": [(closed_without_a_reason, "Choose the reason for closure.")],
    "8810": [
        (given_a_reason_while_open, "case_closed_with_date_and_reason"),
        (an_open_case_without_its_closing_day, "case_closed_with_date_and_reason"),
    ],
    "8630": [(closed_before_it_was_opened, "The closing cannot be before the case was opened")],
    "8565": [(lambda: closing(event_to_come), "cancel it, or close after it (census 8565)")],
    "8867": [
        (lambda: closing(lambda case: spell(case, "status", "assessment")), "complete and authorise it (census 8867)")
    ],
    "8868": [
        (lambda: closing(enquiry_without_its_end), "has no end: record the conference, or how it ended (census 8868)")
    ],
    "2990": [
        (lambda: closing(more_after_the_assessment, "RC8"), "There was more after the assessment (child in need)")
    ],
    "8825Q": [(lambda: closing(reason="RC9"), "No assessment is recorded, so the reason cannot be")],
    "8873Q": [(lambda: closing(lambda case: assessed(case, "21")), "The only assessment identified no factor")],
    "8585Q": [(lambda: closing(reason="RC2"), "Record the date of death first (census 8585Q).")],
    "4001": [(lambda: closing(plan_beside_a_plan), "end one of them (4001, 4016, 4017)")],
    "4016": [(lambda: closing(plan_beside_a_plan), "end one of them (4001, 4016, 4017)")],
    "4017": [(lambda: closing(plan_beside_a_plan), "end one of them (4001, 4016, 4017)")],
    "4004": [(lambda: twice("child_in_need"), "and has not ended: end it first.")],
    "8935": [(lambda: twice("child_protection"), "and has not ended: end it first.")],
    "8815": [(two_open_cases, "The child already has an open case")],
    "8816": [(an_undoing_over_another, "(census 8816, 8820)")],
    "8820": [(a_case_over_another, "(census 8816, 8820)")],
}
"""What breaks each rule, and the words in which it is refused. Days after the closing: test_closing_day."""


@pytest.mark.parametrize(("rule", "do", "says"), [(rule, *one) for rule, tried in RULES.items() for one in tried])
def test_what_the_return_would_not_take_is_refused(rule, do, says):
    with pytest.raises((Refused, IntegrityError)) as refused, transaction.atomic():
        do()

    told = " ".join(refused.value.sentences) if isinstance(refused.value, Refused) else str(refused.value)
    assert says in told
