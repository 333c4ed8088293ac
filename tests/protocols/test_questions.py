from datetime import timedelta

import pytest

from casetransfer.calendars import add_months
from casetransfer.protocols import authorities, decide, pack_for
from casetransfer.protocols.facts import Event, vocabulary_of
from casetransfer.protocols.questions import (
    PLACE,
    answers_to,
    asks_about_point,
    assumptions,
    limits,
    next_questions,
    places,
    question_about,
    said_facts,
    subject,
    what_if,
)
from tests.protocols.conftest import NOON, codes

TODAY = NOON.date()


def said(pack, **values):
    return said_facts(pack, values, NOON)


def born(years, months=0):
    return add_months(TODAY, -(12 * years + months))


def test_the_first_question_is_where_the_case_is(pack):
    assert [question.about for question in next_questions(pack, said(pack))] == [PLACE]


def test_every_place_that_a_route_starts_from_can_be_chosen(pack):
    found = {(place.kind, place.code) for place in places(pack)}

    assert found == {
        ("contact", "door"), ("contact_open", "door"), ("holder", "door"), ("holder", "assess"), ("holder", "young"),
        ("holder", "young_east"), ("holder", "older"), ("holder", "disability"), ("source", "other_council"),
    }  # fmt: skip


def test_an_outside_body_brings_what_all_its_routes_ask_for(pack):
    place = next(place for place in places(pack) if place.code == "other_council")

    assert dict(place.values) == {"source": "other_council", "holder": "none", "transfer_in": True}


def test_the_most_decisive_question_comes_first(pack):
    questions = next_questions(pack, said(pack, holder="assess"))

    assert questions[0].about == "birth"
    assert [question.likely for question in questions] == sorted(question.likely for question in questions)


def test_a_question_says_how_many_routes_its_answers_leave_open(pack):
    facts = said(pack, holder="young", status="child_in_need")
    [question] = next_questions(pack, facts)
    left = [len(decide(pack, said(pack, holder="young", status="child_in_need", **values)).ruled_out)
            for values in answers_to(pack, question, facts)]  # fmt: skip

    assert question.about == "birth"
    assert question.worst == len(pack.route) - min(left)


def test_a_rare_circumstance_that_outranks_everything_is_not_asked_about_first(pack):
    """Were yes as likely as no, "disabled" would halve the routes and come first."""
    abouts = [question.about for question in next_questions(pack, said(pack, holder="assess"))]

    assert abouts.index("disabled") > abouts.index("birth")


def test_what_somebody_cannot_answer_is_not_asked_again(pack):
    facts = said(pack, holder="assess")

    assert "birth" not in [question.about for question in next_questions(pack, facts, skip=["birth"])]


def test_what_was_answered_is_not_asked_again(pack):
    facts = said(pack, holder="assess", date_of_birth=born(10))

    assert "birth" not in [question.about for question in next_questions(pack, facts)]


def test_nothing_is_asked_where_no_answer_would_change_anything(pack):
    facts = said(pack, holder="older", status="none")

    assert next_questions(pack, facts) == ()


def test_of_an_event_nobody_spoke_of_nothing_is_known(pack):
    facts = said(pack, events=[Event("core_group", held=NOON)])

    assert facts.events_of("core_group") != []
    assert facts.events_of("looked_after_review") is None


def test_a_first_review_that_is_not_booked_leaves_no_second(pack):
    facts = said(pack, events=[Event("looked_after_review", ordinal=1)])

    assert facts.events_of("looked_after_review", 2) == []


def test_a_first_review_that_was_held_leaves_the_second_unknown(pack):
    facts = said(pack, events=[Event("looked_after_review", held=NOON, ordinal=1)])

    assert facts.events_of("looked_after_review", 2) is None


@pytest.mark.parametrize(
    ("fact", "about"),
    [
        ("age", "birth"), ("unborn", "birth"), ("gestation", "birth"), ("looked_after_for", "looked_after_from"),
        ("case_open", "holder"), ("first_looked_after_review_held", "first_looked_after_review"),
        ("initial_child_protection_conference_outcome", "initial_child_protection_conference"), ("status", "status"),
    ],
)  # fmt: skip
def test_a_fact_is_asked_as_something_a_person_can_say(pack, fact, about):
    assert subject(pack, fact) == about


@pytest.mark.parametrize("name", ["age", "decided_route", "events", "no such thing", "case_open"])
def test_what_nobody_can_say_is_no_question(pack, name):
    assert question_about(pack, name) is None


def test_a_birth_is_tried_at_every_age_the_protocol_tells_apart(pack):
    values = list(answers_to(pack, question_about(pack, "birth"), said(pack)))

    assert {"date_of_birth": born(11, 6)} in values
    assert {"date_of_birth": born(15, 6)} in values
    assert any("expected_delivery_date" in value for value in values)


def test_a_date_is_tried_on_either_side_of_each_length_it_starts(pack):
    days = [
        value["looked_after_from"] for value in answers_to(pack, question_about(pack, "looked_after_from"), said(pack))
    ]

    assert limits(pack, "looked_after_for") == ["20 working days"]
    assert min(days) < TODAY - timedelta(days=28) < max(days)


def test_the_exceptions_are_those_that_a_route_or_a_rule_from_here_asks_about(pack):
    assert assumptions(pack, said(pack, holder="assess")) == (("dispute_open", True),)


def test_what_if_names_the_other_answers_that_would_change_the_route(pack):
    facts = said(
        pack, holder="young", status="child_in_need", date_of_birth=born(11, 6)
    )  # now: to the older children's team

    others = list(what_if(pack, facts, "status"))

    assert codes(decide(pack, facts).recommended) == {"EX-OLDER-AGE"}
    assert [dict(other.values) for other in others if not other.recommended]
    assert {"status": "child_protection"} not in [dict(other.values) for other in others]


def test_what_would_tell_whether_a_point_is_reached(pack):
    assert asks_about_point(pack, pack.routes["EX-YOUNG-S20"]) == ("first_looked_after_review", "first_court_hearing")
    assert asks_about_point(pack, pack.routes["EX-OLDER-AGE"]) == ("managers_agree",)
    assert asks_about_point(pack, pack.routes["EX-ADVISER"]) == ("birth",)


@pytest.mark.parametrize("authority", authorities())
def test_from_every_place_of_every_protocol_the_questions_lead_somewhere(authority):
    pack = pack_for(authority)

    for place in places(pack):
        facts = said_facts(pack, dict(place.values), NOON)
        decision = decide(pack, facts)

        assert decision.recommended or decision.possible or assumptions(pack, facts), place
        assert bool(next_questions(pack, facts)) or not decision.possible, place


@pytest.mark.parametrize("authority", authorities())
def test_answering_the_first_question_each_time_settles_every_route(authority):
    """From the first team that holds cases, always the first answer: an end is reached, and nothing is left open."""
    pack = pack_for(authority)
    place = next(place for place in places(pack) if place.kind == "holder")
    values, asked = dict(place.values), []

    while questions := next_questions(pack, said_facts(pack, values, NOON), skip=asked):
        facts = said_facts(pack, values, NOON)
        answer = next(iter(answers_to(pack, questions[0], facts)))
        asked.append(questions[0].about)
        if "events" in answer:
            answer = {"events": [*values.get("events", []), *answer["events"]]}
        values |= answer
        assert len(asked) < 60

    left = [need.fact for found in decide(pack, said_facts(pack, values, NOON)).possible for need in found.needs]
    assert {subject(pack, fact) for fact in left} <= {*asked, *taken_as_so(pack)}


def taken_as_so(pack):
    """Facts with a value of their own when nothing is said: they are asked together, as circumstances."""
    return {fact.name for fact in vocabulary_of(pack).values() if fact.absent is not None}
