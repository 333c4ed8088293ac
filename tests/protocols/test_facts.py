"""What is read of given facts: types, events in their order, what is absent and what is worked out."""

from datetime import date, datetime

import pytest

from casetransfer.protocols.facts import FactError, read_facts
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.vocabulary import Fact
from tests.protocols.conftest import NOON, changed


def events(pack, *given, at=NOON):
    return read_facts({"events": list(given)}, pack, at)


def core_group(**more):
    return {"kind": "core_group"} | more


def test_the_second_of_a_kind_is_the_one_that_says_so_else_the_second_in_time(pack):
    alone = events(pack, core_group(held="2026-11-02T10:00", ordinal=2))
    in_front = events(pack, {"kind": "second_core_group", "held": "2026-11-02T10:00"})
    in_time = events(pack, core_group(held="2026-11-16T10:00"), core_group(held="2026-11-02T10:00"))

    assert alone.events_of("core_group", 2) != []
    assert alone.events_of("core_group", 1) == []
    assert in_front.events_of("core_group", 2) == alone.events_of("core_group", 2)
    assert [event.on for event in in_time.events_of("core_group", 2)] == [date(2026, 11, 16)]
    assert [event.on for event in in_time.events_of("core_group")] == [date(2026, 11, 2), date(2026, 11, 16)]


def test_a_number_in_front_gives_way_to_the_number_that_is_given(pack):
    facts = events(pack, {"kind": "second_core_group", "held": "2026-11-02T10:00", "ordinal": 3})

    assert [event.ordinal for event in facts.events_of("core_group")] == [3]


def test_events_stand_by_their_number_then_by_the_day_held_or_planned_and_the_undated_last(pack):
    facts = events(
        pack,
        core_group(),
        core_group(planned="2026-11-20T10:00"),
        core_group(held="2026-11-02T10:00", planned="2026-12-20T10:00"),
        core_group(held="2026-10-01T10:00", ordinal=2),
        core_group(held="2026-11-30T10:00", ordinal=1),
    )

    assert [event.on for event in facts.events_of("core_group")] == [
        date(2026, 11, 2), date(2026, 11, 20), None, date(2026, 11, 30), date(2026, 10, 1),
    ]  # fmt: skip


def test_an_event_is_planned_where_nobody_says_that_it_was_held(pack):
    empty = events(pack, core_group(planned="2026-11-20T10:00", held=""))

    assert empty.events_of("core_group")[0].held is None
    assert empty.events_of("core_group")[0].on == date(2026, 11, 20)


def test_no_events_given_is_not_the_same_as_none(pack):
    assert read_facts({}, pack, NOON).events_of("core_group") is None
    assert events(pack).events_of("core_group") == []


def test_a_moment_with_a_zone_is_englands_wall_clock(pack):
    facts = read_facts({"order_made_on": datetime.fromisoformat("2026-06-30T23:30:00+00:00")}, pack, NOON)

    assert facts.values["order_made_on"] == date(2026, 7, 1)
    assert read_facts({"order_made_on": "2026-07-01T09:00"}, pack, NOON).values["order_made_on"] == date(2026, 7, 1)


def test_what_is_absent_has_its_value_and_a_list_of_one_where_many_may_be(pack):
    values = read_facts({}, pack, NOON).values

    assert values["court_report"] == "none"
    assert values["contact_at"] == "none"
    assert "plan" not in values


def test_nothing_stands_for_not_known(pack):
    assert "plan" not in read_facts({"plan": None}, pack, NOON).values


def test_a_choice_may_be_written_as_a_number_and_several_as_one(pack):
    assert read_facts({"tier": 3}, pack, NOON).values["tier"] == "3"
    assert read_facts({"legal_status": "section_20"}, pack, NOON).values["legal_status"] == {"section_20"}


@pytest.mark.parametrize(
    ("given", "unborn"),
    [
        ({"date_of_birth": "2020-05-01"}, False),
        ({"expected_delivery_date": "2027-05-20"}, True),
        ({"expected_delivery_date": "2020-05-20", "date_of_birth": "2020-05-18"}, False),
        ({}, None),
        ({"unborn": True}, True),
        ({"unborn": False, "expected_delivery_date": "2026-11-20"}, False),  # born, the date not written down yet
    ],
)
def test_a_child_is_unborn_until_a_date_of_birth_is_known(pack, given, unborn):
    assert read_facts(given, pack, NOON).values.get("unborn") is unborn


@pytest.mark.parametrize(
    ("given", "at", "finished"),
    [
        ({"date_of_birth": "2010-08-31"}, datetime.fromisoformat("2026-06-29T23:59"), False),
        ({"date_of_birth": "2010-08-31"}, datetime.fromisoformat("2026-06-30T00:00"), True),
        ({"date_of_birth": "2010-09-01"}, datetime.fromisoformat("2026-06-30T00:00"), False),
        (
            {"date_of_birth": "2010-08-31", "year_11_ends_on": "2026-07-03"},
            datetime.fromisoformat("2026-06-30T00:00"),
            False,
        ),
        ({}, NOON, None),
        ({"year_11_finished": True}, NOON, True),
        ({"year_11_finished": True, "date_of_birth": "2012-08-31"}, NOON, True),
    ],
)
def test_year_11_ends_on_30_june_unless_another_day_is_given(pack, given, at, finished):
    assert read_facts(given, pack, at).values.get("year_11_finished") is finished


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"disabeld": True}, 'unknown fact "disabeld"; the nearest is "disabled"'),
        ({"qqqqq": True}, 'unknown fact "qqqqq"'),
        ({"age": 3}, 'fact "age" is worked out, not given: '),
        ({"disabled": "yes"}, "fact \"disabled\": needs true or false, not 'yes'"),
        ({"tier": True}, 'fact "tier": cannot be True; choose one of 1, 2, 3, 4'),
        ({"plan": "holiday"}, "fact \"plan\": cannot be 'holiday'; choose one of remain_home, return_home"),
        ({"decided_route": 7}, 'fact "decided_route": needs text, not 7'),
        ({"holder": "yung"}, 'fact "holder": no team "yung" in this protocol; the nearest is "young"'),
        ({"order_made_on": "soon"}, "needs a date such as 2026-11-23, not 'soon'"),
        ({"order_made_on": 7}, "needs a date such as 2026-11-23, not 7"),
        ({"events": {}}, "needs a list of events, not {}"),
        ({"events": ["core_group"]}, "an event needs a kind: 'core_group'"),
        ({"events": [{"held": "2026-11-02"}]}, "an event needs a kind: "),
        (
            {"events": [core_group(when=1, who=2)]},
            "an event has kind, planned, held, outcome and ordinal, not when, who",
        ),
        ({"events": [core_group(held="soon")]}, "needs a date and time such as 2026-11-23T09:30, not 'soon'"),
        ({"events": [{"kind": "core_grup"}]}, 'no kind of event "core_grup"; the nearest is "core_group"'),
        ({"events": [{"kind": "first_birthday"}]}, 'no kind of event "first_birthday"'),
        ({"events": [{"kind": "best_core_group"}]}, 'no kind of event "best_core_group"'),
        (
            {"events": [core_group(outcome="section_47_and_so")]},
            'a core group cannot have the outcome "section_47_and_so": ',
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_mend(pack, given, sentence):
    with pytest.raises(FactError) as refused:
        read_facts(given, pack, NOON)

    assert sentence in str(refused.value)


def test_two_wrong_facts_are_two_lines(pack):
    with pytest.raises(FactError) as refused:
        read_facts({"disabled": "yes", "plan": "holiday"}, pack, NOON)

    assert str(refused.value).splitlines() == refused.value.problems
    assert len(refused.value.problems) == 2


def test_what_is_held_at_this_very_moment_is_held(pack):
    [event] = events(pack, core_group(held="2026-11-23T12:00")).events_of("core_group")

    assert event.is_held(NOON)
    assert not event.is_held(NOON.replace(hour=11, minute=59))


def test_an_absent_value_of_a_fact_that_may_have_several_is_a_set_of_one(pack):
    needs = Fact(name="needs", type="choices", says="What is needed.", values=("none", "housing"), absent="none")
    visits = Fact(name="visits", type="teams", says="Who visits.", absent="assess")

    values = read_facts({}, changed(pack, fact=(needs, visits)), NOON).values

    assert (values["needs"], values["visits"]) == ({"none"}, {"assess"})


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"qqqqq": True}, 'unknown fact "qqqqq"'),
        ({"birthday": True}, 'unknown fact "birthday"; the nearest is "date_of_birth"'),
        ({"holder": "yard"}, 'fact "holder": no team "yard" in this protocol; the nearest is "young_east"'),
        ({"acts_done": [7]}, 'fact "acts_done": needs text, not 7'),
        (
            {"events": [core_group(outcome="cake")]},
            'fact "events": a core group cannot have the outcome "cake": held, adjourned',
        ),
    ],
)
def test_the_sentence_that_refuses_a_fact_is_whole(pack, given, sentence):
    with pytest.raises(FactError) as refused:
        read_facts(given, pack, NOON)

    assert refused.value.problems == [sentence]


@pytest.mark.parametrize("value", ["three", True])
def test_a_number_is_a_number(pack, value):
    bedrooms = Fact(name="bedrooms", type="number", says="How many bedrooms there are.")

    with pytest.raises(FactError, match=f'fact "bedrooms": needs a number, not {value!r}'):
        read_facts({"bedrooms": value}, changed(pack, fact=(bedrooms,)), NOON)


def test_where_a_protocol_names_no_teams_no_nearest_is_offered(pack):
    with pytest.raises(FactError) as refused:
        read_facts({"holder": "assess"}, Pack(identity=pack.identity), NOON)

    assert refused.value.problems == ['fact "holder": no team "assess" in this protocol']
