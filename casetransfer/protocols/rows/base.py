"""What every row of a pack carries, and the words that rows share."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

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


Ordinal = Literal[1, 2, 3]  # the first, second or third event of its kind
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
