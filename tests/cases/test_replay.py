"""Replay: any list as it stood at a moment past."""

import random
from datetime import date, timedelta

import pytest

from cases import actions
from cases.models import Deadline
from cases.rag import rag
from tests.cases.walkers import looked_after_case, open_case
from tests.cast import NOON
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def colours(cases, at):
    """As they are seen at that moment: the standing rows and their colours."""
    rows = Deadline.objects.standing().filter(case__in=cases)
    return sorted((row.case_id, row.timer, row.occasion, row.due_at, str(rag(row, at))) for row in rows)


def replayed(cases, at):
    rows = Deadline.objects.as_of(at).filter(case__in=cases)
    return sorted((row.case_id, row.timer, row.occasion, row.due_at, str(rag(row, at))) for row in rows)


def test_a_thousand_moments_past_show_the_colours_that_were_recorded_then():
    """Events are booked, moved, held, cancelled and corrected over a year; at a thousand random moments the colours
    are written down as they are, and afterwards every one of them is asked for again."""
    chance = random.Random(7)
    pack = TeamFactory(authority__pack="shropshire", authority__code="shire", code="assessment")
    cases = [open_case(pack, opened_at=NOON), looked_after_case(), open_case(date_of_birth=date(2015, 6, 1))]
    moments = sorted(NOON + timedelta(minutes=chance.randrange(365 * 24 * 60)) for _ in range(1000))
    seen, events = {}, []
    for number, at in enumerate(moments):
        if number % 25 == 0:
            change(cases, events, at, chance)
            for case in cases:
                actions.recalculate(case=case.pk, at=at)
        seen[at] = colours(cases, at)

    assert [at for at in moments if replayed(cases, at) != seen[at]] == []
    assert len({colour for rows in seen.values() for *_, colour in rows}) >= 3


def change(cases, events, at, chance):
    """One thing that happens to one of the cases."""
    case = chance.choice(cases)
    planned = [event for event in events if event.is_planned]
    if planned and chance.random() < 0.4:
        event = chance.choice(planned)
        actions.move_event(
            event=event, planned_at=at + chance.randrange(5, 90) * DAY, reason="Moved", by=None, at=at
        )  # fmt: skip
        event.refresh_from_db()
    elif planned and chance.random() < 0.5:
        event = chance.choice(planned)
        actions.cancel_event(event=event, reason="Not needed", by=None, at=at)
        event.refresh_from_db()
    else:
        kind = chance.choice(["court_hearing", "legal_planning_meeting", "service_panel"])
        events.append(
            actions.record_event(case=case, kind=kind, planned_at=at + chance.randrange(5, 90) * DAY, by=None, at=at)
        )
