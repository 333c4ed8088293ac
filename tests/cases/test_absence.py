"""A worker is away: their deputy, or the manager, sees and hears what is due in their cases until they are back."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.caseload import caseload_of
from cases.forms.worklist import WorklistForm
from cases.models import Case, Deadline, Notice, Standing
from teams import actions as team_actions
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person

TODAY = NOON.date()


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def deputy(transferring_team):
    return a_person("Deb Uty", transferring_team, Role.SOCIAL_WORKER)


@pytest.fixture
def case(transferring_team, social_worker):
    return open_case(transferring_team, worker=social_worker)


def away(person, deputy=None, starts=TODAY, ends=date(2026, 12, 4)):
    return team_actions.record_absence(
        person=person, deputy=deputy, starts_on=starts, ends_on=ends, by=None, at=NOON
    )  # fmt: skip


def seen_by(person, at=NOON):
    return [(held.case.reference, held.instead) for held in caseload_of(person, at)]


def test_the_deputy_has_the_cases_of_a_worker_who_is_away(case, social_worker, deputy, transferring_manager):
    away(social_worker, deputy)

    assert seen_by(deputy) == [(case.reference, "for Sam Worker, away until 4 December 2026")]
    assert seen_by(transferring_manager) == []


def test_without_a_deputy_the_manager_has_them(case, social_worker, transferring_manager, receiving_manager):
    away(social_worker)

    assert [reference for reference, _ in seen_by(transferring_manager)] == [case.reference]
    assert seen_by(receiving_manager) == []


def test_a_deputy_who_has_left_does_not_keep_them_from_the_manager(case, social_worker, deputy, transferring_manager):
    away(social_worker, deputy)
    deputy.is_active = False
    deputy.save()

    assert [reference for reference, _ in seen_by(transferring_manager)] == [case.reference]


@pytest.mark.parametrize(
    ("starts", "ends"), [(date(2026, 11, 24), date(2026, 12, 4)), (date(2026, 11, 9), date(2026, 11, 22))]
)
def test_before_and_after_the_absence_nobody_stands_in(case, social_worker, deputy, starts, ends):
    away(social_worker, deputy, starts, ends)

    assert seen_by(deputy) == []


def test_what_is_due_comes_with_the_case_and_the_worker_keeps_it(case, social_worker, deputy):
    Deadline.objects.create(
        case=case, timer="X-1", what="Core group held", pack=case.pack, occasion="once", starts_at=NOON,
        due_at=NOON + timedelta(days=2), computed_at=NOON,
    )  # fmt: skip
    away(social_worker, deputy)

    assert caseload_of(deputy, NOON)[0].due.what == "Core group held"
    assert seen_by(social_worker) == [(case.reference, "")]
    assert Case.objects.get(pk=case.pk).allocated_social_worker == social_worker


def test_a_restricted_case_does_not_pass_to_a_deputy(case, social_worker, deputy):
    case.child.restricted = True
    case.child.save()
    away(social_worker, deputy)

    assert seen_by(deputy) == []


def test_a_contact_goes_to_the_deputy_and_not_to_somebody_who_is_away(case, social_worker, deputy):
    away(social_worker, deputy)

    actions.record_contact(
        team=case.holding.team, child=case.child, given_name="Testcase", channel="phone", source="school",
        says="Seen alone.", received_at=NOON, by=None, at=NOON,
    )  # fmt: skip

    assert [notice.person for notice in Notice.objects.filter(code="CONTACT-PASSED-ON")] == [deputy]


def test_without_a_deputy_a_contact_goes_to_the_manager(case, social_worker, transferring_manager):
    away(social_worker)

    actions.record_contact(
        team=case.holding.team, child=case.child, given_name="Testcase", channel="phone", source="school",
        says="Seen alone.", received_at=NOON, by=None, at=NOON,
    )  # fmt: skip

    assert [notice.person for notice in Notice.objects.filter(code="CONTACT-PASSED-ON")] == [transferring_manager]


def test_what_becomes_overdue_is_told_to_the_deputy(case, social_worker, deputy):
    away(social_worker, deputy)
    Deadline.objects.create(
        case=case, timer="X-1", what="Core group held", pack=case.pack, occasion="once",
        starts_at=NOON - timedelta(days=9), due_at=NOON - timedelta(hours=1), computed_at=NOON - timedelta(days=9),
    )  # fmt: skip

    actions.sweep(at=NOON)

    told = {notice.person for notice in Notice.objects.filter(code="DEADLINES-OVERDUE")}
    assert deputy in told
    assert social_worker not in told


def test_whoever_stands_in_hears_it_once_without_a_name(case, social_worker, deputy):
    away(social_worker, deputy)

    assert actions.tell_of_absences(at=NOON) == 1
    assert actions.tell_of_absences(at=NOON + timedelta(minutes=5)) == 0

    told = Notice.objects.get(code="WORKER-AWAY")
    assert told.person == deputy
    assert told.title == "A colleague is away until 4 December 2026: you have 1 case of theirs"


def test_every_case_tells_of_it_and_the_manager_sees_that_the_work_is_done(
    authority, transferring_team, social_worker, deputy, transferring_manager
):
    """NN-3.11.p1a, NN-3.11.p1b: the team manager takes over, a deputy or not."""
    authority.pack = "northamptonshire"
    authority.save()
    cases = [open_case(transferring_team, worker=social_worker) for _ in range(3)]
    away(social_worker, deputy)

    actions.tell_of_absences(at=NOON)

    told = Notice.objects.filter(code="WORKER-AWAY")
    assert {notice.person for notice in told} == {deputy, transferring_manager}
    assert {notice.clause for notice in told} == {"NN-3.11.p1a, NN-3.11.p1b"}
    assert {"you have 3 cases" in notice.title for notice in told} == {True}
    for case in cases:
        entry = case.journal.get(kind="worker_absent")
        assert entry.says.startswith("Sam Worker is away until 4 December 2026. What is due goes to Deb Uty")
        assert entry.clause == "NN-3.11.p1a, NN-3.11.p1b"


def test_with_more_cases_the_database_is_not_asked_more_often(
    transferring_team, social_worker, deputy, django_assert_max_num_queries
):
    for _ in range(9):
        open_case(transferring_team, worker=social_worker)
    away(social_worker, deputy)

    with django_assert_max_num_queries(10):
        assert actions.tell_of_absences(at=NOON) == 1


def test_nobody_hears_of_an_absence_without_cases(social_worker, deputy):
    away(social_worker, deputy)

    assert actions.tell_of_absences(at=NOON) == 0
    assert not Notice.objects.exists()


def test_the_team_lists_the_cases_of_those_who_are_away(case, social_worker, transferring_team, transferring_manager):
    """HAV-GP-15: every team keeps a task list that covers absences."""
    open_case(transferring_team)
    away(social_worker)

    found = WorklistForm({"worker": "away"}, by=transferring_manager).cases(Standing.of(transferring_manager), NOON)

    assert [one.reference for one in found] == [case.reference]


def test_the_first_page_says_for_whom(client, case, social_worker, deputy):
    away(social_worker, deputy)
    client.force_login(deputy, backend="django.contrib.auth.backends.ModelBackend")

    assert "for Sam Worker, away until 4 December 2026" in client.get("/").text
