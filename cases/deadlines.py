"""Which clocks run in a case, and when each is due: the pack's timers applied to what happened. Pure: the record, the
facts and the calendar are given; nothing is read and nothing is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import chain

from django.utils.timezone import localdate, make_aware

from cases import words
from cases.happenings import Happening
from casetransfer.calendars import CalendarError, WorkingCalendar
from casetransfer.protocols import Decision, Facts, Pack
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.pack import ById
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import NO, UNKNOWN, YES, Answer
from casetransfer.protocols.rows import Start, Timer
from casetransfer.protocols.timers import Clock, Due, TimerError, clock_for

OWED = frozenset({"deadline", "backward", "recurring", "cutoff", "gate"})
"""Clocks by which somebody must have done something. The others only mark a moment: an age, the end of a window."""

BACKWARD = frozenset({"backward", "cutoff", "look_back"})
SOON_AT_MOST, SOON_AT_LEAST = timedelta(days=10), timedelta(days=1)


SETTLED, DOES_NOT_APPLY = "timer_settled", "does not apply"
"""What a room above says of a clock: `of` it was done, or it does not apply (the value). `also` holds what it `says`,
when it was `done_at`, and `until` when it speaks of clocks that are counted back from an event."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What met a deadline; or what says that it does not apply after all."""

    at: datetime
    says: str
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Computed:
    """One clock as it should stand in the record. `is_certain`: whether the facts say that it applies; otherwise an
    unknown fact decides, and nobody is chased for it."""

    timer: Timer
    occasion: str
    replaces: str
    starts_at: datetime
    due_at: datetime
    due_soon_at: datetime | None
    is_certain: bool
    due: Due
    met: Evidence | None = None

    @property
    def is_owed(self) -> bool:
        return self.timer.kind in OWED or self.timer.met_by is not None


@dataclass(frozen=True, slots=True)
class Beyond:
    """One clock that runs and has no date yet: it would end on days of which the bank holidays are not known."""

    timer: Timer
    starts_at: datetime
    why: str


@lru_cache(maxsize=64)
def calendar_with(closures: frozenset[date]) -> WorkingCalendar:
    """England's working days without an authority's own closure days; built once for each set of them."""
    return WorkingCalendar(closures=closures)


@dataclass(frozen=True, slots=True)
class Clocks:
    """A pack's timers ready to be computed with one calendar, by what starts them."""

    pack: Pack
    calendar: WorkingCalendar
    by_start: Mapping[str, tuple[tuple[Timer, Clock], ...]]

    @property
    def needs_routes(self) -> bool:
        return any(timer.routes for timer in self.pack.timer)


@lru_cache(maxsize=64)
def clocks_of(pack_key: ById, calendar: WorkingCalendar) -> Clocks:
    pack = pack_key.pack
    by_start: dict[str, list[tuple[Timer, Clock]]] = {}
    for timer in pack.timer:
        ways = (timer.starts, *(other.starts for other in timer.or_from))
        clock = _clock(pack, timer, calendar)
        if clock:
            for on in {start.on for start in ways}:
                by_start.setdefault(on, []).append((timer, clock))
    return Clocks(pack, calendar, {on: tuple(ready) for on, ready in by_start.items()})


def _clock(pack: Pack, timer: Timer, calendar: WorkingCalendar) -> Clock | None:
    """Timers without a number are shown on the protocol's pages and never computed; a cycle is no child's clock."""
    is_counted = timer.offset or timer.kind == "cutoff" or any(other.offset for other in timer.or_from)
    if not is_counted or timer.starts.on == "cycle":
        return None
    try:
        return clock_for(pack, timer.code, calendar=calendar)
    except TimerError:
        return None


def compute(
    clocks: Clocks, happenings: list[Happening], facts: Facts, decision: Callable[[], Decision], since: datetime,
) -> list[Computed]:  # fmt: skip
    """Every clock of this case that has a date. `since`: the opening; what was due before it was never this case's."""
    return work_out(clocks, happenings, facts, decision, since)[0]


def work_out(
    clocks: Clocks, happenings: list[Happening], facts: Facts, decision: Callable[[], Decision], since: datetime,
) -> tuple[list[Computed], list[Beyond]]:  # fmt: skip
    """Every clock of this case, and those that cannot be worked out yet."""
    by_on: dict[str, list[Happening]] = {}
    for happening in happenings:
        by_on.setdefault(happening.on, []).append(happening)
    every = list(_of_starts(clocks, by_on, facts, decision, since))
    found = [one for one in every if isinstance(one, Computed)]
    ended = [Happening("timer_ended", one.due_at, f"{one.timer.code}/{one.occasion}", one.timer.code) for one in found]
    if ended and "timer_ended" in clocks.by_start:
        every += _of_starts(clocks, by_on | {"timer_ended": ended}, facts, decision, since, only="timer_ended")
    return [one for one in every if isinstance(one, Computed)], [one for one in every if isinstance(one, Beyond)]


def _of_starts(
    clocks: Clocks, by_on: Mapping[str, list[Happening]], facts: Facts, decision: Callable[[], Decision],
    since: datetime, only: str = "",
) -> Iterator[Computed | Beyond]:  # fmt: skip
    ready = {
        timer.code: (timer, clock) for on in ([only] if only else by_on) for timer, clock in clocks.by_start.get(on, ())
    }
    for timer, clock in ready.values():
        if only and timer.starts.on != only:
            continue
        begun = list(_beginnings(timer, by_on))
        applies = _applies(clocks.pack, timer, facts) if begun else NO
        for happening in begun:
            answer = _on_route(clocks.pack, timer, happening, decision) if applies is not NO else NO
            if answer is not NO:
                one = _computed(timer, clock, happening, by_on, is_certain=applies is answer is YES)
                if one and (one.starts_at if isinstance(one, Beyond) else one.due_at) >= since:
                    yield one


def _beginnings(timer: Timer, by_on: Mapping[str, list[Happening]]) -> Iterator[Happening]:
    """Each occasion on which the clock starts: of its own start, else of the other starts it may have."""
    own = [one for one in by_on.get(timer.starts.on, ()) if _starts(timer, timer.starts, one)]
    if own:
        yield from own
    else:
        others = (
            one
            for other in timer.or_from
            for one in by_on.get(other.starts.on, ())
            if _starts(timer, other.starts, one)
        )
        yield from {one.occasion: one for one in others}.values()


def _starts(timer: Timer, start: Start, happening: Happening) -> bool:
    if start.on == "age_reached":
        wants = "expected birth" if _is_of_pregnancy(timer) else "birth"
        return happening.on == "age_reached" and happening.of == wants
    return happening.is_a(start)


def _is_of_pregnancy(timer: Timer) -> bool:
    return bool(timer.offset) and Duration.parse(timer.offset or "").is_gestation


@cache
def _conditions(key: ById, code: str) -> Callable[[Facts], Answer]:
    engine = engine_for(key.pack)
    return engine.holds_for(engine.tables(key.pack.timers[code].when))


def _applies(pack: Pack, timer: Timer, facts: Facts) -> Answer:
    return _conditions(ById(pack), timer.code)(facts) if timer.when else YES


def _on_route(pack: Pack, timer: Timer, happening: Happening, decision: Callable[[], Decision]) -> Answer:
    """A clock of certain routes runs where the case is on one of them, or may be."""
    if not timer.routes:
        return YES
    named = set(pack.routes_named(timer.routes))
    if happening.route:
        return YES if happening.route in named else NO
    found = decision()
    if any(route.code in named for route in found.recommended):
        return YES
    return UNKNOWN if any(route.code in named for route in found.possible) else NO


def _computed(
    timer: Timer, clock: Clock, happening: Happening, by_on: Mapping[str, list[Happening]], *, is_certain: bool
) -> Computed | Beyond | None:
    own = happening.moment if _starts(timer, timer.starts, happening) else None
    others = [_other(timer, other.starts, by_on, happening.moment) for other in timer.or_from]
    try:
        due = clock.due(own, others)
    except CalendarError as error:
        return Beyond(timer, happening.moment, str(error))
    if due.due_at is None:
        return None
    due_soon_at = _due_soon(timer, due, happening.moment, clock.calendar)
    met = _met(timer, happening, by_on)
    return Computed(
        timer, happening.occasion, happening.replaces, happening.moment, due.due_at, due_soon_at, is_certain, due, met
    )


def _other(timer: Timer, start: Start, by_on: Mapping[str, list[Happening]], own: datetime) -> datetime | None:
    """The first such thing after the clock's own start ("the next review"), else the last one before it."""
    moments = [one.moment for one in by_on.get(start.on, ()) if _starts(timer, start, one)]
    return next((moment for moment in moments if moment >= own), moments[-1] if moments else None)


def _met(timer: Timer, begun: Happening, by_on: Mapping[str, list[Happening]]) -> Evidence | None:
    """The first thing that met it. What had to be done before an event may have been done at any time before."""
    if timer.met_by is None:
        return _settled(timer, begun, by_on)
    candidates: Iterable[Happening] = by_on.get(timer.met_by.on, ())
    for one in candidates:
        is_after = one.moment >= begun.moment or timer.kind in BACKWARD
        is_itself = one.occasion == begun.occasion and one.on == begun.on
        if is_after and not is_itself and one.is_a(timer.met_by):
            return Evidence(one.moment, words.capital(words.label(one.on)))
    return _settled(timer, begun, by_on)


def _settled(timer: Timer, begun: Happening, by_on: Mapping[str, list[Happening]]) -> Evidence | None:
    """What somebody said of it elsewhere: since the day on which it began, or before the event it is counted back
    from while that was still ahead."""
    day = localdate(begun.moment)
    for one in by_on.get(SETTLED, ()):
        until = one.also["until"]
        is_back = timer.kind in BACKWARD and (until is None or begun.moment <= until)
        if one.of == timer.code and (is_back or localdate(one.moment) >= day):
            return Evidence(one.also["done_at"], one.also["says"], applies=one.value != DOES_NOT_APPLY)
    return None


def _due_soon(timer: Timer, due: Due, starts_at: datetime, calendar: WorkingCalendar | None) -> datetime | None:
    """Where the pack states no length: the last fifth of the time, between a day and ten days; a quarter of hours."""
    assert due.due_at is not None
    if timer.due_soon:
        return _before(due, Duration.parse(timer.due_soon), calendar)
    length = abs(due.due_at - starts_at)
    if due.due_on is None:
        return due.due_at - length / 4
    return due.due_at - min(SOON_AT_MOST, max(SOON_AT_LEAST, length / 5))


def _before(due: Due, length: Duration, calendar: WorkingCalendar | None) -> datetime | None:
    assert due.due_at is not None
    if length.unit == "hours":
        return due.due_at - timedelta(hours=length.count)
    day = due.due_at.date()
    if length.unit == "working days" and calendar:
        try:
            day = calendar.subtract_working_days(day, length.count)
        except CalendarError:
            return None
    else:
        day -= timedelta(days=length.count * (30 if length.unit == "months" else 1))
    return make_aware(datetime.combine(day, time()))


def all_happenings(*groups: Iterable[Happening]) -> list[Happening]:
    return sorted(chain(*groups), key=lambda one: one.moment)
