"""Quiet hours and one e-mail a day, where a council has set it so."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cases.quiet import send_after

LONDON = ZoneInfo("Europe/London")


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("written", "goes"),
    [
        ("2026-11-23T12:00", "2026-11-23T12:00"),
        ("2026-11-23T20:00", "2026-11-24T07:00"),
        ("2026-11-24T06:59", "2026-11-24T07:00"),
        ("2026-11-24T07:00", "2026-11-24T07:00"),
        ("2027-03-27T23:00", "2027-03-28T07:00"),
    ],
)
def test_in_the_quiet_hours_a_notice_waits_for_the_morning(settings, written, goes):
    settings.QUIET_HOURS = "20:00-07:00"

    assert send_after(local(written), must_act=False) == local(goes)
    assert send_after(local(written), must_act=True) == local(written)


def test_quiet_hours_may_lie_within_one_day(settings):
    settings.QUIET_HOURS = "12:00-13:00"

    assert send_after(local("2026-11-23T12:30"), must_act=False) == local("2026-11-23T13:00")
    assert send_after(local("2026-11-23T13:30"), must_act=False) == local("2026-11-23T13:30")


@pytest.mark.parametrize(
    ("written", "goes"),
    [("2026-11-23T07:59", "2026-11-23T08:00"), ("2026-11-23T08:00", "2026-11-23T08:00"),
     ("2026-11-23T08:01", "2026-11-24T08:00"), ("2026-10-24T09:00", "2026-10-25T08:00")],
)  # fmt: skip
def test_with_one_email_a_day_what_can_wait_waits_for_the_next(settings, written, goes):
    settings.DIGEST_AT = "08:00"

    assert send_after(local(written), must_act=False) == local(goes)


def test_without_a_setting_everything_goes_at_once():
    assert send_after(local("2026-11-23T03:00"), must_act=False) == local("2026-11-23T03:00")
