"""Every line of every pack's closing lists gates as its policy says, in every way of closing that has it."""

from datetime import UTC, datetime

import pytest

from casetransfer.protocols import authorities, pack_for, read_facts
from casetransfer.protocols.rows import Closure as Row
from closures import actions
from closures.guards import item_gaps, turn_gaps
from closures.models import Check, Closure
from closures.ways import KINDS, Way, ways_for
from teams.refusals import Refused
from tests.closures.walkers import a_case, at_turn, checked, in_order, started, the_hand

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ways() -> list[Way]:
    found = []
    for authority in authorities():
        pack = pack_for(authority)
        for row in pack.closure:
            if row.kind in KINDS:
                base = next((other for other in pack.closure if adds(row, other)), row)
                found.append(Way(pack, base, () if base is row else (row,)))
    return found


def adds(row: Row, other: Row) -> bool:
    from closures.ways import _adds_to

    return _adds_to(row, other)


WAYS = {"+".join(row.code for row in way.rows): way for way in ways()}
LINES = {f"{name} {item.code}": (way, item) for name, way in WAYS.items() for item in way.items}
ANSWERS = ("", "done", "not_done", "does_not_apply", "waived")


def expected(item, answer: str) -> bool:
    """Whether a line answered so (with its evidence or its reason) lets the closing go on."""
    if answer == "done":
        return True
    if answer == "":
        return item.policy == "practice_issue"
    if answer == "waived" and item.policy == "waivable":
        return True
    if answer == "does_not_apply" and "does_not_apply" in item.options:
        return True
    return item.policy in ("advisory", "practice_issue")


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", LINES)
def test_a_line_gates_as_its_policy_says(name, answer):
    _, item = LINES[name]
    evidence = in_order(item).evidence if answer == "done" else ""
    check = Check(item=item.code, answer=answer, evidence=evidence, reason="" if answer == "done" else "As agreed")

    assert (item_gaps(item, check) == []) is expected(item, answer)


def a_closure_at(way, number, answers):
    """A closing of this way, at the turn of that hand, with these answers and a reason."""
    closure = Closure(way=way.code, turn=number, reason="RC7", applying_items=[item.code for item in way.items])
    closure.__dict__ |= {"plan": way, "answers": answers}
    return closure


@pytest.mark.parametrize("answer", ["", "not_done"])
@pytest.mark.parametrize("name", LINES)
def test_a_line_that_is_not_done_holds_up_its_own_hand_and_the_closing_itself(name, answer):
    """All other lines are in order, so that it is this one that decides, with its own words and clauses."""
    way, item = LINES[name]
    others = {line.code: Check(item=line.code, **vars_of(in_order(line))) for line in way.items}
    others[item.code] = Check(item=item.code, answer=answer, reason="As agreed" if answer else "")
    own = next(turn.number for turn in way.turns if item in turn.items)

    gaps = {number: turn_gaps(a_closure_at(way, number, others)) for number in {own, len(way.turns)}}

    for found in gaps.values():
        assert (found == []) is expected(item, answer)
        assert all(item.what in gap.sentence and gap.clauses == item.clauses for gap in found)


def vars_of(given):
    return {"answer": given.answer, "evidence": given.evidence}


@pytest.mark.parametrize("name", [name for name, (_, item) in LINES.items() if item.evidence != "tick"])
def test_a_line_that_asks_for_evidence_is_not_done_without_it(name):
    _, item = LINES[name]

    assert item_gaps(item, Check(item=item.code, answer="done")) != []


@pytest.mark.parametrize("name", [name for name, (_, item) in LINES.items() if item.policy == "advisory"])
def test_a_line_that_only_advises_wants_a_reason(name):
    _, item = LINES[name]

    assert item_gaps(item, Check(item=item.code, answer="not_done")) != []


@pytest.mark.parametrize("name", WAYS)
def test_a_way_asks_each_of_its_lines_of_one_hand_and_ends_by_closing(name):
    way = WAYS[name]

    asked = [item.code for turn in way.turns for item in turn.items]

    assert sorted(asked) == sorted(item.code for item in way.items)
    assert [turn.makes for turn in way.turns].count("closed") == 1
    assert way.turns[-1].makes == "closed"


@pytest.mark.parametrize("name", WAYS)
def test_every_step_of_the_pack_is_in_some_turn(name):
    way = WAYS[name]

    walked = {step.code for turn in way.turns for step in turn.steps}

    assert walked == {step.code for row in way.rows for step in row.steps}


@pytest.mark.parametrize("name", WAYS)
def test_no_case_closes_without_a_manager(name):
    way = WAYS[name]

    assert any(way.acts_as(turn) & {"team_manager", "group_manager", "service_manager"} for turn in way.turns)


def test_every_closing_line_of_every_pack_is_in_some_way():
    gated = {
        item.code
        for authority in authorities()
        for checklist in pack_for(authority).checklist
        if checklist.used_for in KINDS
        for item in checklist.items
        if item.gate == "closure"
    }

    assert gated - {item.code for _, item in LINES.values()} == set()


def test_a_private_fostering_closure_of_a_child_who_moves_abroad_is_the_usual_one_and_more():
    pack = pack_for("northamptonshire")
    facts = read_facts({"holder": "csst", "privately_fostered": True, "moving_away": "abroad"}, pack, NOON)

    found = [way.code for way, _ in ways_for(pack, facts, "closure")]

    assert found == ["NN-CLO-CLOSE"]


@pytest.mark.django_db
def test_a_line_that_does_not_apply_with_a_reason_lets_the_closing_go_on():
    closure = at_turn(2, case=a_case("northamptonshire", "csst"), way="NN-CLO-CLOSE")
    closure = checked(closure, but=["CLS-3"])
    worker = the_hand(closure, 2)
    given = {"CLS-3": actions.Given("does_not_apply", reason="A baby of two months")}

    actions.save_checks(closure=closure, given=given, by=worker, at=NOON)
    actions.take_turn(closure=closure, by=worker, at=NOON)

    assert closure.checks.get(item="CLS-3").reason == "A baby of two months"


@pytest.mark.django_db
def test_a_line_that_may_be_waived_is_waived_by_the_manager_alone():
    closure = started(a_case("northamptonshire", "csst"), "NN-CLO-T2")
    given = {"T2-1": actions.Given("waived", reason="Nobody found yet")}

    with pytest.raises(Refused, match="You may not waive this: A lead professional is found"):
        actions.save_checks(closure=closure, given=given, by=the_hand(closure, 1), at=NOON)
