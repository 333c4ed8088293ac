"""A closing of some days ago is written down for its day, and for no day on which it cannot have been."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from cases import actions as case_actions
from closures import actions
from closures.models import Closure
from teams.refusals import Refused
from teams.roles import Role
from tests.cast import NOON, a_person
from tests.closures.walkers import at_turn, checked, the_hand

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=9)  # Wednesday 2 December; the last hand has had it since Monday 23 November
THAT_DAY = date(2026, 11, 25)
AFTER = NOON + timedelta(days=5)


def closed_on(day, closure=None, at=LATER):
    closure = checked(closure or at_turn(3))
    return actions.take_turn(closure=closure, by=the_hand(closure, 3), at=at, closed_on=day)


def test_a_closing_of_an_earlier_day_counts_from_the_end_of_that_day():
    closure = closed_on(THAT_DAY)

    case = closure.case
    assert localdate(case.closed_at) == THAT_DAY
    assert case.closed_at == closure.closed_at
    assert case.responsible_team_at(NOON + timedelta(days=2)) is not None
    assert case.responsible_team_at(NOON + timedelta(days=3)) is None
    told = case.journal.get(kind="case_closed")
    assert (localdate(told.at), told.recorded_at) == (THAT_DAY, LATER)


def test_without_a_day_the_case_closes_now():
    assert closed_on(None).case.closed_at == LATER


def test_today_is_now():
    assert closed_on(localdate(LATER)).case.closed_at == LATER


def test_the_72_hours_of_an_undo_run_from_the_act():
    closure = closed_on(THAT_DAY)
    team = closure.case.involvements.standing().responsible().get().team

    actions.undo_closing(closure=closure, because="Not yet.", by=closure.closed_by, at=LATER + timedelta(hours=71))

    closure = Closure.objects.get(pk=closure.pk)
    assert closure.case.responsible_team == team
    assert closure.case.openings.count() == 1


def test_the_window_for_coming_back_runs_from_the_closing_day():
    closure = closed_on(THAT_DAY)
    manager = a_person("Ma Nager", closure.case.involvements.standing().responsible().get().team, Role.TEAM_MANAGER)

    with pytest.raises(Refused, match="The window ended on 25 February 2027"):
        actions.record_return(
            case=closure.case, kind="contact", came_on=date(2027, 2, 26), reason_now="Again", same_reasons=True,
            by=manager, at=LATER + timedelta(days=90),
        )  # fmt: skip


def a_core_group(case):
    case_actions.record_event(case=case, kind="core_group", held_at=AFTER, outcome="held", by=None, at=AFTER)


def a_status(case):
    case_actions.start_spell(
        case=case, kind="circumstance", code="homeless", value="yes", starts_on=AFTER.date(), by=None, at=AFTER
    )


def a_status_that_ended(case):
    spell = case_actions.start_spell(
        case=case, kind="status", code="child_in_need", starts_on=date(2026, 11, 2), by=None, at=NOON
    )
    case_actions.end_spell(spell=spell, ends_on=AFTER.date(), by=None, at=AFTER)


def another_worker(case):
    worker = a_person("Ne W", case.holding.team, Role.SOCIAL_WORKER)
    case_actions.allocate(case=case, worker=worker, by=None, at=AFTER)


def a_contact(case):
    contact = case_actions.record_contact(
        team=case.holding.team, child=case.child, given_name="Testcase", channel="phone", source="school",
        says="A question.", received_at=AFTER, by=None, at=AFTER,
    )  # fmt: skip
    assert contact.reference


DONE_AFTER = {
    a_core_group: "core group was held on 28 November 2026 at 12:00, after that day (census 8565).",
    a_status: "began on 28 November 2026, after that day (census 8565).",
    a_status_that_ended: "Child in need ended on 28 November 2026, after that day (census 8565).",
    another_worker: "Who holds or works the case changed after that day.",
    a_contact: "came in on 28 November 2026 at 12:00, after that day (census 8565).",
}


@pytest.mark.parametrize("do", DONE_AFTER, ids=lambda do: do.__name__)
def test_a_case_did_not_close_before_the_last_thing_that_was_done(do):
    closure = at_turn(3)
    do(closure.case)

    with pytest.raises(Refused) as refused:
        closed_on(THAT_DAY, closure)

    assert DONE_AFTER[do] in " ".join(refused.value.sentences)
    assert Closure.objects.get(pk=closure.pk).case.is_held


NOT_THEN = {
    date(2026, 11, 22): "The closing came to its last hand on 23 November 2026: the case cannot have closed before.",
    date(2026, 12, 3): "The closing day cannot be in the future.",
}


@pytest.mark.parametrize("day", NOT_THEN)
def test_a_case_does_not_close_before_its_hands_nor_tomorrow(day):
    with pytest.raises(Refused) as refused:
        closed_on(day)

    assert refused.value.sentences == [NOT_THEN[day]]


def test_only_the_last_hand_says_the_day():
    closure = checked(at_turn(2))

    actions.take_turn(closure=closure, by=the_hand(closure, 2), at=LATER, comment="Yes.", closed_on=THAT_DAY)

    assert Closure.objects.get(pk=closure.pk).closed_at is None
