"""What the engine is told of a contact, which routes it gives, and whether the child comes back within a window."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from cases.coming_back import Window, windows_after
from cases.facts import facts_of
from cases.models import Case, Contact
from casetransfer.protocols import Decision, FactError, Pack, decide, pack_for, read_facts
from casetransfer.protocols.durations import Duration


@dataclass(frozen=True, slots=True)
class ReReferralFound:
    """A child who comes back: the last case, and each window of the protocol with its last day."""

    case: Case
    closed_on: date
    team: str
    reason: str
    windows: tuple[Window, ...]
    came_on: date


def last_closed(contact: Contact) -> Case | None:
    if contact.child_id is None:
        return None
    closed = contact.child.cases.closed() if contact.child else Case.objects.none()
    return closed.select_related("child").order_by("-closed_at").first()


def rereferral(contact: Contact, at: datetime) -> ReReferralFound | None:
    """Whether the child was known before, and which windows of the protocol that closing opened."""
    case = last_closed(contact)
    if case is None or case.closed_at is None or case.closed_at > contact.received_at:
        return None
    closed_on, came_on = localdate(case.closed_at), localdate(contact.received_at)
    windows = windows_after(pack_for(case.pack), case.closed_at, facts_of(case, at).read(), "contact")
    ending = case.involvements.standing().responsible().filter(period__endswith=case.closed_at)
    line = ending.select_related("team").first()
    reason = case.get_closure_reason_display()
    return ReReferralFound(case, closed_on, line.team.name if line else "", reason, tuple(windows), came_on)


def facts_of_contact(contact: Contact, at: datetime) -> dict[str, Any]:
    """The record's facts of the child, where there is a case, and then what the contact itself says."""
    pack = pack_for(contact.authority.pack)
    case = contact.case or (contact.child.cases.held().first() if contact.child else None) or last_closed(contact)
    values: dict[str, Any] = (
        dict(facts_of(case, at).values) if case else {"previous_team": "none", "known_before": False}
    )
    values.setdefault("holder", "none")
    if contact.date_of_birth:
        values.setdefault("date_of_birth", contact.date_of_birth)
    if contact.team.code in pack.teams and contact.is_undecided:
        values["contact_at"] = contact.team.code
    said = {
        "tier": contact.tier, "contact_channel": contact.channel, "contact_outcome": contact.outcome,
        "reasons": contact.reasons,
    }  # fmt: skip
    return values | {name: value for name, value in said.items() if value}


def decision_on(contact: Contact, at: datetime) -> Decision:
    """What the protocol says of this contact now. A word the pack does not know counts as unknown."""
    pack, values = pack_for(contact.authority.pack), facts_of_contact(contact, at)
    try:
        facts = read_facts(values, pack, at)
    except FactError:
        facts = read_facts(
            {name: value for name, value in values.items() if _is_known(pack, name, value, at)}, pack, at
        )
    return decide(pack, facts)


def _is_known(pack: Pack, name: str, value: Any, at: datetime) -> bool:
    try:
        read_facts({name: value}, pack, at)
    except FactError:
        return False
    return True


def due_at(contact: Contact, colour: str, rated_at: datetime) -> datetime | None:
    """When the clock of a rating runs out. One that begins later (at the referral) has not begun."""
    pack, scale = pack_for(contact.authority.pack), contact.rating_scale
    rating = next((one for one in scale.ratings if one.colour == colour), None) if scale else None
    if rating is None or rating.limit is None:
        return None
    timer = pack.timers.get(rating.timer)
    begins = {"contact_recorded": contact.received_at, "contact_rated": rated_at}
    start = begins.get(timer.starts.on) if timer else contact.received_at
    length = Duration.parse(rating.limit)
    if start is None or length.unit != "hours":
        return None
    return start + timedelta(hours=length.count)
