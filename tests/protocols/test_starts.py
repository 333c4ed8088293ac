"""When a clock starts as far as the facts tell, and how its due moment is told."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from casetransfer.protocols.answers import due_as_dict, found_as_dict, start_moment, starts_of
from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.rows import Start, Timer
from casetransfer.protocols.timers import Due
from tests.protocols.conftest import NOON, decided


def review(day, **more):
    return {"kind": "looked_after_review", "planned": f"{day}T10:00"} | more


HELD = review("2026-11-02", held="2026-11-03T11:00", outcome="permanence_agreed")
NEXT, LAST = review("2026-12-01"), review("2027-03-01")
GONE = review("2026-11-20")
STARTS = [
    ({"on": "event_held", "of": "looked_after_review"}, {"events": [HELD, NEXT]}, "2026-11-03T11:00"),
    ({"on": "event_held", "of": "looked_after_review"}, {"events": [NEXT]}, None),
    ({"on": "event_held", "of": "looked_after_review", "ordinal": 2}, {"events": [HELD, NEXT]}, None),
    ({"on": "event_held", "of": "looked_after_review", "value": "permanence_agreed"}, {"events": [HELD]}, "2026-11-03T11:00"),
    ({"on": "event_held", "of": "looked_after_review", "value": "continue"}, {"events": [HELD]}, None),
    ({"on": "event_planned", "of": "looked_after_review"}, {"events": [LAST, GONE, NEXT]}, "2026-12-01T10:00"),
    ({"on": "event_booked", "of": "looked_after_review"}, {"events": [LAST, NEXT]}, "2026-12-01T10:00"),
    ({"on": "event_planned", "of": "looked_after_review"}, {"events": [review("2026-11-23", planned="2026-11-23T12:00")]}, "2026-11-23T12:00"),
    ({"on": "event_planned", "of": "looked_after_review"}, {"events": [review("2026-11-23", planned="2026-11-23T12:00"), NEXT]}, "2026-11-23T12:00"),
    ({"on": "event_planned", "of": "looked_after_review"}, {"events": [GONE]}, "2026-11-20T10:00"),
    ({"on": "event_planned", "of": "looked_after_review"}, {"events": []}, None),
    ({"on": "event_planned", "of": "looked_after_review", "ordinal": 1}, {"events": [GONE, NEXT]}, "2026-11-20T10:00"),
    ({"on": "event_planned", "of": "looked_after_review", "ordinal": 3}, {"events": [GONE, NEXT]}, None),
    ({"on": "order_made", "of": "care_order"}, {"legal_status": ["care_order"], "order_made_on": "2026-11-02"}, "2026-11-02T00:00"),
    ({"on": "order_made", "of": "care_order"}, {"former_legal_status": ["care_order"], "legal_status": ["none"], "order_made_on": "2026-11-02"}, "2026-11-02T00:00"),
    ({"on": "order_made", "of": "care_order"}, {"legal_status": ["section_20"], "former_legal_status": ["none"], "order_made_on": "2026-11-02"}, None),
    ({"on": "order_made", "of": "care_order"}, {"order_made_on": "2026-11-02"}, "2026-11-02T00:00"),
    ({"on": "order_made"}, {"legal_status": ["section_20"], "order_made_on": "2026-11-02"}, "2026-11-02T00:00"),
    ({"on": "looked_after_started"}, {"looked_after_from": "2026-10-05"}, "2026-10-05T00:00"),
    ({"on": "plan_started", "of": "child_protection"}, {"child_protection_plan_from": "2026-10-05"}, "2026-10-05T00:00"),
    ({"on": "case_closed"}, {"closed_on": "2026-10-05"}, "2026-10-05T00:00"),
    ({"on": "proceedings_ended"}, {"proceedings_ended_on": "2026-10-05"}, "2026-10-05T00:00"),
    ({"on": "age_reached", "of": "15y6m"}, {"date_of_birth": "2011-05-23"}, "2011-05-23T00:00"),
    ({"on": "date_reached", "of": "returned_home_on"}, {"returned_home_on": "2026-10-05"}, "2026-10-05T00:00"),
    ({"on": "fact_became", "of": "disabled"}, {"disabled": True}, None),
]  # fmt: skip


@pytest.mark.parametrize(("start", "facts", "moment"), STARTS)
def test_a_clock_starts_when_the_facts_say_so(pack, start, facts, moment):
    expected = datetime.fromisoformat(moment) if moment else None

    assert start_moment(Start(**start), read_facts(facts, pack, NOON)) == expected


def test_another_start_is_the_first_one_planned_from_the_clocks_own_start_on(pack):
    timer = timer_of(
        starts=Start(on="looked_after_started"),
        or_from=[{"starts": {"on": "event_planned", "of": "looked_after_review"}}],
    )
    early = review("2026-10-01"), review("2026-11-20")
    facts = read_facts({"looked_after_from": "2026-10-05", "events": [*early, NEXT]}, pack, NOON)

    assert starts_of(timer, facts) == [
        datetime.fromisoformat("2026-10-05T00:00"),
        datetime.fromisoformat("2026-11-20T10:00"),
    ]


def timer_of(**more):
    return Timer(
        **{"code": "EX-T", "what": "w", "kind": "deadline", "starts": Start(on="case_closed"), "clauses": ["EX-1"]}
        | more
    )


DUE_AT = datetime.fromisoformat("2026-11-27T16:00")


@pytest.mark.parametrize(
    ("timer", "told"),
    [
        ({"offset": "10 working days"}, "2026-11-27"),
        ({"offset": "4 hours"}, "2026-11-27T16:00:00"),
        ({"offset": "10 working days", "time": "16:00"}, "2026-11-27T16:00:00"),
        ({"kind": "cutoff", "weekday": "friday", "time": "16:00"}, "2026-11-27T16:00:00"),
        ({"kind": "cutoff", "weekday": "friday"}, "2026-11-27T16:00:00"),
        ({"kind": "immediate"}, "2026-11-27"),
    ],
)
def test_what_is_due_by_a_day_is_told_as_a_day_and_what_is_due_by_the_hour_as_a_moment(timer, told):
    row = timer_of(**timer)
    book = SimpleNamespace(timers={row.code: row})

    answer = due_as_dict(book, Due(row.code, NOON, date(2026, 11, 27), DUE_AT))

    assert (answer["due"], answer["due_at"]) == (told, "2026-11-27T16:00:00")


def test_what_ends_at_a_moment_alone_is_told_as_that_moment_and_what_has_none_says_why():
    row = timer_of(offset="10 working days")
    book = SimpleNamespace(timers={row.code: row})

    assert due_as_dict(book, Due(row.code, NOON, None, DUE_AT))["due"] == "2026-11-27T16:00:00"
    nothing = due_as_dict(book, Due(row.code, None, why_none="it starts later", still_unknown=("the review",)))
    assert nothing == {
        "due": None, "due_at": None, "steps": ["it starts later"], "why_none": "it starts later",
        "still_unknown": ["the review"],
    }  # fmt: skip


def test_every_clock_of_a_route_is_told_with_its_latest_day(pack):
    """The sooner of two starts decides; a clock whose start is not known yet has no day."""
    hearing = {"kind": "court_hearing", "ordinal": 1, "planned": "2026-11-05T10:00", "held": "2026-11-05T10:00"}
    first = review("2026-11-09", held="2026-11-09T10:00", ordinal=1)
    facts = {
        "holder": "assess", "legal_status": "section_20", "looked_after_from": "2026-10-01",
        "date_of_birth": "2020-05-01", "disabled": False, "section_47": False, "return_home_plan": "none",
    }  # fmt: skip

    def told(*events):
        decision = decided(pack, **facts, events=list(events))
        return found_as_dict(decision, decision.find("EX-YOUNG-S20"))

    assert told()["latest"] is None
    assert told(hearing)["latest"] == "2026-11-19"
    assert told(first)["latest"] == "2026-11-09"
    assert told(hearing, first)["latest"] == "2026-11-09"
    assert told(hearing)["point_reached"] is True
