"""Queueing what the protocol wants told, in the transaction of its cause."""

from datetime import datetime

from django.utils.timezone import localdate

from cases.actions.outbox import queue_notices
from cases.facts import facts_of
from cases.happenings import Happening
from cases.models import Case, Deadline, JournalEntry
from cases.protocol_notices import Called, called, channel_of, happenings_of, rows_for, wants_check
from casetransfer.protocols import Pack, pack_for
from casetransfer.protocols.rows import Notice as Row
from casetransfer.protocols.timers import CalendarError, clock_for
from teams.models import Team


def tell_of(*, entry: JournalEntry, subject: object, at: datetime) -> None:
    """What was just recorded calls for these notices. What nobody recorded (an import, the seed) is old news."""
    if entry.by_id is None:
        return
    case = entry.case
    receiving = getattr(subject, "receiving_team", None)
    _tell(case, happenings_of(entry, subject), at, receiving if isinstance(receiving, Team) else None)


def tell_of_ended(*, deadline: Deadline, at: datetime) -> None:
    """A clock ran out, or an age is reached: the clock itself calls for these."""
    on = "age_reached" if deadline.occasion == "birth" else "timer_ended"
    pack = pack_for(deadline.case.pack)
    timer = pack.timers.get(deadline.timer)
    of = timer.starts.of if timer and on == "age_reached" else deadline.timer
    _tell(deadline.case, [Happening(on, deadline.due_at, f"deadline:{deadline.pk}", of)], at, None)


def _tell(case: Case, happenings: list[Happening], at: datetime, receiving: Team | None) -> None:
    pairs = rows_for(pack_for(case.pack), happenings)
    if not pairs:
        return
    facts = facts_of(case, at)
    for one in called(case, pairs, facts, localdate(at), receiving=receiving):
        queue_called(case, facts.pack, one, at)


def queue_called(case: Case, pack: Pack, one: Called, at: datetime) -> None:
    """What the protocol's own row says, and a reference: whoever may know more opens the link."""
    row = one.row
    missing = (
        [f"Nobody was found for: {_named(pack, row)}. Please see that they hear it."[:300]] if one.nobody_found else []
    )
    for recipient in one.to:
        queue_notices(
            authority=case.authority_id, case=case, code=row.code, subject=case.reference,
            occasion=one.happening.occasion, title=f"{case.reference}: {row.what}"[:200], to=[recipient], at=at,
            channel=channel_of(row, recipient), lines=[*missing, *(line[:300] for line in row.content)],
            link=case.get_absolute_url(), pack=case.pack, version=pack.identity.version,
            clause=", ".join(row.clauses)[:200], must_act=row.strength == "must",
            act_by=_act_by(pack, row.timer, one.happening), wants_check=wants_check(recipient),
            on_behalf_of=" or ".join(pack.roles[code].name for code in row.sender if code in pack.roles)[:200],
        )  # fmt: skip


def _named(pack: Pack, row: Row) -> str:
    """Whom the protocol names, in words."""
    names = [pack.roles[code].name for to in row.to for code in to.role if code in pack.roles]
    names += [pack.teams[code].name for to in row.to for code in to.team if code in pack.teams]
    sides = [f"the {to.side} team" for to in row.to if to.side]
    return ", ".join(dict.fromkeys([*names, *sides]))


def _act_by(pack: Pack, timer: str, happening: Happening) -> datetime | None:
    row = pack.timers.get(timer)
    if row is None or not row.offset or row.starts.on != happening.on:
        return None
    try:
        return clock_for(pack, timer).due(happening.moment).due_at
    except CalendarError:
        return None
