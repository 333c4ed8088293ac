"""Each comparison by itself: a condition, the facts of one child, and yes, no or not known."""

from datetime import date

import pytest

from casetransfer.protocols.facts import read_facts, vocabulary_of
from casetransfer.protocols.predicates import NO, UNKNOWN, YES, ConditionError, compile_condition
from casetransfer.protocols.vocabulary import Fact
from tests.protocols.conftest import NOON, changed

# NOON is on 23 November 2026
REVIEWED = {
    "kind": "looked_after_review", "planned": "2026-11-02T10:00", "held": "2026-11-03T10:00",
    "outcome": "permanence_agreed",
}  # fmt: skip
BOOKED = {"kind": "looked_after_review", "planned": "2027-03-01T10:00"}
ANSWERS = [
    ("tier_at_least", 3, {"tier": "3"}, YES),
    ("tier_at_least", 3, {"tier": "2"}, NO),
    ("tier_over", 3, {"tier": "3"}, NO),
    ("tier_over", 3, {"tier": "4"}, YES),
    ("tier_under", 3, {"tier": "3"}, NO),
    ("tier_under", 3, {"tier": "2"}, YES),
    ("tier_at_most", 3, {"tier": "3"}, YES),
    ("tier_at_most", 3, {"tier": "4"}, NO),
    ("tier_at_least", 3, {}, UNKNOWN),
    ("order_made_on_known", True, {"order_made_on": "2026-11-01"}, YES),
    ("order_made_on_known", True, {}, NO),
    ("order_made_on_known", False, {}, YES),
    ("order_made_on_known", False, {"order_made_on": "2026-11-01"}, NO),
    ("order_made_on_passed", True, {"order_made_on": "2026-11-23"}, YES),
    ("order_made_on_passed", True, {"order_made_on": "2026-11-24"}, NO),
    ("order_made_on_passed", False, {"order_made_on": "2026-11-23"}, NO),
    ("order_made_on_passed", False, {"order_made_on": "2026-11-24"}, YES),
    ("order_made_on_passed", True, {}, UNKNOWN),
    ("disabled", True, {"disabled": True}, YES),
    ("disabled", True, {"disabled": False}, NO),
    ("disabled", False, {"disabled": False}, YES),
    ("disabled", True, {}, UNKNOWN),
    ("plan", ["removal", "adoption"], {"plan": "adoption"}, YES),
    ("plan", ["removal", "adoption"], {"plan": "return_home"}, NO),
    ("plan_not", ["removal", "adoption"], {"plan": "adoption"}, NO),
    ("plan_not", ["removal", "adoption"], {"plan": "return_home"}, YES),
    ("plan_not", "removal", {}, UNKNOWN),
    ("legal_status", "care_order", {"legal_status": ["section_20", "care_order"]}, YES),
    ("legal_status_not", "care_order", {"legal_status": ["section_20"]}, YES),
    ("holder", "young", {"holder": "young_east"}, YES),
    ("holder", "young_east", {"holder": "young"}, NO),
    ("holder_not", "young", {"holder": "young_east"}, NO),
    ("holder", "none", {"holder": "none"}, YES),
    ("age_at_least", "15y6m", {"date_of_birth": "2011-05-23"}, YES),
    ("age_at_least", "15y6m", {"date_of_birth": "2011-05-24"}, NO),
    ("age_over", "15y6m", {"date_of_birth": "2011-05-23"}, NO),
    ("age_over", "15y6m", {"date_of_birth": "2011-05-22"}, YES),
    ("age_under", "15y6m", {"date_of_birth": "2011-05-23"}, NO),
    ("age_under", "15y6m", {"date_of_birth": "2011-05-24"}, YES),
    ("age_at_most", "15y6m", {"date_of_birth": "2011-05-23"}, YES),
    ("age_at_most", "15y6m", {"date_of_birth": "2011-05-22"}, NO),
    ("age_under", "15y6m", {}, UNKNOWN),
    ("age_under", "15y6m", {"expected_delivery_date": "2027-05-20"}, YES),
    ("age_at_most", "15y6m", {"expected_delivery_date": "2027-05-20"}, YES),
    ("age_at_least", "15y6m", {"expected_delivery_date": "2027-05-20"}, NO),
    ("gestation_at_least", "20w0d", {"expected_delivery_date": "2027-04-12"}, YES),
    ("gestation_at_least", "20w0d", {"expected_delivery_date": "2027-04-13"}, NO),
    ("looked_after_for_over", "20 working days", {"looked_after_from": "2026-10-26"}, NO),
    ("looked_after_for_over", "20 working days", {"looked_after_from": "2026-10-23"}, YES),
    ("closed_for_at_most", "3 months", {"closed_on": "2026-08-23"}, YES),
    ("closed_for_at_most", "3 months", {"closed_on": "2026-08-22"}, NO),
    ("closed_for_under", "10 days", {"closed_on": "2026-11-14"}, YES),
    ("closed_for_under", "10 days", {"closed_on": "2026-11-13"}, NO),
    ("closed_for_at_least", "72 hours", {"closed_on": "2026-11-20"}, YES),
    ("closed_for_at_least", "72 hours", {"closed_on": "2026-11-21"}, NO),
    ("closed_for_at_least", "73 hours", {"closed_on": "2026-11-20"}, NO),
    ("closed_for_at_least", "73 hours", {"closed_on": "2026-11-19"}, YES),
    ("age_at_least", "10 days", {"date_of_birth": "2026-11-13"}, YES),
    ("age_at_least", "10 days", {"date_of_birth": "2026-11-14"}, NO),
    ("case_open", True, {"holder": "assess"}, YES),
    ("case_open", True, {"holder": "none"}, NO),
    ("case_open", False, {"holder": "other_council"}, YES),
    ("case_open", True, {}, UNKNOWN),
    ("looked_after_review_held", True, {"events": [REVIEWED]}, YES),
    ("looked_after_review_held", True, {"events": []}, NO),
    ("looked_after_review_held", True, {}, UNKNOWN),
    ("first_looked_after_review_held", True, {"events": [REVIEWED]}, YES),
    ("second_looked_after_review_held", True, {"events": [REVIEWED]}, NO),
    ("second_looked_after_review_booked", True, {"events": [REVIEWED, BOOKED]}, YES),
    ("first_looked_after_review_booked", True, {"events": [REVIEWED, BOOKED]}, NO),
    ("looked_after_review_booked", True, {"events": [{"kind": "looked_after_review"}]}, NO),
    ("second_looked_after_review_outcome", "permanence_agreed", {"events": [REVIEWED, BOOKED]}, UNKNOWN),
    ("first_looked_after_review_outcome", "permanence_agreed", {"events": [REVIEWED, BOOKED]}, YES),
]


def compiled(pack, key, argument, measured_at=""):
    return compile_condition(key, argument, vocabulary_of(pack), pack, measured_at)


@pytest.mark.parametrize(("key", "argument", "facts", "answer"), ANSWERS)
def test_a_condition_is_met_or_not_or_not_known(pack, key, argument, facts, answer):
    assert compiled(pack, key, argument).test(read_facts(facts, pack, NOON)) is answer


@pytest.mark.parametrize(
    ("key", "argument", "needs"),
    [
        ("disabled", True, "yes"),
        ("disabled", False, "no"),
        ("disabled_not", True, "not yes"),
        ("order_made_on_known", True, "recorded"),
        ("order_made_on_known", False, "not recorded"),
        ("order_made_on_passed", True, "reached"),
        ("tier_at_least", 3, "at least 3"),
        ("tier_over", 3, "more than 3"),
        ("tier_under", 3, "less than 3"),
        ("tier_at_most", 3, "at most 3"),
        ("age_at_least", "15y6m", "at least 15 years 6 months"),
        ("plan", ["removal", "twin_track"], "removal or twin track"),
    ],
)
def test_what_a_condition_needs_is_said_in_words(pack, key, argument, needs):
    predicate = compiled(pack, key, argument)

    assert (predicate.key, predicate.needs) == (key, needs)
    assert key.startswith(predicate.fact.name)


@pytest.mark.parametrize(
    ("key", "argument", "facts", "day"),
    [
        ("age_at_least", "15y6m", {"date_of_birth": "2012-01-10"}, date(2027, 7, 10)),
        ("age_over", "15y6m", {"date_of_birth": "2012-01-10"}, date(2027, 7, 11)),
        ("order_made_on_passed", True, {"order_made_on": "2026-12-01"}, date(2026, 12, 1)),
        ("looked_after_for_over", "20 working days", {"looked_after_from": "2026-11-23"}, date(2026, 12, 22)),
        ("age_at_least", "15y6m", {}, None),
    ],
)
def test_the_day_a_condition_turns_is_known_where_time_alone_decides(pack, key, argument, facts, day):
    assert compiled(pack, key, argument).mark(read_facts(facts, pack, NOON)) == day


@pytest.mark.parametrize(
    ("key", "argument"),
    [("age_under", "15y6m"), ("age_at_most", "15y6m"), ("order_made_on_passed", False), ("order_made_on_known", True)],
)
def test_what_time_ends_or_does_not_change_turns_on_no_day(pack, key, argument):
    assert compiled(pack, key, argument).mark is None


@pytest.mark.parametrize(
    ("key", "facts", "words"),
    [
        ("age_under", {"date_of_birth": "2011-05-20"}, "15 years 6 months"),
        ("age_under", {"date_of_birth": "2026-11-01"}, "22 days"),
        ("age_under", {"date_of_birth": "2026-11-22"}, "1 day"),
        ("age_under", {"date_of_birth": "2025-11-24"}, "364 days"),
        ("age_under", {"date_of_birth": "2025-11-23"}, "1 year 0 months"),
        ("age_under", {"date_of_birth": "2025-10-23"}, "1 year 1 month"),
        ("gestation_under", {"expected_delivery_date": "2027-04-12"}, "20 weeks 0 days"),
        ("age_under", {}, None),
    ],
)
def test_a_length_is_read_in_words(pack, key, facts, words):
    argument = "20w0d" if key.startswith("gestation") else "15y6m"

    assert compiled(pack, key, argument).value(read_facts(facts, pack, NOON)) == words


def test_a_length_is_measured_at_the_day_of_an_event_where_the_route_says_so(pack):
    review = {"kind": "looked_after_review", "planned": "2027-06-01T10:00"}
    facts = read_facts({"date_of_birth": "2012-01-10", "events": [review]}, pack, NOON)
    later = read_facts(
        {"date_of_birth": "2012-01-10", "events": [review | {"planned": "2027-07-10T10:00"}]}, pack, NOON
    )

    condition = compiled(pack, "age_at_least", "15y6m", "looked_after_review")

    assert condition.test(facts) is NO
    assert condition.test(later) is YES
    assert compiled(pack, "age_at_least", "15y6m", "first_looked_after_review").test(later) is YES
    assert compiled(pack, "age_at_least", "15y6m", "second_looked_after_review").test(later) is NO  # so far: today


@pytest.mark.parametrize(
    ("key", "argument", "sentence"),
    [
        ("disabeld", True, 'unknown fact "disabeld"; the nearest is "disabled"'),
        ("disabeld_not", True, 'unknown fact "disabeld_not"; the nearest is "'),
        ("zz", True, 'unknown fact "zz"; the nearest is "'),
        ("plan", ["holiday", "beach"], "plan cannot be beach, holiday; it is one of remain_home, return_home, "),
        ("holder", ["nowhere", "elsewhere"], "holder: no team elsewhere, nowhere"),
        ("events", "core_group", "events is a list: ask about one kind, such as core_group_held"),
        ("disabled", "yes", "disabled is true or false, not 'yes'"),
        ("holder", "nowhere", "holder: no team nowhere"),
        ("plan", "holiday", "plan cannot be holiday; it is one of"),
        ("order_made_on", "2026-11-23", "order_made_on is a date: ask order_made_on_known or order_made_on_passed"),
        ("disabled_at_least", 3, "disabled is a flag: _at_least compares numbers and lengths of time only"),
        ("tier_at_least", True, "tier is a choice: _at_least compares numbers"),
        ("order_made_on_known", "yes", "order_made_on_known must be true or false, and order_made_on a date"),
        ("disabled_known", True, "disabled_known must be true or false, and disabled a date"),
        ("age", "15y6m", 'age is a length of time: write age_at_least = "..." or _over, _under, _at_most'),
        ("age_at_least", 15, "age is a length of time"),
        ("age_at_least", "soon", "age_at_least: "),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused_with_the_mend(pack, key, argument, sentence):
    with pytest.raises(ConditionError) as refused:
        compiled(pack, key, argument)

    assert sentence in str(refused.value)


def test_an_event_that_a_route_measures_at_must_be_a_kind_of_event(pack):
    with pytest.raises(ConditionError, match='measured_at: no kind of event "birthday_party"'):
        compiled(pack, "age_at_least", "15y6m", "birthday_party")


@pytest.mark.parametrize(
    ("key", "argument", "facts", "value"),
    [
        ("tier_at_least", 3, {"tier": "2"}, "2"),
        ("order_made_on_passed", True, {"order_made_on": "2026-12-01"}, date(2026, 12, 1)),
        ("plan", "removal", {"plan": "adoption"}, "adoption"),
    ],
)
def test_what_is_so_instead_can_be_told(pack, key, argument, facts, value):
    assert compiled(pack, key, argument).value(read_facts(facts, pack, NOON)) == value


def test_a_place_among_teams_is_this_team_its_parts_and_no_other(pack):
    """Northamptonshire asks which teams work alongside; a pod of a service is the service."""
    beside = changed(pack, fact=(Fact(name="beside", type="teams", says="Who works alongside."),))

    def answer(teams):
        return compiled(beside, "beside", "young").test(read_facts({"beside": teams}, beside, NOON))

    assert (answer(["assess", "young_east"]), answer(["assess"]), answer("young")) == (YES, NO, YES)
    with pytest.raises(ConditionError, match="beside: no team nowhere"):
        compiled(beside, "beside", "nowhere")


def test_only_a_birthday_follows_the_protocols_rule_for_birthdays(pack):
    """Three months from the end of November end with February; a child born then is three months old on 1 March."""
    rule = changed(pack, identity=pack.identity.model_copy(update={"birthdays": "next_day"}))

    def turns(key, fact):
        return compiled(rule, key, "3 months").mark(read_facts({fact: "2026-11-30"}, rule, NOON))

    assert turns("age_at_least", "date_of_birth") == date(2027, 3, 1)
    assert turns("closed_for_at_least", "closed_on") == date(2027, 2, 28)
