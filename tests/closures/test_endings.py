"""Undoing within 72 hours, opening again, and coming back within the protocol's windows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases import actions as case_actions
from cases.machine import State as CaseState
from cases.models import Notice
from casetransfer.protocols import authorities, decide, pack_for, read_facts
from closures import actions
from closures.machine import ReturnState, State
from closures.models import Closure
from closures.retention import ADOPTED, LOOKED_AFTER, OTHERWISE, retention
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cast import NOON, a_person
from tests.closures.walkers import a_case, closed, started, the_hand
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db


def an_undone(closure, at):
    return actions.undo_closing(closure=closure, because="The wrong child.", by=closure.closed_by, at=at)


def test_a_closing_is_undone_as_if_it_had_not_been():
    case = a_case()
    team, opened_at = case.holding.team, case.opened_at
    closure = closed(case=case)

    closure = an_undone(closure, NOON + timedelta(hours=72))

    case.refresh_from_db()
    assert closure.state == State.UNDONE
    assert case.state == CaseState.OPEN
    assert case.opened_at == opened_at
    assert case.openings.count() == 1
    assert case.responsible_team_at(NOON + timedelta(hours=1)) == team


def test_a_closing_is_not_undone_after_72_hours():
    closure = closed()

    with pytest.raises(Refused, match="can be undone until 26 November 2026 at 12:00: open the case again instead"):
        an_undone(closure, NOON + timedelta(hours=72, seconds=1))


def test_somebody_who_neither_closed_nor_manages_does_not_undo():
    closure = closed()

    with pytest.raises(NotAllowed, match="may not undo"):
        actions.undo_closing(closure=closure, because="Why not", by=the_hand(closure, 1), at=NOON)


def test_a_case_that_was_opened_again_is_not_undone():
    closure = closed()
    team = closure.case.involvements.standing().responsible().last().team
    manager = a_person("Ma Nager", team, Role.TEAM_MANAGER)
    later = NOON + timedelta(hours=5)
    actions.reopen_case(case=closure.case, team=team, because="New concern", by=manager, at=later)

    with pytest.raises(Refused, match="has been opened again since"):
        an_undone(closure, NOON + timedelta(hours=6))


def test_opening_again_leaves_the_time_between_closed_and_needs_its_own_permission():
    closure = closed()
    case, team = closure.case, closure.case.involvements.standing().responsible().last().team
    manager = a_person("Ma Nager", team, Role.TEAM_MANAGER)
    later = NOON + timedelta(days=40)

    with pytest.raises(NotAllowed, match="may not open case"):
        actions.reopen_case(case=case, team=team, because="New concern", by=the_hand(closure, 1), at=later)
    actions.reopen_case(case=case, team=team, because="New concern", by=manager, at=later)

    assert case.openings.count() == 2
    assert case.responsible_team_at(NOON + timedelta(days=1)) is None
    assert case.responsible_team_at(later) == team


DECEMBER = datetime(2026, 12, 15, 10, tzinfo=UTC)
OFFERED, TAKEN = ReturnState.OFFERED, ReturnState.ACCEPTED
WINDOWS = [  # pack, team, kind, last day in, and whether the team is asked or has the child at once
    ("havering", "assess", "contact", date(2027, 3, 15), OFFERED),
    ("havering", "assess", "court_report", date(2027, 3, 14), TAKEN),
    ("northamptonshire", "csst", "contact", date(2027, 3, 15), OFFERED),
    ("northamptonshire", "csst", "court_report", date(2027, 1, 15), OFFERED),
    ("shropshire", "case_mgmt", "contact", date(2027, 2, 9), TAKEN),
]


def closed_under(pack, team, at=DECEMBER, worker=None):
    case = a_case(pack, team)
    if worker:
        person = a_person(worker, case.holding.team, Role.SOCIAL_WORKER)
        case_actions.allocate(case=case, worker=person, by=None, at=at - timedelta(days=1))
    return case_actions.close_case(case=case, reason="RC7", by=None, at=at)


def at_the_door(case):
    door = TeamFactory(authority=case.authority, code="door", kind="front_door")
    return a_person("Fro Nt", door, Role.FRONT_DOOR)


def came_back(case, kind, day, *, by=None, same_reasons=True, **more):
    at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    return actions.record_return(
        case=case, kind=kind, came_on=day, reason_now="Neglect again", by=by or at_the_door(case), at=at,
        same_reasons=same_reasons, **more,
    )  # fmt: skip


@pytest.mark.parametrize(("pack", "team", "kind", "last", "state"), WINDOWS)
def test_a_child_who_comes_back_on_the_last_day_of_the_window_goes_to_the_team_before(pack, team, kind, last, state):
    case = closed_under(pack, team)

    offered = came_back(case, kind, last)

    case.refresh_from_db()
    assert offered.state == state
    assert offered.to_team.code == team
    assert case.is_held is (state == TAKEN)


@pytest.mark.parametrize(("pack", "team", "kind", "last", "state"), WINDOWS)
def test_a_child_who_comes_back_a_day_later_goes_the_normal_way(pack, team, kind, last, state):
    case = closed_under(pack, team)

    with pytest.raises(Refused, match=f"The window ended on {last:%-d %B %Y}"):
        came_back(case, kind, last + timedelta(days=1))


def test_every_window_of_every_pack_is_tried_on_its_last_day():
    kinds = {(name, row.applies_to) for name in authorities() for row in pack_for(name).rereferral}

    assert kinds == {(pack, kind) for pack, _, kind, *_ in WINDOWS}


@pytest.mark.parametrize(
    ("on", "team"), [("2026-11-23", "csst"), ("2026-11-24", "daat")], ids=["the last day in", "the first day out"]
)
def test_a_family_expecting_a_child_is_known_for_six_months(on, team):
    """NN-3.9.b1b: a window before birth is a condition of a route, for the child has no case that could come back."""
    facts = {
        "contact_at": "mash", "holder": "none", "expected_delivery_date": "2027-03-14", "siblings_were_open": True,
        "family_known_to_social_care": True, "family_involved_until": "2026-05-23",
    }  # fmt: skip
    pack, at = pack_for("northamptonshire"), datetime.fromisoformat(f"{on}T11:00:00+00:00")

    decision = decide(pack, read_facts(facts, pack, at))

    assert {code for found in decision.recommended for code in found.plan.route.to} == {team}


@pytest.mark.parametrize("reasons", [True, False, None])
def test_a_court_report_goes_back_by_itself_whatever_the_reasons_to_the_worker_who_had_the_case(reasons):
    """HAV-GP-12, HAV-CRT-13 to HAV-CRT-16"""
    case = closed_under("havering", "assess", worker="Wo Rker")

    came_back(case, "court_report", date(2027, 1, 20), same_reasons=reasons)

    case.refresh_from_db()
    assert case.responsible_team.code == "assess"
    assert case.allocated_social_worker.name == "Wo Rker"


def test_the_front_door_says_whether_the_child_goes_back_where_the_protocol_leaves_it_to_the_front_door():
    """NN-2.3.p1d: never by itself, the threshold first"""
    case = closed_under("northamptonshire", "csst")
    manager = a_person("Ma Nager", case.involvements.standing().first().team, Role.TEAM_MANAGER)
    mash = TeamFactory(authority=case.authority, code="mash", name="MASH", kind="front_door")
    offered = came_back(case, "contact", date(2026, 12, 20))
    at = DECEMBER + timedelta(days=6)

    with pytest.raises(NotAllowed, match="Only MASH may answer this"):
        actions.accept_return(came_back=offered, by=manager, at=at)
    actions.accept_return(came_back=offered, by=a_person("Ma Sh", mash, Role.FRONT_DOOR), at=at)

    case.refresh_from_db()
    assert case.responsible_team.code == "csst"


def test_a_child_does_not_come_back_to_a_team_that_is_no_longer():
    case = closed_under("havering", "assess")
    team = case.involvements.standing().first().team
    team.is_in_use = False
    team.save()

    with pytest.raises(Refused, match="no longer in use: the child goes the way of every new case"):
        came_back(case, "contact", date(2026, 12, 20))


def test_a_child_does_not_come_back_before_the_case_was_closed():
    with pytest.raises(Refused, match="The case was closed on 15 December 2026, after that"):
        came_back(closed_under("havering", "assess"), "contact", date(2026, 12, 14))


@pytest.mark.parametrize("pack", ["tower-hamlets", "durham"])
def test_where_the_protocol_has_no_window_nothing_is_invented(pack):
    case = closed_under(pack.replace("-", "_"), "a_team")

    with pytest.raises(Refused, match="The protocol has no window after closing"):
        came_back(case, "contact", date(2026, 12, 16))


def test_other_reasons_are_a_new_case_where_the_protocol_asks_for_the_same():
    case = closed_under("havering", "assess")
    manager = a_person("Ma Nager", case.involvements.standing().first().team, Role.TEAM_MANAGER)

    with pytest.raises(Refused, match="The reasons are not the same as at closing"):
        actions.record_return(
            case=case, kind="contact", came_on=date(2026, 12, 20), reason_now="Housing", same_reasons=False,
            by=manager, at=DECEMBER + timedelta(days=6),
        )  # fmt: skip


def test_a_return_that_is_accepted_opens_the_case_in_the_team_before():
    case = closed_under("havering", "assess")
    offered = came_back(case, "contact", date(2026, 12, 20))
    manager = a_person("Ma Nager", offered.to_team, Role.TEAM_MANAGER)

    actions.accept_return(came_back=offered, by=manager, at=DECEMBER + timedelta(days=6))

    case.refresh_from_db()
    assert case.responsible_team == offered.to_team


def told(code, came_back):
    return Notice.objects.filter(code=code, link=f"/closures/come-back/{came_back.pk}/")


def test_the_managers_of_the_team_before_hear_that_a_child_came_back_and_find_it_from_the_closings(client):
    case = closed_under("havering", "assess")
    manager = a_person("Ma Nager", case.involvements.standing().responsible().last().team, Role.TEAM_MANAGER)
    front = at_the_door(case)

    offered = came_back(case, "contact", date(2026, 12, 20), by=front)

    assert [notice.person for notice in told("child_comes_back", offered)] == [manager]
    for person, page in ((manager, "/closures/"), (front, "/contacts/")):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert "Children who come back: 1" in client.get(page).text


def test_a_return_that_is_refused_is_decided_above():
    case = closed_under("havering", "assess")
    offered = came_back(case, "contact", date(2026, 12, 20))
    manager = a_person("Ma Nager", offered.to_team, Role.TEAM_MANAGER)
    above = a_person("Gro Up", offered.to_team, Role.GROUP_MANAGER)
    at = DECEMBER + timedelta(days=6)

    offered = actions.refuse_return(came_back=offered, because="Other reasons", by=manager, at=at)
    assert [notice.person for notice in told("return_refused", offered)] == [above]
    with pytest.raises(NotAllowed):
        actions.send_normal_way(came_back=offered, because="Agreed", by=manager, at=at)
    offered = actions.send_normal_way(came_back=offered, because="Agreed", by=above, at=at)

    case.refresh_from_db()
    assert offered.state == ReturnState.ORDINARY
    assert not case.is_held


CLOSED_ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("facts", "until", "rule"),
    [
        ({"born": date(2016, 5, 4)}, date(2041, 5, 4), OTHERWISE),
        ({"born": date(2008, 2, 29)}, date(2033, 3, 1), OTHERWISE),
        ({"born": None}, date(2051, 11, 23), OTHERWISE),
        ({"born": date(2002, 1, 1)}, date(2032, 11, 23), OTHERWISE),
        ({"born": date(2016, 5, 4), "was_looked_after": True}, date(2091, 5, 4), LOOKED_AFTER),
        (
            {"born": date(2016, 5, 4), "was_looked_after": True, "died": date(2026, 11, 1)},
            date(2041, 11, 1),
            LOOKED_AFTER,
        ),
        ({"born": date(2016, 5, 4), "adopted": True, "was_looked_after": True}, date(2126, 11, 23), ADOPTED),
    ],
)
def test_a_record_is_kept_by_the_longest_rule(facts, until, rule):
    given = {"died": None, "was_looked_after": False, "adopted": False} | facts

    kept = retention(closed=CLOSED_ON, **given)

    assert (kept.until, kept.rule) == (until, rule)


def test_a_closing_that_is_undone_can_be_begun_again():
    closure = closed()
    an_undone(closure, NOON + timedelta(hours=1))

    again = started(closure.case, at=NOON + timedelta(hours=2))

    assert again.state == State.STARTED
    assert Closure.objects.count() == 2
