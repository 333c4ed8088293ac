"""Undoing within 72 hours, opening again, and coming back within the protocol's windows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.machine import State as CaseState
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
WINDOWS = [  # pack, team, kind, last day in
    ("havering", "assess", "contact", date(2027, 3, 15)),
    ("havering", "assess", "court_report", date(2027, 3, 14)),
    ("northamptonshire", "csst", "contact", date(2027, 3, 15)),
    ("northamptonshire", "csst", "court_report", date(2027, 1, 15)),
    ("shropshire", "case_mgmt", "contact", date(2027, 2, 9)),
]


def closed_under(pack, team, at=DECEMBER):
    from cases import actions as case_actions

    case = a_case(pack, team)
    return case_actions.close_case(case=case, reason="RC7", by=None, at=at)


def came_back(case, kind, day, **more):
    at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    door = TeamFactory(authority=case.authority, code="door", kind="front_door")
    by = a_person("Fro Nt", door, Role.FRONT_DOOR)
    return actions.record_return(
        case=case, kind=kind, came_on=day, reason_now="Neglect again", by=by, at=at, same_reasons=True, **more
    )


@pytest.mark.parametrize(("pack", "team", "kind", "last"), WINDOWS)
def test_a_child_who_comes_back_on_the_last_day_of_the_window_is_offered_to_the_team_before(pack, team, kind, last):
    case = closed_under(pack, team)

    offered = came_back(case, kind, last)

    assert offered.state == ReturnState.OFFERED
    assert offered.to_team.code == team


@pytest.mark.parametrize(("pack", "team", "kind", "last"), WINDOWS)
def test_a_child_who_comes_back_a_day_later_goes_the_normal_way(pack, team, kind, last):
    case = closed_under(pack, team)

    with pytest.raises(Refused, match=f"The window ended on {last:%-d %B %Y}"):
        came_back(case, kind, last + timedelta(days=1))


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


def test_a_return_that_is_refused_is_decided_above():
    case = closed_under("havering", "assess")
    offered = came_back(case, "contact", date(2026, 12, 20))
    manager = a_person("Ma Nager", offered.to_team, Role.TEAM_MANAGER)
    above = a_person("Gro Up", offered.to_team, Role.GROUP_MANAGER)
    at = DECEMBER + timedelta(days=6)

    offered = actions.refuse_return(came_back=offered, because="Other reasons", by=manager, at=at)
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
