"""Routes, stay-put rules, the order between routes, and what a move asks for."""

from typing import Literal

from pydantic import Field

from casetransfer.protocols.rows.base import (
    Codes,
    Conditions,
    DurationText,
    Effect,
    Ordinal,
    Row,
    Side,
    Strength,
    Strict,
)


class Point(Strict):
    """The moment at which a route moves.

    kind: event (an event of that kind is recorded as held), act (something done in the record), age, date (a named
    date such as year_11_ends_on, or a date fact), order (an order of that kind is made), agreement (both agree),
    decision (a named manager or body decides), none (the row moves nothing, or no moment is stated).
    """

    kind: Literal["event", "act", "age", "date", "order", "agreement", "decision", "none"]
    event: str = ""
    ordinal: Ordinal | None = None
    outcome: Codes = ()
    act: str = ""
    age: DurationText | None = None
    fact: str = ""
    order: Codes = ()
    by: Codes = ()
    plus: DurationText | None = None
    says: str = ""


class Floor(Strict):
    """The earliest a route may move: the fact (age, gestation, year_11_finished ...) and what it must have reached."""

    fact: str
    at_least: DurationText | None = None
    value: str | bool | None = None
    clauses: Codes = ()


class Approval(Strict):
    """One approval. Any one of `by` may give it; `order` says which comes first; all approvals are needed."""

    by: Codes
    side: Side = "receiving"
    what: str = ""
    order: int = 1
    strength: Strength = "must"
    clauses: Codes = ()


class Attendance(Strict):
    """Who attends what: a role of one side at an event or meeting."""

    role: Codes
    side: Side = "receiving"
    at: str = ""
    strength: Strength = "should"
    clauses: Codes = ()


class JointWork(Strict):
    """Both teams working side by side around the move: what each does, and the timer that limits it."""

    says: str
    limit_timer: str = ""
    clauses: Codes = ()


class Stage(Strict):
    """One stage of a route that moves in stages: its point and what it does."""

    name: str
    effect: Effect
    points: tuple[Point, ...]
    points_need: Literal["first", "all"] = "first"
    when: Conditions = ()
    clauses: Codes = ()


class Asks(Row):
    """What a move asks for: shared by routes and bundles."""

    checklists: Codes = ()
    items: Codes = ()
    approvals: tuple[Approval, ...] = ()
    attend: tuple[Attendance, ...] = ()
    notices: Codes = ()
    timers: Codes = ()
    duties: Codes = ()
    meeting: str = ""


class Bundle(Asks):
    """A named set of requirements that several routes share."""

    code: str
    name: str


class Route(Asks):
    """One row of the protocol's transfer routes.

    `from_teams`: team codes, or ["any"] (any team that holds cases, never the receiving team).
    `to`: team codes (several: the receiving manager's service chooses), or one of holder, previous_team, chosen,
    closed, none.
    `when`: one flat table, or a list of flat tables of which one must hold. `waits_for` names the facts that time can
    settle: a condition on such a fact that does not hold yet leaves the route possible, not ruled out.
    `measured_at`: the event at which ages and lengths in `when` are measured (its date when known).
    """

    code: str
    name: str
    from_teams: Codes = Field(alias="from")
    to: Codes
    effect: Effect
    when: Conditions = ()
    waits_for: Codes = ()
    measured_at: str = ""
    points: tuple[Point, ...] = ()
    points_need: Literal["first", "all"] = "first"
    stages: tuple[Stage, ...] = ()
    not_before: tuple[Floor, ...] = ()
    latest_timer: str = ""
    bundles: Codes = ()
    joint: JointWork | None = None
    involvement: Literal["receiver_ends_sender", "sender_adds_receiver", "front_door_adds", ""] = ""
    rating: str = ""
    strength: Strength = "should"
    exceptions: str = ""


class Hold(Row):
    """A stay-put rule: while `when` holds, the routes it names do not move.

    stops: match (the route is not offered), completion (it may be prepared but not completed), nothing (a rule about
    working together that suppresses no route).
    """

    code: str
    name: str
    when: Conditions
    suppresses: Codes = ()
    stops: Literal["match", "completion", "nothing"] = "match"
    team: Codes = ()
    strength: Strength = "must"
    ends: str = ""
    lifted_by: Codes = ()


class Precedence(Row):
    """Which routes come first when several match. `ladder` is a list of rungs, the first wins; a rung is a list of
    route codes or patterns with * in them. Routes on one rung stand side by side (a manager chooses, or whichever
    point is reached first moves the case: say which in `together`)."""

    code: str
    ladder: tuple[tuple[str, ...], ...]
    reason: str
    together: str = ""
