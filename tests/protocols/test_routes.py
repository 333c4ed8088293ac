from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from casetransfer.protocols.answers import start_moment
from casetransfer.protocols.facts import FactError, read_facts, vocabulary_of
from casetransfer.protocols.loader import read
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.plans import AGREEMENT, Engine, compile_pack, compile_route
from casetransfer.protocols.points import PointState, floor_on, is_past
from casetransfer.protocols.predicates import Answer, compile_condition
from casetransfer.protocols.routes import Found, decide
from casetransfer.protocols.rows import Approval, Floor, Point, Precedence, Stage, Start
from tests.protocols.conftest import EXAMPLESHIRE, NOON, changed, codes, conference, decided

CHILD = {"holder": "assess", "date_of_birth": "2016-05-02", "section_47": True}


def test_a_route_whose_conditions_hold_is_recommended(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference()])

    assert "EX-YOUNG-CP" in codes(decision.recommended)


def test_every_route_is_in_exactly_one_place(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference()])

    places = [codes(decision.recommended), codes(decision.possible), codes(decision.ruled_out)]
    assert set.union(*places) == set(pack.routes)
    assert sum(map(len, places)) == len(pack.routes)


def test_an_unknown_fact_leaves_a_route_possible_and_is_named(pack: Pack) -> None:
    decision = decided(pack, holder="assess", date_of_birth="2016-05-02", events=[conference()])

    found = decision.find("EX-YOUNG-CP")
    assert found in decision.possible
    assert [need.fact for need in found.needs] == ["section_47"]


def test_an_outcome_not_yet_known_leaves_the_route_possible(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference(held=None)])

    assert codes(decision.possible) >= {"EX-YOUNG-CP"}
    assert "EX-OLDER-CP" in codes(decision.ruled_out)


def test_another_outcome_rules_the_route_out_and_says_so(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference("child_in_need_plan")])

    reasons = decision.find("EX-YOUNG-CP").because
    assert [reason.fact for reason in reasons] == ["initial_child_protection_conference_outcome"]


def test_an_adjourned_conference_has_not_been_held(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference("adjourned")])

    assert "EX-YOUNG-CP" in codes(decision.possible)


def test_an_event_recorded_later_was_not_held_yet_at_an_earlier_moment(pack: Pack) -> None:
    decision = decided(pack, datetime(2026, 11, 19, 12, 0), **CHILD, events=[conference()])  # noqa: DTZ001

    assert "EX-YOUNG-CP" in codes(decision.possible)


@pytest.mark.parametrize(
    ("born", "route"),
    [("2015-05-24", "EX-YOUNG-CP"), ("2015-05-23", "EX-OLDER-CP"), ("2016-02-29", "EX-YOUNG-CP")],
)
def test_eleven_and_a_half_is_counted_in_months_to_the_day(pack: Pack, born: str, route: str) -> None:
    decision = decided(pack, holder="assess", date_of_birth=born, section_47=True, events=[conference()])

    assert route in codes(decision.recommended)


def test_a_child_born_on_a_leap_day_is_eleven_and_a_half_on_29_august(pack: Pack) -> None:
    def receiving(day: int) -> set[str]:
        at = datetime(2027, 8, day, 12, 0)  # noqa: DTZ001
        facts = {"holder": "assess", "date_of_birth": "2016-02-29", "section_47": True, "events": [conference()]}
        return codes(decided(pack, at, **facts).recommended)

    assert "EX-YOUNG-CP" in receiving(28)
    assert "EX-OLDER-CP" in receiving(29)


def test_a_route_of_another_team_is_ruled_out_by_the_holder(pack: Pack) -> None:
    because = decided(pack, **CHILD).find("EX-OLDER-AGE").because

    assert because[0].fact == "holder"
    assert "Younger Children's Service" in because[0].says


def test_a_pod_of_a_service_is_the_service(pack: Pack) -> None:
    facts = {"holder": "young_east", "date_of_birth": "2015-01-01", "status": "child_in_need"}

    assert "EX-OLDER-AGE" in codes(decided(pack, **facts).recommended)


def test_a_birthday_to_come_is_waited_for_with_its_day(pack: Pack) -> None:
    facts = {"holder": "young", "date_of_birth": "2020-01-31", "status": "child_in_need"}

    found = decided(pack, **facts).find("EX-OLDER-AGE")
    assert found.needs[0].on == date(2031, 7, 31)


def test_what_only_time_can_settle_is_not_yet_rather_than_no(pack: Pack) -> None:
    facts = {"legal_status": "section_20", "looked_after_from": "2026-11-16", "return_home_plan": "none"}

    found = decided(pack, **CHILD, **facts).find("EX-YOUNG-S20")
    assert found.needs[0].on == date(2026, 12, 15)


def test_a_stay_put_rule_suppresses_its_route(pack: Pack) -> None:
    facts = {"legal_status": "section_20", "looked_after_from": "2026-10-01", "return_home_plan": "clear_and_feasible"}

    decision = decided(pack, **CHILD, **facts)
    assert [held.hold.code for held in decision.holds] == ["EX-HOLD-HOME"]
    assert decision.find("EX-YOUNG-S20").because[0].says.startswith("Stays put")


def test_a_stay_put_rule_that_may_apply_leaves_the_route_possible(pack: Pack) -> None:
    facts = {"legal_status": "section_20", "looked_after_from": "2026-10-01"}

    found = decided(pack, **CHILD, **facts).find("EX-YOUNG-S20")
    [need] = found.needs
    assert (need.fact, need.clauses) == ("return_home_plan", ("EX-5",))
    assert need.says.endswith(" Otherwise it stays put: A return home is planned within six weeks.")


def test_the_first_of_several_routes_wins_and_the_others_say_why(pack: Pack) -> None:
    facts = {"disabled": True, "assessment_complete": True, "events": [conference()]}

    decision = decided(pack, **CHILD, **facts)
    assert "EX-DISABILITY" in codes(decision.recommended)
    assert decision.find("EX-YOUNG-CP").because[0].fact == "precedence"


def test_a_recommended_route_names_what_would_come_before_it(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference()])

    assert "EX-DISABILITY" in decision.find("EX-YOUNG-CP").comes_first


def test_a_dispute_stops_completion_not_the_route(pack: Pack) -> None:
    found = decided(pack, **CHILD, dispute_open=True, events=[conference()]).find("EX-YOUNG-CP")

    assert [gap.fact for gap in found.gaps] == ["hold"]


def test_the_sooner_of_two_points_moves_the_case(pack: Pack) -> None:
    facts = {"legal_status": "section_20", "looked_after_from": "2026-10-01", "return_home_plan": "none"}
    review = {"kind": "looked_after_review", "ordinal": 1, "planned": "2026-12-10T10:00"}
    hearing = {"kind": "court_hearing", "held": "2026-11-02T10:00", "outcome": "directions"}

    point = decided(pack, **CHILD, **facts, events=[review, hearing]).find("EX-YOUNG-S20").point
    assert point.reached
    assert point.on == date(2026, 11, 16)


def test_an_unborn_child_does_not_move_before_twenty_weeks(pack: Pack) -> None:
    held = {"kind": "pre_birth_conference", "held": "2026-11-20T10:00", "outcome": "child_protection_plan"}
    due_date = NOON.date() + timedelta(days=280 - 139)

    found = decided(pack, holder="assess", expected_delivery_date=due_date, events=[held]).find("EX-UNBORN")
    assert found.point.reached
    assert found.gaps[0].on == NOON.date() + timedelta(days=1)


def test_a_matter_from_outside_starts_at_its_source(pack: Pack) -> None:
    decision = decided(pack, holder="none", source="other_council", transfer_in=True, threshold_met=True)

    assert "EX-IN" in codes(decision.recommended)


def test_any_team_never_includes_the_receiving_one(pack: Pack) -> None:
    facts = {"holder": "older", "status": "looked_after", "date_of_birth": "2010-01-01"}

    assert "EX-ADVISER" in codes(decided(pack, **facts).ruled_out)


def test_a_senior_managers_decision_comes_before_every_row(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference()], decided_route="EX-DISABILITY")

    assert [found.code for found in decision.recommended if found.plan.route.effect == "moves"] == ["EX-DISABILITY"]
    assert decision.recommended[0].departure


def test_a_departure_keeps_what_moves_nothing_and_gives_up_every_other_move(pack: Pack) -> None:
    old = {"holder": "assess", "status": "looked_after", "legal_status": "section_20", "section_47": True}
    born = {"date_of_birth": "2011-01-01", "looked_after_from": "2026-10-01"}
    decision = decided(pack, **old, **born, events=[conference()], decided_route="EX-DISABILITY")

    assert [found.code for found in decision.recommended] == ["EX-DISABILITY", "EX-ADVISER"]
    assert decision.possible == ()
    given_up = decision.find("EX-OLDER-CP")
    assert given_up is not None
    assert [(reason.fact, reason.says) for reason in given_up.because] == [
        ("decided_route", "A senior manager has decided otherwise for this child.")
    ]
    assert [found.code for found in decision.ruled_out].count("EX-DISABILITY") == 0
    assert decision.find("EX-DOOR-ASSESS") in decision.ruled_out


def test_a_decision_for_a_route_that_is_no_more_recommends_no_move(pack: Pack) -> None:
    decision = decided(pack, **CHILD, events=[conference()], decided_route="EX-GONE")

    assert decision.recommended == ()
    assert "EX-YOUNG-CP" in codes(decision.ruled_out)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"date_of_brith": "2016-01-01"}, 'the nearest is "date_of_birth"'),
        ({"age": "12"}, '"age" is worked out, not given'),
        ({"holder": "asess"}, 'the nearest is "assess"'),
        ({"status": "cp"}, "choose one of"),
        ({"section_47": "yes"}, "needs true or false"),
        ({"date_of_birth": "02/05/2016"}, "needs a date such as"),
        ({"events": [{"kind": "icpc"}]}, "no kind of event"),
        ({"events": [{"kind": "core_group", "when": "2026-01-01"}]}, "an event has kind, planned, held"),
        ({"events": [conference("held")]}, "cannot have the outcome"),
        ({"legal_status": ["section_20", "s31"]}, "choose one of"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_name_and_the_mend(pack: Pack, facts: dict, sentence: str) -> None:
    with pytest.raises(FactError, match="fact") as refused:
        read_facts(facts, pack, NOON)

    assert sentence in str(refused.value)


def test_all_wrong_facts_are_named_at_once(pack: Pack) -> None:
    with pytest.raises(FactError) as refused:
        read_facts({"stauts": "x", "holder": "nobody", "unborn": 1}, pack, NOON)

    assert len(refused.value.problems) == 3


def staged(**facts: object) -> PointState:
    """The point of a route that starts at the first hearing and moves when joint working ends."""
    first = Stage(name="Joint working starts", effect="joins", points=(hearing,), when=({"proceedings": "issued"},))
    moved = Stage(name="The case moves", effect="moves", points=(ended,), when=({"proceedings": "issued"},))
    agreed = Stage(name="By agreement", effect="moves", points=(AGREEMENT,), when=({"proceedings_not": "issued"},))
    route = pack_of().routes["EX-IN"].model_copy(update={"points": (), "stages": (first, moved, agreed)})
    return compile_route(Engine(pack_of()), route).point(read_facts(dict(facts), pack_of(), NOON))


hearing = Point(kind="event", event="court_hearing", ordinal=1)
ended = Point(kind="act", act="joint_working_ended")


def pack_of() -> Pack:
    return read(EXAMPLESHIRE)


def test_a_route_in_stages_moves_at_the_stage_that_moves_it() -> None:
    held = {"kind": "court_hearing", "held": "2026-11-02T10:00", "outcome": "directions"}

    assert not staged(proceedings="issued", events=[held]).reached
    assert staged(proceedings="issued", events=[held], acts_done=["joint_working_ended"]).reached


def test_a_stage_that_does_not_apply_is_passed_over() -> None:
    assert staged(proceedings="none", managers_agree=True).reached


def test_a_length_between_two_recorded_days_is_measured_between_them(pack: Pack) -> None:
    known = vocabulary_of(pack)
    predicate = compile_condition("return_home_planned_after_at_most", "6 weeks", known, pack, "")

    def answer(planned: str) -> Answer:
        return predicate.test(
            read_facts({"looked_after_from": "2026-10-01", "return_home_planned_on": planned}, pack, NOON)
        )

    assert answer("2026-11-12") is Answer.YES
    assert answer("2026-11-13") is Answer.NO
    assert predicate.test(read_facts({"looked_after_from": "2026-10-01"}, pack, NOON)) is Answer.UNKNOWN


def test_an_unborn_child_is_younger_than_any_age(pack: Pack) -> None:
    decision = decided(pack, holder="assess", expected_delivery_date="2027-02-01", section_47=True)

    assert {"EX-OLDER-CP"} <= codes(decision.ruled_out)
    assert {"EX-YOUNG-CP"} <= codes(decision.possible)


def test_a_floor_that_is_a_fact_stands_until_the_fact_is_so(pack: Pack) -> None:
    floor = Floor(fact="threshold_met", value=True)

    assert not is_past(floor, read_facts({}, pack, NOON), None)
    assert is_past(floor, read_facts({"threshold_met": True}, pack, NOON), None)


def test_a_floor_that_is_a_length_is_reached_on_its_day(pack: Pack) -> None:
    floor = Floor(fact="looked_after_for", at_least="20 working days")
    facts = read_facts({"looked_after_from": "2026-11-02"}, pack, NOON)

    assert floor_on(floor, facts, "last_day") == date(2026, 11, 30)


def test_the_next_review_is_the_first_one_planned_after_the_timers_own_start(pack: Pack) -> None:
    old = {"kind": "looked_after_review", "planned": "2026-02-02T10:00", "held": "2026-02-02T10:00"}
    coming = {"kind": "looked_after_review", "planned": "2026-12-03T10:00"}
    start, own = Start(on="event_planned", of="looked_after_review"), datetime(2026, 11, 16, 0, 0)  # noqa: DTZ001

    moment = start_moment(start, read_facts({"events": [old, coming]}, pack, NOON), after=own)
    assert moment == datetime(2026, 12, 3, 10, 0)  # noqa: DTZ001


def test_a_start_that_names_an_outcome_waits_for_that_outcome(pack: Pack) -> None:
    first = {"kind": "looked_after_review", "held": "2026-02-02T10:00", "outcome": "remain_looked_after"}
    second = {"kind": "looked_after_review", "held": "2026-05-02T10:00", "outcome": "permanence_agreed"}
    start = Start(on="event_held", of="looked_after_review", value="permanence_agreed")

    moment = start_moment(start, read_facts({"events": [first, second]}, pack, NOON))
    assert moment == datetime(2026, 5, 2, 10, 0)  # noqa: DTZ001


def with_route(pack: Pack, code: str, **parts: object) -> Pack:
    """The pack with one of its routes changed."""
    return changed(pack, route=tuple(r.model_copy(update=parts) if r.code == code else r for r in pack.route))


def test_a_route_that_is_no_more_is_nowhere_in_the_answer(pack: Pack) -> None:
    assert decided(pack, **CHILD).find("EX-GONE") is None


@pytest.mark.parametrize(
    ("code", "starts", "facts", "sentence"),
    [
        (
            "EX-ADVISER",
            ("any",),
            {"holder": "older"},
            "This route starts from another team that holds cases; the case is with Older Children's Team.",
        ),
        (
            "EX-DISABILITY",
            ("none", "assess"),
            {"holder": "young"},
            "This route starts from no team or Assessment Team; the case is with Younger Children's Service.",
        ),
        (
            "EX-DISABILITY",
            ("assess",),
            {"holder": "none"},
            "This route starts from Assessment Team; no team holds the case.",
        ),
        (
            "EX-DISABILITY",
            ("assess",),
            {"holder": "none", "contact_at": "door"},
            "This route starts from Assessment Team; the contact is with Front Door.",
        ),
        (
            "EX-DISABILITY",
            ("assess",),
            {"contact_at": "door"},
            "This route starts from Assessment Team; the contact is with Front Door.",
        ),
    ],
)
def test_a_route_that_starts_elsewhere_says_where_it_starts_and_where_the_case_is(
    pack: Pack, code: str, starts: tuple[str, ...], facts: dict[str, str], sentence: str
) -> None:
    found = decided(with_route(pack, code, from_teams=starts), **facts).find(code)

    assert found is not None
    assert [reason.says for reason in found.because] == [sentence]


def test_an_age_measured_at_an_event_is_the_age_on_its_day(pack: Pack) -> None:
    """The child was eleven and a half three days after the conference, and is so today."""
    measured = with_route(pack, "EX-OLDER-CP", measured_at="initial_child_protection_conference")
    child = {"holder": "assess", "date_of_birth": "2015-05-22", "section_47": True, "events": [conference()]}

    assert "EX-OLDER-CP" in codes(decided(pack, **child).recommended)
    assert "EX-OLDER-CP" in codes(decided(measured, **child).ruled_out)


def test_what_comes_before_a_route_comes_before_all_that_the_route_comes_before(pack: Pack) -> None:
    """The middle one does not match; the last one is told the reason it stands behind the middle one."""
    rows = (
        Precedence(code="A", ladder=(("EX-DISABILITY",), ("EX-UNBORN",)), reason="first", clauses=("EX-4",)),
        Precedence(code="B", ladder=(("EX-UNBORN",), ("EX-YOUNG-CP",)), reason="second", clauses=("EX-4",)),
    )
    child = CHILD | {"disabled": True, "assessment_complete": True, "events": [conference()]}

    found = decided(changed(pack, precedence=rows), **child).find("EX-YOUNG-CP")

    assert found is not None
    assert [reason.says for reason in found.because] == [
        "A disabled child goes to the Disability Team comes first: second."
    ]


def test_a_protocols_rule_for_birthdays_counts_for_its_conditions_points_and_earliest_days(pack: Pack) -> None:
    rule = changed(pack, identity=pack.identity.model_copy(update={"birthdays": "leap_day_on_1_march"}))
    point, floor = Point(kind="age", age="15y"), Floor(fact="age", at_least="15y")
    matched = with_route(rule, "EX-ADVISER", when=(), points=(point,), not_before=(floor,))
    waiting = with_route(rule, "EX-ADVISER", when=({"age_at_least": "15y"},), waits_for=("age",))
    child = {"holder": "young", "date_of_birth": "2012-02-29"}

    moved = decided(matched, **child).find("EX-ADVISER")
    later = decided(waiting, **child).find("EX-ADVISER")
    elsewhere = decided(with_route(pack, "EX-ADVISER", when=(), points=(point,)), **child).find("EX-ADVISER")

    assert moved is not None
    assert moved.point is not None
    assert later is not None
    assert [moved.point.on, *(gap.on for gap in moved.gaps), later.needs[0].on] == [date(2027, 3, 1)] * 4
    assert elsewhere is not None
    assert elsewhere.point is not None
    assert elsewhere.point.on == date(2027, 2, 28)


def test_a_date_that_has_passed_is_a_no_for_good_and_one_that_comes_is_not_yet(pack: Pack) -> None:
    def found(passed: bool, day: str) -> Found | None:
        when = ({"order_made_on_passed": passed},)
        route = with_route(pack, "EX-DISABILITY", when=when, waits_for=("order_made_on",))
        return decided(route, holder="assess", order_made_on=day).find("EX-DISABILITY")

    over, coming = found(False, "2026-11-02"), found(True, "2026-12-02")

    assert over is not None
    assert over.because
    assert coming is not None
    assert [need.on for need in coming.needs] == [date(2026, 12, 2)]


def test_a_route_that_moves_nothing_and_names_no_moment_is_at_its_point(pack: Pack) -> None:
    adviser = with_route(pack, "EX-ADVISER", points=(), when=())

    found = decided(adviser, holder="young").find("EX-ADVISER")

    assert found is not None
    assert found.point == PointState(True, None, "no moment stated")
    assert found.plan.point_says == "no moment stated"


@pytest.mark.parametrize(
    "facts",
    [
        CHILD | {"events": [conference()]},
        CHILD | {"events": [conference(held=None)], "dispute_open": True},
        CHILD | {"legal_status": "section_20", "looked_after_from": "2026-11-16", "return_home_plan": "none"},
        {"holder": "young", "date_of_birth": "2020-01-31", "status": "child_in_need"},
        {"holder": "assess", "expected_delivery_date": "2027-05-20"},
    ],
)
def test_without_the_reasons_against_the_rest_of_the_answer_is_the_same(pack: Pack, facts: dict[str, object]) -> None:
    asked = read_facts(facts, pack, NOON)
    whole, short = decide(pack, asked), decide(pack, asked, why_not=False)

    assert [found.code for found in short.recommended] == [found.code for found in whole.recommended]
    assert [found.code for found in short.possible] == [found.code for found in whole.possible]
    assert codes(short.ruled_out) < codes(whole.ruled_out)


def test_an_earliest_day_rests_on_its_own_clauses_else_on_those_of_the_route(pack: Pack) -> None:
    def gap(**parts: object) -> tuple[str, ...]:
        floor = Floor(fact="age", at_least="18y", **parts)
        later = with_route(pack, "EX-ADVISER", when=(), not_before=(floor,))
        found = decided(later, holder="young", date_of_birth="2012-05-02").find("EX-ADVISER")
        assert found is not None
        return next(gap.clauses for gap in found.gaps if gap.fact == "age")

    assert gap(clauses=("EX-7",)) == ("EX-7",)
    assert gap() == ("EX-3",)


def test_where_nobody_knows_who_holds_the_case_that_is_asked_first_of_a_route_between_teams(pack: Pack) -> None:
    decision = decided(pack, disabled=True, transfer_in=True, source="other_council")

    between, inwards = decision.find("EX-DISABILITY"), decision.find("EX-IN")

    assert between in decision.possible
    assert between is not None
    assert [need.fact for need in between.needs] == ["holder", "assessment_complete"]
    assert between.needs[0].says == "Which team holds the case now is not known."
    assert inwards in decision.possible
    assert inwards is not None
    assert [need.fact for need in inwards.needs] == ["threshold_met"]


def test_a_stage_that_needs_all_its_points_waits_for_the_last(pack: Pack) -> None:
    both = Stage(name="The case moves", effect="moves", points=(hearing, ended), points_need="all")
    route = pack.routes["EX-IN"].model_copy(update={"points": (), "stages": (both,)})
    point = compile_route(Engine(pack), route).point
    held = {"kind": "court_hearing", "held": "2026-11-02T10:00", "outcome": "directions"}

    assert not point(read_facts({"events": [held]}, pack, NOON)).reached
    assert point(read_facts({"events": [held], "acts_done": ["joint_working_ended"]}, pack, NOON)).reached


def test_a_move_whose_moment_the_protocol_does_not_state_waits_for_both_managers(pack: Pack) -> None:
    """Otherwise it would be at its point at once."""
    for points in ((), (Point(kind="none"),)):
        silent = with_route(pack, "EX-DISABILITY", points=points)
        child = CHILD | {"disabled": True, "assessment_complete": True}
        found, agreed = (
            decided(silent, **child, **more).find("EX-DISABILITY") for more in ({}, {"managers_agree": True})
        )

        assert found is not None
        assert found.point == PointState(False, None, AGREEMENT.says)
        assert agreed is not None
        assert agreed.point is not None
        assert agreed.point.reached


def test_what_comes_first_comes_before_the_end_of_a_chain_of_any_length(pack: Pack) -> None:
    chain = ["EX-DISABILITY", "EX-UNBORN", "EX-YOUNG-S20", "EX-YOUNG-CP", "EX-IN"]
    rows = tuple(
        Precedence(code=str(n), ladder=((first,), (then,)), reason="so", clauses=("EX-4",))
        for n, (first, then) in enumerate(pairwise(chain))
    )

    beats = compile_pack(changed(pack, precedence=rows)).beats

    assert [set(beats[code]) for code in chain[:-1]] == [set(chain[n:]) for n in range(1, 5)]


def test_approvals_are_asked_for_in_their_order(pack: Pack) -> None:
    approvals = tuple(Approval(by=(by,), order=order) for by, order in (("head", 2), ("manager", 1)))

    plan = compile_route(Engine(pack), pack.routes["EX-IN"].model_copy(update={"approvals": approvals}))

    assert [approval.by for approval in plan.asks.approvals] == [("manager",), ("head",)]


def test_a_route_may_start_where_no_team_holds_the_case(pack: Pack) -> None:
    child = {"disabled": True, "assessment_complete": True, "holder": "none"}

    assert "EX-DISABILITY" in codes(
        decided(with_route(pack, "EX-DISABILITY", from_teams=("none",)), **child).recommended
    )
    assert "EX-DISABILITY" in codes(decided(pack, **child).ruled_out)


def test_an_earliest_day_that_has_come_stands_in_nobodys_way(pack: Pack) -> None:
    """EX-7, on the day itself."""
    held = {"kind": "pre_birth_conference", "held": "2026-11-20T10:00", "outcome": "child_protection_plan"}
    due_date = NOON.date() + timedelta(days=280 - 140)

    found = decided(pack, holder="assess", expected_delivery_date=due_date, events=[held]).find("EX-UNBORN")

    assert found is not None
    assert (found.gaps, found.earliest) == ((), NOON.date())


def test_a_child_who_has_grown_too_old_does_not_grow_younger(pack: Pack) -> None:
    """What waits for an age waits for a birthday to come, and for none that has been."""
    young = with_route(pack, "EX-DISABILITY", when=({"age_under": "5y"},), waits_for=("age",))

    assert "EX-DISABILITY" in codes(decided(young, holder="assess", date_of_birth="2016-05-02").ruled_out)


def test_a_route_in_stages_names_the_points_of_those_that_move_it(pack: Pack) -> None:
    moving = tuple(Stage(name=point.kind, effect="moves", points=(point,)) for point in (hearing, ended))
    route = pack.routes["EX-IN"].model_copy(update={"points": (), "stages": moving})

    said = compile_route(Engine(pack), route).point_says

    assert said == "the first court hearing or the record shows: joint working ended"


def test_what_any_of_several_ways_waits_for_is_named(pack: Pack) -> None:
    found = decided(pack, holder="young", date_of_birth="2014-01-01").find("EX-OLDER-AGE")

    assert found is not None
    assert [need.fact for need in found.needs] == ["status", "status"]
    assert ["child in need" in need.says for need in found.needs] == [True, False]


def test_a_route_whose_stages_are_not_for_this_child_is_at_none_of_them(pack: Pack) -> None:
    issued = Stage(name="The case moves", effect="moves", points=(AGREEMENT,), when=({"proceedings": "issued"},))
    route = pack.routes["EX-IN"].model_copy(update={"points": (), "stages": (issued,)})

    state = compile_route(Engine(pack), route).point(read_facts({"proceedings": "none"}, pack, NOON))

    assert state == PointState(False, None, "The case moves, which does not apply to this child")
