"""The day on which a case closes, where the last hand writes down a closing of some days ago.

It is never before all other hands had done their part, and never before anything that was done with the child."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.timezone import localdate, make_aware

from cases import words
from cases.models import Contact
from closures.models import Closure
from teams.refusals import Gap

END_OF_DAY = time(23, 59)


def closing_moment(closed_on: date | None, at: datetime) -> datetime:
    """Now, or the end of an earlier day: whatever was done on that day was done before the closing."""
    if closed_on is None or closed_on >= localdate(at):
        return at
    return make_aware(datetime.combine(closed_on, END_OF_DAY))


def day_gaps(closure: Closure, closed_on: date | None, at: datetime) -> list[Gap]:
    """Why the case cannot have closed on that day (8565: activity after the closing)."""
    if closed_on is None or closed_on == localdate(at):
        return []
    if closed_on > localdate(at):
        return [Gap("The closing day cannot be in the future.", field="closed_on")]
    came = localdate(closure.waiting_since)
    if closed_on < came:
        says = f"The closing came to its last hand on {words.day(came)}: the case cannot have closed before."
        return [Gap(says, field="closed_on")]
    return [Gap(says, field="closed_on") for says in _done_after(closure, closed_on)]


def _done_after(closure: Closure, day: date) -> Iterator[str]:
    case, end = closure.case, make_aware(datetime.combine(day, END_OF_DAY))
    for event in case.events.held().filter(held_at__gt=end).order_by("held_at"):
        name, when = words.capital(words.event(event.kind, event.ordinal)), words.moment(event.when)
        yield f"{name} was held on {when}, after that day (census 8565)."
    for spell in case.spells.standing().filter(Q(starts_on__gt=day) | Q(ends_on__gt=day)):
        verb, on = ("ended", spell.ends_on) if spell.ends_on and spell.starts_on <= day else ("began", spell.starts_on)
        yield f"{words.named(spell)} {verb} on {words.day(on)}, after that day (census 8565)."
    changed = case.involvements.standing().filter(Q(period__startswith__gt=end) | Q(period__endswith__gt=end))
    if changed.exists():
        yield "Who holds or works the case changed after that day."
    for contact in Contact.objects.filter(child=case.child_id, received_at__gt=end).order_by("received_at"):
        came = words.moment(contact.received_at)
        yield f"Contact {contact.reference} came in on {came}, after that day (census 8565)."
