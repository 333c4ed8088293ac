"""The last day on which the protocol wants a case moved: shown, and not passed without a reason."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from casetransfer.calendars import default
from teams.refusals import Refused
from tests.transfers.situations import hold, on_record, situations
from tests.transfers.walkers import answered, approved
from transfers import actions
from transfers.brief import with_brief
from transfers.limits import last_day_of
from transfers.machine import State

COURT = "SHR-ASSESS-COURT-REMOVAL"


@pytest.fixture
def asked(db):
    """SHR-4.14: within ten working days of the first hearing, or by the first review if that comes sooner."""
    case, team, at = on_record(situations("shropshire")[COURT])
    case.events.update(withdrawn_at=at, withdrawn_reason="Another story.")
    return actions.request_transfer(case=case, route=COURT, receiving_team=team, by=None, at=at), at


def last_day(asked):
    transfer, at = asked
    return last_day_of(with_brief(transfer, at).brief)


def test_nothing_is_the_last_day_while_nothing_is_booked(asked):
    assert last_day(asked) is None


def test_ten_working_days_after_the_first_hearing(asked):
    transfer, at = asked
    hold(transfer.case, "court_hearing", at + timedelta(days=3), None, ordinal=1)

    found = last_day(asked)
    assert found.on == default().add_working_days(localdate(at) + timedelta(days=3), 10)
    assert found.clauses == ("SHR-4.14",)


def test_the_first_review_where_it_comes_sooner(asked):
    transfer, at = asked
    hold(transfer.case, "court_hearing", at + timedelta(days=3), None, ordinal=1)
    hold(transfer.case, "looked_after_review", at + timedelta(days=8), None, ordinal=1)

    assert last_day(asked).on == localdate(at) + timedelta(days=8)


def test_a_later_day_is_agreed_with_its_reason_only(asked):
    transfer, at = asked
    hold(transfer.case, "court_hearing", at + timedelta(days=3), None, ordinal=1)
    answered(approved(transfer, at=at), at=at)
    too_late = last_day(asked).on + timedelta(days=1)

    with pytest.raises(Refused, match="Say in the note or the minutes why it is later") as refused:
        actions.agree_transfer(transfer=transfer, planned_on=too_late, by=None, at=at)
    assert [gap.clauses for gap in refused.value.gaps] == [("SHR-4.14",)]

    agreed = actions.agree_transfer(transfer=transfer, planned_on=too_late, note="The hearing moved.", by=None, at=at)
    assert agreed.state == State.AGREED
