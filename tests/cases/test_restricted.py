"""Restricted records: who is let in, who breaks in, who looks at it afterwards, and who stays out."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from cases import actions
from cases.models import BrokenGlass, Case, Grant, Notice
from teams.models import Absence, AuditEntry
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cases.walkers import open_case
from tests.cast import a_person

WHY = "the family court asked for the file"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-23T12:00:00Z", tick=False)  # the cast's NOON, a Monday


@pytest.fixture
def at(today):
    from tests.cast import NOON

    return NOON


@pytest.fixture
def case(transferring_team):
    return open_case(transferring_team, restricted=True)


@pytest.fixture
def colleague(transferring_team):
    return a_person("Col League", transferring_team, Role.SOCIAL_WORKER)


def sees(person, case):
    return Case.objects.visible_to(person).filter(pk=case.pk).exists()


def test_a_restricted_record_is_seen_by_its_manager_and_not_by_the_team(
    case, transferring_manager, colleague, receiving_manager
):
    assert sees(transferring_manager, case)
    assert not sees(colleague, case)
    assert not sees(receiving_manager, case)


def test_a_grant_lets_one_person_in_until_it_ends(case, transferring_manager, receiving_manager, at):
    grant = actions.grant_sight(case=case, person=receiving_manager, reason=WHY, by=transferring_manager, at=at)
    assert sees(receiving_manager, case)

    actions.end_grant(case=case, grant=grant, by=transferring_manager, at=at)

    assert not sees(receiving_manager, case)
    kinds = set(AuditEntry.objects.filter(subject=case.reference).values_list("kind", flat=True))
    assert {AuditEntry.Kind.GRANTED, AuditEntry.Kind.GRANT_ENDED} <= kinds


def test_a_grant_with_an_end_ends_by_itself(case, transferring_manager, colleague, at, time_machine):
    actions.grant_sight(
        case=case, person=colleague, reason=WHY, ends_at=at + timedelta(days=1), by=transferring_manager, at=at
    )
    assert sees(colleague, case)

    time_machine.shift(timedelta(days=1, seconds=1))

    assert not sees(colleague, case)


def test_nobody_lets_themselves_in_and_no_worker_lets_anybody_in(case, transferring_manager, colleague, at):
    with pytest.raises(Refused, match="Nobody lets themselves in"):
        actions.grant_sight(case=case, person=transferring_manager, reason=WHY, by=transferring_manager, at=at)
    with pytest.raises(NotAllowed):
        actions.grant_sight(case=case, person=colleague, reason=WHY, by=colleague, at=at)
    assert not Grant.objects.exists()


def test_nobody_of_another_council_is_let_in(case, transferring_manager, charlie, at):
    with pytest.raises(Refused, match="somebody who works here"):
        actions.grant_sight(case=case, person=charlie, reason=WHY, by=transferring_manager, at=at)


def test_a_deputy_inherits_no_grant(case, transferring_manager, receiving_manager, admin, colleague, at):
    actions.grant_sight(case=case, person=colleague, reason=WHY, by=transferring_manager, at=at)
    for away in (transferring_manager, colleague):
        Absence.objects.create(person=away, deputy=admin, starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 24))

    assert not sees(admin, case)


def test_handing_the_case_on_lets_the_receiving_manager_in_and_ends_the_senders_grants_after_the_overlap(
    case, transferring_manager, transferring_team, receiving_team, receiving_manager, colleague, at, time_machine
):
    actions.grant_sight(case=case, person=colleague, reason=WHY, by=transferring_manager, at=at)

    actions.move_responsibility(case=case, transferring_team=transferring_team, team=receiving_team, by=None, at=at)

    assert sees(receiving_manager, case)
    assert sees(colleague, case)
    time_machine.shift(timedelta(days=14, seconds=1))
    assert not sees(colleague, case)


# --- in an emergency ---


def test_an_emergency_opens_the_record_for_four_hours_and_tells_the_manager_at_once(
    case, transferring_manager, colleague, at, time_machine
):
    actions.break_glass(case=case, reason="police at the door of the child", by=colleague, at=at)

    assert sees(colleague, case)
    notice = Notice.objects.get(code="restricted_opened")
    assert (notice.person, notice.must_act) == (transferring_manager, True)
    assert case.child.family_name not in notice.title
    assert AuditEntry.objects.filter(kind=AuditEntry.Kind.BROKE_GLASS, by=colleague, subject=case.reference).exists()
    time_machine.shift(timedelta(hours=4))
    assert not sees(colleague, case)


def test_it_is_reviewed_by_the_next_working_day_by_somebody_else(case, transferring_manager, colleague, at):
    opening = actions.break_glass(case=case, reason="police at the door of the child", by=colleague, at=at)
    assert opening.review_by_on == date(2026, 11, 24)

    with pytest.raises(NotAllowed, match="somebody else must review"):
        actions.review_opening(opening=opening, was_needed=True, finding="Fine", by=colleague, at=at)
    actions.review_opening(opening=opening, was_needed=True, finding="It was right", by=transferring_manager, at=at)

    assert not BrokenGlass.objects.to_review().exists()
    with pytest.raises(Refused, match="reviewed already"):
        actions.review_opening(opening=opening, was_needed=True, finding="Again", by=transferring_manager, at=at)


def test_the_database_refuses_a_review_by_the_one_who_opened_it(case, colleague, at):
    opening = actions.break_glass(case=case, reason="police at the door of the child", by=colleague, at=at)

    with pytest.raises(IntegrityError, match="broken_glass_reviewed_by_another"):
        BrokenGlass.objects.filter(pk=opening.pk).update(
            reviewed_at=at, reviewed_by=colleague, was_needed=True, finding="Fine"
        )


@pytest.mark.parametrize("reason", ["", "urgent"])
def test_an_emergency_needs_a_reason(case, colleague, at, reason):
    with pytest.raises(Refused, match="Say what the emergency is"):
        actions.break_glass(case=case, reason=reason, by=colleague, at=at)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN, Role.ADVISER, Role.SYSTEM_ADMINISTRATOR])
def test_who_does_not_work_with_cases_has_no_emergency(case, transferring_team, at, role):
    with pytest.raises(NotAllowed):
        actions.break_glass(case=case, reason="I want to look", by=a_person("N N", transferring_team, role), at=at)


def test_charlie_has_no_emergency_here(case, charlie, at):
    with pytest.raises(NotAllowed):
        actions.break_glass(case=case, reason="I want to look", by=charlie, at=at)


# --- conflicts of interest ---


def test_whoever_is_related_to_the_family_sees_nothing_whatever_their_role(case, transferring_team, at):
    head = a_person("Head", transferring_team, Role.SERVICE_MANAGER)
    assert sees(head, case)

    actions.record_conflict(case=case, person=head, by=head, at=at)

    assert not sees(head, case)
    with pytest.raises(NotAllowed):
        actions.break_glass(case=case, reason="I want to look", by=head, at=at)


def test_whoever_is_related_to_the_family_is_not_allocated(case, transferring_manager, colleague, at):
    actions.record_conflict(case=case, person=colleague, by=transferring_manager, at=at)

    with pytest.raises(Refused, match="conflict of interest"):
        actions.allocate(case=case, worker=colleague, by=transferring_manager, at=at)
    with pytest.raises(Refused, match="conflict of interest"):
        actions.grant_sight(case=case, person=colleague, reason=WHY, by=transferring_manager, at=at)


def test_a_worker_of_the_case_is_taken_off_it_first(case, transferring_manager, social_worker, at):
    actions.allocate(case=case, worker=social_worker, by=transferring_manager, at=at)

    with pytest.raises(Refused, match="name another worker first"):
        actions.record_conflict(case=case, person=social_worker, by=transferring_manager, at=at)


def test_the_page_opens_the_record_by_its_reference_and_says_nothing_of_any_other(
    signed_in, case, colleague, transferring_team
):
    client = signed_in(colleague)
    open_one = open_case(transferring_team)
    for reference in ("CT-1", open_one.reference):
        refused = client.post("/restricted/open/", {"reference": reference, "reason": "police at the door"})
        assert (refused.status_code, "No restricted record" in refused.text) == (422, True)
    assert client.get(f"/cases/{case.reference}/").status_code == 404

    opened = client.post("/restricted/open/", {"reference": case.reference.lower(), "reason": "police at the door"})

    assert (opened.status_code, opened.url) == (302, f"/cases/{case.reference}/")
    assert client.get(f"/cases/{case.reference}/").status_code == 200
