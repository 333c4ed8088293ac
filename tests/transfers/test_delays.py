"""A move that does not happen on the agreed day: the clock finds it, or somebody agrees another day; whoever the protocol
names hears it, once."""

from datetime import date, timedelta

import pytest

from cases.models import Notice
from teams.refusals import Refused
from tests.cast import NOON
from tests.transfers.walkers import a_transfer, agreed
from transfers import actions
from transfers.models import Transfer

DAY = timedelta(days=1)
LATER, DAY_AFTER = date(2026, 11, 27), NOON + DAY


@pytest.fixture
def transfer(transferring_team, receiving_team, transferring_manager, receiving_manager):
    """Agreed for NOON's day."""
    return agreed(a_transfer(transferring_team, receiving_team))


def under(transfer, pack, *codes):
    transfer.case.pack = pack
    transfer.case.save()
    transfer.pack = pack
    transfer.save()
    for team, code in zip((transfer.transferring_team, transfer.receiving_team), codes, strict=False):
        team.code = code
        team.save()
    return transfer


def slipped(at):
    return list(Transfer.objects.slipped(at.date()))


def test_on_its_day_it_is_not_late(transfer):
    assert slipped(NOON) == []
    assert actions.record_delay(transfer=transfer, at=NOON) is False


def test_the_day_after_it_is_written_down_once(transfer):
    assert slipped(DAY_AFTER) == [transfer]

    done = [actions.record_delay(transfer=transfer, at=DAY_AFTER + number * DAY) for number in range(3)]

    assert done == [True, False, False]
    entry = transfer.case.journal.get(kind="transfer_delayed")
    assert entry.says == "The move planned for 23 November 2026 has not happened."
    assert slipped(DAY_AFTER) == []


def test_service_managers_hear_of_it_where_the_protocol_says_so(transfer, service_manager):
    """SHR-2.13: within ten working days, which is a clock of the case."""
    route = "SHR-ASSESS-CM-CPICPC"
    transfer = under(transfer, "shropshire", "assessment", "case_mgmt")
    Transfer.objects.filter(pk=transfer.pk).update(route=route)

    actions.record_delay(transfer=transfer, at=DAY_AFTER)

    notice = Notice.objects.get(code="SHR-N06")
    assert (notice.person, notice.clause, notice.must_act) == (service_manager, "SHR-2.13", True)
    assert transfer.case.journal.get(kind="transfer_delayed").clause == "SHR-2.13"


def test_both_managers_are_to_settle_it_where_the_protocol_says_so(
    transfer, transferring_manager, receiving_manager
):  # fmt: skip
    """NN-1.1d.1, NN-1.1d.2"""
    transfer = under(transfer, "northamptonshire", "daat", "csst")
    Transfer.objects.filter(pk=transfer.pk).update(route="NN-DAAT-CSST-CP")

    actions.record_delay(transfer=transfer, at=DAY_AFTER)

    told = Notice.objects.filter(code="imm_delay_resolution")
    assert {notice.person for notice in told} == {transferring_manager, receiving_manager}
    assert {notice.clause for notice in told} == {"NN-1.1d.1, NN-1.1d.2"}


def test_a_protocol_that_says_nothing_of_it_tells_nobody(transfer):
    Notice.objects.all().delete()

    actions.record_delay(transfer=transfer, at=DAY_AFTER)

    assert not Notice.objects.exists()


def test_a_later_day_is_a_delay_and_told_once(transfer, receiving_manager):
    planned = {"transfer": transfer, "why": "The worker is ill.", "by": receiving_manager}
    actions.plan_anew(planned_on=LATER, at=NOON, **planned)

    entry = transfer.case.journal.get(kind="transfer_delayed")
    assert entry.says == (
        "The move is now planned for 27 November 2026 instead of 23 November 2026. The worker is ill."
    )
    assert slipped(DAY_AFTER) == []
    assert slipped(NOON + 5 * DAY) == [transfer]


def test_a_sooner_day_is_no_delay(transfer):
    actions.plan_anew(transfer=transfer, planned_on=LATER, why="Ill.", by=None, at=NOON)
    actions.plan_anew(transfer=transfer, planned_on=LATER - DAY, why="Well again.", by=None, at=NOON)

    assert transfer.case.journal.filter(kind="transfer_delayed").count() == 1
    assert transfer.case.journal.filter(kind="transfer_planned").count() == 1


def test_a_delay_that_was_told_is_not_told_again_with_the_new_day(transfer):
    actions.record_delay(transfer=transfer, at=DAY_AFTER)
    actions.plan_anew(transfer=transfer, planned_on=LATER, why="Ill.", by=None, at=DAY_AFTER)

    assert transfer.case.journal.filter(kind="transfer_delayed").count() == 1


@pytest.mark.parametrize(
    ("planned_on", "why", "says"),
    [
        (date(2026, 11, 20), "Ill.", "cannot be in the past"),
        (date(2026, 11, 23), "Ill.", "the day it has already"),
        (LATER, " ", "Say why the day changes"),
    ],
)
def test_a_new_day_is_in_the_future_another_and_has_a_reason(transfer, planned_on, why, says):
    with pytest.raises(Refused, match=says):
        actions.plan_anew(transfer=transfer, planned_on=planned_on, why=why, by=None, at=NOON)


def test_the_page_agrees_another_day(transfer, receiving_manager, signed_in, time_machine):
    time_machine.move_to(NOON, tick=False)
    client = signed_in(receiving_manager)
    address = f"/transfers/{transfer.reference}/plan-anew/"
    assert address in client.get(transfer.get_absolute_url()).text
    assert "planned for 23 November 2026" in client.get(address).text

    client.post(address, {"planned_on-day": "27", "planned_on-month": "11", "planned_on-year": "2026", "why": "Ill."})

    transfer.refresh_from_db()
    assert transfer.planned_on == LATER
