"""The whole answer, as JSON and as lines, for a few children of Exampleshire: each file beside this was read by a person.

The keys of the JSON are a contract with whoever calls `route --json`; a change here is a change for them.
"""

import json
from pathlib import Path

import pytest

from casetransfer.protocols.answers import as_dict, as_lines, found_as_dict, items_for
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.routes import Found
from casetransfer.protocols.rows import Attendance, Duty, JointWork, Point, Stage
from tests.protocols.conftest import changed, conference, decided

ANSWERS = Path(__file__).with_name("answers")
ACCOMMODATED = {
    "holder": "assess", "status": "looked_after", "legal_status": "section_20",
    "looked_after_from": "2026-10-01", "date_of_birth": "2020-05-01", "disabled": False,
}  # fmt: skip
HEARING = {"kind": "court_hearing", "ordinal": 1, "planned": "2026-11-05T10:00", "held": "2026-11-05T10:00"}
CHILDREN = {
    "stays_for_a_return_home": ACCOMMODATED | {"return_home_plan": "clear_and_feasible"},
    "accommodated_and_heard": ACCOMMODATED | {"return_home_plan": "none", "events": [HEARING], "section_47": False},
    "conference_held": {
        "holder": "assess", "section_47": True, "date_of_birth": "2020-05-01", "events": [conference()]
    },
    "unborn": {
        "holder": "assess", "expected_delivery_date": "2027-05-20", "section_47": False,
        "events": [{
            "kind": "pre_birth_conference", "planned": "2026-11-20T10:00", "held": "2026-11-20T10:00",
            "outcome": "child_protection_plan",
        }],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CHILDREN)
def test_the_answer_for_a_child_is_told_whole_as_data(pack, name):
    expected = json.loads((ANSWERS / f"{name}.json").read_text())

    assert as_dict(decided(pack, **CHILDREN[name])) == expected


@pytest.mark.parametrize("name", CHILDREN)
def test_the_answer_for_a_child_is_told_whole_in_words(pack, name):
    expected = (ANSWERS / f"{name}.txt").read_text().splitlines()

    assert "\n".join(as_lines(decided(pack, **CHILDREN[name]))).splitlines() == expected


def told(pack, code, facts, **parts):
    """The part of the answer about one route, which is changed."""
    routes = tuple(route.model_copy(update=parts) if route.code == code else route for route in pack.route)
    decision = decided(changed(pack, route=routes), **facts)
    return found_as_dict(decision, decision.find(code))


def test_who_attends_and_how_both_teams_work_together_is_told_as_plain_data(pack):
    attends = Attendance(role=("manager", "head"), at="the conference", clauses=("EX-6",))
    joint = JointWork(says="Both workers visit for two weeks", clauses=("EX-6",))

    answer = told(pack, "EX-YOUNG-CP", CHILDREN["conference_held"], attend=(attends,), joint=joint)

    assert answer["attend"] == [
        {"role": ["manager", "head"], "side": "receiving", "at": "the conference", "strength": "should", "clauses": ["EX-6"]}
    ]  # fmt: skip
    assert answer["joint_working"] == "Both workers visit for two weeks"
    assert json.loads(json.dumps(answer)) == answer


def test_the_stages_of_a_route_are_told_with_whether_each_applies(pack):
    issued, heard = {"proceedings": "issued"}, Point(kind="event", event="court_hearing", ordinal=1)
    stages = (
        Stage(name="Joint working starts", effect="joins", points=(heard,)),
        Stage(name="The case moves", effect="moves", points=(Point(kind="agreement"),), when=(issued,)),
    )
    child = CHILDREN["conference_held"] | {"events": [conference(), HEARING], "proceedings": "none"}

    answer = told(pack, "EX-YOUNG-CP", child, points=(), stages=stages)

    assert answer["stages"] == [
        {
            "name": "Joint working starts", "effect": "joins", "applies": "yes",
            "transfer_point": "the first court hearing", "point_reached": True, "point_on": "2026-11-05",
        },
        {
            "name": "The case moves", "effect": "moves", "applies": "no",
            "transfer_point": "agreement of both managers", "point_reached": False, "point_on": None,
        },
    ]  # fmt: skip


def test_an_item_that_is_not_for_this_child_is_left_off_the_checklist(pack):
    def items(**facts):
        decision = decided(pack, **CHILDREN["conference_held"], **facts)
        return [item.code for item in items_for(decision.find("EX-YOUNG-CP").plan, decision)]

    assert items(status="child_in_need") == ["EX-I1", "EX-I2"]
    assert items(status="looked_after") == ["EX-I1", "EX-I2", "EX-I3"]
    assert items() == ["EX-I1", "EX-I2", "EX-I3"]  # not known: it may be


def test_a_checklist_that_names_its_routes_is_asked_of_those_alone(pack):
    lists = tuple(
        one.model_copy(update={"routes": ("EX-OLDER-*",)}) if one.code == "EX-C2" else one for one in pack.checklist
    )
    plans = engine_for(changed(pack, checklist=lists)).plans

    assert [item.code for item in plans["EX-OLDER-AGE"].asks.items] == ["EX-I4"]
    assert [item.code for item in plans["EX-DISABILITY"].asks.items] == []


def test_notices_clocks_and_duties_that_name_their_routes_are_asked_of_those_alone(pack):
    alone = {"routes": ("EX-UNB*",)}
    duty = Duty(code="EX-KEEP", what="Visit until the end.", owed_by="transferring", clauses=("EX-6",), **alone)
    named = changed(
        pack,
        notice=tuple(one.model_copy(update=alone) for one in pack.notice),
        timer=tuple(one.model_copy(update=alone) if one.code == "EX-T5" else one for one in pack.timer),
        duty=(duty,),
    )
    unborn, other = (engine_for(named).plans[code].asks for code in ("EX-UNBORN", "EX-DISABILITY"))

    assert (unborn.notices, unborn.timers, unborn.duties) == (("EX-N1",), ("EX-T5",), ("EX-KEEP",))
    assert (other.notices, other.timers, other.duties) == ((), (), ())


def test_a_route_that_was_never_placed_in_an_answer_still_tells_its_point(pack):
    decision = decided(pack, **CHILDREN["conference_held"])

    answer = found_as_dict(decision, Found(engine_for(pack).plans["EX-YOUNG-CP"]))

    assert (answer["transfer_point"], answer["point_on"]) == ("the initial child protection conference", "2026-11-20")


def test_every_clause_of_a_rule_and_of_a_route_stands_behind_it(pack):
    clauses = ("EX-3", "EX-4")
    holds = tuple(hold.model_copy(update={"clauses": clauses}) for hold in pack.hold)
    routes = tuple(route.model_copy(update={"clauses": clauses}) for route in pack.route)

    decision = decided(changed(pack, hold=holds, route=routes), **CHILDREN["conference_held"], dispute_open=True)
    lines = "\n".join(as_lines(decision)).splitlines()

    assert "Stays put: The move is disputed. [EX-3, EX-4]" in lines
    assert any(line.startswith("Recommended: ") and line.endswith("(EX-YOUNG-CP) [EX-3, EX-4]") for line in lines)
