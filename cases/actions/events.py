"""Booking, moving, holding, cancelling and correcting events."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from cases import consequences, guards, words
from cases.actions.journal import add_journal
from cases.actions.ledger import lock
from cases.actions.rows import save
from cases.models import ADJOURNED, Attendee, Case, Event, EventDate, Spell
from cases.permissions import check_can_record
from teams.models import Person
from teams.refusals import Gap, refuse_if

CORRECTABLE = ("kind", "ordinal", "planned_at", "held_at", "outcome", "place", "detail")


@transaction.atomic
def record_event(
    *, case: Case, kind: str, by: Person | None, at: datetime, planned_at: datetime | None = None,
    held_at: datetime | None = None, outcome: str = "", ordinal: int | None = None, place: str = "",
    detail: str = "", attendees: Iterable[str] = (), earlier_elsewhere: bool = False,
) -> Event:  # fmt: skip
    """Book an event, or write down one that was held without having been booked here. `earlier_elsewhere`: those
    before it (the first review, say) were held under another record."""
    case = lock(case)
    check_can_record(by, case)
    refuse_if(guards.open_gaps(case))
    event = Event(
        case=case, kind=kind, planned_at=planned_at, held_at=held_at, outcome=outcome, place=place, detail=detail,
        ordinal=ordinal or guards.next_ordinal(case, kind, held_at or planned_at), recorded_at=at, recorded_by=by,
    )  # fmt: skip
    refuse_if(guards.event_gaps(event, case, at, earlier_elsewhere=earlier_elsewhere))
    if held_at:
        event.held_recorded_at, event.held_recorded_by = at, by
    save(event, by)
    if planned_at:
        EventDate.objects.create(event=event, planned_at=planned_at, recorded_at=at, recorded_by=by)
    for name in dict.fromkeys(attendees):
        Attendee.objects.create(event=event, name=name, attended=True if held_at else None)
    if not held_at:
        says = f"{words.occasion(event)} booked for {words.moment(event.when)}."
        add_journal(case, "event_booked", says, by=by, at=at, subject=event, event=event.kind)
        return event
    _follow(event, by, at)
    _tell_held(event, by, at)
    return event


@transaction.atomic
def move_event(*, event: Event, planned_at: datetime, reason: str, by: Person | None, at: datetime) -> Event:
    """A booked event gets another date. Both dates stay, with the reason."""
    event, case = _lock(event)
    check_can_record(by, case)
    gaps = guards.open_gaps(case) + guards.still_planned_gaps(event)
    gaps += [] if reason.strip() else [Gap("Say why it is moved.", field="reason")]
    if event.planned_at == planned_at:
        gaps.append(Gap("This is the date it has already.", field="planned_at"))
    before, event.planned_at = event.planned_at, planned_at
    refuse_if(gaps or guards.event_gaps(event, case, at, earlier_elsewhere=True))
    save(event, by)
    EventDate.objects.create(event=event, planned_at=planned_at, reason=reason.strip(), recorded_at=at, recorded_by=by)
    was = f" from {words.moment(before)}" if before else ""
    says = f"{words.occasion(event)} moved{was} to {words.moment(planned_at)}: {reason.strip()}"
    add_journal(case, "event_moved", says, by=by, at=at, subject=event, event=event.kind)
    return event


@transaction.atomic
def record_event_held(
    *, event: Event, held_at: datetime, by: Person | None, at: datetime, outcome: str = "",
    next_planned_at: datetime | None = None, detail: str = "", attended: Iterable[str] = (),
) -> Event:  # fmt: skip
    """An event took place, with what it decided. An adjourned one goes on as another, if its date is known. Where
    somebody says who came, those who were asked and are not named did not; who came unasked is added."""
    event, case = _lock(event)
    check_can_record(by, case)
    refuse_if(guards.open_gaps(case) + guards.still_planned_gaps(event))
    event.held_at, event.outcome, event.detail = held_at, outcome, detail or event.detail
    gaps = guards.event_gaps(event, case, at, earlier_elsewhere=True)
    if next_planned_at and outcome != ADJOURNED:
        gaps.append(Gap("Only an adjourned event goes on at another date.", field="next_planned_at"))
    if next_planned_at and next_planned_at <= held_at:
        gaps.append(Gap("The next date must be after the day it was adjourned.", field="next_planned_at"))
    refuse_if(gaps)
    event.held_recorded_at, event.held_recorded_by = at, by
    save(event, by)
    _came(event, list(dict.fromkeys(attended)))
    _follow(event, by, at)
    if next_planned_at:
        _go_on(event, next_planned_at, by, at)
    _tell_held(event, by, at)
    return event


def _came(event: Event, names: list[str]) -> None:
    if not names:
        return
    asked = {one.name: one for one in event.attendees.all()}
    for name, one in asked.items():
        one.attended = name in names
        one.save()
    for name in names:
        if name not in asked:
            Attendee.objects.create(event=event, name=name, attended=True)


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: Person | None, at: datetime) -> Event:
    """A booked event will not take place."""
    event, case = _lock(event)
    check_can_record(by, case)
    gaps = guards.open_gaps(case) + guards.still_planned_gaps(event)
    refuse_if(gaps + ([] if reason.strip() else [Gap("Say why it is cancelled.", field="reason")]))
    event.cancelled_at, event.cancelled_by, event.cancelled_reason = at, by, reason.strip()
    save(event, by)
    says = f"{words.occasion(event)} of {words.moment(event.when)} cancelled: {reason.strip()}"
    add_journal(case, "event_cancelled", says, by=by, at=at, subject=event, event=event.kind)
    return event


@transaction.atomic
def correct_event(*, event: Event, changes: Mapping[str, Any], reason: str, by: Person | None, at: datetime) -> Event:
    """Something about an event was recorded wrongly. The wrong one is withdrawn and stays to be seen; the right one
    takes its place, and what the wrong outcome started or ended is taken back. To say that it was not held at all:
    changes={"held_at": None, "outcome": ""}."""
    event, case = _lock(event)
    check_can_record(by, case)
    gaps = guards.open_gaps(case)
    gaps += [] if reason.strip() else [Gap("Say why this is corrected.", field="reason")]
    gaps += [Gap("This has been corrected already.")] if event.withdrawn_at or event.cancelled_at else []
    gaps += [Gap(f"{words.capital(name)} cannot be corrected.") for name in changes.keys() - set(CORRECTABLE)]
    refuse_if(gaps)
    right = Event(case=case, recorded_at=at, recorded_by=by, replaces=event, continues=event.continues)
    for name in CORRECTABLE:
        setattr(right, name, changes.get(name, getattr(event, name)))
    event.withdrawn_at, event.withdrawn_by, event.withdrawn_reason = at, by, reason.strip()
    save(event, by)
    refuse_if(guards.event_gaps(right, case, at, earlier_elsewhere=True))
    if right.held_at:
        right.held_recorded_at, right.held_recorded_by = at, by
    save(right, by)
    if right.planned_at:
        EventDate.objects.create(event=right, planned_at=right.planned_at, recorded_at=at, recorded_by=by)
    for one in event.attendees.all():
        came = one.attended if right.held_at else None
        Attendee.objects.create(event=right, person=one.person, name=one.name, part=one.part, attended=came)
    _take_back(event, by, at, reason.strip())
    _follow(right, by, at)
    add_journal(
        case, "event_corrected", _corrected_says(event, right, reason), by=by, at=at, subject=right, event=right.kind
    )
    return right


@transaction.atomic
def withdraw_event(*, event: Event, reason: str, by: Person | None, at: datetime) -> Event:
    """An event was recorded that does not belong to this child at all."""
    event, case = _lock(event)
    check_can_record(by, case)
    gaps = guards.open_gaps(case)
    gaps += [Gap("This has been corrected already.")] if event.withdrawn_at else []
    refuse_if(gaps + ([] if reason.strip() else [Gap("Say why this is withdrawn.", field="reason")]))
    event.withdrawn_at, event.withdrawn_by, event.withdrawn_reason = at, by, reason.strip()
    save(event, by)
    _take_back(event, by, at, reason.strip())
    says = f"{words.occasion(event)} of {words.moment(event.when)} was recorded by mistake: {reason.strip()}"
    add_journal(case, "event_withdrawn", says, by=by, at=at, subject=event, event=event.kind)
    return event


def _lock(event: Event) -> tuple[Event, Case]:
    case = lock(event.case)
    fresh = Event.objects.select_related("continues").get(pk=event.pk)
    fresh.case = case
    return fresh, case


def _tell_held(event: Event, by: Person | None, at: datetime) -> None:
    decided = f": {words.label(event.outcome)}" if event.outcome and event.outcome != "held" else ""
    says = f"{words.occasion(event)} held on {words.moment(event.when)}{decided}."
    add_journal(
        event.case, "event_held", says, by=by, at=at, happened_at=event.held_at, subject=event, event=event.kind,
        outcome=event.outcome,
    )  # fmt: skip


def _corrected_says(wrong: Event, right: Event, reason: str) -> str:
    was = f"{words.moment(wrong.when)}, {words.label(wrong.outcome) or 'not held'}"
    now_is = f"{words.moment(right.when)}, {words.label(right.outcome) or ('held' if right.held_at else 'not held')}"
    return f"{words.occasion(right)} corrected from {was} to {now_is}: {reason.strip()}"


def _go_on(event: Event, planned_at: datetime, by: Person | None, at: datetime) -> None:
    following = Event(
        case=event.case, kind=event.kind, ordinal=event.ordinal, planned_at=planned_at, place=event.place,
        continues=event, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    save(following, by)
    EventDate.objects.create(event=following, planned_at=planned_at, reason="Adjourned", recorded_at=at, recorded_by=by)


def _follow(event: Event, by: Person | None, at: datetime) -> None:
    """What the outcome makes true by law starts or ends on the day it was held."""
    if not event.held_at:
        return
    follows, on = consequences.of(event.kind, event.outcome), localdate(event.held_at)
    running = {(spell.kind, spell.code): spell for spell in event.case.spells.standing().open_ended()}
    for ended in follows.ends:
        if (spell := running.get(ended)) and spell.starts_on <= on:
            spell.ends_on, spell.ended_by_event = on, event
            save(spell, by)
    for kind, code in follows.starts:
        if (kind, code) not in running:
            _end_track(running, kind, on, event, by)
            spell = Spell(
                case=event.case, kind=kind, code=code, starts_on=on, recorded_at=at, recorded_by=by,
                started_by_event=event,
            )  # fmt: skip
            save(spell, by)


def _end_track(running: Mapping[Any, Spell], kind: str, on: Any, event: Event, by: Person | None) -> None:
    """Proceedings have one stage at a time: the one before ends."""
    for (other, _), spell in running.items():
        if kind == other == "proceedings" and spell.starts_on <= on:
            spell.ends_on, spell.ended_by_event = on, event
            save(spell, by)


def _take_back(event: Event, by: Person | None, at: datetime, reason: str) -> None:
    for spell in event.spells_started.filter(withdrawn_at=None):
        spell.withdrawn_at, spell.withdrawn_by, spell.withdrawn_reason = at, by, reason
        save(spell, by)
    for spell in event.spells_ended.filter(withdrawn_at=None):
        spell.ends_on, spell.ended_by_event = None, None
        save(spell, by)
