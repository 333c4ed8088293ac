"""The team manager's day on one page."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Notice
from tests.cast import NOON
from tests.transfers.walkers import (
    a_case_for_conference,
    a_transfer,
    agreed,
    approved,
    named_as_in_the_pack,
    ready,
    requested,
)
from transfers import actions
from transfers.brief import with_brief
from transfers.presenters.dashboard import dashboard_of

LATER = NOON + timedelta(days=1)


@pytest.fixture
def transfer(transferring_team, receiving_team):
    return a_transfer(transferring_team, receiving_team)


def section(person, key, at=NOON):
    return next(one for one in dashboard_of(person, at).sections if one.key == key)


def test_what_waits_for_a_manager_is_on_their_dashboard_with_its_page(
    transfer, receiving_manager, transferring_manager
):
    row = section(receiving_manager, "waiting").rows[0]

    assert row.url == f"/transfers/{transfer.reference}/agree/?back=home"
    assert "approve/1/" in section(transferring_manager, "waiting").rows[0].url


def test_an_approval_waits_for_the_one_who_may_give_it(transfer, group_manager, service_manager):
    assert "approve/1/" in section(group_manager, "waiting").rows[0].url
    actions.give_approval(transfer=transfer, place=1, by=group_manager, at=NOON)

    assert section(group_manager, "waiting").rows == ()
    assert "approve/2/" in section(service_manager, "waiting").rows[0].url


def test_a_returned_a_late_and_a_disputed_transfer_each_have_their_place(
    transferring_team, receiving_team, transferring_manager, receiving_manager
):
    transfers = [a_transfer(transferring_team, receiving_team) for _ in range(3)]
    actions.return_transfer(transfer=transfers[0], gaps_found="No chronology.", by=receiving_manager, at=NOON)
    agreed(transfers[1])
    actions.raise_dispute(transfer=transfers[2], reason="Not ours.", by=receiving_manager, at=NOON)

    assert section(transferring_manager, "returned").rows[0].detail == "No chronology."
    assert section(transferring_manager, "late", LATER).rows[0].is_late
    assert section(receiving_manager, "disputes").count == 1


def test_what_the_sender_still_owes_is_on_the_senders_dashboard(
    transferring_team, receiving_team, transferring_manager
):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    actions.complete_transfer(
        transfer=ready(transferring_team, receiving_team), by=None, at=NOON + timedelta(minutes=5)
    )

    assert section(transferring_manager, "owed", LATER).count >= 1


def test_an_empty_dashboard_says_what_empty_means(receiving_manager, signed_in):
    text = signed_in(receiving_manager).get("/").text

    assert "Nobody waits for your answer." in text
    assert "Your teams owe nothing from earlier transfers." in text


def test_the_dashboard_asks_twelve_questions_however_many_cases(
    transferring_team, receiving_team, receiving_manager, django_assert_max_num_queries
):
    for _ in range(3):
        approved(a_transfer(transferring_team, receiving_team))
    requested(a_case_for_conference(transferring_team), receiving_team)

    with django_assert_max_num_queries(12):
        dashboard_of(receiving_manager, NOON)


def test_somebody_without_a_team_to_manage_has_no_dashboard(social_worker):
    assert dashboard_of(social_worker, NOON) is None


def test_after_acting_from_the_dashboard_one_is_back_on_it(
    transfer, receiving_manager, group_manager, service_manager, signed_in
):
    approved(transfer, group_manager, service_manager)
    address = reverse("transfers:agree", kwargs={"ref": transfer.reference}) + "?back=home"

    with time_machine.travel(NOON, tick=False):
        response = signed_in(receiving_manager).post(address, {})

    assert response.url == "/"


@pytest.mark.parametrize("name", ["meetings", "list"])
def test_a_list_can_be_read(transfer, admin, receiving_manager, signed_in, name):
    actions.list_for_meeting(transfer=transfer, by=None, at=NOON)

    for person in (admin, receiving_manager):
        assert signed_in(person).get(reverse(f"transfers:{name}")).status_code == 200


def test_a_meeting_is_kept_in_the_browser(transfer, admin, receiving_manager, signed_in):
    item = actions.list_for_meeting(transfer=approved(transfer), by=None, at=NOON)
    place = {"pk": item.meeting_id, "item": item.pk}

    with time_machine.travel(item.meeting.planned_at, tick=False):
        client = signed_in(admin)
        page = client.get(reverse("transfers:meeting", kwargs={"pk": item.meeting_id})).text
        done = client.post(
            reverse("transfers:decide_item", kwargs=place), {"says": "agreed", "agreed_by": receiving_manager.pk}
        )
        closed = client.post(reverse("transfers:close_minutes", kwargs={"pk": item.meeting_id}), {"minutes": "Done."})
        after = client.get(reverse("transfers:meeting", kwargs={"pk": item.meeting_id})).text

    assert transfer.reference in page
    assert (done.status_code, closed.status_code) == (302, 302)
    assert "Done." in after


def test_a_dispute_is_raised_passed_on_and_decided_in_the_browser(
    transfer, receiving_manager, service_manager, signed_in
):
    def post(person, verb, **answers):
        return signed_in(person).post(reverse(f"transfers:{verb}", kwargs={"ref": transfer.reference}), answers)

    with time_machine.travel(NOON, tick=False):
        assert post(receiving_manager, "dispute", reason="Not ours.").status_code == 302
        assert "With the group manager" in signed_in(receiving_manager).get(transfer.get_absolute_url()).text
        assert post(receiving_manager, "pass_on", why="Not settled.").status_code == 302
        assert post(receiving_manager, "decide", outcome="stays", decision="No.").status_code == 403
        assert post(service_manager, "decide", outcome="goes_ahead", decision="Yes.").status_code == 302
        assert "Agreed" in signed_in(receiving_manager).get(transfer.get_absolute_url()).text


def test_a_waiver_waits_for_the_second_manager_who_hears_of_it(transfer, transferring_manager, receiving_manager):
    items = with_brief(transfer, NOON).brief.items
    item = next(state.item for state in items if state.stops and state.item.policy == "waivable")

    actions.waive_item(
        transfer=transfer, item=item.code, reason="It is being typed.", expires_on=LATER.date(),
        by=transferring_manager, at=NOON,
    )  # fmt: skip

    address = f"/transfers/{transfer.reference}/items/{item.code}/sign/"
    assert f"{address}?back=home" in [row.url for row in section(receiving_manager, "waiting").rows]
    assert f"{address}?back=home" not in [row.url for row in section(transferring_manager, "waiting").rows]
    assert Notice.objects.get(code="waiver_to_sign").person == receiving_manager
    assert Notice.objects.get(code="waiver_to_sign").link == address
