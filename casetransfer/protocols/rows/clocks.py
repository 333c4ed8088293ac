"""Ratings and timers: what starts a clock, how long it runs, how it counts."""

from typing import Literal

from casetransfer.protocols.rows.base import (
    Codes,
    Colour,
    Conditions,
    DurationText,
    Happening,
    Ordinal,
    Row,
    Strength,
    Strict,
    Weekday,
)


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
    ordinal: Ordinal | None = None
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
