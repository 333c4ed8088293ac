"""The lives that an invented child of the demo may have: what is recorded, day by day, up to now. Every life is told
by the real actions at moments in the past."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, localtime

from cases import actions
from cases.models import ADJOURNED, Case, Event
from teams.models import Person


@dataclass(slots=True)
class Life:
    """A case, the dice, now, and whoever writes it down. `ago` is a moment so many days before now, in office hours."""

    case: Case
    dice: random.Random
    now: datetime
    by: Person

    def ago(self, days: int) -> datetime:
        if days <= 0:
            return self.now - timedelta(minutes=self.dice.randint(1, 50))
        at = localtime(self.now - timedelta(days=days))
        at = at.replace(hour=self.dice.randint(9, 16), minute=self.dice.choice([0, 15, 30, 45]), second=0)
        return max(at, self.case.opened_at + timedelta(minutes=5))

    def ahead(self, first: int, last: int) -> datetime:
        day = localtime(self.now + timedelta(days=self.dice.randint(first, last)))
        day += timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)  # nobody meets on a Saturday
        return day.replace(hour=self.dice.choice([9, 10, 13, 14]), minute=self.dice.choice([0, 30]), second=0)

    def spell(self, kind: str, code: str, days: int, **more: Any) -> None:
        at = self.ago(days)
        actions.start_spell(
            case=self.case, kind=kind, code=code, starts_on=localdate(at), by=self.by, at=at, ends_running=True, **more
        )

    def ended(self, code: str, days: int) -> None:
        at = self.ago(days)
        actions.end_spell(spell=self.case.spells.get(code=code), ends_on=localdate(at), by=self.by, at=at)

    def booked(self, kind: str, first: int = 2, last: int = 25) -> Event:
        return actions.record_event(
            case=self.case, kind=kind, planned_at=self.ahead(first, last), place="Civic Centre, room 4",
            attendees=["Invented Chair", "Invented School Lead"], by=self.by, at=self.ago(4),
        )  # fmt: skip

    def held(self, kind: str, outcome: str, days: int, **more: Any) -> Event:
        at = self.ago(days)
        return actions.record_event(
            case=self.case, kind=kind, held_at=at, outcome=outcome, by=self.by, at=at, earlier_elsewhere=True, **more
        )

    def waiting(self, kind: str, days: int = 2) -> Event:
        """A date that has passed, and nobody has said whether it was held."""
        return actions.record_event(
            case=self.case, kind=kind, planned_at=self.ago(days), by=self.by, at=self.ago(days + 10)
        )


def assessment(life: Life) -> None:
    life.spell("status", "referral", 20)
    life.spell("status", "assessment", 18)
    if life.dice.random() < 0.3:
        life.held("strategy_discussion", "section_47_enquiry", 12)


def conference_ahead(life: Life) -> None:
    assessment(life)
    event = life.booked("initial_child_protection_conference", 1, 14)
    if life.dice.random() < 0.4:
        actions.move_event(
            event=event, planned_at=life.ahead(3, 18), reason="The chair was not free.", by=life.by, at=life.ago(1)
        )


def conference_due(life: Life) -> None:
    assessment(life)
    life.waiting("initial_child_protection_conference", 1)


def on_a_plan(life: Life) -> None:
    life.spell("status", "assessment", 70)
    life.held("initial_child_protection_conference", "child_protection_plan", 50)
    life.held("core_group", "held", 41)
    if life.dice.random() < 0.4:
        life.spell("proceedings", "pre_proceedings", 20)
        life.booked("legal_planning_meeting")
    life.booked("review_child_protection_conference", 10, 40)


def just_on_a_plan(life: Life) -> None:
    life.spell("status", "assessment", 40)
    life.held("initial_child_protection_conference", "child_protection_plan", 3)
    life.booked("core_group", 4, 7)


def adjourned(life: Life) -> None:
    assessment(life)
    first = life.booked("initial_child_protection_conference", 1, 2)
    actions.move_event(event=first, planned_at=life.ago(1), reason="Brought forward.", by=life.by, at=life.ago(3))
    actions.record_event_held(
        event=first, held_at=life.ago(1), outcome=ADJOURNED, next_planned_at=life.ahead(5, 9), by=life.by, at=life.now
    )


def in_need(life: Life) -> None:
    life.spell("status", "assessment", 90)
    life.spell("status", "child_in_need", 55)
    life.ended("assessment", 55)
    life.held("child_in_need_meeting", "plan_agreed", 48)
    life.booked("child_in_need_meeting", 3, 30)


def new_in_care(life: Life) -> None:
    """Looked after since a short while, the first review ahead."""
    life.spell("status", "looked_after", 12)
    life.spell("legal", "section_20", 12)
    life.spell("placement", "foster_care", 12)
    life.booked("placement_planning_meeting", 1, 3)
    life.booked("looked_after_review", 4, 10)


def review_due(life: Life) -> None:
    life.spell("status", "looked_after", 28)
    life.spell("legal", "section_20", 28)
    life.spell("placement", "connected_person", 28)
    life.spell("circumstance", "return_home_plan", 20, value=life.dice.choice(["none", "unclear", "likely"]))
    life.waiting("looked_after_review", 1)


def in_proceedings(life: Life) -> None:
    life.spell("status", "looked_after", 60)
    life.spell("legal", "emergency_protection_order", 60)
    life.spell("placement", "foster_care", 60)
    life.spell("proceedings", "issued", 55)
    life.held("case_management_hearing", "directions", 45)
    life.spell("legal", "interim_care_order", 52)
    life.held("looked_after_review", "remain_looked_after", 38)
    life.booked("court_hearing", 5, 30)


def settled_in_care(life: Life) -> None:
    life.spell("status", "looked_after", 300)
    life.spell("legal", "care_order", 250)
    life.spell("proceedings", "concluded", 250)
    life.spell("placement", life.dice.choice(["foster_care", "connected_person", "residential"]), 290)
    life.spell("plan", life.dice.choice(["long_term_fostering", "permanence_fostering", "residential"]), 200)
    for days in (280, 190, 60):
        life.held("looked_after_review", "remain_looked_after", days)
    life.booked("looked_after_review", 20, 60)


def to_be_adopted(life: Life) -> None:
    life.spell("status", "looked_after", 200)
    life.spell("legal", "care_order", 90)
    life.spell("placement", "foster_care", 200)
    life.spell("plan", "adoption", 60)
    life.held("looked_after_review", "permanence_agreed", 70)
    life.booked("permanence_panel", 5, 20)


def back_home(life: Life) -> None:
    life.spell("status", "looked_after", 150)
    life.spell("legal", "care_order", 100)
    life.spell("placement", "foster_care", 150)
    life.spell("placement", "home_with_parents", 30)
    life.spell("plan", "care_order_at_home", 30)


def alone_in_the_country(life: Life) -> None:
    life.spell("circumstance", "uasc", 40, value="yes")
    life.spell("status", "looked_after", 40)
    life.spell("legal", "section_20", 40)
    life.spell("placement", "semi_independent", 40)
    life.booked("age_assessment", 2, 9)


def disabled(life: Life) -> None:
    life.spell("status", "assessment", 25)
    life.spell("circumstance", "disability_diagnosed", 25, value="yes")


def leaving_care(life: Life) -> None:
    life.spell("status", "care_leaver", 100)
    life.spell("placement", "semi_independent", 100)
    life.booked("pre_18_meeting", 5, 40)


def near_18(life: Life) -> None:
    settled_in_care(life)
    life.booked("pre_18_meeting", 5, 40)


def before_birth(life: Life) -> None:
    life.spell("status", "assessment", 25)
    life.booked("pre_birth_conference", 3, 20)


YOUNG: list[Callable[[Life], None]] = [
    assessment, conference_ahead, conference_due, on_a_plan, just_on_a_plan, adjourned, in_need, new_in_care,
    review_due, in_proceedings, settled_in_care, to_be_adopted, back_home, disabled,
]  # fmt: skip
OLDER: list[Callable[[Life], None]] = [
    assessment,
    conference_ahead,
    on_a_plan,
    in_need,
    new_in_care,
    review_due,
    settled_in_care,
    disabled,
]
NEARLY_GROWN: list[Callable[[Life], None]] = [in_need, alone_in_the_country, near_18, settled_in_care, leaving_care]
GROWN: list[Callable[[Life], None]] = [leaving_care]
UNBORN: list[Callable[[Life], None]] = [before_birth]
