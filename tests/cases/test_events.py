"""Events: booked, moved, held, adjourned, corrected; and what cannot be is refused with the field and the reason."""

from datetime import date, timedelta

import pytest

from cases import actions
from teams.refusals import Refused
from tests.cases.walkers import OPENED, booked, child_protection_case, held, looked_after_case, open_case
from tests.cast import NOON

DAY = timedelta(days=1)
CONFERENCE = "initial_child_protection_conference"
REVIEW = "looked_after_review"


def refused(action, **given):
    """Each gap as (field, sentence)."""
    with pytest.raises(Refused) as caught:
        action(**given, by=None, at=NOON)
    return [(gap.field, gap.sentence) for gap in caught.value.gaps]


@pytest.fixture
def case(db):
    return open_case()


def test_moving_keeps_every_date_with_its_reason(case):
    event = booked(case)

    actions.move_event(event=event, planned_at=NOON + 5 * DAY, reason="The chair is away.", by=None, at=NOON)

    assert [(date.planned_at, date.reason) for date in event.dates.all()] == [
        (NOON + DAY, ""),
        (NOON + 5 * DAY, "The chair is away."),
    ]


def test_an_adjourned_conference_goes_on_with_the_same_number(case):
    first = booked(case, "strategy_discussion", planned_at=NOON - DAY)

    actions.record_event_held(
        event=first, held_at=NOON - DAY, outcome="adjourned", next_planned_at=NOON + 2 * DAY, by=None, at=NOON
    )

    following = case.events.planned().get()
    assert (following.continues, following.ordinal, following.planned_at) == (first, 1, NOON + 2 * DAY)


def test_a_conference_that_makes_a_plan_starts_it_that_day(case):
    event = held(case, CONFERENCE, "child_protection_plan", held_at=NOON - DAY)

    spell = case.spells.get()
    assert (spell.code, spell.starts_on, spell.started_by_event) == ("child_protection", date(2026, 11, 22), event)


def test_a_review_that_ends_the_plan_ends_it_that_day(db):
    case = child_protection_case()

    held(case, "review_child_protection_conference", "plan_ends", held_at=NOON)

    assert case.spells.get().ends_on == date(2026, 11, 23)


def test_correcting_an_outcome_takes_back_what_it_did_and_keeps_both(case):
    event = held(case, CONFERENCE, "child_protection_plan", held_at=NOON - DAY)

    right = actions.correct_event(
        event=event, changes={"outcome": "child_in_need_plan"}, reason="Wrong button.", by=None, at=NOON
    )

    event.refresh_from_db()
    assert (event.outcome, event.withdrawn_reason) == ("child_protection_plan", "Wrong button.")
    assert (right.outcome, right.replaces) == ("child_in_need_plan", event)
    assert [spell.code for spell in case.spells.standing()] == ["child_in_need"]
    assert [spell.code for spell in case.spells.exclude(withdrawn_at=None)] == ["child_protection"]


def test_correcting_an_event_that_was_never_held_makes_it_planned_again(case):
    event = held(case, CONFERENCE, "no_plan", held_at=NOON - DAY)

    right = actions.correct_event(
        event=event, changes={"held_at": None, "outcome": ""}, reason="Another child.", by=None, at=NOON
    )

    assert right.is_planned


def test_withdrawing_an_end_of_a_plan_lets_the_plan_go_on(db):
    case = child_protection_case()
    event = held(case, "review_child_protection_conference", "plan_ends", held_at=NOON)

    actions.withdraw_event(event=event, reason="Another child.", by=None, at=NOON)

    assert case.spells.get().ends_on is None


def test_reviews_are_counted_within_the_present_time_in_care(db):
    case = looked_after_case(since=OPENED.date() + 2 * DAY)
    held(case, REVIEW, "remain_looked_after", held_at=OPENED + 20 * DAY)
    second = held(case, REVIEW, "remain_looked_after", held_at=OPENED + 30 * DAY)
    actions.end_spell(spell=case.spells.get(code="looked_after"), ends_on=OPENED.date() + 40 * DAY, by=None, at=NOON)
    actions.start_spell(
        case=case, kind="status", code="looked_after", starts_on=OPENED.date() + 45 * DAY, by=None, at=NOON
    )

    again = booked(case, REVIEW, planned_at=NOON + DAY)

    assert (second.ordinal, again.ordinal) == (2, 1)


def test_only_what_is_still_planned_can_be_moved_held_or_cancelled(case):
    done = held(case, CONFERENCE, "no_plan", held_at=NOON - DAY)

    for action, given in [
        (actions.move_event, {"planned_at": NOON + DAY, "reason": "Why not."}),
        (actions.record_event_held, {"held_at": NOON, "outcome": "no_plan"}),
        (actions.cancel_event, {"reason": "Why not."}),
    ]:
        assert (
            "is recorded as held on 22 November 2026 at 12:00: correct it instead."
            in (refused(action, event=done, **given)[0][1])
        )


IMPOSSIBLE = {
    "planned before the case was opened": (
        {"kind": CONFERENCE, "planned_at": OPENED - DAY},
        ("planned_at", "Planned date cannot be before the case was opened, 24 September 2026 at 13:00."),
    ),
    "held in the future": (
        {"kind": CONFERENCE, "held_at": NOON + DAY, "outcome": "no_plan"},
        ("held_at", "Date held cannot be in the future: 24 November 2026 at 12:00."),
    ),
    "held before the case was opened": (
        {"kind": CONFERENCE, "held_at": OPENED - DAY, "outcome": "no_plan"},
        ("held_at", "Date held cannot be before the case was opened, 24 September 2026 at 13:00."),
    ),
    "no outcome": (
        {"kind": CONFERENCE, "held_at": NOON},
        ("outcome", "Choose the outcome of the initial child protection conference."),
    ),
    "an outcome of another kind": (
        {"kind": CONFERENCE, "held_at": NOON, "outcome": "remain_looked_after"},
        (
            "outcome",
            "The initial child protection conference cannot have this outcome. Choose one of: child protection plan, "
            "child in need plan, no plan, adjourned.",
        ),
    ),
    "a review skipped": (
        {"kind": REVIEW, "planned_at": NOON + DAY, "ordinal": 3},
        ("ordinal", "The third looked-after review cannot be recorded before the second looked-after review."),
    ),
    "no such kind": ({"kind": "tea_party", "planned_at": NOON}, ("kind", "Choose what kind of event this is.")),
    "no date": ({"kind": CONFERENCE}, ("planned_at", "Say when it is planned.")),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_an_impossible_event_gets_a_sentence_with_field_and_reason(what, case):
    given, gap = IMPOSSIBLE[what]

    assert refused(actions.record_event, case=case, **given) == [gap]


def test_an_event_cannot_be_held_before_it_was_booked_ahead(case):
    event = booked(case)

    assert refused(actions.record_event_held, event=event, held_at=NOON - 20 * DAY, outcome="no_plan") == [
        ("held_at", "Date held cannot be before the event was booked, 16 November 2026 at 12:00.")
    ]


def test_a_number_is_given_once_and_in_order(db):
    case = looked_after_case()
    held(case, REVIEW, "remain_looked_after", held_at=NOON - 2 * DAY)

    same = refused(actions.record_event, case=case, kind=REVIEW, planned_at=NOON + DAY, ordinal=1)
    before = refused(actions.record_event, case=case, kind=REVIEW, planned_at=NOON - 5 * DAY, ordinal=2)

    assert same == [("ordinal", "The first looked-after review is already recorded, for 21 November 2026 at 12:00.")]
    assert before == [
        ("held_at", "The second looked-after review must be after the first looked-after review, "
                    "21 November 2026 at 12:00.")
    ]  # fmt: skip


def test_a_child_who_came_from_elsewhere_may_begin_with_the_third_review(db):
    case = looked_after_case()

    event = booked(case, REVIEW, ordinal=3, earlier_elsewhere=True)

    assert event.ordinal == 3


def test_nothing_is_recorded_in_a_closed_case(case):
    actions.close_case(case=case, reason="RC7", by=None, at=NOON)

    assert refused(actions.record_event, case=case, kind=CONFERENCE, planned_at=NOON + DAY) == [
        ("", f"Case {case.reference} is closed.")
    ]
