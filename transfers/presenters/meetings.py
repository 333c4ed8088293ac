"""The transfer meetings and their lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from icalendar import Calendar, Event

from cases import words
from cases.models import Case
from cases.models.scope import must_not_see
from casetransfer.protocols import Pack, pack_for, rows
from casetransfer.protocols.plans import engine_for
from teams.models import Person
from transfers.brief import desk_of
from transfers.ladder import next_meeting
from transfers.machine import State
from transfers.models import MeetingItem, RadarEntry, Transfer, TransferMeeting
from transfers.presenters.people import who_in_words

MOST = 200
LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    pk: int
    name: str
    when: str
    list_open: str
    listed: int
    undecided: int
    is_held: bool
    has_begun: bool

    @property
    def not_closed_because(self) -> str:
        """Why the minutes are not to be closed yet."""
        if self.undecided:
            return f"once every case is decided: {words.plural(self.undecided, 'case')} to go"
        return "" if self.has_begun else f"once it has been, {self.when}"


@dataclass(frozen=True, slots=True)
class ItemRow:
    pk: int
    reference: str
    url: str
    child: str
    age: str
    transferring: str
    receiving: str
    route: str
    listed: str
    says: str
    minutes: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that could be put on the list, or that the radar expects before the list closes."""

    pk: int
    reference: str
    url: str
    child: str
    age: str
    transferring: str
    receiving: str
    route: str
    when: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    meeting: TransferMeeting
    row: MeetingRow
    chair: str
    clauses: tuple[str, ...]
    decides: str
    items: tuple[ItemRow, ...]
    takes: bool
    asked_for: tuple[Candidate, ...]
    expected: tuple[Candidate, ...]

    @classmethod
    def of(cls, meeting: TransferMeeting, person: Person, at: datetime) -> "MeetingPage":
        pack = pack_for(meeting.authority.pack)
        row = meeting_named(pack, meeting.code)
        listed = items_for(meeting, person).select_related("transfer__transferring_team", "transfer__receiving_team")
        cases = Case.objects.visible_to(person).filter(pk__in=[item.transfer.case_id for item in listed])
        visible = set(cases.values_list("pk", flat=True))
        items = [_item(item, pack, at, is_visible=item.transfer.case_id in visible) for item in listed]
        undecided = sum(1 for item in items if item.is_waiting)
        takes = meeting.takes_at(at)
        return cls(
            meeting=meeting,
            row=_row(meeting, pack, len(items), undecided, at),
            chair=who_in_words(pack, row.chair) if row else "",
            clauses=row.clauses if row else (),
            decides=row.decides if row else "",
            items=tuple(items),
            takes=takes,
            asked_for=tuple(_asked_for(meeting, pack, person, at)) if takes else (),
            expected=tuple(_expected(meeting, pack, person, at)) if takes else (),
        )


def items_for(meeting: TransferMeeting, person: Person) -> QuerySet[MeetingItem]:
    """The list, without the families with which whoever reads it has a conflict of interest."""
    return meeting.items.exclude(transfer__case__child__in=must_not_see(person)).select_related("transfer__case__child")


def routes_to(meeting: TransferMeeting, pack: Pack) -> list[str]:
    """The routes that put a case on the list of this meeting."""
    desks = ((code, desk_of(pack, plan)) for code, plan in engine_for(pack).plans.items())
    return [code for code, desk in desks if desk and desk.code == meeting.code]


def candidates_for(meeting: TransferMeeting, person: Person) -> QuerySet[Transfer]:
    """Asked for along a route that names this meeting, and on no list: of the whole council, as its lists are."""
    routes = routes_to(meeting, pack_for(meeting.authority.pack))
    rows = Transfer.objects.filter(case__authority=meeting.authority_id, state=State.REQUESTED, route__in=routes)
    return rows.exclude(case__child__in=must_not_see(person)).with_people().order_by("requested_at", "pk")


def _asked_for(meeting: TransferMeeting, pack: Pack, person: Person, at: datetime) -> Iterable[Candidate]:
    found = list(candidates_for(meeting, person)[:MOST])
    visible = set(
        Case.objects.visible_to(person).filter(pk__in=[one.case_id for one in found]).values_list("pk", flat=True)
    )
    for transfer in found:
        asked = f"asked for {words.day(localdate(transfer.requested_at))}" if transfer.requested_at else ""
        is_visible = transfer.case_id in visible
        url = transfer.get_absolute_url() if is_visible else ""
        receiving = transfer.receiver_name
        yield _candidate(transfer, transfer.reference, url, receiving, asked, pack, at, is_visible=is_visible)


def _expected(meeting: TransferMeeting, pack: Pack, person: Person, at: datetime) -> Iterable[Candidate]:
    """What the radar sees before the list closes and nobody has asked for: one line for each case."""
    until = localdate(meeting.due_at or meeting.planned_at)
    under_way = Transfer.objects.under_way().filter(case=OuterRef("case"))
    rows = RadarEntry.objects.expected().visible_to(person).with_openable(person).filter(~Exists(under_way))
    rows = rows.filter(route__in=routes_to(meeting, pack), expected_on__lte=until)
    seen: set[int] = set()
    for entry in rows.select_related("case__child", "transferring_team", "receiving_team")[:MOST]:
        if entry.case_id not in seen and entry.expected_on:
            seen.add(entry.case_id)
            url = reverse("transfers:start", kwargs={"ref": entry.case.reference}) if entry.is_openable else ""
            when, receiving = f"expected {words.day(entry.expected_on)}", entry.receiving_team.name
            yield _candidate(entry, entry.case.reference, url, receiving, when, pack, at, is_visible=entry.is_openable)


def _candidate(
    one: Transfer | RadarEntry, reference: str, url: str, receiving: str, when: str, pack: Pack, at: datetime, *,
    is_visible: bool,
) -> Candidate:  # fmt: skip
    child, route = one.case.child, pack.routes.get(one.route)
    return Candidate(
        pk=one.pk,
        reference=reference,
        url=url,
        child=child.name if is_visible or not child.restricted else "Restricted record",
        age=words.age(child.date_of_birth, child.expected_delivery_date, localdate(at)),
        transferring=one.transferring_team.name,
        receiving=receiving,
        route=route.name if route else "",
        when=when,
    )


def lists_to_open(person: Person, at: datetime) -> list[tuple[str, str, str]]:
    """The next meeting of each kind that the protocol gives a day, and that has no list yet: code, name, when."""
    pack, found = pack_for(person.authority.pack), []
    there = set(TransferMeeting.objects.visible_to(person).to_come().values_list("code", "planned_at"))
    for row in pack.meeting:
        following = next_meeting(row, at) if row.event == "transfer_meeting" else None
        if following and (row.code, following[0]) not in there:
            found.append((row.code, row.name, words.moment(following[0])))
    return found


def calendar_of(meeting: TransferMeeting, address: str) -> bytes:
    """The meeting for somebody's own calendar. It may be read anywhere, so it names no child and no case."""
    row = meeting_named(pack_for(meeting.authority.pack), meeting.code)
    event = Event()
    event.add("uid", f"transfer-meeting-{meeting.pk}@{meeting.authority.code}")
    event.add("summary", row.name if row else "Transfer meeting")
    event.add("dtstamp", meeting.planned_at.astimezone(UTC))
    event.add("dtstart", meeting.planned_at.astimezone(UTC))
    event.add("dtend", (meeting.planned_at + LASTS).astimezone(UTC))
    until = f"Cases are put on the list until {words.moment(meeting.due_at)}. " if meeting.due_at else ""
    event.add("description", f"{until}The list: {address}")
    event.add("url", address)
    calendar = Calendar()
    calendar.add("prodid", "-//Case transfer//Transfer meetings//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def meetings_for(person: Person, at: datetime) -> list[MeetingRow]:
    """Those whose minutes are open, soonest first, then the last ones closed."""
    counted = TransferMeeting.objects.visible_to(person).annotate(
        listed=Count("items"), undecided=Count("items", filter=Q(items__says="", items__transfer__state=State.LISTED))
    )
    pack = pack_for(person.authority.pack)
    last = counted.filter(held_at__isnull=False).order_by("-planned_at")[:10]
    found: list[Any] = [*counted.to_come().order_by("planned_at")[:30], *last]
    return [_row(meeting, pack, meeting.listed, meeting.undecided, at) for meeting in found]


def meeting_named(pack: Pack, code: str) -> rows.Meeting | None:
    return next((row for row in pack.meeting if row.code == code), None)


def _row(meeting: TransferMeeting, pack: Pack, listed: int, undecided: int, at: datetime) -> MeetingRow:
    row = meeting_named(pack, meeting.code)
    return MeetingRow(
        pk=meeting.pk,
        name=row.name if row else meeting.code,
        when=words.moment(meeting.planned_at),
        list_open=_list_open(meeting, at),
        listed=listed,
        undecided=undecided,
        is_held=meeting.held_at is not None,
        has_begun=meeting.planned_at <= at,
    )


def _list_open(meeting: TransferMeeting, at: datetime) -> str:
    if meeting.held_at:
        return "Minutes closed"
    if meeting.takes_at(at):
        return f"List open until {words.moment(meeting.due_at)}" if meeting.due_at else "List open until it meets"
    return "Minutes to be written" if meeting.planned_at <= at else "List closed"


def _item(item: MeetingItem, pack: Pack, at: datetime, *, is_visible: bool) -> ItemRow:
    transfer, child = item.transfer, item.transfer.case.child
    route = pack.routes.get(transfer.route)
    return ItemRow(
        pk=item.pk,
        reference=transfer.reference,
        url=transfer.get_absolute_url() if is_visible else "",
        child="Restricted record" if child.restricted and not is_visible else child.name,
        age=words.age(child.date_of_birth, child.expected_delivery_date, localdate(at)),
        transferring=transfer.transferring_team.name,
        receiving=transfer.receiver_name,
        route=route.name if route else "",
        listed=words.moment(item.listed_at),
        says=item.get_says_display() if item.says else "" if transfer.state == State.LISTED else transfer.stands,
        minutes=item.minutes,
        is_waiting=not item.says and transfer.state == State.LISTED,
    )
