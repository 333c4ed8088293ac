"""The years ahead of one child, and what a closure day would do to them."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.horizon import milestones
from cases.models import Recalculation
from cases.records import read_records
from casetransfer.protocols import pack_for
from tests.cases.walkers import looked_after_case, open_case
from tests.cast import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def ahead(case, today=TODAY):
    record = read_records([case], NOON)[0]
    return {one.name: one.on for one in milestones(record, pack_for(case.pack), today)}


def test_the_ages_that_every_council_plans_for_lie_ahead_with_the_end_of_school():
    found = ahead(open_case(date_of_birth=date(2015, 9, 1)))

    assert found["11 years and 6 months old"] == date(2027, 3, 1)
    assert found["14 years old"] == date(2029, 9, 1)
    assert found["15 years and 6 months old"] == date(2031, 3, 1)
    assert found["End of Year 11"] == date(2032, 6, 30)
    assert found["18 years old"] == date(2033, 9, 1)
    assert list(found.values()) == sorted(found.values())


def test_what_has_passed_is_not_ahead():
    assert "14 years old" not in ahead(open_case(date_of_birth=date(2011, 9, 1)))


def test_an_unborn_child_has_one_day_ahead():
    case = open_case(date_of_birth=None, expected_delivery_date=date(2027, 2, 10))

    assert ahead(case) == {"Expected birth": date(2027, 2, 10)}


def test_the_years_of_an_order_end_when_the_child_is_grown_up():
    case = looked_after_case(date_of_birth=date(2010, 1, 5), order="care_order", since=date(2026, 10, 5))

    orders = {name: on for name, on in ahead(case).items() if "care order" in name}
    assert orders == {"1 year of: care order": date(2027, 10, 5)}


def test_the_page_says_what_the_protocol_does_at_each_age(signed_in, transferring_team, social_worker):
    case = open_case(transferring_team, worker=social_worker, date_of_birth=date(2016, 5, 4))

    page = signed_in(social_worker).get(f"/cases/{case.reference}/horizon/").text
    assert "4 November 2027" in page
    assert "HAV-U12-1" in page
    assert "From this age the protocol may lead to another team" in page


def test_a_closure_day_shows_what_it_moves_before_and_moves_it_after(
    signed_in, transferring_team, system_administrator
):
    case = open_case(transferring_team, opened_at=NOON - timedelta(days=10))
    actions.start_spell(
        case=case, kind="status", code="referral", starts_on=TODAY - timedelta(days=5), by=None, at=NOON
    )
    actions.recalculate(case=case.pk, at=NOON)
    clock = case.deadlines.standing().get(timer="HAV-T06")
    day = {"on-day": "24", "on-month": "11", "on-year": "2026", "reason": "Inset"}
    client = signed_in(system_administrator)

    shown = client.post("/settings/calendar/add/", day).text
    assert "of 1 case would be due on another day" in shown
    assert f"{clock.due_at.day} December 2026 to" in shown
    client.post("/settings/calendar/add/", day | {"seen": "2026-11-24"})

    assert Recalculation.objects.filter(case=case).exists()
    actions.recalculate(case=case.pk, at=NOON)
    assert case.deadlines.standing().get(timer="HAV-T06").due_at > clock.due_at


def test_a_day_that_is_closed_already_changes_nothing(signed_in, system_administrator):
    day = {"on-day": "25", "on-month": "12", "on-year": "2026", "reason": "Christmas"}

    assert "no working day as it is" in signed_in(system_administrator).post("/settings/calendar/add/", day).text
