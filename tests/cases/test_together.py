"""Many tables in one trip: the same rows as by asking for each."""

from datetime import timedelta

import pytest

from cases.models import Answer, Case, Event, Involvement, JournalEntry, Spell
from cases.records import read_records
from cases.together import read_together
from tests.cases.walkers import booked, closed_case, looked_after_case
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def whole(rows):
    return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]


def test_the_rows_are_those_that_each_would_have_given(django_assert_num_queries):
    booked(looked_after_case())
    wanted = [model.objects.order_by("pk") for model in (Case, Spell, Event, Involvement, JournalEntry)]

    with django_assert_num_queries(1):
        found = read_together(*wanted)

    assert all(found)
    assert [whole(rows) for rows in found] == [whole(rows) for rows in wanted]


def test_nothing_and_what_can_never_be_found_are_empty():
    assert read_together(Answer.objects.all(), Case.objects.none()) == [[], []]


def test_a_record_knows_the_earlier_case_of_its_child_and_is_read_by_one_statement(django_assert_num_queries):
    earlier = closed_case()
    case = looked_after_case(earlier.involvements.first().team, child=earlier.child, opened_at=NOON + timedelta(days=1))

    with django_assert_num_queries(1):
        record = read_records([case], NOON + timedelta(days=2))[0]

    assert {line.case.reference for line in record.lines} == {earlier.reference, case.reference}
    assert [line.team.name for line in record.current_lines] == [record.lines[0].team.name]
    assert {spell.code for spell in record.spells} == {"looked_after", "section_20"}
