import pytest

from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.standing import standings, users_of


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
