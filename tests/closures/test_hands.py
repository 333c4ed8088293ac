"""The hands that the protocol names, each doing its part, and nobody doing two."""

import pytest

from cases.machine import State as CaseState
from closures import actions
from closures.machine import State
from closures.models import Closure
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cast import NOON, a_person
from tests.closures.walkers import at_turn, checked, closed, moved, started, the_hand
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db


def test_three_hands_close_a_case():
    """HAV-CLS-1 to HAV-CLS-5"""
    closure = closed()

    assert closure.state == State.CLOSED
    assert closure.case.state == CaseState.CLOSED
    assert closure.case.closure_reason == "RC7"
    assert closure.case.responsible_team is None
    assert len({turn.done_by_id for turn in closure.turns_done.all()}) == 3


def test_the_case_stays_open_while_the_closing_is_prepared():
    assert started().case.state == CaseState.OPEN


def test_proposing_hands_the_closing_to_the_manager():
    closure = at_turn(2)

    assert closure.state == State.PROPOSED
    assert closure.case.state == CaseState.CLOSING
    assert closure.plan.hand_names(closure.present_turn) == "Practice manager or deputy team manager"
    assert closure.case.journal.filter(kind="closure_proposed", clause__contains="HAV-CLS-3").exists()


def test_a_closing_is_not_proposed_without_its_notes():
    closure = started()

    with pytest.raises(Refused) as refused:
        actions.take_turn(closure=closure, by=the_hand(closure, 1), at=NOON, reason="RC7", why="No longer in need")

    assert refused.value.sentences == [
        "Not answered: Supervision case note written.",
        "Not answered: Case closure note written, with its extra questions and the closing summary.",
    ]


def test_a_refusal_names_the_reason_and_the_words_that_are_missing():
    closure = checked(started())

    with pytest.raises(Refused) as refused:
        actions.take_turn(closure=closure, by=the_hand(closure, 1), at=NOON)

    assert refused.value.sentences == ["Choose the reason for closure.", "Say why the case can close."]


def test_whoever_proposed_does_not_authorise():
    manager = None
    closure = started()
    manager = a_person("Mo Manager", closure.case.holding.team, Role.TEAM_MANAGER)
    closure = moved(closure, by=manager)

    with pytest.raises(NotAllowed, match="somebody else must be the practice manager"):
        moved(Closure.objects.get(pk=closure.pk), by=manager)


def test_a_social_worker_does_not_authorise():
    closure = at_turn(2)

    with pytest.raises(NotAllowed, match="This waits for: Practice manager or deputy team manager"):
        moved(closure, by=the_hand(closure, 1))


def test_a_manager_does_not_close_in_the_place_of_admin():
    closure = at_turn(3)

    with pytest.raises(NotAllowed, match="This waits for: Admin"):
        moved(closure, by=the_hand(closure, 2))


def test_admin_of_the_whole_authority_closes_for_every_team():
    closure = at_turn(3)
    central = TeamFactory(authority=closure.case.authority, code="council", kind="support")
    admin = a_person("Cen Tral", central, Role.ADMIN)

    assert closure in Closure.objects.visible_to(admin)
    assert moved(closure, by=admin).state == State.CLOSED


def test_admin_of_another_team_does_not_close():
    closure = at_turn(3)
    other = TeamFactory(authority=closure.case.authority, code="u12")
    admin = a_person("Oth Er", other, Role.ADMIN)

    assert closure not in Closure.objects.visible_to(admin)
    with pytest.raises(NotAllowed):
        moved(closure, by=admin)


def test_what_is_sent_back_is_done_again_by_the_hand_before():
    closure = at_turn(2)

    closure = actions.send_back(closure=closure, because="The summary is thin.", by=the_hand(closure, 2), at=NOON)

    assert closure.state == State.RETURNED
    assert closure.turn == 1
    assert closed(Closure.objects.get(pk=closure.pk)).state == State.CLOSED


def test_a_withdrawn_closing_leaves_the_case_open():
    closure = at_turn(2)

    actions.withdraw(closure=closure, because="A new concern.", by=the_hand(closure, 1), at=NOON)

    closure = Closure.objects.get(pk=closure.pk)
    assert closure.state == State.WITHDRAWN
    assert closure.case.state == CaseState.OPEN


def test_a_case_has_one_closing_at_a_time():
    closure = started()

    with pytest.raises(Refused, match=f"has been begun already: {closure.reference}"):
        started(closure.case)


def test_a_line_without_its_evidence_bars():
    closure = started()
    worker = the_hand(closure, 1)
    actions.save_checks(closure=closure, given={"HAV-Z7": actions.Given("done")}, by=worker, at=NOON)

    with pytest.raises(Refused, match="Give the link to it: Supervision case note written"):
        actions.take_turn(closure=closure, by=worker, at=NOON, reason="RC7", why="Done")


def test_a_mandatory_line_is_not_talked_away():
    closure = started()
    worker = the_hand(closure, 1)
    given = {"HAV-Z7": actions.Given("not_done", reason="There was no time")}
    actions.save_checks(closure=closure, given=given, by=worker, at=NOON)

    with pytest.raises(Refused, match="must be done before the case is closed: Supervision case note written"):
        actions.take_turn(closure=closure, by=worker, at=NOON, reason="RC7", why="Done")


def test_part_of_a_checklist_is_kept():
    closure = started()

    checked(closure, but=["HAV-Z8"])

    assert list(closure.checks.values_list("item", flat=True)) == ["HAV-Z7"]


def test_saving_the_same_answers_again_writes_nothing():
    closure = checked(started())
    told = closure.case.journal.count()

    checked(closure)

    assert closure.case.journal.count() == told


def test_the_proposal_is_the_decision_that_the_protocol_asks_for():
    from cases.facts import facts_of

    closure = at_turn(2)

    built = facts_of(closure.case, NOON)

    assert built.values["decision_to_close"] is True
    assert [found.code for found in built.decide().recommended] == ["HAV-ANY-CLOSE"]


def test_a_case_that_is_closed_some_other_way_ends_the_closing():
    from cases import actions as case_actions

    closure = at_turn(2)

    case_actions.close_case(case=closure.case, reason="RC7", by=None, at=NOON)

    closure = Closure.objects.get(pk=closure.pk)
    assert closure.state == State.WITHDRAWN
    assert closure.ended_because == "The case was closed in the council's own record."
