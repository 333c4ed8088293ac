"""Checklists, notices and meetings."""

from typing import Literal

from casetransfer.protocols.rows.base import Codes, Conditions, Policy, Row, Side, Strength, Strict, Weekday
from casetransfer.protocols.rows.clocks import Start
from casetransfer.protocols.rows.routes import Attendance


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
