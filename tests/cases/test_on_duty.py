"""A case on duty is looked at again on its day, by whoever the protocol names."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import Notice
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person

DAY = timedelta(days=1)


@pytest.fixture
def case(transferring_team, transferring_manager):
    case = open_case(transferring_team)
    actions.hold_on_duty(
        case=case, delay_reason="Nobody is free.", review_on=(NOON + DAY).date(), by=None, at=NOON
    )  # fmt: skip
    return case


def told():
    return [(notice.person, notice.subject) for notice in Notice.objects.filter(code="DUTY-REVIEW").order_by("pk")]


def test_whoever_the_protocol_names_hears_it_on_the_day_and_once(case, transferring_team):
    """HAV-GP-4: the group manager."""
    group_manager = a_person("Greta Group", transferring_team, Role.GROUP_MANAGER)

    assert actions.tell_of_duty_reviews(at=NOON) == 0
    assert [actions.tell_of_duty_reviews(at=NOON + DAY), actions.tell_of_duty_reviews(at=NOON + 2 * DAY)] == [1, 0]

    assert told() == [(group_manager, case.reference)]
    assert Notice.objects.get(code="DUTY-REVIEW").clause == "HAV-GP-4"


def test_in_the_absence_of_a_group_manager_the_teams_manager_does(case, transferring_manager):
    actions.tell_of_duty_reviews(at=NOON + DAY)

    assert told() == [(transferring_manager, case.reference)]


def test_a_new_day_is_told_again_and_a_worker_ends_it(case, social_worker):
    actions.tell_of_duty_reviews(at=NOON + DAY)
    actions.hold_on_duty(
        case=case, delay_reason="Still nobody.", review_on=(NOON + 3 * DAY).date(), by=None, at=NOON + 2 * DAY
    )  # fmt: skip
    assert actions.tell_of_duty_reviews(at=NOON + 3 * DAY) == 1

    actions.allocate(case=case, worker=social_worker, by=None, at=NOON + 4 * DAY)

    assert actions.tell_of_duty_reviews(at=NOON + 9 * DAY) == 0


def test_however_many_wait_the_database_is_asked_as_often(case, transferring_team, django_assert_max_num_queries):
    for _ in range(6):
        other = open_case(transferring_team)
        actions.hold_on_duty(
            case=other, delay_reason="Nobody is free.", review_on=(NOON + DAY).date(), by=None, at=NOON
        )  # fmt: skip

    with django_assert_max_num_queries(7 + 2 * 6):  # each notice is one statement
        assert actions.tell_of_duty_reviews(at=NOON + DAY) == 7
