"""Queueing what the protocol wants told, in the transaction of its cause."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from cases.actions.outbox import queue_notices
from cases.contacts.knowledge import decision_on
from cases.facts import facts_of
from cases.happenings import Happening, of_contact, of_notices
from cases.models import Case, ClockRun, Contact, Deadline, JournalEntry, Notice
from cases.protocol_notices import (
    OF_CONTACT,
    Called,
    called,
    called_by,
    channel_of,
    codes_that_follow,
    ends_of,
    happenings_of,
    rows_for,
    starts,
    wants_check,
)
from casetransfer.protocols import Pack, authorities, pack_for
from casetransfer.protocols.rows import Notice as Row
from casetransfer.protocols.timers import CalendarError, clock_for
from teams.models import Person, Team

FOUND_BY_THE_CLOCK = frozenset({"transfer_delayed", "dispute_escalated", "worker_left"})
GIVEN = "follow-ons"
LOOKS_BACK, AT_FIRST = timedelta(minutes=10), timedelta(days=2)


def tell_of(*, entry: JournalEntry, subject: object, at: datetime) -> None:
    """What was just recorded calls for these notices. What nobody recorded (an import, the seed) is old news, but for
    what the clock itself finds."""
    if entry.by_id is None and entry.kind not in FOUND_BY_THE_CLOCK:
        return
    receiving = getattr(subject, "receiving_team", None)
    _tell(entry.case, happenings_of(entry, subject), at, receiving if isinstance(receiving, Team) else None)


def tell_of_ended(*, deadline: Deadline, at: datetime) -> None:
    """A clock ran out, or an age is reached: the clock itself calls for these."""
    _tell(deadline.case, ends_of(deadline, pack_for(deadline.case.pack)), at, None)


def to_tell_of(*, contact: Contact, by: Person | None, at: datetime) -> Callable[..., None]:
    """What the protocol says of a contact is asked before anything is done with it; the answer queues, once it is
    done, what is to be told of it so far: that it came in, how it is rated, what was decided, and what else happened.
    Each is told once, however often this is asked."""
    pack = pack_for(contact.authority.pack)
    if by is None or not starts(pack, OF_CONTACT | {"worker_absent", "person_acts"}):
        return lambda *more: None
    decision = decision_on(contact, at)

    def tell(*more: Happening) -> None:
        pairs = rows_for(pack, [*of_contact(contact), *more])
        for one in called_by(contact, pairs, decision, localdate(at)):
            queue_called(contact.case, pack, one, at, contact=contact)

    return tell


@transaction.atomic
def tell_of_given(*, at: datetime) -> int:
    """Once a notice is given, others are to hear as well: a copy, a further request. Answers how many had followers
    that nobody had been told of. Safe to run twice."""
    followers = codes_that_follow(pack_for(authority) for authority in authorities())
    last = ClockRun.objects.filter(pk=GIVEN).values_list("ended_at", flat=True).first()
    given = Notice.objects.given_by(at).filter(code__in=followers, case__isnull=False)
    given = given.filter(sent_at__gt=last - LOOKS_BACK if last else at - AT_FIRST)
    given = given.select_related("case__child", "case__authority").order_by("sent_at", "pk")
    by_case: dict[int, list[Notice]] = {}
    for notice in given:
        by_case.setdefault(notice.case_id or 0, []).append(notice)
    codes = {row.code for rows in followers.values() for row in rows}
    told = set(Notice.objects.filter(case__in=by_case, code__in=codes).values_list("case", "occasion"))
    number = 0
    for pk, notices in by_case.items():
        new = [one for one in of_notices(notices) if (pk, one.occasion) not in told]
        number += len(new)
        assert notices[0].case is not None
        _tell(notices[0].case, new, at, None)
    ClockRun.objects.update_or_create(work=GIVEN, defaults={"ended_at": at})
    return number


def _tell(case: Case, happenings: list[Happening], at: datetime, receiving: Team | None) -> None:
    pairs = rows_for(pack_for(case.pack), happenings)
    if not pairs:
        return
    facts = facts_of(case, at)
    for one in called(case, pairs, facts, localdate(at), receiving=receiving):
        queue_called(case, facts.pack, one, at)


def queue_called(case: Case | None, pack: Pack, one: Called, at: datetime, *, contact: Contact | None = None) -> None:
    """What the protocol's own row says, and a reference: whoever may know more opens the link."""
    row, about = one.row, contact or case
    assert about is not None
    missing = (
        [f"Nobody was found for: {_named(pack, row)}. Please see that they hear it."[:300]] if one.nobody_found else []
    )
    for recipient in one.to:
        queue_notices(
            authority=about.authority_id, case=case, code=row.code, subject=about.reference,
            occasion=one.happening.occasion, title=f"{about.reference}: {row.what}"[:200], to=[recipient], at=at,
            channel=channel_of(row, recipient), lines=[*missing, *(line[:300] for line in row.content)],
            link=about.get_absolute_url(), pack=pack.authority, version=pack.identity.version,
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
