"""The journey of a child as a drawing: a lane for each kind of thing, along one line of time. The same words stand in a
table beside it, so nobody needs the drawing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from cases import words
from cases.models import Event, Involvement, Part, Spell, SpellKind
from cases.records import Record
from casetransfer.calendars import MONTHS, add_months

ROW, GAP, LETTER = 24, 8, 7.2
LANES = ("Team", "Worker", "Status", "Orders", "Plans", "Meetings")
LANE_OF = {SpellKind.STATUS: "Status", SpellKind.LEGAL: "Orders", SpellKind.PROCEEDINGS: "Orders"}
LANE_OF |= {SpellKind.PLAN: "Plans", SpellKind.PLACEMENT: "Plans"}


@dataclass(frozen=True, slots=True)
class Frame:
    """`beside`: room for the names of the lanes on the left; where there is none, each stands above its lane."""

    width: int
    beside: int


WIDE, NARROW = Frame(640, 84), Frame(350, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One thing in a lane. A meeting has one day; what goes on has no last day."""

    lane: str
    says: str
    first: date
    last: date | None
    is_mark: bool = False
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: int
    width: float
    words: str
    title: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: int
    title: str
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    frame: Frame
    height: int
    names: tuple[Name, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    today: float


@dataclass(frozen=True, slots=True)
class Journey:
    """Two drawings of one journey, and the same as rows of words: lane, what, from, to."""

    wide: Picture
    narrow: Picture
    rows: tuple[tuple[str, str, str, str], ...]
    says: str


def drawn_journey(record: Record, today: date) -> Journey | None:
    """None where nothing has a date yet."""
    return journey_from(_stretches(record), today)


def journey_from(found: Iterable[Stretch], today: date) -> Journey | None:
    stretches = sorted(found, key=lambda one: (LANES.index(one.lane), one.first))
    if not stretches:
        return None
    first = min(one.first for one in stretches)
    last = max(today, *(one.last or one.first for one in stretches))
    rows = tuple((one.lane, one.says, words.day(one.first), _until(one)) for one in stretches)
    says = f"From {words.day(first)} to {words.day(last)}, {words.plural(len(stretches), 'thing')} on record."
    pictures = [_picture(stretches, first, last, today, frame) for frame in (WIDE, NARROW)]
    return Journey(pictures[0], pictures[1], rows, says)


def _until(one: Stretch) -> str:
    if one.is_mark:
        return "planned" if one.is_ahead else ""
    return words.day(one.last) if one.last else "now"


def _stretches(record: Record) -> Iterator[Stretch]:
    yield from (one for line in record.lines if line.case_id == record.case.pk for one in _of_line(line))
    yield from (one for spell in record.spells for one in _of_spell(spell))
    yield from (_of_event(event) for event in record.events)


def _of_line(line: Involvement) -> Iterator[Stretch]:
    first, last = localdate(line.started_at), localdate(line.ended_at) if line.ended_at else None
    if line.role == Part.RESPONSIBLE_TEAM:
        yield Stretch("Team", line.team.name, first, last)
    elif line.role == Part.ALLOCATED_SOCIAL_WORKER:
        yield Stretch("Worker", line.person.name if line.person else line.team.name, first, last)
    elif line.role == Part.DUTY:
        yield Stretch("Worker", "On duty", first, last)


def _of_spell(spell: Spell) -> Iterator[Stretch]:
    if lane := LANE_OF.get(SpellKind(spell.kind)):
        yield Stretch(lane, words.named(spell), spell.starts_on, spell.ends_on)


def _of_event(event: Event) -> Stretch:
    on = localdate(event.held_at or event.when)
    return Stretch("Meetings", words.occasion(event), on, on, is_mark=True, is_ahead=event.held_at is None)


@dataclass(frozen=True, slots=True)
class Scale:
    frame: Frame
    first: date
    days: int

    def x(self, on: date) -> float:
        room = self.frame.width - self.frame.beside - 16
        return round(self.frame.beside + 8 + room * (on - self.first).days / self.days, 1)


def _picture(stretches: list[Stretch], first: date, last: date, today: date, frame: Frame) -> Picture:
    scale = Scale(frame, first, max((last - first).days, 1))
    names, bars, marks, y = [], [], [], 4
    for lane in LANES:
        mine = [one for one in stretches if one.lane == lane]
        if not mine:
            continue
        if not frame.beside:
            y += 18
        names.append(Name(lane, y + (17 if frame.beside else -5)))
        for number, row in enumerate(_packed(mine, scale, today)):
            top = y + number * ROW
            bars += [_bar(one, scale, top, today) for one in row if not one.is_mark]
            marks += [Mark(scale.x(one.first), top + 10, _title(one), one.is_ahead) for one in row if one.is_mark]
        y += ROW * len(_packed(mine, scale, today)) + GAP
    return Picture(frame, y + 22, tuple(names), tuple(bars), tuple(marks), tuple(_ticks(scale, last)), scale.x(today))


def _packed(stretches: Iterable[Stretch], scale: Scale, today: date) -> list[list[Stretch]]:
    """As few rows as it takes for nothing to lie upon another."""
    rows: list[list[Stretch]] = []
    for one in stretches:
        fits = (row for row in rows if _right(row[-1], scale, today) <= scale.x(one.first) - (12 if one.is_mark else 0))
        row = next(fits, None)
        if row is None:
            rows.append([one])
        else:
            row.append(one)
    return rows


def _right(one: Stretch, scale: Scale, today: date) -> float:
    return scale.x(one.last or max(today, one.first)) + (12 if one.is_mark else 0)


def _bar(one: Stretch, scale: Scale, y: int, today: date) -> Bar:
    x, end = scale.x(one.first), scale.x(one.last or max(today, one.first))
    width = max(round(end - x, 1), 3)
    return Bar(x, y, width, _fitting(one.says, width), _title(one), one.last is None)


def _fitting(says: str, width: float) -> str:
    """As many letters as there is room for; none where it would be a stump."""
    room = int((width - 10) / LETTER)
    if len(says) <= room:
        return says
    return f"{says[: room - 1].rstrip()}\u2026" if room >= 5 else ""


def _title(one: Stretch) -> str:
    if one.is_mark:
        return f"{one.says}, {'planned for ' if one.is_ahead else ''}{words.day(one.first)}"
    return f"{one.says}, {words.day(one.first)} to {_until(one)}"


def _ticks(scale: Scale, last: date) -> Iterator[Tick]:
    """The first days of months, or of every third, sixth or twelfth, so that their names do not touch."""
    room = (scale.frame.width - scale.frame.beside) // 70
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if scale.days / 30.4 / step <= room), 120)
    on = add_months(scale.first.replace(day=1), 1)
    while (on.month - 1) % min(step, 12):
        on = add_months(on, 1)
    while on <= last - timedelta(days=3):
        if scale.x(on) < scale.frame.width - 50:
            yield Tick(scale.x(on), f"{MONTHS[on.month - 1][:3]} {on.year}")
        on = add_months(on, step)
