"""The rows a protocol pack is made of: one class per kind of row, frozen, unknown keys refused.

Every row names the clauses it carries and its basis: `stated` (a clause says it), `heading` (only a heading brings it
in) or `inferred` (a general rule implies it). Codes and clause ids are those of the published protocol's specification.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from casetransfer.calendars import Birthdays
from casetransfer.protocols.durations import Duration

Basis = Literal["stated", "heading", "inferred"]
Strength = Literal["must", "should", "may", "information"]
Side = Literal["transferring", "receiving", "both", "other"]
Effect = Literal["moves", "joins", "refers", "stays", "ends"]
Policy = Literal["blocking", "waivable", "advisory", "practice_issue"]
Colour = Literal["red", "amber", "green"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

Happening = Literal[
    "contact_recorded",
    "contact_rated",
    "contact_became_referral",
    "contact_decided",
    "assessment_started",
    "assessment_completed",
    "event_booked",
    "event_planned",
    "event_held",
    "order_made",
    "proceedings_issued",
    "proceedings_ended",
    "looked_after_started",
    "looked_after_ended",
    "placement_started",
    "plan_started",
    "status_started",
    "age_reached",
    "date_reached",
    "fact_became",
    "transfer_expected",
    "transfer_decided",
    "transfer_requested",
    "transfer_listed",
    "transfer_agreed",
    "transfer_completed",
    "transfer_returned",
    "transfer_delayed",
    "transfer_disputed",
    "dispute_escalated",
    "dispute_decided",
    "case_allocated",
    "case_unallocated",
    "worker_absent",
    "worker_left",
    "closure_proposed",
    "closure_authorised",
    "case_closed",
    "step_down_agreed",
    "notice_sent",
    "timer_ended",
    "cycle",
    "person_acts",
]


def _duration(text: str) -> str:
    Duration.parse(text)  # a {setting} has been put in before; one that is left names no setting
    return text


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


DurationText = Annotated[str, AfterValidator(_duration)]
Codes = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
Condition = dict[str, Any]
Conditions = Annotated[tuple[Condition, ...], BeforeValidator(_one_or_many)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(Strict):
    """What every row carries: its clauses, its basis, and the reading or setting it rests on."""

    clauses: Codes = ()
    basis: Basis = "stated"
    reading: Codes = ()
    only_if: dict[str, str | bool] = {}
    note: str = ""


class Clause(Strict):
    """One numbered sentence of the protocol, in our words. `line` is the line of the published document."""

    id: str
    says: str
    line: int | None = None
    kind: Literal["rule", "guidance", "ambiguous"] = "rule"
    reading: Codes = ()


class Ambiguity(Strict):
    """Where the document is unclear: what it says, and the reading this pack takes."""

    code: str
    says: str
    reading: str
    clauses: Codes = ()
    settings: Codes = ()


class Setting(Strict):
    """A reading that a deployment can change. Rows name it in `only_if` or in a duration as {name}."""

    name: str
    says: str
    default: str | bool
    options: tuple[str | bool, ...]


class Team(Row):
    """A team or service. `part_of` names the service it belongs to; `holds_cases` is false for outside bodies."""

    code: str
    name: str
    also_called: Codes = ()
    remit: str = ""
    part_of: str = ""
    holds_cases: bool = True
    outside: bool = False
    front_door: bool = False
    age_from: DurationText | None = None
    age_under: DurationText | None = None


class Role(Row):
    """A local role. `acts_as` is the product's role whose permissions it uses; level orders the ladder (0 lowest)."""

    code: str
    name: str
    level: int | None = None
    acts_as: Literal[
        "social_worker", "senior", "team_manager", "group_manager", "service_manager",
        "admin", "front_door", "adviser", "outside",
    ]  # fmt: skip


class Rating(Strict):
    """One colour of a scale; `limit` is its time limit, `timer` the timer it sets."""

    colour: Colour
    means: str = ""
    limit: DurationText | None = None
    timer: str = ""


class Scale(Row):
    """A named scale of colours. A colour without its scale means nothing."""

    code: str
    name: str
    rates: Literal["contact", "assessment", "research", "case"]
    ratings: tuple[Rating, ...]
    when: Conditions = ()


class Start(Strict):
    """What starts a clock or a notice: a happening, and of what (an event kind, a fact, an age, a timer)."""

    on: Happening
    of: str = ""
    ordinal: int | None = None
    value: str | bool | None = None


class Timer(Row):
    """A clock. `offset` is absent where the protocol states no number; then the timer is shown, never computed.

    kind: deadline (offset after the start), backward (offset before the start's planned date), window (a span after
    the start in which something applies), look_back (something done within offset before the start), recurring,
    age (an age reached), gate (due at an event), threshold (a length that changes an answer), ordering
    (one thing before another), immediate (at once, no number), cutoff (a weekday and time before a meeting).
    counts: whether the day after the start is day one, or the day of the start itself.
    last_day_in: for windows, whether the day that completes the offset still counts.
    or_from: further start and offset pairs; the sooner of all of them is the due moment.
    """

    code: str
    what: str
    starts: Start
    kind: Literal[
        "deadline", "backward", "window", "look_back", "recurring", "age", "gate", "threshold", "ordering",
        "immediate", "cutoff",
    ]  # fmt: skip
    offset: DurationText | None = None
    counts: Literal["day_after_is_day_one", "start_day_is_day_one"] = "day_after_is_day_one"
    last_day_in: bool = True
    or_from: tuple["OtherStart", ...] = ()
    weekday: Weekday | None = None
    time: str | None = None
    meeting: str = ""
    met_by: Start | None = None
    owed_by: Codes = ()
    strength: Strength = "should"
    due_soon: DurationText | None = None
    may_pause: bool = False
    scale: str = ""
    colour: Colour | None = None
    routes: Codes = ()
    when: Conditions = ()


class OtherStart(Strict):
    starts: Start
    offset: DurationText | None = None


class Point(Strict):
    """The moment at which a route moves.

    kind: event (an event of that kind is recorded as held), act (something done in the record), age, date (a named
    date such as year_11_end, or a date fact), order (an order of that kind is made), agreement (both managers agree),
    decision (a named manager or body decides), none (the row moves nothing, or no moment is stated).
    """

    kind: Literal["event", "act", "age", "date", "order", "agreement", "decision", "none"]
    event: str = ""
    ordinal: int | None = None
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


class Item(Row):
    """One line of a checklist.

    gate: the act it gates. policy: blocking (that act is refused), waivable (may be waived in writing by
    `waived_by`), advisory (a reason is asked), practice_issue (never delays: a gap opens a practice issue).
    fills_from names a recorded fact or date that answers it.
    """

    code: str
    what: str
    who: Codes = ()
    side: Side = "transferring"
    policy: Policy
    gate: Literal[
        "request", "listing", "agreement", "meeting", "acceptance", "record_move", "completion", "after", "closure",
        "contact",
    ] = "completion"  # fmt: skip
    evidence: Literal["tick", "date", "link", "text", "choice", "name"] = "tick"
    options: tuple[str, ...] = ()
    fills_from: str = ""
    after_item: str = ""
    when: Conditions = ()
    waived_by: Codes = ()
    timer: str = ""


class Checklist(Row):
    """A named list of checks. `mend_timer` is the clock of a returned gap."""

    code: str
    name: str
    used_for: Literal["transfer", "after_transfer", "closure", "step_down", "contact", "meeting", "assessment"]
    routes: Codes = ()
    items: tuple[Item, ...]
    mend_timer: str = ""
    waived_by: Codes = ()


class Recipient(Strict):
    """Who is told: a role of a team or side, or a named outside party (family, referrer, professionals ...)."""

    role: Codes = ()
    team: Codes = ()
    side: Side | None = None
    party: Literal[
        "child", "parents", "family", "referrer", "professionals", "independent_reviewing_officer",
        "other_authority", "court", "legal_services", "police", "carers", "",
    ] = ""  # fmt: skip


class Notice(Row):
    """Something one side must tell another: when, to whom, with what in it and by which channel."""

    code: str
    what: str
    sender: Codes = ()
    to: tuple[Recipient, ...]
    starts: Start
    content: tuple[str, ...] = ()
    channel: Literal["email", "letter", "task", "in_app", "phone", "in_person", "record"] = "task"
    timer: str = ""
    routes: Codes = ()
    when: Conditions = ()
    strength: Strength = "should"


class Meeting(Row):
    """A meeting or panel: how often, its cut-off, who chairs and attends, what it decides."""

    code: str
    name: str
    also_called: Codes = ()
    event: str = ""
    cadence: str = ""
    weekday: Weekday | None = None
    time: str | None = None
    cutoff_weekday: Weekday | None = None
    cutoff_time: str | None = None
    chair: Codes = ()
    chair_if_absent: Codes = ()
    attends: tuple[Attendance, ...] = ()
    decides: str = ""


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
    """Something a side still owes around or after the move."""

    code: str
    what: str
    owed_by: Side
    who: Codes = ()
    timer: str = ""
    routes: Codes = ()
    at: str = ""
    strength: Strength = "should"
    when: Conditions = ()


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


class Identity(Strict):
    """Whose protocol this is, and which version of the pack."""

    authority: str
    name: str
    prefix: str
    version: str
    effective_from: date
    effective_to: date | None = None
    document: str
    document_date: str = ""
    record_system: str = ""
    words: dict[str, str] = {}
    glossary: dict[str, str] = {}
    has_ratings: bool = False
    radar_days: int = 14
    birthdays: Birthdays = "last_day"
    pack_basis_off: tuple[Basis, ...] = ()
    not_covered: tuple[str, ...] = ()
    clauses: Codes = ()
