"""Deadlines: from what happened, by the pack's timers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from cases import actions
from cases.models import Deadline, Recalculation
from cases.rag import Timeliness, in_a_sentence, rag
from casetransfer.protocols import pack_for
from teams.refusals import Refused
from teams.roles import Role
from tests.cases.walkers import booked, child_protection_case, held, looked_after_case, open_case
from tests.cast import NOON, a_person
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def standing(case, at=NOON):
    actions.recalculate(case=case.pk, at=at)
    return {row.timer: row for row in Deadline.objects.standing().filter(case=case)}


def says(row, at=NOON):
    return in_a_sentence(row, at, actions.calendar_of(row.case.authority))


def test_an_age_in_the_pack_becomes_a_deadline_of_the_child():
    """HAV-T44: the receiving team is told when the child is eleven years and six months old."""
    row = standing(open_case(date_of_birth=date(2016, 5, 4)))["HAV-T44"]

    assert row.due_at.date() == date(2027, 11, 4)
    assert says(row) == "due Thursday 4 November 2027, in 11 months"


def test_every_change_of_a_case_asks_for_its_deadlines_to_be_worked_out_again():
    case = open_case()
    actions.recalculate(case=case.pk, at=NOON)

    booked(case)

    assert Recalculation.objects.filter(case=case).exists()


def test_deadlines_that_nobody_asked_for_are_not_worked_out_twice():
    case = open_case()

    assert [actions.recalculate(case=case.pk, at=NOON) for _ in range(2)] == [True, False]


def test_working_the_deadlines_out_again_without_a_change_writes_nothing():
    case = held(looked_after_case()).case
    before = {row.pk for row in standing(case).values()}

    actions.ask_to_recalculate([case.pk], at=NOON)

    assert {row.pk for row in standing(case, NOON + DAY).values()} == before
    assert set(Deadline.objects.filter(case=case).values_list("pk", flat=True)) == before


def test_an_event_that_moves_leaves_its_old_deadline_to_be_seen():
    case = open_case(TeamFactory(authority__pack="shropshire", authority__code="shire", code="assessment"))
    event = booked(case, "court_hearing", planned_at=NOON + 30 * DAY)
    before = {code: row for code, row in standing(case).items() if row.occasion == f"event:{event.pk}"}

    actions.move_event(event=event, planned_at=NOON + 40 * DAY, reason="The chair is ill", by=None, at=NOON)
    after = standing(case, NOON + timedelta(hours=1))

    assert before
    for code, row in before.items():
        assert after[code].replaces == row
        assert after[code].due_at > row.due_at


def test_a_cancelled_event_takes_its_deadlines_with_it():
    case = open_case(TeamFactory(authority__pack="shropshire", authority__code="shire", code="assessment"))
    event = booked(case, "court_hearing", planned_at=NOON + 30 * DAY)
    started = [code for code, row in standing(case).items() if row.occasion == f"event:{event.pk}"]

    actions.cancel_event(event=event, reason="Not needed", by=None, at=NOON)

    assert started
    assert not set(started) & set(standing(case))


def test_closing_a_case_stops_its_deadlines_and_undoing_it_starts_them_again():
    case = open_case()
    standing(case)

    actions.close_case(case=case, reason="RC7", by=None, at=NOON)
    assert rag(standing(case)["HAV-T44"], NOON) is Timeliness.STOPPED

    actions.undo_closing(case=case, by=None, at=NOON + DAY, why="Closed by mistake")
    assert rag(standing(case, NOON + DAY)["HAV-T44"], NOON + DAY) is Timeliness.ON_TIME


def a_row(due_at, **more):
    return Deadline(due_at=due_at, starts_at=due_at - 20 * DAY, **more)


END = datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 11, 19, 9, tzinfo=UTC), "due Tuesday 24 November, in 3 working days"),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "due Tuesday 24 November, tomorrow"),
        (datetime(2026, 11, 24, 23, tzinfo=UTC), "due Tuesday 24 November, today"),
        (datetime(2026, 11, 25, 0, 1, tzinfo=UTC), "overdue by 1 day, since Tuesday 24 November"),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), "overdue by 30 days, since Tuesday 24 November"),
        (datetime(2027, 11, 25, 9, tzinfo=UTC), "overdue by 1 year, since Tuesday 24 November 2026"),
        (datetime(2028, 1, 25, 9, tzinfo=UTC), "overdue by 1 year 2 months, since Tuesday 24 November 2026"),
    ],
)
def test_a_deadline_says_how_soon_or_how_late(at, says):
    assert in_a_sentence(a_row(END), at, actions.calendar_of(0)) == says


def test_hours_are_said_in_hours():
    row = a_row(datetime(2026, 11, 24, 16, 0, tzinfo=UTC))

    assert in_a_sentence(row, datetime(2026, 11, 24, 12, 30, tzinfo=UTC), actions.calendar_of(0)) == (
        "due Tuesday 24 November at 16:00, in 3 hours"
    )
    assert in_a_sentence(row, datetime(2026, 11, 24, 16, 25, tzinfo=UTC), actions.calendar_of(0)) == (
        "overdue by 25 minutes, since Tuesday 24 November at 16:00"
    )


def test_what_is_due_today_has_a_colour_until_its_last_second():
    row = a_row(END, due_soon_at=END - DAY)

    assert [rag(row, END - 2 * DAY), rag(row, END), rag(row, END + timedelta(seconds=1))] == [
        Timeliness.ON_TIME, Timeliness.DUE_SOON, Timeliness.OVERDUE,
    ]  # fmt: skip


def test_a_person_records_that_it_was_done_with_what_shows_it(social_worker, transferring_team):
    case = child_protection_case(transferring_team, worker=social_worker)
    row = standing(case)["HAV-T44"]

    actions.meet_deadline(
        deadline=row, met_at=NOON - DAY, evidence="Telephone call, see case note", by=social_worker, at=NOON
    )
    row.refresh_from_db()

    assert rag(row, NOON) is Timeliness.MET
    assert rag(row, NOON - timedelta(hours=1)) is Timeliness.ON_TIME, "nobody knew it then"
    assert case.journal.filter(kind="deadline_met").exists()


def test_a_clock_that_runs_from_a_notice_starts_when_the_notice_is_sent(django_assert_max_num_queries):
    """NN-N-GAPS tells the transferring manager what is missing; the time to mend it runs from then."""
    team = TeamFactory(authority__pack="northamptonshire", authority__code="north", code="assessment")
    case = open_case(team, worker=a_person("Sam Worker", team, Role.SOCIAL_WORKER))
    timer = next(one for one in pack_for("northamptonshire").timer if one.starts.of == "NN-N-GAPS")
    with transaction.atomic():
        actions.queue_notices(
            authority=team.authority, case=case, code="NN-N-GAPS", subject=case.reference, occasion="once",
            title="Gaps", to=[actions.Recipient(person=case.allocated_social_worker)], at=NOON,
        )  # fmt: skip
    assert timer.code not in standing(case)

    actions.send_waiting(at=NOON, send=lambda notices: "<1@example.org>")
    with django_assert_max_num_queries(10 + 2):  # and the two of the savepoint of this test
        actions.recalculate(case=case.pk, at=NOON)

    assert standing(case)[timer.code].starts_at == NOON


def test_a_clock_that_pauses_runs_on_later_by_the_working_days_it_stood_still():
    """DUR-TIM-1, with what the protocol leaves open read so that the five working days pause."""
    team = TeamFactory(authority__pack="durham", authority__code="durham", code="ff_north")
    worker = a_person("Sam Worker", team, Role.SOCIAL_WORKER)
    case = open_case(team, worker=worker)
    row = Deadline.objects.create(
        case=case, timer="DUR-T01", occasion="agreed", what="The case has transferred", pack="durham", version="1",
        starts_at=NOON - 3 * DAY, due_at=END + 3 * DAY, computed_at=NOON,
    )  # fmt: skip
    said = {"reason": "The teams disagree.", "by": worker}

    actions.pause_deadline(deadline=row, at=NOON, **said)
    later = actions.resume_deadline(deadline=row, at=NOON + 3 * DAY, **said)

    row.refresh_from_db()
    assert (row.superseded_at, rag(row, NOON + DAY)) == (NOON + 3 * DAY, Timeliness.PAUSED)
    assert later.due_at == END + 8 * DAY, "Friday and three working days are Wednesday"
    assert Deadline.objects.as_of(NOON + DAY).get(case=case) == row
    with pytest.raises(Refused):
        actions.resume_deadline(deadline=later, at=NOON + 4 * DAY, **said)
