from datetime import date

import pytest

from casetransfer.protocol_pages.due_form import DueForm
from casetransfer.protocol_pages.forms import form_for
from casetransfer.protocol_pages.words import CIRCUMSTANCES
from casetransfer.protocols import pack_for
from casetransfer.protocols.questions import Question, question_about, said_facts
from tests.protocol_pages.conftest import TODAY
from tests.protocols.conftest import NOON


def ask(pack, about, **data):
    question = Question(CIRCUMSTANCES, "choices") if about == CIRCUMSTANCES else question_about(pack, about)
    holder = "assess" if "assess" in pack.teams else "tmash"
    return form_for(question, pack, said_facts(pack, {"holder": holder}, NOON), TODAY, data)


def parts(pack, about, **data):
    form = ask(pack, about, **data)
    assert form.is_valid(), form.errors
    return form.parts()


def sentences(form):
    return [str(words) for errors in form.errors.values() for words in errors]


def a_day(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.mark.parametrize(
    ("about", "data", "expected"),
    [
        ("place", {"answer": "contact:door"}, {"contact_at": "door", "holder": "none"}),
        ("place", {"answer": "source:other_council"}, {"source": "other_council", "holder": "none", "transfer_in": "yes"}),
        ("birth", {"years": "11", "months": "4"}, {"age": "11y4m"}),
        ("birth", {"months": "4"}, {"age": "0y4m"}),
        ("birth", a_day("date_of_birth", date(2015, 5, 24)), {"age": "11y5m"}),
        ("birth", {"weeks": "22"}, {"pregnancy": "22w"}),
        ("birth", a_day("expected_delivery_date", date(2027, 4, 12)), {"pregnancy": "20w"}),
        ("birth", {"unknown": "on"}, {}),
        ("section_47", {"answer": "yes"}, {"section_47": "yes"}),
        ("section_47", {"answer": "unknown"}, {}),
        ("status", {"answer": "child_in_need"}, {"status": "child_in_need"}),
        ("previous_team", {"answer": "young"}, {"previous_team": "young"}),
        ("legal_status", {"answer": ["section_20", "care_order"]}, {"legal_status": "section_20,care_order"}),
        ("legal_status", {"answer": ["unknown"]}, {}),
        ("core_group", {"answer": "none"}, {"core_group": "none"}),
        ("core_group", {"answer": "booked", **a_day("day", date(2026, 12, 1))}, {"core_group": "booked.2026-12-01"}),
        ("core_group", {"answer": "held:held", **a_day("day", date(2026, 11, 2))}, {"core_group": "held.2026-11-02.held"}),
        ("first_looked_after_review", {"answer": "held:return_home", **a_day("day", date(2026, 11, 2))},
         {"first_looked_after_review": "held.2026-11-02.return_home"}),
        ("looked_after_from", a_day("answer", date(2026, 11, 2)) | {"unit": "days"}, {"looked_after_from": "2026-11-02"}),
        ("looked_after_from", {"ago": "5", "unit": "weeks"}, {"looked_after_from": "5-weeks-ago"}),
        ("looked_after_from", {"unknown": "on", "unit": "days"}, {}),
        (CIRCUMSTANCES, {"answer": ["dispute_open=yes"]}, {"dispute_open": "yes"}),
        (CIRCUMSTANCES, {}, {}),
    ],
)  # fmt: skip
def test_an_answer_becomes_a_part_of_the_address(pack, about, data, expected):
    assert parts(pack, about, **data) == expected


@pytest.mark.parametrize(
    ("about", "data", "sentence"),
    [
        ("place", {}, "Answer: Where is the case, or the request, now?"),
        ("birth", {}, "Answer in one way: an age, a date, weeks of pregnancy, or “I do not know”"),
        ("birth", {"years": "3", "weeks": "20"}, "Answer in one way: an age, a date, weeks of pregnancy, or “I do not know”"),
        ("birth", a_day("date_of_birth", date(2027, 1, 1)), "The date of birth must be in the past"),
        ("birth", a_day("expected_delivery_date", date(2028, 1, 1)), "The expected date of delivery must be within the next 40 weeks"),
        ("legal_status", {"answer": ["none", "care_order"]}, "Choose what applies, or “None”, or “I do not know”"),
        ("core_group", {"answer": "booked"}, "Enter the day it is booked for"),
        ("core_group", {"answer": "held:held"}, "Enter the day it was held"),
        ("core_group", {"answer": "held:held", **a_day("day", date(2027, 1, 1))}, "The day it was held must be in the past"),
        ("looked_after_from", {"unit": "days"}, "Answer in one way: a day, how long ago, or “I do not know”"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_with_a_sentence(pack, about, data, sentence):
    form = ask(pack, about, **data)

    assert not form.is_valid()
    assert sentence in sentences(form)


def test_a_number_is_a_number_or_not_known():
    pack, about = pack_for("shropshire"), "forecast_age_at_end_of_proceedings"

    assert parts(pack, about, answer="17.5") == {about: "17.5"}
    assert parts(pack, about, unknown="on") == {}
    assert not ask(pack, about, answer="soon").is_valid()
    assert not ask(pack, about).is_valid()


def test_two_answers_that_cannot_both_be_so_are_refused():
    form = ask(pack_for("havering"), CIRCUMSTANCES, answer=["court_report=section_7", "court_report=section_37"])

    assert not form.is_valid()
    assert "Two of these answers cannot both be so" in sentences(form)


# --- when is it due? ---


def due_form(code, **data):
    pack = pack_for("havering")
    return DueForm(data, pack=pack, timer=pack.timers[code])


def test_a_timer_in_days_asks_for_a_day_and_one_in_hours_for_a_time_too():
    assert list(due_form("HAV-T02").fields) == ["start0"]
    assert list(due_form("HAV-T09").fields) == ["start0", "time0"]


def test_a_timer_with_several_starts_asks_for_at_least_one():
    form = due_form("HAV-T12")

    assert list(form.fields) == ["start0", "time0", "start1", "time1"]
    assert not form.is_valid()
    assert "Enter at least one of the days" in sentences(form)


def test_the_starts_are_moments_in_their_order():
    form = due_form("HAV-T12", **a_day("start1", date(2026, 12, 23)), time1="16.05")

    assert form.is_valid()
    assert form.moments()[0] is None
    assert form.moments()[1].isoformat() == "2026-12-23T16:05:00"


def test_a_time_that_is_no_time_is_refused():
    form = due_form("HAV-T09", **a_day("start0", date(2026, 12, 23)), time0="teatime")

    assert not form.is_valid()
    assert "Enter a time, like 9:30 or 16:05" in sentences(form)


def test_a_timer_that_counts_from_a_birth_asks_for_the_birth():
    assert due_form("HAV-T31").fields["start0"].label == "Expected date of delivery"
