from datetime import date
from urllib.parse import parse_qsl

import pytest

from casetransfer.protocol_pages.said import Said, age_of, place_parts, pregnancy_of
from casetransfer.protocol_pages.words import AGE, CIRCUMSTANCES, PREGNANCY
from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.questions import BIRTH, PLACE
from casetransfer.protocols.vocabulary import event_kinds
from tests.protocol_pages.conftest import TODAY


def said(pack, **query):
    return Said.of(pack, query, TODAY)


def words(told):
    return {answer.about: answer.words for answer in told.answers()}


def test_an_age_is_as_old_as_it_says_on_the_day_of_the_question(pack):
    facts = said(pack, age="11y6m", on="2026-11-23").facts()

    assert facts.values["date_of_birth"].isoformat() == "2015-05-23"
    assert facts.values["unborn"] is False


def test_a_pregnancy_is_kept_in_whole_weeks(pack):
    facts = said(pack, pregnancy="20w").facts()

    assert facts.values["expected_delivery_date"].isoformat() == "2027-04-12"
    assert facts.values["unborn"] is True


def test_whether_year_11_is_over_is_not_known_where_the_month_of_birth_leaves_it_open(pack):
    """Sixteen years and six months on 1 March 2027: born between 2 August and 1 September 2010, in two school years."""
    assert said(pack, age="16y6m", on="2027-03-01").facts().values["year_11_finished"] is None


def test_whether_year_11_is_over_is_known_where_it_is_so_for_the_whole_month(pack):
    assert said(pack, age="15y2m").facts().values["year_11_finished"] is False
    assert said(pack, age="17y2m").facts().values["year_11_finished"] is True
    assert said(pack, age="15y2m", year_11_finished="yes").facts().values["year_11_finished"] is True


def test_an_event_is_not_booked_booked_or_held_with_an_outcome(pack):
    told = said(
        pack,
        initial_child_protection_conference="held.2026-11-20.child_protection_plan",
        first_looked_after_review="booked.2026-12-01",
        core_group="none",
    )
    facts = told.facts()

    assert facts.events_of("initial_child_protection_conference")[0].outcome == "child_protection_plan"
    assert facts.events_of("looked_after_review", 1)[0].planned.day == 1
    assert facts.events_of("core_group")[0].held is None
    assert words(told) == {
        "initial_child_protection_conference": "Held on Friday 20 November 2026: child protection plan",
        "first_looked_after_review": "Booked for Tuesday 1 December 2026",
        "core_group": "Not booked",
    }


def test_a_day_may_be_about_so_long_ago(pack):
    told = said(pack, looked_after_from="5-weeks-ago")

    assert told.facts().values["looked_after_from"].isoformat() == "2026-10-19"
    assert words(told) == {"looked_after_from": "About 5 weeks ago"}
    assert said(pack, closed_on="2-months-ago").facts().values["closed_on"].isoformat() == "2026-09-23"


def test_the_answers_are_told_in_words(pack):
    told = said(pack, holder="assess", status="child_in_need", legal_status="section_20,care_order", section_47="yes")

    assert words(told) == {
        PLACE: "The case is with Assessment Team",
        "status": "Child in need",
        "legal_status": "Section 20, care order",
        "section_47": "Yes",
    }


def test_exceptions_are_told_together(pack):
    assert words(said(pack, holder="assess", dispute_open="yes"))[CIRCUMSTANCES] == "A dispute about this move is open"
    assert words(said(pack, holder="assess", circumstances="told"))[CIRCUMSTANCES] == "None of these"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("age", "eleven"), ("age", "5 weeks"), ("age", "45y"), ("pregnancy", "11y"), ("pregnancy", "80w"),
        ("status", "flying"), ("section_47", "perhaps"), ("previous_team", "nowhere"), ("no_such_fact", "yes"),
        ("looked_after_from", "yesterday"), ("looked_after_from", "5-hours-ago"), ("decided_route", "EX-UNBORN"),
        ("events", "x"), ("case_open", "yes"), ("core_group", "held.2026-11-20.flown"), ("core_group", "booked"),
        ("core_group", "dreamt.2026-11-20"), ("forecast", "1"), ("age", "99999999999999y"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_and_named(pack, name, text):
    told = said(pack, holder="assess", **{name: text})

    assert told.unread == (name,)
    assert told.given == (("holder", "assess"),)


def test_a_day_that_is_no_day_is_taken_as_today(pack):
    assert said(pack, on="soon").on == TODAY


def test_an_address_holds_what_was_said_and_reads_back_the_same(pack):
    told = said(pack, holder="assess", age="10y4m", unknown="status", circumstances="told", on="2026-11-01")

    assert Said.of(pack, dict(parse_qsl(told.query())), TODAY) == told


def test_another_answer_takes_the_place_of_the_first(pack):
    told = said(pack, age="10y4m", status="child_in_need").with_answer(BIRTH, {"pregnancy": "22w"})

    assert told.given == (("status", "child_in_need"), ("pregnancy", "22w"))


def test_an_answer_of_not_known_takes_the_answer_away(pack):
    told = said(pack, status="child_in_need").with_answer("status", {})

    assert told.given == ()
    assert told.unknown == ("status",)
    assert words(told) == {"status": "I do not know"}


def test_another_place_takes_away_the_first(pack):
    told = said(pack, **place_parts(pack, "source:other_council")).with_answer(PLACE, place_parts(pack, "holder:young"))

    assert dict(told.given) == {"transfer_in": "yes", "holder": "young"}


def test_other_exceptions_take_the_place_of_the_first(pack):
    told = said(pack, holder="young", transfer_in="yes").with_answer(CIRCUMSTANCES, {"dispute_open": "yes"})

    assert told.given == (("holder", "young"), ("dispute_open", "yes"))
    assert told.told_circumstances


def test_dates_of_a_birth_become_ages():
    assert age_of(date(2015, 5, 24), TODAY) == "11y5m"
    assert pregnancy_of(date(2027, 4, 11), TODAY) == "20w"


@pytest.mark.parametrize("authority", authorities())
def test_no_fact_and_no_event_is_called_like_a_part_of_the_address(authority):
    names = {*vocabulary_of(pack_for(authority)), *event_kinds()} - {"age"}

    assert names.isdisjoint({"on", "unknown", "ask", AGE, PREGNANCY, CIRCUMSTANCES, PLACE, BIRTH})
