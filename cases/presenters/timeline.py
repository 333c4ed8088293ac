"""The journey of a child through the case: everything with a date, newest first; and the history of the record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.timezone import make_aware

from cases import words
from cases.factors import in_words
from cases.models import ADJOURNED, Case, Event, Involvement, JournalEntry, Spell, SpellKind
from cases.records import Record

PAGE = 50
KINDS = {
    "event": "Meetings and hearings",
    "status": "Status",
    "legal": "Orders",
    "plan": "Plans and placements",
    "circumstance": "Circumstances",
    "involvement": "Teams and workers",
}
KIND_OF_SPELL = {SpellKind.PLACEMENT.value: "plan", SpellKind.PROCEEDINGS.value: "legal"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `was_wrong` lines were corrected and stay to be seen."""

    at: datetime
    when: str
    kind: str
    says: str
    detail: str = ""
    was_wrong: bool = False


def journey_of(record: Record, kind: str = "") -> list[Line]:
    """The whole journey with what was corrected, or one kind of thing in it."""
    mine = [line for line in record.lines if line.case_id == record.case.pk]
    lines = journey_lines([*record.events, *record.other_events], [*record.spells, *record.wrong_spells], mine)
    return [line for line in lines if line.kind == kind] if kind in KINDS else lines


def journey_lines(events: Iterable[Event], spells: Iterable[Spell], involvements: Iterable[Involvement]) -> list[Line]:
    """Where one team or worker took over from another, the end of the first goes without saying."""
    lines = [line for event in events for line in _of_event(event)]
    lines += [line for spell in spells for line in _of_spell(spell)]
    involvements = list(involvements)
    taken_over = {(line.role, line.started_at) for line in involvements}
    lines += [line for involvement in involvements for line in _of_involvement(involvement, taken_over)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody wrote down; `happened` where that was another moment."""

    when: str
    says: str
    clause: str
    who: str
    happened: str


def history_of(case: Case, page: int) -> tuple[list[Entry], bool]:
    """Who wrote down what, newest first; and whether there is more."""
    found = [_entry(entry) for entry in case.journal.select_related("by")[(page - 1) * PAGE : page * PAGE + 1]]
    return found[:PAGE], len(found) > PAGE


def _entry(entry: JournalEntry) -> Entry:
    happened = words.moment(entry.at) if abs((entry.recorded_at - entry.at).total_seconds()) >= 60 else ""
    who = entry.by.name if entry.by else "The system"
    return Entry(words.moment(entry.recorded_at), entry.says, entry.clause, who, happened)


def _of_event(event: Event) -> Iterator[Line]:
    name = words.occasion(event)
    wrong = bool(event.withdrawn_at)
    why = f"Corrected: {event.withdrawn_reason}" if wrong else ""
    if event.held_at:
        decided = f": {words.label(event.outcome)}" if event.outcome and event.outcome != "held" else ""
        held = "adjourned" if event.outcome == ADJOURNED else f"held{decided}"
        yield Line(event.held_at, words.moment(event.held_at), "event", f"{name} {held}", why or event.detail, wrong)
    elif event.cancelled_at:
        planned = words.moment(event.when)
        yield Line(event.when, planned, "event", f"{name} cancelled", event.cancelled_reason, wrong)
    else:
        yield Line(event.when, words.moment(event.when), "event", f"{name} planned", why or event.place, wrong)


def _of_spell(spell: Spell) -> Iterator[Line]:
    kind = KIND_OF_SPELL.get(spell.kind, spell.kind)
    wrong = bool(spell.withdrawn_at)
    why = f"Corrected: {spell.withdrawn_reason}" if wrong else spell.detail
    name = words.named(spell)
    if spell.kind == SpellKind.CIRCUMSTANCE:  # "Homeless: yes" says it; "Homeless: yes began" would not
        began, ended = name, f"{name}, until this day"
    else:
        began, ended = f"{name} began", f"{name} ended"
    yield Line(_start_of(spell.starts_on), words.day(spell.starts_on), kind, began, why, wrong)
    if spell.ends_on:
        found = f"Factors: {in_words(spell.factors)}" if spell.factors and not wrong else why
        yield Line(_start_of(spell.ends_on), words.day(spell.ends_on), kind, ended, found, wrong)


def _of_involvement(line: Involvement, taken_over: set[tuple[str, datetime]]) -> Iterator[Line]:
    who = f"{line.person.name}, {line.team.name}" if line.person else line.team.name
    part = line.get_role_display().lower()
    yield Line(line.started_at, words.moment(line.started_at), "involvement", f"{who}: now {part}")
    if line.ended_at and (line.role, line.ended_at) not in taken_over:
        yield Line(line.ended_at, words.moment(line.ended_at), "involvement", f"{who}: no longer {part}")


def _start_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def page_number(words: str | None) -> int:
    """The page an address asks for; the first where it asks for nonsense."""
    return max(1, int(words)) if words and words.isdigit() and len(words) < 7 else 1
