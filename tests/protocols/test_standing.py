import pytest

from casetransfer.protocols import authorities, pack_for, rows
from casetransfer.protocols.standing import _enforces, standings, users_of
from tests.protocols.conftest import changed


def test_a_clause_that_a_route_carries_is_enforced(pack):
    assert standing(pack, "EX-3") == "enforced"


def test_a_clause_that_only_reminders_carry_is_prompted(pack):
    assert {standing(pack, found.clause.id) for found in standings(pack) if only(pack, found, ("timer", "notice"))} <= {
        "prompted"
    }


def test_a_clause_that_no_row_carries_is_guidance(pack):
    assert {found.standing for found in standings(pack) if not found.by} <= {"guidance"}


def test_a_row_is_named_by_the_routes_that_ask_for_it_through_a_bundle(pack):
    users = users_of(pack, "EX-N1")

    assert {"EX-STANDARD", "EX-YOUNG-CP", "EX-OLDER-CP", "EX-YOUNG-S20"} <= set(users)
    assert "EX-DISABILITY" not in users


def test_a_route_is_named_by_the_rules_whose_patterns_reach_it(pack):
    assert {"EX-HOLD-HOME", "EX-HOLD-DISPUTE", "EX-ORDER"} <= set(users_of(pack, "EX-YOUNG-S20"))


@pytest.mark.parametrize(
    ("code", "users"),
    [
        ("young", ("young_east", "EX-YOUNG-CP", "EX-YOUNG-S20", "EX-OLDER-AGE", "EX-UNBORN", "EX-IN")),
        ("manager", ("EX-T4", "EX-YOUNG-CP", "EX-OLDER-CP", "EX-YOUNG-S20", "EX-I2", "EX-N1", "EX-CLOSE-2")),
        ("head", ("EX-HOLD-HOME", "EX-I2", "EX-M1", "EX-D1")),
        ("court_hearing", ("EX-T3",)),
        ("EX-T5", ("EX-C1",)),
        ("EX-C1", ("EX-STANDARD",)),
        ("EX-C2", ("EX-CLOSE",)),
        ("EX-A1", ("EX-T2",)),
        ("EX-I3", ("EX-YOUNG-CP", "EX-OLDER-CP", "EX-YOUNG-S20")),
        ("", ()),
    ],
)
def test_what_rests_on_a_row_is_found_through_every_way_of_naming_it(pack, code, users):
    assert users_of(pack, code) == users


def test_only_an_item_that_gates_and_an_approval_that_must_be_given_enforce(pack):
    standard = pack.by_code["EX-STANDARD"]
    asked = standard.model_copy(
        update={"approvals": (standard.approvals[0].model_copy(update={"strength": "should"}),)}
    )

    assert [_enforces(pack.by_code[code]) for code in ("EX-I1", "EX-I2", "EX-I3")] == [True, True, False]
    assert _enforces(standard)
    assert not _enforces(asked)


def test_a_clause_that_only_a_timer_carries_is_prompted(pack):
    rows = {"route": (), "hold": (), "precedence": (), "scale": ()}
    reminders = pack.model_copy(update=rows)

    assert standing(reminders, "EX-3") == "prompted"
    assert standing(reminders, "EX-4") == "guidance"


def test_a_route_is_named_by_the_notice_that_is_for_it_alone(pack):
    notices = tuple(one.model_copy(update={"routes": ("EX-UNB*",)}) for one in pack.notice)

    assert "EX-N1" in users_of(changed(pack, notice=notices), "EX-UNBORN")
    assert "EX-N1" not in users_of(pack, "EX-UNBORN")


def test_an_event_is_named_by_the_timer_that_it_meets(pack):
    met = rows.Start(on="event_held", of="core_group")
    timers = tuple(one.model_copy(update={"met_by": met}) if one.code == "EX-T4" else one for one in pack.timer)

    assert users_of(changed(pack, timer=timers), "core_group") == ("EX-T4",)


def test_a_letter_or_a_side_is_no_code(pack):
    """An ambiguity's reading and a duty's side are words, not lists of codes."""
    assert users_of(pack, "n") == users_of(pack, "receiving") == ()


def test_nobody_names_a_row_that_does_not_exist(pack):
    assert users_of(pack, "EX-NOWHERE") == ()


@pytest.mark.parametrize("authority", authorities())
def test_every_clause_of_every_protocol_has_a_standing_and_what_is_enforced_is_carried(authority):
    found = standings(pack_for(authority))

    assert [one.clause.id for one in found] == [clause.id for clause in pack_for(authority).clause]
    assert all(one.by for one in found if one.standing != "guidance")


def standing(pack, clause):
    return next(found.standing for found in standings(pack) if found.clause.id == clause)


def only(pack, found, kinds):
    kind_of = {row.code: kind for kind, row in pack.coded_rows()}
    return bool(found.by) and all(kind_of[code] in kinds for code in found.by)
