"""What the engine is told of a child is what the record holds, and no more."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.facts import facts_of, facts_of_many
from cases.models import Case
from casetransfer.protocols import pack_for
from casetransfer.protocols.facts import vocabulary_of
from tests.cases.generated import a_generated_case
from tests.cases.walkers import OPENED, booked, closed_case, held, looked_after_case, open_case
from tests.cast import NOON


def test_the_facts_of_200_generated_children_are_those_their_generator_declared(db, assessment_team):
    made = [a_generated_case(assessment_team, number) for number in range(200)]

    built = facts_of_many(Case.objects.select_related("child"), NOON)

    for one in made:
        assert built[one.case.pk].values == one.declared
    known = {name for name, fact in vocabulary_of(pack_for("havering")).items() if not fact.derived}
    assert known - {name for one in made for name in one.declared} == {"decided_route"}  # only a transfer says that


def test_the_facts_of_any_number_of_cases_take_the_same_queries(assessment_team):
    for number in range(12):
        a_generated_case(assessment_team, number)
    cases = list(Case.objects.select_related("child"))

    counts = []
    for some in (cases[:6], cases):
        with CaptureQueriesContext(connection) as queries:
            facts_of_many(some, NOON)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_what_nobody_recorded_is_unknown(assessment_team):
    values = facts_of(open_case(assessment_team), NOON).values

    assert {"status", "sibling_open", "parent_care_leaver", "disabled", "return_home_plan"}.isdisjoint(values)


def test_a_looked_after_child_without_a_legal_basis_has_an_unknown_one(assessment_team):
    case = open_case(assessment_team)
    actions.start_spell(case=case, kind="status", code="looked_after", starts_on=date(2026, 10, 5), by=None, at=NOON)

    assert "legal_status" not in facts_of(case, NOON).values


def test_each_fact_says_where_it_comes_from(assessment_team, social_worker):
    case = open_case(assessment_team)
    actions.answer_question(case=case, fact="disabled", value=True, by=None, at=NOON)

    provenance = facts_of(case, NOON).provenance

    assert provenance["holder"].source == "ledger"
    assert provenance["holder"].since == OPENED
    assert provenance["disabled"].recorded_at == NOON


def test_the_latest_answer_counts_and_taking_it_back_makes_it_unknown(assessment_team):
    case = open_case(assessment_team)
    for minute, value in enumerate([True, False, None]):
        actions.answer_question(case=case, fact="disabled", value=value, by=None, at=NOON + timedelta(minutes=minute))

    after = [facts_of(case, NOON + timedelta(minutes=minute)).values.get("disabled") for minute in range(3)]

    assert after == [True, False, None]


def test_facts_can_be_asked_of_an_earlier_moment(assessment_team):
    case = open_case(assessment_team)
    held(case, outcome="child_protection_plan", held_at=NOON - timedelta(days=2))

    before = facts_of(case, NOON - timedelta(days=3)).values

    assert "status" not in before
    assert before["events"][0]["held"] is None
    assert facts_of(case, NOON).values["status"] == "child_protection"


def test_an_adjourned_review_is_still_to_be_held(assessment_team):
    case = looked_after_case(assessment_team)
    first = booked(case, "looked_after_review", planned_at=NOON - timedelta(days=5))
    actions.record_event_held(
        event=first, held_at=NOON - timedelta(days=5), outcome="adjourned", next_planned_at=NOON + timedelta(days=3),
        by=None, at=NOON,
    )  # fmt: skip

    facts = facts_of(case, NOON).read()

    assert [event.is_held(facts.at) for event in facts.events_of("looked_after_review", 1)] == [False, False]


def test_reviews_of_an_earlier_time_in_care_do_not_count(assessment_team):
    case = looked_after_case(assessment_team, since=date(2026, 9, 25))
    held(case, "looked_after_review", "remain_looked_after", held_at=NOON - timedelta(days=40))
    actions.end_spell(spell=case.spells.get(code="looked_after"), ends_on=date(2026, 10, 20), by=None, at=NOON)
    actions.start_spell(case=case, kind="status", code="looked_after", starts_on=date(2026, 11, 2), by=None, at=NOON)

    assert facts_of(case, NOON).values["events"] == []


def test_a_closed_case_remembers_the_team_that_closed_it(assessment_team):
    case = closed_case(assessment_team)

    values = facts_of(case, NOON).values

    assert (values["holder"], values["previous_team"], values["status"]) == ("none", "assess", "closed")
    assert values["closed_on"] == NOON.date()


def test_a_strategy_discussion_settles_whether_the_section_47_threshold_is_met(assessment_team):
    case = open_case(assessment_team)

    held(case, "strategy_discussion", "section_47_enquiry", held_at=NOON - timedelta(days=2))
    met = facts_of(case, NOON)
    held(case, "strategy_discussion", "no_further_action", held_at=NOON - timedelta(days=1))

    assert (met.values["section_47"], met.provenance["section_47"].source) == (True, "outcome")
    assert facts_of(case, NOON).values["section_47"] is False


def test_who_answers_after_a_discussion_is_heard_and_a_corrected_discussion_settles_nothing(assessment_team):
    case = open_case(assessment_team)
    event = held(case, "strategy_discussion", "section_47_enquiry", held_at=NOON - timedelta(days=2))

    actions.answer_question(case=case, fact="section_47", value=False, by=None, at=NOON + timedelta(minutes=1))
    answered = facts_of(case, NOON + timedelta(minutes=2)).values["section_47"]
    actions.withdraw_event(event=event, reason="Another child.", by=None, at=NOON + timedelta(minutes=3))
    actions.answer_question(case=case, fact="section_47", value=None, by=None, at=NOON + timedelta(minutes=4))

    assert answered is False
    assert "section_47" not in facts_of(case, NOON + timedelta(minutes=5)).values


def test_the_decision_asks_what_it_needs_to_know(assessment_team):
    case = looked_after_case(assessment_team)
    built = facts_of(case, NOON)

    questions = built.questions(built.decide())

    assert questions
    assert all(question.asks.endswith(("?", ".")) and question.fact not in built.values for question in questions)


def test_an_answer_of_an_earlier_pack_counts_as_unknown(assessment_team):
    case = open_case(assessment_team)
    case.answers.create(fact="assessment_outcome", value="a_word_of_yesterday", answered_at=NOON)

    assert "assessment_outcome" not in facts_of(case, NOON).read().values


@pytest.fixture
def assessment_team(transferring_team):
    """A team under the code that the pack knows."""
    transferring_team.code = "assess"
    transferring_team.save()
    return transferring_team
