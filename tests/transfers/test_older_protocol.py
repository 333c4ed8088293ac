"""The protocol changes while a transfer is under way: nothing breaks, and nothing moves along a route that is no more."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from teams.refusals import Refused
from tests.cast import NOON
from tests.transfers.walkers import CONFERENCE, a_transfer, agreed, answered, conference_held
from transfers import actions
from transfers.models import Transfer
from transfers.presenters.dashboard import dashboard_of

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def transfer(transferring_team, receiving_team):
    """Agreed along a route of an earlier version."""
    transfer = answered(agreed(a_transfer(transferring_team, receiving_team)))
    conference_held(transfer.case)
    Transfer.objects.update(route="HAV-OF-LAST-YEAR", version="2024")
    return Transfer.objects.get()


@pytest.mark.parametrize("page", ["detail", "complete", "change_route", "withdraw", "checklist", "return"])
def test_every_page_of_it_still_opens(transfer, receiving_manager, transferring_manager, signed_in, page):
    address = reverse(f"transfers:{page}", kwargs={"ref": transfer.reference})
    with time_machine.travel(LATER, tick=False):
        answers = [signed_in(person).get(address) for person in (receiving_manager, transferring_manager)]
        assert 200 in [answer.status_code for answer in answers]
        assert signed_in(receiving_manager).get("/").status_code == 200

    assert any("A route that the protocol no longer has" in answer.text for answer in answers) or page != "detail"
    assert dashboard_of(receiving_manager, LATER) is not None


def test_nothing_completes_along_it(transfer, receiving_manager, transferring_team):
    with pytest.raises(Refused, match="The protocol has no such route any more"):
        actions.complete_transfer(transfer=transfer, by=receiving_manager, at=LATER)

    assert transfer.case.responsible_team == transferring_team


def test_it_is_led_along_a_route_that_there_is(transfer, transferring_manager, receiving_team):
    changed = actions.change_route(
        transfer=transfer, route=CONFERENCE, why="The protocol changed.", receiving_team=receiving_team,
        by=transferring_manager, at=LATER,
    )  # fmt: skip

    assert changed.route == CONFERENCE
    assert changed.agreed_at is not None
    assert transfer.case.journal.get(kind="transfer_route_changed").says.startswith("The route changed from 'A route")
