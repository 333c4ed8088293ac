"""The ledger: who holds a case, at every instant, and what was known of it then."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases import actions
from cases.models import Involvement, Part
from teams.refusals import Refused
from tests.cases.walkers import OPENED, closed_case, open_case
from tests.cast import NOON, a_person
from tests.factories import TeamFactory

HOUR = timedelta(hours=1)


def move(case, team, *, at=NOON, **more):
    return actions.move_responsibility(
        case=case, transferring_team=case.responsible_team, team=team, by=None, at=at, **more
    )


def test_an_opened_case_is_held_by_its_team_from_the_first_instant(transferring_team):
    case = open_case(transferring_team)

    assert case.responsible_team_at(OPENED) == transferring_team
    assert case.responsible_team_at(OPENED - HOUR) is None


def test_moving_passes_responsibility_at_one_instant(transferring_team, receiving_team):
    case = open_case(transferring_team)

    move(case, receiving_team)

    assert case.responsible_team_at(NOON - timedelta(microseconds=1)) == transferring_team
    assert case.responsible_team_at(NOON) == receiving_team


def test_moving_ends_the_worker_and_names_the_new_one(social_worker, transferring_team, receiving_team):
    case = open_case(transferring_team, worker=social_worker)
    robin = a_person("Robin Receiver", receiving_team, "social_worker")

    move(case, receiving_team, worker=robin)

    assert case.worker_at(NOON - HOUR) == social_worker
    assert case.worker_at(NOON) == robin


def test_a_move_is_refused_when_the_team_no_longer_holds_the_case(transferring_team, receiving_team):
    case, third = open_case(transferring_team), TeamFactory(authority=transferring_team.authority, name="Third")
    move(case, receiving_team, at=NOON - HOUR)

    with pytest.raises(Refused) as refused:
        actions.move_responsibility(case=case, transferring_team=transferring_team, team=third, by=None, at=NOON)

    assert refused.value.sentences == [
        "Assessment no longer holds this case: Under 12 has held it since 23 November 2026 at 11:00."
    ]


def test_a_backdated_move_keeps_what_was_known_before(transferring_team, receiving_team):
    """Who held this child at ten, and who knew it then?"""
    case = open_case(transferring_team)

    move(case, receiving_team, at=NOON, effective_at=NOON - 2 * HOUR)

    held = case.involvements.responsible().at(NOON - HOUR)
    assert held.standing().get().team == receiving_team
    assert held.as_known_at(NOON - HOUR).get().team == transferring_team


def test_correcting_a_move_keeps_both_in_the_ledger(transferring_team, receiving_team):
    case = open_case(transferring_team)
    move(case, receiving_team, at=NOON - 3 * HOUR)

    actions.correct_move(
        case=case, moved_at=NOON - 3 * HOUR, really_at=NOON - HOUR, why="Typed the wrong hour.", by=None, at=NOON
    )

    at_two_hours_before = case.involvements.responsible().at(NOON - 2 * HOUR)
    assert at_two_hours_before.standing().get().team == transferring_team
    assert at_two_hours_before.as_known_at(NOON - timedelta(minutes=1)).get().team == receiving_team


def test_correcting_the_holder_of_a_past_stretch(transferring_team, receiving_team):
    case, third = open_case(transferring_team), TeamFactory(authority=transferring_team.authority, name="Third")
    move(case, receiving_team, at=NOON - HOUR)
    first = case.involvements.standing().responsible().at(OPENED).get()

    actions.correct_holder(involvement=first, team=third, why="It was the Third team.", by=None, at=NOON)

    assert case.responsible_team_at(OPENED) == third
    assert case.responsible_team == receiving_team


def test_closing_leaves_nobody_responsible(transferring_team):
    case = closed_case(transferring_team)

    assert case.responsible_team_at(NOON) is None
    assert case.responsible_team_at(NOON - HOUR) == transferring_team


def test_reopening_leaves_the_time_between_unheld(transferring_team, receiving_team):
    case = closed_case(transferring_team, closed_at=NOON - 2 * HOUR)

    actions.reopen_case(case=case, team=receiving_team, why="A new referral.", by=None, at=NOON)

    assert case.responsible_team_at(NOON - HOUR) is None
    assert case.responsible_team_at(NOON) == receiving_team


def test_undoing_a_closing_makes_it_as_if_it_had_never_been(social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    actions.start_spell(
        case=case, kind="status", code="child_in_need", starts_on=OPENED.date(), by=None, at=NOON - 3 * HOUR
    )
    case = actions.close_case(case=case, reason="RC7", by=None, at=NOON - 2 * HOUR)

    actions.undo_closing(case=case, why="The wrong child.", by=None, at=NOON)

    assert case.responsible_team_at(NOON - HOUR) == transferring_team
    assert case.worker_at(NOON) == social_worker
    assert case.spells.open_ended().get().code == "child_in_need"


def test_allocating_replaces_the_worker(social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    other = a_person("Nora Next", transferring_team, "social_worker")

    actions.allocate(case=case, worker=other, by=None, at=NOON)

    assert (case.worker_at(NOON - HOUR), case.worker_at(NOON)) == (social_worker, other)


def test_a_worker_of_another_team_is_refused(receiving_team, transferring_team):
    case, stranger = open_case(transferring_team), a_person("Other Side", receiving_team, "social_worker")

    with pytest.raises(Refused, match=r"Other Side does not work in Assessment on 23 November 2026\."):
        actions.allocate(case=case, worker=stranger, by=None, at=NOON)


def test_holding_on_duty_needs_a_reason_and_a_review(transferring_team):
    case = open_case(transferring_team)

    with pytest.raises(Refused) as refused:
        actions.hold_on_duty(case=case, delay_reason=" ", review_on=NOON.date() - timedelta(days=1), by=None, at=NOON)

    assert refused.value.sentences == ["Say why there is no worker yet.", "The review date cannot be in the past."]


def test_the_recorded_axis_never_runs_backwards(transferring_team, receiving_team):
    """Two changes in one instant, and one after a server's clock was set back by an hour."""
    case, third = open_case(transferring_team), TeamFactory(authority=transferring_team.authority)
    move(case, receiving_team, at=NOON)
    move(case, third, at=NOON)
    actions.add_involvement(case=case, role=Part.SUPPORTING_TEAM, team=transferring_team, by=None, at=NOON - HOUR)

    moments = [line.recorded.lower for line in case.involvements.order_by("pk")]

    assert moments == sorted(moments)
    assert case.responsible_team == third


SQL = {
    "case_is_held_while_open": [
        "UPDATE cases_involvement SET recorded = tstzrange(lower(recorded), now()) WHERE role = 'responsible_team'",
        "UPDATE cases_opening SET period = tstzrange(lower(period) - interval '1 day', NULL)",
    ],
    "involvement_one_responsible_team": [
        """INSERT INTO cases_involvement (case_id, role, team_id, period, recorded, reason, delay_reason)
           SELECT case_id, role, team_id, period, recorded, '', '' FROM cases_involvement
           WHERE role = 'responsible_team'""",
    ],
    "involvement_is_never_rewritten": [
        "UPDATE cases_involvement SET period = tstzrange(lower(period), now())",
        "DELETE FROM cases_involvement",
        "UPDATE cases_involvement SET recorded = tstzrange(lower(recorded) - interval '1 day', now())",
    ],
    "case_agrees_with_its_openings": [
        "UPDATE cases_case SET opened_at = opened_at + interval '1 day'",
        "UPDATE cases_case SET state = 'closed', closed_at = now() + interval '1 day', closure_reason = 'RC7'",
    ],
    "case_closed_with_date_and_reason": ["UPDATE cases_case SET state = 'closed'"],
    "cases_journalentry_is_never_changed": [
        "UPDATE cases_journalentry SET says = 'Nothing happened.'",
        "DELETE FROM cases_journalentry",
    ],
    "cases_opening_is_never_changed": ["DELETE FROM cases_opening"],
    "involvement_worker_belongs_to_team": [
        """INSERT INTO cases_involvement (case_id, role, team_id, person_id, period, recorded, reason, delay_reason)
           SELECT case_id, 'co_worker', team_id, (SELECT id FROM teams_person WHERE name = 'Other Side'), period,
           recorded, '', '' FROM cases_involvement WHERE role = 'responsible_team'""",
    ],
    "involvement_team_of_the_authority": [
        """INSERT INTO cases_involvement (case_id, role, team_id, period, recorded, reason, delay_reason)
           SELECT case_id, 'supporting_team', (SELECT id FROM teams_team WHERE name = 'Charlie''s team'), period,
           recorded, '', '' FROM cases_involvement WHERE role = 'responsible_team'""",
    ],
}


@pytest.mark.parametrize(("constraint", "sql"), [(name, sql) for name, every in SQL.items() for sql in every])
def test_the_database_refuses_by_itself(constraint, sql, social_worker, transferring_team, receiving_team, charlie):
    open_case(transferring_team, worker=social_worker)
    a_person("Other Side", receiving_team, "social_worker")

    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")

    assert refused.value.__cause__.diag.constraint_name == constraint


def test_a_worker_who_has_left_the_team_can_still_be_ended(social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    social_worker.memberships.update(ends_on=OPENED.date())
    other = a_person("Nora Next", transferring_team, "social_worker")

    actions.allocate(case=case, worker=other, by=None, at=NOON)

    assert case.worker_at(NOON - HOUR) == social_worker


def test_every_line_ever_written_is_still_there(transferring_team, receiving_team):
    case = open_case(transferring_team)
    before = set(Involvement.objects.values_list("pk", flat=True))

    move(case, receiving_team)

    assert before < set(Involvement.objects.values_list("pk", flat=True))


def test_undoing_a_closing_brings_back_only_those_whom_the_closing_ended(
    social_worker, transferring_team, receiving_team
):
    case = open_case(transferring_team, worker=social_worker)
    moved_at = NOON - timedelta(hours=2)
    actions.move_responsibility(
        case=case, transferring_team=transferring_team, team=receiving_team, by=None, at=moved_at
    )
    actions.correct_move(
        case=case, moved_at=moved_at, really_at=moved_at - timedelta(hours=3), why="It was earlier.", by=None, at=NOON
    )
    actions.close_case(case=case, reason="RC7", by=None, at=NOON, effective_at=moved_at)

    actions.undo_closing(case=case, why="The wrong child.", by=None, at=NOON)

    assert [line.team for line in case.involvements.current()] == [receiving_team]
