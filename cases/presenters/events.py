"""The events of a case as rows, each with every date it had."""

from dataclasses import dataclass, replace
from itertools import pairwise

from cases import words
from cases.models import Attendee, Case, Event, EventDate
from cases.slots import CaseContext


@dataclass(frozen=True, slots=True)
class EventRow:
    pk: int
    name: str
    when: str
    place: str
    tag: str
    tag_colour: str
    outcome: str
    dates: tuple[str, ...]
    note: str
    people: str
    is_to_come: bool
    can_act: bool
    is_late: bool
    can_correct: bool


def event_row(event: Event, context: CaseContext, may_record: bool) -> EventRow:
    wrong = f"Corrected: {event.withdrawn_reason}" if event.withdrawn_at else ""
    cancelled = f"Cancelled: {event.cancelled_reason}" if event.cancelled_at else ""
    tag, colour = _tag(event, context)
    return EventRow(
        pk=event.pk,
        name=words.occasion(event),
        when=words.moment(event.when),
        place=event.place,
        tag=tag,
        tag_colour=colour,
        outcome=words.capital(words.label(event.outcome)) if event.is_held and event.outcome != "held" else "",
        dates=(),
        note=wrong or cancelled or event.detail,
        people="",
        is_to_come=event.is_planned,
        can_act=event.is_planned and may_record,
        is_late=event.is_planned and event.when < context.at,
        can_correct=may_record and event.withdrawn_at is None and event.cancelled_at is None,
    )


def _tag(event: Event, context: CaseContext) -> tuple[str, str]:
    if event.withdrawn_at:
        return "Corrected", "grey"
    if event.cancelled_at:
        return "Cancelled", "grey"
    if event.held_at:
        return ("Held", "green") if event.is_held else ("Adjourned", "orange")
    return ("Not recorded", "orange") if event.when < context.at else ("Planned", "blue")


def dates_of(case: Case) -> dict[int, list[EventDate]]:
    """Every date each event ever had, in the order they were written."""
    found: dict[int, list[EventDate]] = {}
    for date in EventDate.objects.filter(event__case=case).order_by("recorded_at", "pk"):
        found.setdefault(date.event_id, []).append(date)
    return found


def people_of(case: Case) -> dict[int, str]:
    """Who came to each event; of one to come, and where nobody has said it, who was asked."""
    found: dict[int, list[Attendee]] = {}
    for one in Attendee.objects.filter(event__case=case).order_by("name"):
        found.setdefault(one.event_id, []).append(one)
    return {event: in_words(attendees) for event, attendees in found.items()}


def in_words(attendees: list[Attendee]) -> str:
    """ "Came: Invented Chair. Did not come: Invented School Lead" """
    said = (("Came", True), ("Did not come", False), ("Asked to come", None))
    named = [(says, ", ".join(one.name for one in attendees if one.attended is came)) for says, came in said]
    return ". ".join(f"{says}: {names}" for says, names in named if names)


def events_of(context: CaseContext, may_record: bool) -> list[EventRow]:
    """Every event with every date it had: those to come first, then the newest."""
    record, rows = context.facts.record, []
    events = sorted([*record.events, *record.other_events], key=lambda event: event.when, reverse=True)
    dates, people = dates_of(context.case), people_of(context.case)
    for event in events:
        moved = tuple(
            f"Was planned for {words.moment(earlier.planned_at)}; moved: {later.reason}"
            for earlier, later in pairwise(dates.get(event.pk, ()))
        )
        rows.append(replace(event_row(event, context, may_record), dates=moved, people=people.get(event.pk, "")))
    return sorted(rows, key=lambda row: not row.is_to_come)
