"""Somebody related to a family, or a client themselves, finds the child in no list of any room, whatever their role."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import Case, Contact, Deadline, Notice
from closures.models import Closure, Return
from teams.refusals import Refused
from teams.roles import NotAllowed
from tests.cast import NOON
from tests.house.planted import RELATED, plant
from tests.transfers.cast import council, group_manager  # noqa: F401
from transfers.models import RadarEntry, Transfer
from transfers.presenters.dashboard import dashboard_of

pytestmark = pytest.mark.django_db
KINDS = (Case, Contact, Deadline, Notice, Closure, Return, RadarEntry, Transfer)


@pytest.fixture
def planted(transferring_team, receiving_team, transferring_manager, time_machine):
    time_machine.move_to(NOON + timedelta(hours=5), tick=False)
    return plant(RELATED, transferring_team, receiving_team, transferring_manager, listed=False)


def seen(person) -> set[str]:
    return {kind.__name__ for kind in KINDS if kind.objects.visible_to(person).exists()}


@pytest.mark.parametrize("who", ["group_manager", "receiving_manager"])
def test_a_conflict_of_interest_hides_the_child_in_every_room(request, planted, who):
    person = request.getfixturevalue(who)
    before = seen(person)

    for case in planted:
        actions.record_conflict(case=case, person=person, by=person, at=NOON)

    assert {"Transfer", "RadarEntry"} <= before
    assert seen(person) == set()
    dashboard = dashboard_of(person, NOON)
    assert [row for section in dashboard.sections for row in section.rows] == []


def test_a_case_is_not_held_on_duty_in_the_name_of_somebody_related(planted, transferring_manager):
    case = planted[0]
    actions.record_conflict(case=case, person=transferring_manager, by=transferring_manager, at=NOON)

    with pytest.raises(Refused, match="has a conflict of interest with this family"):
        actions.hold_on_duty(
            case=case, delay_reason="Nobody is free", review_on=NOON.date() + timedelta(days=3),
            manager=transferring_manager, by=None, at=NOON,
        )  # fmt: skip


def test_whether_a_record_is_restricted_is_not_changed_with_the_childs_details(planted):
    with pytest.raises(Refused, match="A child has no restricted"):
        actions.change_child(child=planted[0].child, restricted=True, by=None, at=NOON)


def test_nobody_writes_of_the_people_around_a_child_whose_case_is_not_theirs(planted, receiving_team, admin):
    child = planted[2].child
    for act, said in (
        (actions.add_relationship, {"kind": "mother", "name": "Mother Testcase"}),
        (actions.add_warning, {"says": "A dog", "review_on": NOON.date() + timedelta(days=9)}),
        (actions.add_identifier, {"kind": "nhs_number", "value": "9990000000"}),
    ):
        with pytest.raises(NotAllowed):
            act(child=child, by=admin, at=NOON, **said)
    with pytest.raises(NotAllowed):
        actions.end_warning(warning=child.warnings.get(), by=admin, at=NOON)
