"""Cards of clocks and papers: timers, checklists and their lines, notices, meetings."""

from collections.abc import Iterator

from casetransfer.protocol_pages.presenters.book import Book, Line, Part, part, said
from casetransfer.protocol_pages.presenters.moves import POLICY, attendance_line, when_part
from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.sentences import capital, plain, recipients, says_start

GATES = {
    "request": "asking for the transfer",
    "listing": "listing the case",
    "agreement": "the agreement",
    "meeting": "the meeting",
    "acceptance": "acceptance",
    "record_move": "the move in the record",
    "completion": "completing the transfer",
    "after": "after the move",
    "closure": "closing",
    "contact": "deciding the contact",
}
TIMER_KINDS = {
    "deadline": "Deadline",
    "backward": "Ahead of an event",
    "window": "Window",
    "look_back": "Looking back",
    "recurring": "Recurring",
    "age": "At an age",
    "gate": "At an event",
    "threshold": "Threshold",
    "ordering": "One thing before another",
    "immediate": "At once",
    "cutoff": "Cut-off before a meeting",
}
COUNTS = {
    "day_after_is_day_one": "The day after the start is day one.",
    "start_day_is_day_one": "The day of the start is day one.",
}
CHANNELS = {
    "email": "E-mail",
    "letter": "Letter",
    "task": "Task",
    "in_app": "In this service",
    "phone": "Telephone",
    "in_person": "In person",
    "record": "In the record",
}


def length(timer: rows.Timer) -> str:
    """The time allowed: "15 working days", "7 working days before", "no length of time is stated"."""
    if not timer.offset:
        return _weekly(timer) or f"{TIMER_KINDS[timer.kind]}: no length of time is stated"
    found = dict.fromkeys(str(Duration.parse(one)) for one in (timer.offset, *(o.offset for o in timer.or_from)) if one)
    words = " or ".join(found) + (", whichever ends sooner" if timer.or_from else "")
    if timer.kind == "recurring":
        return f"Every {words.removeprefix('1 ')}"
    return f"{words} before" if timer.kind in ("backward", "look_back", "cutoff") else words


def _weekly(timer: rows.Timer) -> str:
    at = f" at {timer.time}" if timer.time else ""
    return f"{capital(timer.weekday)}{at}" if timer.weekday else ""


def starts(book: Book, timer: rows.Timer) -> tuple[Line, ...]:
    every = [(timer.starts, timer.offset), *((other.starts, other.offset) for other in timer.or_from)]
    notes = (str(Duration.parse(offset)) if offset and len(every) > 1 else "" for _, offset in every)
    return tuple(
        Line(capital(says_start(book.pack, start)), note=note) for (start, _), note in zip(every, notes, strict=True)
    )


def timer_parts(book: Book, row: rows.Timer, *, full: bool) -> Iterator[Part]:
    back = row.kind in ("backward", "look_back", "cutoff")
    yield part("Time allowed", length(row))
    yield part("Counted back from" if back else "Counted from", starts(book, row))
    yield part("Kind", TIMER_KINDS[row.kind])
    yield part("How it counts", COUNTS[row.counts] if row.offset and "hour" not in row.offset else "")
    yield part("Met when", capital(says_start(book.pack, row.met_by)) if row.met_by else "")
    yield part("By", book.people(row.owed_by))
    yield when_part(book, row.when, "Only when")
    yield part("Due soon from", f"{Duration.parse(row.due_soon)} before" if row.due_soon else "")
    yield part("May pause", "Yes" if row.may_pause else "")
    yield part("Rating", (book.line(row.scale, row.colour or ""),) if row.scale else ())
    yield part("Meeting", book.lines((row.meeting,) if row.meeting else ()))


def checklist_parts(book: Book, row: rows.Checklist, *, full: bool) -> Iterator[Part]:
    yield part("Used for", capital(plain(row.used_for)))
    yield part("Lines", tuple(book.line(item.code, POLICY[item.policy]) for item in row.items))
    yield part("May be waived by", book.people(row.waived_by))
    yield part("Time to mend a gap", book.lines((row.mend_timer,) if row.mend_timer else ()))


def item_parts(book: Book, row: rows.Item, *, full: bool) -> Iterator[Part]:
    yield part("How strict", capital(POLICY[row.policy]))
    yield part("Wanted for", capital(GATES[row.gate]))
    yield part("By", book.people(row.who or (row.side,) if row.side != "other" else row.who))
    yield when_part(book, row.when, "Only when")
    yield part("May be waived by", book.people(row.waived_by if row.policy == "waivable" else ()))
    yield part("Choices", said(*(capital(plain(option)) for option in row.options)))
    yield part("After", book.lines((row.after_item,) if row.after_item else ()))
    yield part("Timer", book.lines((row.timer,) if row.timer else ()))
    holders = (held.code for held in book.pack.checklist if row in held.items)
    yield part("On the list", book.lines(holders))


def notice_parts(book: Book, row: rows.Notice, *, full: bool) -> Iterator[Part]:
    yield part("From", book.people(row.sender))
    yield part("To", said(*(capital(to) for to in recipients(book.pack, row))))
    yield part("When", capital(says_start(book.pack, row.starts)))
    yield part("How", CHANNELS[row.channel])
    yield part("What it says", said(*row.content))
    yield when_part(book, row.when, "Only when")
    yield part("Timer", book.lines((row.timer,) if row.timer else ()))


def meeting_parts(book: Book, row: rows.Meeting, *, full: bool) -> Iterator[Part]:
    at = f"{capital(row.weekday)}{f' at {row.time}' if row.time else ''}" if row.weekday else ""
    yield part("Also called", ", ".join(row.also_called))
    yield part("How often", ", ".join(words for words in (capital(row.cadence), at) if words))
    cutoff = f" at {row.cutoff_time}" if row.cutoff_time else ""
    yield part("The list closes", f"{capital(row.cutoff_weekday)}{cutoff}" if row.cutoff_weekday else "")
    yield part("Chaired by", book.people(row.chair))
    yield part("In the chair's absence", book.people(row.chair_if_absent))
    yield part("Who attends", tuple(attendance_line(book, attend) for attend in row.attends))
    yield part("What it decides", row.decides)
