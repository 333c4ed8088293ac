"""Routes in stages are two acts; and what was decided may lead elsewhere than what was asked for."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Answer, Part
from teams.refusals import Refused
from teams.roles import Role
from tests.cast import NOON, a_person
from tests.transfers.situations import hold, on_record, situations
from tests.transfers.test_at_once import seen_on
from tests.transfers.walkers import (
    NEED,
    a_case_for_conference,
    agreed,
    answered,
    approved,
    conference_held,
    named_as_in_the_pack,
    requested,
)
from transfers import actions
from transfers.machine import State
from transfers.models import Transfer

ADOPTION = "DUR-FF-LAC3-ADOPT"
OTHERWISE = "HAV-ASSESS-U12-ICPCCIN"


def said(case, at, **facts):
    Answer.objects.bulk_create(
        Answer(case=case, fact=name, value=value, answered_at=at) for name, value in facts.items()
    )


@pytest.fixture
def adoption(db):
    """DUR-ADO-7 to DUR-ADO-12: agreed, proceedings still running."""
    case, team, at = on_record(situations("durham")[ADOPTION])
    said(case, at, proceedings="issued", proceedings_ended_on=None)
    case.events.filter(kind="final_hearing").update(withdrawn_at=at, withdrawn_reason="Not held yet.")
    transfer = actions.request_transfer(case=case, route=ADOPTION, receiving_team=team, by=None, at=at)
    approved(transfer, at=at)
    answered(transfer, at=at)
    worker = a_person("Cora Worker", team, Role.SOCIAL_WORKER)
    return actions.agree_transfer(transfer=transfer, receiving_worker=worker, by=None, at=at), at, worker


def test_the_first_act_waits_for_its_own_moment(adoption):
    transfer, at, _ = adoption

    with pytest.raises(Refused, match="A co-worker joins"):
        actions.start_handover(transfer=transfer, by=None, at=at)


def test_a_co_worker_joins_and_the_case_moves_only_when_proceedings_end(adoption):
    transfer, at, worker = adoption
    later = at + timedelta(hours=1)
    act = "co-worker added as a provision"
    actions.record_point(transfer=transfer, act=act, happened_at=at, by=None, at=at)

    joined = actions.start_handover(transfer=transfer, by=None, at=later)

    assert joined.state == State.HANDOVER
    assert joined.case.responsible_team == joined.transferring_team
    assert joined.case.involvements.current().get(role=Part.CO_WORKER).person == worker
    with pytest.raises(Refused):
        actions.complete_transfer(transfer=joined, by=None, at=later, missing_because="-")


def test_what_happened_is_recorded_on_its_page_in_words(adoption, signed_in):
    transfer, at, _ = adoption
    manager = a_person("Ravi Manager", transfer.receiving_team, Role.TEAM_MANAGER)
    address = reverse("transfers:record_point", kwargs={"ref": transfer.reference})
    when = {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}
    said = {f"happened_at-{part}": value for part, value in when.items()}

    with time_machine.travel(at + timedelta(minutes=1), tick=False):
        client = signed_in(manager)
        page = client.get(address)
        assert "The co-worker&#39;s entry as a provision" in page.text
        said |= {"seen": seen_on(page)}
        done = client.post(address, said | {"act": "co-worker added as a provision"})

    assert done.status_code == 302
    assert transfer.case.journal.get(kind="co-worker added as a provision").by == manager


def test_who_joined_first_has_the_case_itself_afterwards(adoption):
    transfer, at, worker = adoption
    act = "co-worker added as a provision"
    actions.record_point(transfer=transfer, act=act, happened_at=at, by=None, at=at)
    actions.start_handover(transfer=transfer, by=None, at=at + timedelta(hours=1))
    case, end = transfer.case, at + timedelta(days=1)
    hold(case, "final_hearing", end, end)
    said(case, end, proceedings="concluded", proceedings_ended_on=end.date().isoformat())

    done = actions.complete_transfer(transfer=transfer, by=None, at=end + timedelta(hours=2), missing_because="-")

    assert done.state == State.COMPLETED
    assert case.responsible_team == done.receiving_team
    assert case.allocated_social_worker == worker
    assert not case.involvements.current().filter(role=Part.CO_WORKER).exists()


@pytest.fixture
def decided_otherwise(transferring_team, receiving_team):
    """A conference for which a plan was expected, and which decided that the child is in need."""
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    case = a_case_for_conference(transferring_team)
    transfer = answered(agreed(requested(case, receiving_team)))
    conference_held(case, outcome="child_in_need_plan")
    return transfer


def test_what_was_decided_changes_the_route_in_the_form_that_completes_it(
    decided_otherwise, receiving_manager, receiving_team, signed_in
):
    address = reverse("transfers:complete", kwargs={"ref": decided_otherwise.reference})
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        client = signed_in(receiving_manager)
        page = client.get(address).text
        assert "What was decided leads along another route" in page
        choice = f"{OTHERWISE}|{receiving_team.pk}"
        assert choice in page
        told = client.post(address, {"choice": choice, "missing_because": "-"}, follow=True).text

    changed = Transfer.objects.get()
    assert changed.route == OTHERWISE
    assert changed.agreed_at is not None  # the same team takes the child: its agreement stands
    assert "The route is changed to what was decided" in told  # and it has approvals of its own, which are said
    assert changed.state == State.REQUESTED
    assert changed.case.journal.filter(kind="transfer_route_changed").exists()


def test_a_route_that_nothing_leads_along_is_not_taken(decided_otherwise, receiving_team):
    with pytest.raises(Refused, match="does not lead along this route"):
        actions.complete_otherwise(
            transfer=decided_otherwise, route="HAV-ASSESS-U12-EPO", receiving_team=receiving_team, by=None, at=NOON
        )


def test_a_route_that_still_holds_is_not_left_this_way(transferring_team, receiving_team):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    transfer = agreed(requested(a_case_for_conference(transferring_team), receiving_team))

    with pytest.raises(Refused, match="does not rule out"):
        actions.complete_otherwise(transfer=transfer, route=NEED, receiving_team=receiving_team, by=None, at=NOON)
