"""What an answer says for and against its routes."""

from datetime import date

from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.plans import Engine, compile_route
from casetransfer.protocols.routes import Found, decide
from casetransfer.protocols.rows import Floor, Hold
from tests.protocols.conftest import NOON, changed, codes, conference, decided
from tests.protocols.test_routes import CHILD, with_route

GROWN = {"holder": "young", "date_of_birth": "2014-01-01"}


def found_in(pack: Pack, code: str, **facts: object) -> Found:
    found = decided(pack, **facts).find(code)
    assert found is not None
    return found


def test_a_rule_that_stops_completion_says_so_with_its_own_clauses(pack: Pack) -> None:
    [gap] = found_in(pack, "EX-YOUNG-CP", **CHILD, dispute_open=True, events=[conference()]).gaps

    assert (gap.says, gap.clauses) == ("Cannot complete: The move is disputed.", ("EX-8",))


def test_a_rule_that_stops_completion_and_may_apply_leaves_no_doubt_about_the_route(pack: Pack) -> None:
    facts = CHILD | {"events": [conference()]}
    doubtful = Hold.model_validate(
        {"code": "EX-DOUBT", "name": "Perhaps", "when": ({"homeless": True},), "suppresses": ("EX-YOUNG-CP",),
         "stops": "completion", "clauses": ("EX-8",)}
    )  # fmt: skip

    assert "EX-YOUNG-CP" in codes(decided(changed(pack, hold=(*pack.hold, doubtful)), **facts).recommended)


def test_a_rule_may_turn_on_an_age(pack: Pack) -> None:
    small = Hold.model_validate(
        {"code": "EX-SMALL", "name": "Too small", "when": ({"age_under": "12y"},), "suppresses": ("EX-YOUNG-CP",),
         "clauses": ("EX-8",)}
    )  # fmt: skip

    held = decided(changed(pack, hold=(*pack.hold, small)), **CHILD, events=[conference()]).holds

    assert [one.hold.code for one in held] == ["EX-SMALL"]


def test_where_each_of_several_ways_is_closed_all_reasons_are_given(pack: Pack) -> None:
    says = [reason.says for reason in found_in(pack, "EX-OLDER-AGE", **GROWN, status="looked_after").because]

    assert says == [
        "Needed: status child in need; it is looked after.",
        "Needed: status child protection; it is looked after.",
    ]


def test_the_sooner_of_two_moments_is_named_with_both(pack: Pack) -> None:
    said = compile_route(Engine(pack), pack.routes["EX-YOUNG-S20"]).point_says

    assert said == "the first looked-after review or the first court hearing, plus 10 working days"


def test_a_matter_from_outside_is_not_taken_for_one_whose_holder_nobody_knows(pack: Pack) -> None:
    [reason] = found_in(pack, "EX-IN", transfer_in=True, threshold_met=True).because

    assert reason.says == "This route starts from Another council; who holds the case is not known."


def test_no_team_is_not_any_team(pack: Pack) -> None:
    grown = {"status": "looked_after", "date_of_birth": "2010-01-01"}

    [reason] = found_in(pack, "EX-ADVISER", **grown, holder="none").because

    assert reason.says == "This route starts from another team that holds cases; no team holds the case."


def test_a_choice_waits_as_long_as_it_may_still_be_decided_otherwise(pack: Pack) -> None:
    """A challenge under way may yet fail; one that has succeeded will not."""
    failed = ({"court_report_challenge": "failed"},)
    route = with_route(pack, "EX-DISABILITY", when=failed, waits_for=("court_report_challenge",))

    places = [decided(route, holder="assess", court_report_challenge=value) for value in ("under_way", "succeeded")]

    assert ["EX-DISABILITY" in codes(place.possible) for place in places] == [True, False]
    assert ["EX-DISABILITY" in codes(place.ruled_out) for place in places] == [False, True]


def test_a_route_asks_for_the_single_lines_that_it_names(pack: Pack) -> None:
    [first, *_] = pack.items
    plan = compile_route(Engine(pack), pack.routes["EX-IN"].model_copy(update={"items": (first,)}))

    assert [item.code for item in plan.asks.items] == [first]


def test_without_the_reasons_against_nothing_is_ruled_out_for_its_place_or_its_conditions(pack: Pack) -> None:
    asked = read_facts(CHILD | {"disabled": True, "assessment_complete": True, "events": [conference()]}, pack, NOON)

    short = decide(pack, asked, why_not=False)

    assert {reason.fact for found in short.ruled_out for reason in found.because} == {"precedence"}


def test_the_short_answer_looks_at_every_way_of_a_route(pack: Pack) -> None:
    """The first of the two is refused for good."""
    asked = read_facts(GROWN | {"status": "child_protection"}, pack, NOON)

    assert "EX-OLDER-AGE" in codes(decide(pack, asked, why_not=False).recommended)


def test_an_earliest_day_on_a_birthday_follows_the_protocols_rule_for_leap_days(pack: Pack) -> None:
    later = with_route(pack, "EX-ADVISER", when=(), points=(), not_before=(Floor(fact="age", at_least="15y"),))

    found = found_in(later, "EX-ADVISER", holder="young", date_of_birth="2012-02-29")

    assert [gap.on for gap in found.gaps] == [date(2027, 2, 28)]
