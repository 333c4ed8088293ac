"""What is true of a child between two days: started, ended, corrected; and what cannot be."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases import actions
from cases.models import Spell
from tests.cases.test_events import refused
from tests.cases.walkers import a_child, looked_after_case, open_case
from tests.cast import NOON
from tests.factories import TeamFactory


@pytest.fixture
def case(db):
    return open_case()


def start(case, kind, code, day, **more):
    return actions.start_spell(case=case, kind=kind, code=code, starts_on=day, by=None, at=NOON, **more)


def test_one_order_may_begin_on_the_day_another_ends(case):
    first = start(case, "legal", "section_20", date(2026, 10, 1))

    start(case, "legal", "interim_care_order", date(2026, 11, 2), ends_running=True)

    first.refresh_from_db()
    assert first.ends_on == date(2026, 11, 2)


def test_a_placement_order_stands_beside_a_care_order(case):
    start(case, "legal", "care_order", date(2026, 10, 1))
    start(case, "legal", "placement_order", date(2026, 10, 20))

    assert case.spells.current_on(date(2026, 11, 1)).count() == 2


def test_correcting_keeps_the_wrong_one_with_its_reason(case):
    wrong = start(case, "legal", "section_20", date(2026, 10, 1))

    right = actions.correct_spell(
        spell=wrong, changes={"starts_on": date(2026, 10, 8)}, reason="A week later.", by=None, at=NOON
    )

    wrong.refresh_from_db()
    assert (wrong.withdrawn_reason, right.replaces, right.starts_on) == ("A week later.", wrong, date(2026, 10, 8))


def test_what_was_never_so_is_taken_out_and_still_to_be_seen(case):
    wrong = start(case, "circumstance", "homeless", date(2026, 10, 1), value="yes")

    assert actions.correct_spell(spell=wrong, changes={}, reason="Another child.", by=None, at=NOON) is None
    assert case.spells.standing().count() == 0
    assert case.spells.count() == 1


IMPOSSIBLE = {
    "in the future": (
        ("legal", "section_20", date(2026, 11, 24), {}),
        ("starts_on", "Start date cannot be in the future."),
    ),
    "ended before it started": (
        ("legal", "section_20", date(2026, 11, 2), {"ends_on": date(2026, 11, 1)}),
        ("ends_on", "End date cannot be before the start date."),
    ),
    "an order before birth": (
        ("legal", "care_order", date(2016, 5, 3), {}),
        ("starts_on", "Care order cannot start before the child was born, 4 May 2016."),
    ),
    "no such order": (
        ("legal", "life_sentence", date(2026, 11, 2), {}),
        ("code", "Choose the order or legal basis from the list."),
    ),
    "a circumstance without its value": (
        ("circumstance", "homeless", date(2026, 11, 2), {"value": "perhaps"}),
        ("value", "Choose one of: yes, no."),
    ),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_an_impossible_spell_gets_a_sentence_with_field_and_reason(what, case):
    (kind, code, day, more), gap = IMPOSSIBLE[what]

    assert refused(actions.start_spell, case=case, kind=kind, code=code, starts_on=day, **more) == [gap]


def test_overlapping_orders_are_refused_by_name(case):
    start(case, "legal", "interim_care_order", date(2026, 10, 1))

    gaps = refused(actions.start_spell, case=case, kind="legal", code="care_order", starts_on=date(2026, 11, 2))

    assert gaps == [("starts_on", "Interim care order runs from 1 October 2026, and has not ended: end it first.")]


def test_the_database_refuses_overlapping_orders_by_itself(case):
    start(case, "legal", "interim_care_order", date(2026, 10, 1))

    with pytest.raises(IntegrityError, match="spell_does_not_overlap"), transaction.atomic():
        Spell.objects.create(case=case, kind="legal", code="care_order", starts_on=date(2026, 11, 2), recorded_at=NOON)


def test_an_order_on_a_child_not_born_is_refused(db):
    team = TeamFactory()
    child = a_child(team, date_of_birth=None, expected_delivery_date=date(2027, 1, 10))
    case = open_case(team, child=child)

    gaps = refused(actions.start_spell, case=case, kind="legal", code="section_20", starts_on=date(2026, 11, 2))

    assert gaps == [("starts_on", "Section 20 cannot start before the child is born.")]


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"date_of_birth": date(2026, 12, 1)},
         ("date_of_birth", "Date of birth cannot be in the future: give the expected delivery date.")),
        ({"date_of_birth": date(1980, 1, 1)}, ("date_of_birth", "Date of birth is too long ago for a child or care leaver.")),
        ({"date_of_birth": None, "expected_delivery_date": date(2028, 1, 1)},
         ("expected_delivery_date", "Expected delivery date must be within ten months, or not long past.")),
        ({"died_on": date(2016, 1, 1), "date_of_birth": date(2016, 5, 4)},
         ("died_on", "Date of death cannot be before the date of birth.")),
        ({"given_name": " ", "date_of_birth": date(2016, 5, 4)}, ("given_name", "Give the child's name.")),
    ],
)  # fmt: skip
def test_an_impossible_child_gets_a_sentence_with_field_and_reason(authority, fields, gap):
    assert refused(actions.add_child, authority=authority, **({"given_name": "Testcase"} | fields)) == [gap]


def test_a_birth_is_recorded_by_giving_the_date(db):
    team = TeamFactory()
    case = open_case(team, child=a_child(team, date_of_birth=None, expected_delivery_date=date(2026, 11, 20)))

    child = actions.change_child(child=case.child, date_of_birth=date(2026, 11, 21), by=None, at=NOON)

    assert not child.is_unborn
    assert case.journal.filter(kind="child_changed").get().says == "Changed: date of birth."


def test_a_number_belongs_to_one_child(authority):
    first = actions.add_child(authority=authority, given_name="Testcase", local_id="L-1", by=None, at=NOON)

    gaps = refused(actions.add_child, authority=authority, given_name="Sample", local_id="L-1")

    assert gaps == [("value", "Local number L-1 belongs to another child.")]
    assert first.identifiers.get().source == "This record"


def test_a_looked_after_child_cannot_be_closed_before_that_ended(db):
    case = looked_after_case()

    assert refused(actions.close_case, case=case, reason="RC7") == [
        ("", "The child has been looked after since 5 October 2026: record first when that ended.")
    ]
