"""Closing with something still owed to the child is refused, and the refusal says what to do."""

import ast
import inspect
from datetime import date, timedelta

import pytest

from cases import actions as case_actions
from cases.actions import queue_notices
from cases.models import Contact, Deadline, Family
from cases.notices import Recipient
from closures import actions, net
from closures.models import Closure
from closures.net import owed_to_child
from teams.refusals import Refused
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.closures.walkers import a_case, at_turn, moved, started, the_hand
from tests.factories import TeamFactory
from tests.transfers.walkers import a_case_for_conference, requested
from transfers.models import Duty, Transfer, Waiver

pytestmark = pytest.mark.django_db
YESTERDAY = NOON - timedelta(days=1)
SINCE = date(2026, 10, 5)


def spell(case, kind, code):
    return case_actions.start_spell(case=case, kind=kind, code=code, starts_on=SINCE, by=None, at=YESTERDAY)


def sibling_on_a_plan(case):
    case.child.family = Family.objects.create(authority=case.authority)
    case.child.save()
    other = open_case(case.holding.team, family=case.child.family)
    spell(other, "status", "child_protection")


def event_to_come(case):
    case_actions.record_event(
        case=case, kind="core_group", planned_at=NOON + timedelta(days=8), by=None, at=YESTERDAY
    )  # fmt: skip


def event_without_its_end(case):
    case_actions.record_event(
        case=case, kind="core_group", planned_at=NOON - timedelta(days=2), by=None, at=NOON - timedelta(days=9)
    )  # fmt: skip


def unsent_letter(case):
    queue_notices(
        authority=case.authority, case=case, code="X-1", subject=case.reference, occasion="once", channel="letter",
        title="Letter to the parents", to=[Recipient(party="parents")], at=YESTERDAY,
    )  # fmt: skip


def unread_contact(case):
    case_actions.record_contact(
        team=case.holding.team, child=case.child, given_name="Testcase", channel="phone", source="school",
        says="Seen alone at night.", received_at=NOON, by=None, at=NOON + timedelta(minutes=1),
    )  # fmt: skip


def enquiry_without_its_end(case):
    case_actions.record_event(
        case=case, kind="strategy_discussion", held_at=YESTERDAY, outcome="section_47_enquiry", by=None, at=NOON
    )


def duty(case):
    from casetransfer.protocols import pack_for

    timer = next(duty.timer for duty in pack_for(case.pack).duty if duty.timer)
    Deadline.objects.create(
        case=case, timer=timer, what="Chair the first core group.", pack=case.pack, occasion="once", starts_at=YESTERDAY,
        due_at=NOON + timedelta(days=5), computed_at=YESTERDAY,
    )  # fmt: skip


def duty_of_a_move(case):
    """The move is done, and what the team before owes is not."""
    team = TeamFactory(authority=case.authority, code="t12", name="12+")
    moved_here = Transfer.objects.create(
        case=case, route="HAV-T12-ASSESS", pack=case.pack, version="1", effect="moves", transferring_team=team,
        receiving_team=case.holding.team, requested_at=YESTERDAY, state="completed", finished_at=YESTERDAY,
    )  # fmt: skip
    Duty.objects.create(
        transfer=moved_here, code="HAV-DUTY-COREGROUP", what="The first core group is chaired.", team=team
    )


def contact_to_decide(case):
    case_actions.record_contact(
        team=TeamFactory(authority=case.authority, code="tmash", kind="front_door"), child=None, given_name="Testcase",
        channel="phone", source="school", says="Seen alone.", received_at=YESTERDAY, by=None, at=YESTERDAY,
    )  # fmt: skip
    Contact.objects.update(child=case.child, state="rated")


def waived_paper(case):
    team = TeamFactory(authority=case.authority, code="t12", name="12+")
    done = Transfer.objects.create(
        case=case, route="HAV-T12-ASSESS", pack=case.pack, version="1", effect="moves", transferring_team=team,
        receiving_team=case.holding.team, requested_at=YESTERDAY, state="completed", finished_at=YESTERDAY,
    )  # fmt: skip
    people = [a_person(f"Si Gner{number}", team, Role.TEAM_MANAGER) for number in (1, 2)]
    Waiver.objects.create(
        transfer=done, item="HAV-S04", reason="Coming.", asked_at=YESTERDAY, asked_by=people[0],
        signed_at=YESTERDAY, signed_by=people[1], expires_on=(NOON + timedelta(days=9)).date(),
    )  # fmt: skip


def plan_beside_a_plan(case):
    for code in ("child_in_need", "child_protection"):
        spell(case, "status", code)


def plan_beside_a_plan_long_ago(case):
    for code, starts, ends in [("child_in_need", date(2026, 10, 5), date(2026, 10, 20)),
                               ("child_protection", date(2026, 10, 12), date(2026, 11, 2))]:  # fmt: skip
        case_actions.start_spell(
            case=case, kind="status", code=code, starts_on=starts, ends_on=ends, by=None, at=YESTERDAY
        )


CONDITIONS = {
    "two plans once": (
        plan_beside_a_plan_long_ago,
        "The child in need plan from 5 October 2026 ran beside the child protection plan from 12 October 2026: correct "
        "one of them (4001, 4016, 4017).",
    ),
    "duty of a move": (duty_of_a_move, "Still owed by 12+: The first core group is chaired. Record on transfer"),
    "undecided contact": (contact_to_decide, "is not decided yet: read it and decide it."),
    "waived paper": (waived_paper, "A paper is waived until 2 December 2026: record that it is there"),
    "two plans": (plan_beside_a_plan, "end one of them (4001, 4016, 4017)"),
    "supervision order": (
        lambda case: spell(case, "legal", "supervision_order"), "Supervision order is in force since 5 October 2026",
    ),
    "sibling": (sibling_on_a_plan, "A brother or sister has a child protection plan"),
    "event to come": (event_to_come, "is booked for 1 December 2026 at 12:00: cancel it, or close after it (census 8565)"),
    "event not recorded": (event_without_its_end, "record that it was held, or cancel it"),
    "unsent letter": (unsent_letter, "Not sent yet: Letter to the parents (letter, parents): send it, or say that it was done."),
    "unread contact": (unread_contact, "came in during the closing: send it back to the"),
    "open enquiry": (enquiry_without_its_end, "has no end: record the conference, or how it ended (census 8868)"),
    "open assessment": (lambda case: spell(case, "status", "assessment"), "complete and authorise it (census 8867)"),
    "plan": (lambda case: spell(case, "status", "child_protection"), "a conference must end it first"),
    "live order": (lambda case: spell(case, "legal", "interim_care_order"), "record the day on which it ended"),
    "proceedings": (lambda case: spell(case, "proceedings", "issued"), "record their end"),
    "looked after": (lambda case: spell(case, "status", "looked_after"), "record first when that ended"),
    "duty": (duty, "Still owed to another team: Chair the first core group."),
}  # fmt: skip


@pytest.mark.parametrize("name", CONDITIONS)
def test_what_is_owed_to_the_child_bars_the_closing(name):
    make, says = CONDITIONS[name]
    closure = at_turn(3)
    make(closure.case)

    with pytest.raises(Refused) as refused:
        moved(closure)

    assert says in " ".join(refused.value.sentences)
    assert Closure.objects.get(pk=closure.pk).case.is_held


def test_every_condition_of_the_net_is_tried():
    """Read in the net itself: a new condition without a test is found here."""
    said = {
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(net)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_say"
    }

    assert said == {
        "transfer", "waiver", "meeting", "assessment", "plan", "order", "proceedings", "plans", "enquiry", "sibling",
        "contact", "letter", "duty", "reason", "factors",
    }  # fmt: skip


def test_a_transfer_under_way_bars_the_closing():
    closure = at_turn(3, started(a_case_for_conference(a_case().holding.team)))
    transfer = requested(closure.case, TeamFactory(authority=closure.case.authority, code="u12", name="Under 12"))

    with pytest.raises(
        Refused, match=f"Transfer {transfer.reference} to Under 12 is under way: complete it or withdraw"
    ):
        moved(closure)


REASONS = {
    "RC1": "Record the placement for adoption first.",
    "RC2": "Record the date of death first (census 8585Q).",
    "RC3": "Record the child arrangements order first.",
    "RC4": "Record the special guardianship order first.",
    "RC6": "The young person is not 18 yet",
    "RC8": "No assessment is recorded, so the reason cannot be: closed after assessment, no further action (census 8825Q).",
    "RC9": "No assessment is recorded, so the reason cannot be: closed after assessment, referred to early help",
}


@pytest.mark.parametrize("reason", REASONS)
def test_the_record_must_bear_out_the_statutory_reason(reason):
    closure = at_turn(3)
    closure.reason = reason
    closure.save()

    with pytest.raises(Refused) as refused:
        moved(closure, reason=reason)

    assert REASONS[reason] in " ".join(refused.value.sentences)


def test_more_help_after_the_assessment_contradicts_closing_after_assessment():
    closure = at_turn(3)
    for code in ("assessment", "child_in_need"):
        made = spell(closure.case, "status", code)
        case_actions.end_spell(spell=made, ends_on=date(2026, 11, 2), by=None, at=NOON)

    with pytest.raises(Refused, match=r"There was more after the assessment \(child in need\).*2990"):
        moved(closure, reason="RC8")


def assessed(case, *factors, starts=SINCE, ends=date(2026, 11, 2)):
    return case_actions.start_spell(
        case=case, kind="status", code="assessment", starts_on=starts, ends_on=ends, factors=factors, by=None, at=NOON
    )


NO_FACTOR = "The only assessment identified no factor, so the reason should be: closed after assessment."


def test_an_assessment_without_factors_asks_for_a_closing_after_assessment():
    closure = at_turn(3)
    assessed(closure.case, "21")

    with pytest.raises(Refused) as refused:
        moved(closure)

    assert [gap.field for gap in refused.value.gaps] == ["reason"]
    assert f"{NO_FACTOR} Choose that, or correct what the assessment found (census 8873Q)." in refused.value.sentences


@pytest.mark.parametrize("reason", ["RC8", "RC9"])
def test_it_closes_after_assessment(reason):
    closure = at_turn(3)
    assessed(closure.case, "21")

    assert moved(closure, reason=reason).case.closure_reason == reason


@pytest.mark.parametrize("factors", [["16A"], []])
def test_an_assessment_that_found_something_asks_for_no_reason(factors):
    closure = at_turn(3)
    assessed(closure.case, *factors)

    assert moved(closure).case.closed_at


def test_of_two_assessments_one_may_have_found_nothing():
    closure = at_turn(3)
    assessed(closure.case, "21", ends=date(2026, 10, 12))
    assessed(closure.case, "21", starts=date(2026, 10, 12))

    assert moved(closure).case.closed_at


def test_the_question_about_factors_is_answered_by_a_group_manager_with_a_reason():
    """A query of the return, which takes a reason: a child may leave for another authority after such an assessment."""
    closure = at_turn(3)
    assessed(closure.case, "21")
    Closure.objects.filter(pk=closure.pk).update(reason="RC5")
    manager = a_person("Gro Up", closure.case.holding.team, Role.GROUP_MANAGER)

    actions.decide_otherwise(
        closure=Closure.objects.get(pk=closure.pk), condition="factors", because="Moved away.", by=manager, at=NOON
    )

    assert moved(Closure.objects.get(pk=closure.pk), reason="RC5").case.closure_reason == "RC5"


def test_a_group_manager_decides_otherwise_about_a_sibling_by_name_and_for_ever():
    closure = at_turn(3)
    sibling_on_a_plan(closure.case)
    manager = a_person("Gro Up", closure.case.holding.team, Role.GROUP_MANAGER)

    actions.decide_otherwise(
        closure=closure, condition="sibling", because="Lives with the grandmother.", by=manager, at=NOON
    )

    assert owed_to_child(closure, NOON) == []
    assert moved(Closure.objects.get(pk=closure.pk)).case.closed_at
    assert closure.case.journal.filter(kind="closure_departure", by=manager).exists()


def test_nobody_decides_otherwise_about_a_duty():
    closure = at_turn(3)
    duty(closure.case)
    manager = a_person("Gro Up", closure.case.holding.team, Role.GROUP_MANAGER)

    with pytest.raises(Refused, match="Nobody can decide otherwise about this"):
        actions.decide_otherwise(closure=closure, condition="duty", because="Never mind", by=manager, at=NOON)


def test_every_reason_is_named_at_once():
    closure = at_turn(3)
    for make in (sibling_on_a_plan, event_to_come, unsent_letter):
        make(closure.case)

    with pytest.raises(Refused) as refused:
        actions.take_turn(closure=closure, by=the_hand(closure, 3), at=NOON)

    assert len(refused.value.sentences) == 4
