"""Who may do what to a case: the role, the team that is involved, the council."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import Case, Part, Standing
from teams.models import Absence
from teams.roles import NotAllowed, Permission, Role
from tests.cases.walkers import OPENED, booked, closed_case, open_case
from tests.cast import NOON, a_person

RECORDERS = {
    Role.SOCIAL_WORKER, Role.SENIOR, Role.TEAM_MANAGER, Role.GROUP_MANAGER, Role.SERVICE_MANAGER, Role.FRONT_DOOR,
}  # fmt: skip
ALLOCATORS = {Role.SENIOR, Role.TEAM_MANAGER, Role.GROUP_MANAGER, Role.SERVICE_MANAGER}
EVERYWHERE = {Role.GROUP_MANAGER, Role.SERVICE_MANAGER}


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("place", ["holder", "alongside", "elsewhere"])
def test_every_role_in_every_place_may_do_exactly_what_is_written_here(role, place, transferring_team, receiving_team):
    case = open_case(transferring_team)
    if place == "alongside":
        actions.add_involvement(case=case, role=Part.SUPPORTING_TEAM, team=receiving_team, by=None, at=NOON)
    person = a_person("Pat Person", transferring_team if place == "holder" else receiving_team, role)

    may_record = done(lambda: actions.record_event(
        case=case, kind="core_group", planned_at=NOON, by=person, at=NOON
    ))  # fmt: skip
    may_allocate = done(lambda: actions.hold_on_duty(
        case=case, delay_reason="Nobody is free.", review_on=NOON.date(), by=person, at=NOON
    ))  # fmt: skip

    assert may_record == (role in RECORDERS and (place != "elsewhere" or role in EVERYWHERE))
    assert may_allocate == (role in ALLOCATORS and (place == "holder" or role in EVERYWHERE))


def done(act):
    try:
        act()
    except NotAllowed:
        return False
    return True


def test_nobody_of_another_council_may_do_anything(transferring_team, charlie):
    case = open_case(transferring_team)
    event = booked(case)

    for act in [
        lambda: actions.cancel_event(event=event, reason="Mine now.", by=charlie, at=NOON),
        lambda: actions.start_closing(case=case, by=charlie, at=NOON),
        lambda: actions.close_case(case=case, reason="RC7", by=charlie, at=NOON),
        lambda: actions.open_case(child=case.child, team=transferring_team, by=charlie, at=NOON),
    ]:
        with pytest.raises(NotAllowed):
            act()


def seen_by(person):
    return set(Case.objects.visible_to(person))


def test_a_team_still_sees_for_ninety_days_what_it_handed_on(
    social_worker, transferring_team, receiving_team, time_machine
):
    time_machine.move_to(NOON)
    case = open_case(transferring_team)
    actions.move_responsibility(
        case=case, transferring_team=transferring_team, team=receiving_team, by=None, at=NOON - timedelta(hours=1)
    )
    soon = seen_by(social_worker)

    time_machine.move_to(NOON + timedelta(days=91))

    assert soon == {case}
    assert seen_by(social_worker) == set()


def test_the_team_that_closed_a_case_goes_on_seeing_it(social_worker, transferring_team, time_machine):
    case = closed_case(transferring_team)

    time_machine.move_to(NOON + timedelta(days=400))

    assert seen_by(social_worker) == {case}


def test_the_team_that_prepares_to_take_a_case_sees_it(receiving_manager, transferring_team, receiving_team):
    case = open_case(transferring_team)
    before = seen_by(receiving_manager)

    actions.add_involvement(case=case, role=Part.RECEIVING_TEAM, team=receiving_team, by=None, at=OPENED)

    assert before == set()
    assert seen_by(receiving_manager) == {case}


def test_an_adviser_sees_only_the_cases_they_are_named_in(transferring_team, receiving_team):
    adviser = a_person("Adi Adviser", receiving_team, Role.ADVISER)
    case = open_case(transferring_team)
    open_case(receiving_team)
    actions.add_involvement(
        case=case, role=Part.PERSONAL_ADVISER, team=receiving_team, person=adviser, by=None, at=NOON
    )

    assert seen_by(adviser) == {case}


def test_a_leaver_sees_nothing(social_worker, transferring_team):
    open_case(transferring_team, worker=social_worker)
    social_worker.is_active = False
    social_worker.save()

    assert seen_by(social_worker) == set()


def test_a_deputy_sees_the_team_but_not_what_is_restricted(transferring_manager, transferring_team, receiving_team):
    deputy = a_person("Dee Deputy", receiving_team, Role.TEAM_MANAGER)
    today = NOON.date()
    Absence.objects.create(person=transferring_manager, deputy=deputy, starts_on=today, ends_on=today)
    case, kept = open_case(transferring_team), open_case(transferring_team, restricted=True)

    standing = Standing.of(deputy, today)
    seen = set(Case.objects.visible_to(deputy, standing))

    assert standing.allows(Permission.ALLOCATE_CASE)
    assert seen == {case}
    assert kept in seen_by(transferring_manager)
