"""A worker leaves: the manager holds their cases at once, and nobody is left allocated to somebody who is not there."""

from datetime import date, timedelta

from cases import actions
from cases.models import Notice, Part
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person

TODAY = NOON.date()
TOMORROW = NOON + timedelta(days=1)


def leave(person, on=TODAY):
    person.memberships.update(ends_on=on)


def parts(case):
    return {line.role: line.person for line in case.involvements.current()}


def test_the_manager_holds_the_cases_of_a_leaver(social_worker, transferring_team, transferring_manager):
    case = open_case(transferring_team, worker=social_worker)
    leave(social_worker)

    assert actions.let_leavers_go(at=TOMORROW) == 1

    assert parts(case) == {Part.RESPONSIBLE_TEAM: None, Part.DUTY: transferring_manager}
    told = Notice.objects.get()
    assert (told.person, social_worker.name in told.title) == (transferring_manager, False)
    assert case.journal.filter(kind="case_held_on_duty", says__contains="has left").exists()


def test_on_the_last_day_they_are_still_there(social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    leave(social_worker)

    assert actions.let_leavers_go(at=NOON) == 0

    assert parts(case)[Part.ALLOCATED_SOCIAL_WORKER] == social_worker


def test_whoever_may_no_longer_sign_in_has_left(social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    social_worker.is_active = False
    social_worker.save()

    actions.let_leavers_go(at=NOON)

    assert parts(case) == {Part.RESPONSIBLE_TEAM: None, Part.DUTY: None}


def test_another_part_simply_ends(social_worker, transferring_team, receiving_team):
    case = open_case(transferring_team, worker=social_worker)
    helper = a_person("Hal Helper", receiving_team, "social_worker")
    actions.add_involvement(case=case, role=Part.CO_WORKER, team=receiving_team, person=helper, by=None, at=NOON)
    leave(helper)

    actions.let_leavers_go(at=TOMORROW)

    assert parts(case) == {Part.RESPONSIBLE_TEAM: None, Part.ALLOCATED_SOCIAL_WORKER: social_worker}


def test_a_manager_who_leaves_hands_on_what_they_held(social_worker, transferring_team, transferring_manager):
    case = open_case(transferring_team, worker=social_worker)
    leave(social_worker)
    actions.let_leavers_go(at=TOMORROW)
    leave(transferring_manager, TOMORROW.date())
    successor = a_person("Sue Successor", transferring_team, "team_manager")

    actions.let_leavers_go(at=TOMORROW + timedelta(days=1))

    assert parts(case) == {Part.RESPONSIBLE_TEAM: None, Part.DUTY: successor}


def test_it_does_nothing_the_second_time(social_worker, transferring_team):
    open_case(transferring_team, worker=social_worker)
    leave(social_worker, date(2026, 11, 20))

    assert [actions.let_leavers_go(at=NOON), actions.let_leavers_go(at=NOON)] == [1, 0]


def test_the_protocols_own_words_and_clause_go_with_it(
    authority, social_worker, transferring_team, transferring_manager
):
    """NN-3.11.p2"""
    authority.pack = "northamptonshire"
    authority.save()
    case = open_case(transferring_team, worker=social_worker)
    leave(social_worker)

    actions.let_leavers_go(at=TOMORROW)

    told = Notice.objects.get()
    assert told.clause == case.journal.get(kind="worker_left").clause == "NN-3.11.p2"
    assert told.lines == ["The team manager names another practitioner, with a warm handover."]
