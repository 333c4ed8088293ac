"""Disputes, re-referral, closing, duties, responsibility and guidance."""

from typing import Literal

from pydantic import Field

from casetransfer.protocols.rows.base import Codes, Conditions, DurationText, Row, Side, Strength


class DisputeStep(Row):
    """One rung of the dispute ladder: who decides, by when, whether that is final."""

    code: str
    order: int
    by: Codes
    what: str
    limit: DurationText | None = None
    timer: str = ""
    final: bool = False
    optional: bool = False
    about: Literal["transfer", "rereferral", "threshold", "allocation", "keep", "any"] = "any"


class ReReferral(Row):
    """A window after closure in which a child goes back to the team that closed. `last_day_in`: whether the day that
    completes the window still counts. `reasons`: whether the reasons must be the same as at closure."""

    code: str
    what: str
    window: DurationText
    last_day_in: bool = True
    reasons: Literal["same", "any"] = "any"
    applies_to: Literal["contact", "court_report", "pre_birth"] = "contact"
    goes_to: Literal["previous_team", "previous_worker"] = "previous_team"
    automatic: bool = False
    accepts: Codes = ()
    routes: Codes = ()
    timer: str = ""
    when: Conditions = ()


class ClosureStep(Row):
    """One step of closing: which hand does it and what; steps are done in order, by different people where
    `different_person` says so."""

    code: str
    order: int
    hand: Codes
    what: str
    makes: Literal["proposed", "authorised", "checked", "closed", ""] = ""
    checklist: str = ""
    different_person: bool = True
    notices: Codes = ()
    strength: Strength = "must"


class Closure(Row):
    """A way a case closes or steps down: when it applies, its steps, its checklists and letters."""

    code: str
    name: str
    kind: Literal["closure", "step_down", "front_door"]
    when: Conditions = ()
    from_teams: Codes = Field(default=(), alias="from")
    to: Codes = ()
    steps: tuple[ClosureStep, ...] = ()
    checklists: Codes = ()
    notices: Codes = ()


class Duty(Row):
    """Something a side still owes around or after the move. `shown_by`: the acts of the record that are the duty
    itself, so that nobody has to say a second time that it is done. `until_move`: the move itself ends it (a step on
    the way to it, or what a team owes while it still holds the case), so nobody owes it once the case has moved."""

    code: str
    what: str
    owed_by: Side
    who: Codes = ()
    timer: str = ""
    routes: Codes = ()
    at: str = ""
    strength: Strength = "should"
    when: Conditions = ()
    shown_by: tuple[Literal["case_allocated", "case_held_on_duty"], ...] = ()
    until_move: bool = False


class Responsibility(Row):
    """Who is responsible in a given circumstance, as the protocol states it."""

    code: str
    circumstance: str
    responsible: str


class Guidance(Row):
    """Text shown to people and enforced nowhere, in our words."""

    code: str
    says: str


class Departure(Row):
    """Who may decide otherwise than the protocol for one child."""

    by: Codes = ()
    what: str = ""
