"""The drawing of a journey: what it shows, where, and the same in words."""

from datetime import date, timedelta

import pytest

from cases.facts import facts_of
from cases.presenters.drawing import NARROW, WIDE, Stretch, drawn_journey, journey_from
from tests.cases.walkers import booked, child_protection_case
from tests.cast import NOON

TODAY = NOON.date()


@pytest.fixture
def drawn(db):
    case = child_protection_case(given_name="Testcase", family_name="Maple")
    booked(case, planned_at=NOON + timedelta(days=9))
    return drawn_journey(facts_of(case, NOON).record, TODAY)


def test_every_thing_with_a_date_is_drawn_and_said(drawn):
    lanes = [(lane, what) for lane, what, _, _ in drawn.rows]

    assert ("Status", "Child protection") in lanes
    assert ("Meetings", "Initial child protection conference") in lanes
    assert len(drawn.wide.bars) + len(drawn.wide.marks) == len(drawn.rows)


def test_what_is_planned_stands_ahead_of_today(drawn):
    mark = drawn.wide.marks[0]

    assert mark.is_ahead
    assert mark.x > drawn.wide.today


def test_nothing_is_drawn_outside_its_frame(drawn):
    for picture in (drawn.wide, drawn.narrow):
        assert all(bar.x >= 0 and bar.x + bar.width <= picture.frame.width for bar in picture.bars)
        assert all(bar.y + 20 <= picture.height for bar in picture.bars)


def test_what_overlaps_stands_in_rows_of_its_own():
    first, other = (Stretch("Status", name, date(2026, 1, 1), None) for name in ("Looked after", "Child protection"))

    one, two = journey_from([first, other], TODAY).wide.bars

    assert one.y != two.y


def test_the_journey_of_one_day_and_of_eighteen_years_can_be_drawn():
    for first in (TODAY, date(2008, 2, 29)):
        drawn = journey_from([Stretch("Team", "Assessment", first, None)], TODAY)

        assert drawn.wide.frame == WIDE
        assert drawn.narrow.frame == NARROW
        assert len(drawn.wide.ticks) <= 14


def test_where_nothing_has_a_date_nothing_is_drawn():
    assert journey_from([], TODAY) is None


def test_a_name_without_room_is_cut_or_left_out():
    long = Stretch("Team", "A team with a very long name indeed", date(2026, 1, 1), date(2026, 3, 1))
    short = Stretch("Worker", "Somebody", date(2026, 1, 1), date(2026, 1, 4))

    team, worker = journey_from([long, short, Stretch("Status", "Open", date(2026, 1, 1), None)], TODAY).wide.bars[:2]

    assert team.words.endswith("\u2026")
    assert worker.words == ""
