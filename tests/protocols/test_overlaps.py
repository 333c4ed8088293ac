"""Which conditions can hold together: the limits themselves, where a wrong answer would let two routes collide."""

from itertools import product

import pytest

from casetransfer.protocols.overlaps import Limit, Overlaps, _both, can_meet, implies, limits_of
from casetransfer.protocols.plans import compile_pack
from casetransfer.protocols.rows import Precedence
from casetransfer.protocols.vocabulary import Fact
from tests.protocols.conftest import changed

CLOSED, OPEN = True, False


def values(*allowed, many=False):
    return Limit(values=frozenset(allowed), many=many)


def span(low=float("-inf"), high=float("inf"), *, low_in=CLOSED, high_in=CLOSED):
    return Limit(low=(low, not low_in), high=(high, high_in))


def test_values_meet_where_one_is_shared():
    assert values("a", "b").meets(values("b", "c"))
    assert not values("a").meets(values("c"))
    assert values("a").meets(Limit())
    assert Limit().meets(values("a"))


def test_a_fact_with_several_values_at_once_may_have_both():
    assert values("section_20", many=True).meets(values("remand", many=True))


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        (span(low=11), span(high=11), True),
        (span(low=11), span(high=11, high_in=OPEN), False),
        (span(low=11, low_in=OPEN), span(high=11), False),
        (span(low=11), span(high=12, high_in=OPEN), True),
        (span(low=12), span(high=11), False),
        (span(), span(low=5, high=5), True),
    ],
)
def test_spans_meet_when_they_share_a_length_and_the_order_of_asking_is_nothing(a, b, meet):
    assert a.meets(b) is b.meets(a) is meet


def test_two_limits_together_allow_only_what_both_allow():
    assert _both(values("a", "b"), values("b", "c")) == values("b")
    assert _both(Limit(), values("b")) == _both(values("b"), Limit()) == values("b")
    assert _both(Limit(), Limit()) == Limit()
    assert _both(span(low=3, high=9), span(low=5, high=12)) == span(low=5, high=9)
    assert _both(span(low=5, high=12), span(low=3, high=9)) == span(low=5, high=9)
    assert _both(values("a", many=True), values("a", many=True)) == values("a", many=True)


def test_of_two_ends_at_one_length_the_one_left_out_is_the_stricter():
    over, at_least = span(low=11, low_in=OPEN), span(low=11)
    under, at_most = span(high=11, high_in=OPEN), span(high=11)

    assert _both(over, at_least) == _both(at_least, over) == over
    assert _both(under, at_most) == _both(at_most, under) == under
    assert over.within(at_least)
    assert not at_least.within(over)
    assert under.within(at_most)
    assert not at_most.within(under)


def test_a_small_world_searched_by_hand_agrees():
    """Every pair of limits over three values against trying each value."""
    choices = [None, *(frozenset(some) for some in ({"a"}, {"b"}, {"a", "c"}, {"a", "b", "c"}))]
    for a, b in product(choices, repeat=2):
        shared = any((a is None or one in a) and (b is None or one in b) for one in "abc")
        assert Limit(values=a).meets(Limit(values=b)) is shared


def test_tables_meet_when_every_shared_fact_does_and_nature_allows_it(pack):
    tables = {
        "disabled": limits_of(pack, {"disabled": True}),
        "not disabled": limits_of(pack, {"disabled": False}),
        "unborn": limits_of(pack, {"unborn": True}),
        "twelve": limits_of(pack, {"age_at_least": "12y"}),
        "held": limits_of(pack, {"initial_child_protection_conference_outcome": "child_protection_plan"}),
        "not held": limits_of(pack, {"initial_child_protection_conference_held": False}),
    }

    assert can_meet(tables["disabled"], tables["twelve"])
    assert not can_meet(tables["disabled"], tables["not disabled"])
    assert not can_meet(tables["unborn"], tables["twelve"])
    assert not can_meet(tables["held"], tables["not held"])


def test_a_table_that_contradicts_itself_has_no_limits(pack):
    assert limits_of(pack, {"age_at_least": "12y", "age_under": "11y6m"}) is None
    assert limits_of(pack, {"age_at_least": "11y6m", "age_under": "12y"}) == {
        "age": span(138 * 30.4375, 144 * 30.4375, high_in=OPEN)
    }
    assert limits_of(pack, {"unborn": True, "age_at_least": "1y"}) is None


def test_a_narrower_table_implies_the_wider(pack):
    narrow = limits_of(pack, {"status": "looked_after", "age_at_least": "16y"})
    wide = limits_of(pack, {"status": ["looked_after", "care_leaver"], "age_at_least": "15y6m"})

    assert implies(narrow, wide)
    assert not implies(wide, narrow)
    assert implies(narrow, {})
    assert not implies({}, narrow)


@pytest.mark.parametrize(
    ("a", "b", "meet", "first_implies_second"),
    [
        ({"age_at_least": "11y6m"}, {"age_under": "11y6m"}, False, False),
        ({"age_at_least": "11y6m"}, {"age_at_most": "11y6m"}, True, False),
        ({"age_over": "11y6m"}, {"age_at_most": "11y6m"}, False, False),
        ({"age_over": "11y6m"}, {"age_at_least": "11y6m"}, True, True),
        ({"age_at_least": "11y6m"}, {"age_over": "11y6m"}, True, False),
        ({"age_under": "11y6m"}, {"age_at_most": "11y6m"}, True, True),
        ({"age_at_most": "11y6m"}, {"age_under": "11y6m"}, True, False),
        ({"closed_for_at_most": "72 hours"}, {"closed_for_over": "3 days"}, False, False),
        ({"closed_for_under": "3 months"}, {"closed_for_over": "60 days"}, True, False),
        ({"tier_at_least": 3}, {"tier_under": 3}, False, False),
        ({"tier_at_least": "3"}, {"tier_at_most": 3}, True, False),
        ({"disabled_not": True}, {"disabled": True}, False, False),
        ({"disabled_not": True}, {"disabled": False}, True, True),
        ({"disabled_not": False}, {"disabled": True}, True, True),
        ({"decided_route_not": "EX-IN"}, {"decided_route": "EX-UNBORN"}, True, False),
        ({"order_made_on_known": True}, {"order_made_on_known": True}, True, True),
        ({"unborn": True}, {"age_at_least": "0 days"}, False, False),
        ({"unborn": True, "age_under": "12y"}, {"age_at_least": "1y"}, False, False),
        ({"plan_not": ["removal"]}, {"plan": "removal"}, False, False),
        ({"plan_not": ["removal"]}, {"plan": "return_home"}, True, False),
        ({"plan": "return_home"}, {"plan_not": ["removal"]}, True, True),
        ({"plan": ["removal", "return_home"]}, {"plan": "return_home"}, True, False),
        ({"holder": "young"}, {"holder": "young_east"}, True, False),
        ({"holder": "young_east"}, {"holder": "young"}, True, True),
        ({"holder_not": "young"}, {"holder": "young_east"}, False, False),
        ({"holder_not": "young"}, {"holder": "none"}, True, False),
        ({"holder": "none"}, {"holder": "assess"}, False, False),
        ({"legal_status": "section_20"}, {"legal_status": "care_order"}, True, False),
        ({"order_made_on_known": True}, {"order_made_on_known": False}, False, False),
        ({"order_made_on_known": True}, {"order_made_on_passed": False}, True, False),
        ({"order_made_on_passed": True}, {"order_made_on_passed": False}, False, False),
        ({"unborn": True}, {"age_at_least": "1 month"}, False, False),
        ({"unborn": True}, {"age_under": "11y6m"}, True, False),
        ({"unborn": False}, {"age_at_least": "12y"}, True, False),
        ({"pre_birth_conference_outcome": "child_protection_plan"}, {"pre_birth_conference_held": True}, True, False),
        ({"disabled": True}, {"age_under": "11y6m"}, True, False),
        ({"disabled": True, "age_under": "11y6m"}, {"disabled": True}, True, True),
    ],
)
def test_two_tables_are_compared_fact_by_fact(pack, a, b, meet, first_implies_second):
    one, other = limits_of(pack, a), limits_of(pack, b)

    assert can_meet(one, other) is can_meet(other, one) is meet
    assert implies(one, other) is first_implies_second


@pytest.mark.parametrize(
    "table",
    [
        {"age_at_least": "12y", "age_under": "11y"},
        {"plan": "removal", "plan_not": "removal"},
        {"unborn": True, "age_at_least": "1y"},
        {"pre_birth_conference_outcome": "child_protection_plan", "pre_birth_conference_held": False},
    ],
)
def test_facts_that_exclude_each_other_contradict_a_table(pack, table):
    assert limits_of(pack, table) is None


def test_two_conditions_on_one_fact_leave_what_both_allow(pack):
    narrow = limits_of(pack, {"age_at_least": "5y", "age_under": "11y"})

    assert can_meet(narrow, limits_of(pack, {"age_at_least": "10y"}))
    assert not can_meet(narrow, limits_of(pack, {"age_at_least": "11y"}))
    assert not can_meet(narrow, limits_of(pack, {"age_under": "5y"}))


def test_a_fact_that_names_several_teams_may_name_both(pack):
    beside = changed(pack, fact=(Fact(name="beside", type="teams", says="Who works alongside."),))

    def limits(table):
        return limits_of(beside, table)

    assert can_meet(limits({"beside": "young"}), limits({"beside": "older"}))
    assert implies(limits({"beside": "young_east"}), limits({"beside": "young"}))


def overlaps(pack, code, *, precedence=(), **parts):
    """The questions about a pack in which one route is changed, and that route."""
    routes = tuple(route.model_copy(update=parts) if route.code == code else route for route in pack.route)
    asked = Overlaps(compile_pack(changed(pack, route=routes, precedence=precedence)))
    return asked, asked.engine.plans[code]


def why_never(pack, code, **parts):
    asked, plan = overlaps(pack, code, **parts)
    return asked.never_matches(plan)


CONTRADICT = "its conditions contradict each other"


@pytest.mark.parametrize(
    ("starts", "table", "why"),
    [
        (("assess",), {"holder": "older"}, CONTRADICT),
        (("assess",), {"holder": "assess"}, ""),
        (("assess",), {"holder_not": "older"}, ""),
        (("young",), {"holder": "young_east"}, ""),
        (("assess",), {"holder": "none"}, CONTRADICT),
        (("assess",), {"holder": "none", "contact_at": "assess"}, ""),
        (("door",), {"holder": "none"}, ""),
        (("other_council",), {"holder": "none"}, ""),
        (("assess", "other_council"), {"holder": "none"}, ""),
        (("any",), {"holder": "older"}, ""),
        (("assess",), {}, ""),
    ],
)
def test_a_table_that_asks_for_a_holder_where_the_route_does_not_start_never_matches(pack, starts, table, why):
    assert why_never(pack, "EX-DISABILITY", from_teams=starts, when=(table,), waits_for=()) == why


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"from_teams": ("older",)}, "it starts and ends in the same team"),
        ({"from_teams": ("young_east",), "to": ("young",)}, "it starts and ends in the same team"),
        ({"from_teams": ("young",), "to": ("young_east",)}, ""),
        ({"from_teams": ("older",), "effect": "joins"}, ""),
        ({"from_teams": ("older",), "when": ({"contact_at": "older"},)}, ""),
        ({"from_teams": ("older",), "when": ({"source": "other_council"},)}, ""),
        ({"from_teams": ("older", "other_council")}, ""),
        ({"from_teams": ("any",)}, ""),
    ],
)
def test_a_move_from_a_team_to_itself_never_matches_unless_the_child_reached_the_team_directly(pack, parts, why):
    assert why_never(pack, "EX-OLDER-AGE", **parts) == why


FIRST = Precedence(code="P", ladder=(("EX-DISABILITY",), ("EX-OLDER-CP",)), reason="first", clauses=("EX-4",))
NARROWER = ({"disabled": True, "assessment_complete": True, "section_47": True},)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"when": NARROWER}, "EX-DISABILITY always matches with it and comes first"),
        ({"when": NARROWER, "from_teams": ("young",)}, ""),
        ({"when": NARROWER, "from_teams": ("assess", "other_council")}, ""),
        ({"when": NARROWER, "from_teams": ("any",)}, ""),
        ({"when": (*NARROWER, {"section_47": True})}, ""),
    ],
)
def test_a_route_that_another_always_comes_before_never_matches(pack, parts, why):
    assert why_never(pack, "EX-OLDER-CP", precedence=(FIRST,), **parts) == why


@pytest.mark.parametrize(
    ("starts", "other", "both"),
    [
        (("assess",), "EX-DISABILITY", True),
        (("older",), "EX-DISABILITY", False),
        (("any",), "EX-DISABILITY", True),
        (("older",), "EX-ADVISER", False),  # from any team but the older children's, where it goes
        (("young",), "EX-ADVISER", True),
        (("any",), "EX-ADVISER", True),
        (("other_council",), "EX-IN", True),
        (("other_council",), "EX-DISABILITY", False),
    ],
)
def test_two_routes_can_match_together_only_where_both_start(pack, starts, other, both):
    asked, plan = overlaps(pack, "EX-OLDER-AGE", from_teams=starts, to=("disability",), when=())

    assert asked.both_can_match(plan, asked.engine.plans[other]) is both
    assert asked.both_can_match(asked.engine.plans[other], plan) is both


def test_routes_on_one_rung_stand_side_by_side_and_no_others(pack):
    rung = Precedence(
        code="P",
        ladder=(("EX-DISABILITY", "EX-UNBORN"), ("EX-IN",)),
        together="a manager chooses",
        reason="both",
        clauses=("EX-4",),
    )
    asked, disability = overlaps(pack, "EX-DISABILITY", precedence=(rung,))
    plans = asked.engine.plans

    assert asked.ranked(disability, plans["EX-UNBORN"])
    assert asked.ranked(plans["EX-IN"], disability)
    assert not asked.ranked(disability, plans["EX-YOUNG-CP"])
    assert not asked.ranked(plans["EX-YOUNG-CP"], disability)
