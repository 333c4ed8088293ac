"""Transfer points by themselves: reached or not, on which day, and the earliest day of a move."""

from datetime import date

import pytest

from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.points import PointState, compile_point, floor_on, is_past, point_name, together
from casetransfer.protocols.rows import Floor, Point
from tests.protocols.conftest import NOON

# NOON is on 23 November 2026, a Monday
HEARD = {"kind": "court_hearing", "ordinal": 1, "planned": "2026-11-20T10:00", "held": "2026-11-20T10:00"}
BOOKED = {"kind": "court_hearing", "planned": "2026-12-24T10:00"}
HEARING = {"kind": "event", "event": "court_hearing"}
STATES = [
    (HEARING, {"events": [HEARD]}, True, date(2026, 11, 20)),
    (HEARING, {"events": [BOOKED]}, False, date(2026, 12, 24)),
    (HEARING, {"events": []}, False, None),
    (HEARING, {}, False, None),
    (HEARING | {"ordinal": 2}, {"events": [HEARD]}, False, None),
    (HEARING | {"outcome": ["adjourned"]}, {"events": [HEARD]}, False, None),
    (HEARING | {"plus": "10 working days"}, {"events": [HEARD]}, False, date(2026, 12, 4)),
    (HEARING | {"plus": "1 working day"}, {"events": [HEARD]}, True, date(2026, 11, 23)),
    (HEARING | {"plus": "2 working days"}, {"events": [BOOKED]}, False, date(2026, 12, 30)),
    (HEARING | {"plus": "1 month"}, {"events": [HEARD]}, False, date(2026, 12, 20)),
    (HEARING | {"plus": "3 days"}, {"events": [HEARD]}, True, date(2026, 11, 23)),
    (HEARING | {"plus": "4 days"}, {"events": [HEARD]}, False, date(2026, 11, 24)),
    (HEARING | {"plus": "72 hours"}, {"events": [HEARD]}, True, date(2026, 11, 23)),
    (HEARING | {"plus": "73 hours"}, {"events": [HEARD]}, False, date(2026, 11, 24)),
    ({"kind": "act", "act": "plan_endorsed"}, {"acts_done": ["plan_endorsed"]}, True, None),
    ({"kind": "act", "act": "plan_endorsed"}, {}, False, None),
    ({"kind": "decision", "by": ["head"]}, {"acts_done": ["decision_recorded"]}, True, None),
    ({"kind": "decision", "by": ["head"]}, {}, False, None),
    ({"kind": "decision", "fact": "threshold_met"}, {"threshold_met": True}, True, None),
    ({"kind": "decision", "fact": "threshold_met"}, {"threshold_met": False}, False, None),
    ({"kind": "decision", "event": "court_hearing"}, {"events": [HEARD]}, True, date(2026, 11, 20)),
    ({"kind": "age", "age": "15y6m"}, {"date_of_birth": "2011-05-23"}, True, date(2026, 11, 23)),
    ({"kind": "age", "age": "15y6m"}, {"date_of_birth": "2011-05-24"}, False, date(2026, 11, 24)),
    ({"kind": "age", "age": "15y6m"}, {}, False, None),
    ({"kind": "date", "fact": "returned_home_on"}, {"returned_home_on": "2026-11-23"}, True, date(2026, 11, 23)),
    ({"kind": "date", "fact": "returned_home_on"}, {"returned_home_on": "2026-11-24"}, False, date(2026, 11, 24)),
    ({"kind": "date", "fact": "returned_home_on"}, {}, False, None),
    ({"kind": "date", "fact": "year_11_ends_on"}, {"date_of_birth": "2010-08-31"}, True, date(2026, 6, 30)),
    ({"kind": "date", "fact": "year_11_ends_on"}, {}, False, None),
    ({"kind": "date", "fact": "year_11_ends_on"}, {"year_11_ends_on": "2027-07-02"}, False, date(2027, 7, 2)),
    ({"kind": "order", "order": ["care_order"]}, {"legal_status": ["care_order"]}, True, None),
    (
        {"kind": "order", "order": ["care_order", "interim_care_order"]},
        {"legal_status": ["interim_care_order", "section_20"], "order_made_on": "2026-11-19"},
        True, date(2026, 11, 19),
    ),
    ({"kind": "order", "order": ["care_order"]}, {"legal_status": ["section_20"], "order_made_on": "2026-11-19"}, False, None),
    ({"kind": "order", "order": ["care_order"]}, {}, False, None),
    ({"kind": "agreement"}, {"managers_agree": True}, True, None),
    ({"kind": "agreement"}, {"managers_agree": False}, False, None),
    ({"kind": "none"}, {}, True, None),
]  # fmt: skip


@pytest.mark.parametrize(("point", "facts", "reached", "on"), STATES)
def test_a_point_is_reached_when_the_record_says_so_and_has_its_day(pack, point, facts, reached, on):
    state = compile_point(Point(**point), "last_day")(read_facts(facts, pack, NOON))

    assert (state.reached, state.on) == (reached, on)


def test_what_is_held_later_than_the_moment_asked_about_is_not_held_yet(pack):
    asked = read_facts({"events": [HEARD]}, pack, NOON.replace(day=20, hour=9))

    assert compile_point(Point(**HEARING), "last_day")(asked) == PointState(
        False, date(2026, 11, 20), "the court hearing"
    )


@pytest.mark.parametrize(
    ("point", "name"),
    [
        (HEARING | {"ordinal": 1}, "the first court hearing"),
        (HEARING | {"plus": "10 working days"}, "the court hearing, plus 10 working days"),
        ({"kind": "act", "act": "plan_endorsed"}, "the record shows: plan endorsed"),
        ({"kind": "age", "age": "15y6m"}, "the age of 15 years 6 months"),
        ({"kind": "date", "fact": "returned_home_on"}, "returned home on"),
        (
            {"kind": "order", "order": ["care_order", "placement_order"]},
            "the making of the care order or placement order",
        ),
        ({"kind": "agreement"}, "agreement of both managers"),
        ({"kind": "decision", "by": ["team_manager", "head"]}, "decision by team manager or head"),
        ({"kind": "decision"}, "a manager's decision"),
        ({"kind": "none"}, "no moment stated"),
        ({"kind": "agreement", "says": "both say yes"}, "both say yes"),
    ],
)
def test_a_point_has_a_name_in_a_few_words(point, name):
    assert point_name(Point(**point)) == name


YES_LATE, YES_SOON = PointState(True, date(2026, 11, 20), "a"), PointState(True, date(2026, 11, 2), "b")
NO_SOON, NO_DAY = PointState(False, date(2026, 11, 1), "c"), PointState(False, None, "d")
NO_LATE = PointState(False, date(2026, 12, 1), "e")


@pytest.mark.parametrize(
    ("states", "need", "together_they_are"),
    [
        ([YES_LATE, YES_SOON], "first", PointState(True, date(2026, 11, 2), "a or b, whichever comes first")),
        ([YES_LATE, NO_SOON], "first", PointState(True, date(2026, 11, 20), "a or c, whichever comes first")),
        ([NO_SOON, NO_DAY], "first", PointState(False, date(2026, 11, 1), "c or d, whichever comes first")),
        ([YES_LATE, YES_SOON], "all", PointState(True, date(2026, 11, 20), "a and b")),
        ([YES_LATE, NO_SOON], "all", PointState(False, date(2026, 11, 20), "a and c")),
        ([YES_LATE, NO_LATE], "all", PointState(False, date(2026, 12, 1), "a and e")),
        ([NO_DAY, NO_DAY], "any", PointState(False, None, "d or d")),
    ],
)
def test_several_points_are_reached_with_the_first_or_with_all(states, need, together_they_are):
    assert together(states, need) == together_they_are


@pytest.mark.parametrize(
    ("floor", "facts", "on", "past"),
    [
        ({"fact": "age", "at_least": "15y6m"}, {"date_of_birth": "2011-05-23"}, date(2026, 11, 23), True),
        ({"fact": "age", "at_least": "15y6m"}, {"date_of_birth": "2011-05-24"}, date(2026, 11, 24), False),
        ({"fact": "age", "at_least": "15y6m"}, {}, None, False),
        (
            {"fact": "gestation", "at_least": "20w0d"},
            {"expected_delivery_date": "2027-04-12"},
            date(2026, 11, 23),
            True,
        ),
        (
            {"fact": "gestation", "at_least": "20w0d"},
            {"expected_delivery_date": "2027-04-13"},
            date(2026, 11, 24),
            False,
        ),
        ({"fact": "year_11_finished"}, {"date_of_birth": "2010-09-01"}, date(2027, 6, 30), False),
        ({"fact": "year_11_finished"}, {"year_11_ends_on": "2026-07-02"}, date(2026, 7, 2), True),
        (
            {"fact": "looked_after_for", "at_least": "20 working days"},
            {"looked_after_from": "2026-10-26"},
            date(2026, 11, 23),
            True,
        ),
        (
            {"fact": "looked_after_for", "at_least": "3 months"},
            {"looked_after_from": "2026-10-26", "date_of_birth": "2011-05-23"},
            date(2027, 1, 26),
            False,
        ),
        ({"fact": "returned_home_on"}, {"returned_home_on": "2026-11-23"}, date(2026, 11, 23), True),
        ({"fact": "returned_home_on"}, {}, None, False),
        ({"fact": "threshold_met", "value": True}, {"threshold_met": True}, None, True),
        ({"fact": "threshold_met", "value": True}, {"threshold_met": False}, None, False),
        ({"fact": "legal_status", "value": "care_order"}, {"legal_status": ["care_order", "section_20"]}, None, True),
        ({"fact": "legal_status", "value": "care_order"}, {"legal_status": ["section_20"]}, None, False),
    ],
)
def test_a_floor_has_its_day_or_its_fact(pack, floor, facts, on, past):
    floor, facts = Floor(**floor), read_facts(facts, pack, NOON)

    assert floor_on(floor, facts, "last_day") == on
    assert is_past(floor, facts, on) is past


@pytest.mark.parametrize(("rule", "on"), [("last_day", date(2027, 2, 28)), ("leap_day_on_1_march", date(2027, 3, 1))])
def test_an_age_that_moves_or_holds_a_case_is_reached_by_the_rule_of_the_protocol(pack, rule, on):
    """A child born on a leap day is 15 on a day that the year does not have."""
    facts = read_facts({"date_of_birth": "2012-02-29"}, pack, NOON)

    assert compile_point(Point(kind="age", age="15y"), rule)(facts).on == on
    assert floor_on(Floor(fact="age", at_least="15y"), facts, rule) == on
