"""What the service's own people were still to do is settled by the closing; what is for others stays."""

from datetime import timedelta

import pytest

from cases import actions as case_actions
from cases.models import Delivery, Notice, Standing
from cases.notices import Recipient
from cases.words import capital
from closures import actions
from closures.models import Closure
from closures.presenters.letters import letters_of
from tests.cast import NOON
from tests.closures.walkers import at_turn, closed, moved, the_hand

pytestmark = pytest.mark.django_db


def to_do(case, channel="phone", at=NOON, **to):
    case_actions.queue_notices(
        authority=case.authority, case=case, code="X-9", subject=case.reference, occasion=f"once {channel} {at}",
        channel=channel, title=f"{case.reference}: Call the holding team", to=[Recipient(**to)], at=at,
    )  # fmt: skip
    return Notice.objects.latest("pk")


@pytest.mark.parametrize("channel", ["task", "phone", "in_person", "record", "in_app"])
def test_what_was_still_to_be_done_by_our_own_is_settled_by_the_closing(channel):
    closure = at_turn(3)
    notice = to_do(closure.case, channel, team=closure.case.holding.team)

    moved(closure)

    notice.refresh_from_db()
    assert (notice.delivery, notice.trouble) == (Delivery.CANCELLED, "The case was closed, and nothing more is owed.")


def test_it_is_to_be_done_again_when_the_closing_is_undone():
    closure = at_turn(3)
    notice = to_do(closure.case, person=the_hand(closure, 3))
    closure = moved(closure)

    actions.undo_closing(closure=closure, because="A slip.", by=closure.closed_by, at=NOON + timedelta(hours=1))

    notice.refresh_from_db()
    assert (notice.delivery, notice.trouble) == (Delivery.TO_DO, "")


def test_what_is_for_somebody_outside_is_not_settled_but_bars_the_closing():
    """Told in test_net; an import closes all the same, and leaves it to be done."""
    closure = at_turn(3)
    notice = to_do(closure.case, "letter", party="parents")

    case_actions.close_case(case=closure.case, reason="RC7", by=None, at=NOON + timedelta(minutes=5))

    notice.refresh_from_db()
    assert notice.delivery == Delivery.TO_DO


def test_what_the_closing_itself_calls_for_stays_and_says_who_must_do_it():
    closure = closed()
    person = the_hand(closure, 1)
    to_do(closure.case, "task", at=NOON + timedelta(minutes=1), person=person)

    told = letters_of(Closure.objects.get(pk=closure.pk), person, Standing.of(person))

    assert [(one.what, one.to, one.state) for one in told if one.state != "Sent"][-1] == (
        "Call the holding team", capital(person.name), "To be done by a person",
    )  # fmt: skip
