"""The transfer meetings and their lists."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from cases import words
from cases.models import Case
from cases.models.scope import must_not_see
from casetransfer.protocols import Pack, pack_for, rows
from casetransfer.protocols.explain import roles_in_words
from teams.models import Person
from transfers.models import MeetingItem, TransferMeeting


@dataclass(frozen=True, slots=True)
class MeetingRow:
    pk: int
    name: str
    when: str
    list_open: str
    listed: int
    undecided: int
    is_held: bool


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


@dataclass(frozen=True, slots=True)
class MeetingPage:
    meeting: TransferMeeting
    row: MeetingRow
    chair: str
    clauses: tuple[str, ...]
    decides: str
    items: tuple[ItemRow, ...]

    @classmethod
    def of(cls, meeting: TransferMeeting, person: Person, at: datetime) -> "MeetingPage":
        pack = pack_for(meeting.authority.pack)
        row = meeting_named(pack, meeting.code)
        listed = items_for(meeting, person).select_related("transfer__transferring_team", "transfer__receiving_team")
        cases = Case.objects.visible_to(person).filter(pk__in=[item.transfer.case_id for item in listed])
        visible = set(cases.values_list("pk", flat=True))
        items = [_item(item, pack, at, is_visible=item.transfer.case_id in visible) for item in listed]
        undecided = sum(1 for item in items if not item.says)
        return cls(
            meeting=meeting,
            row=_row(meeting, pack, len(items), undecided),
            chair=roles_in_words(pack, row.chair) if row and row.chair else "",
            clauses=row.clauses if row else (),
            decides=row.decides if row else "",
            items=tuple(items),
        )


def items_for(meeting: TransferMeeting, person: Person) -> QuerySet[MeetingItem]:
    """The list, without the families with which whoever reads it has a conflict of interest."""
    return meeting.items.exclude(transfer__case__child__in=must_not_see(person)).select_related("transfer__case__child")


def meetings_for(person: Person) -> list[MeetingRow]:
    """Those to come, soonest first, then the last ones held."""
    counted = TransferMeeting.objects.visible_to(person).annotate(
        listed=Count("items"), undecided=Count("items", filter=Q(items__says=""))
    )
    pack = pack_for(person.authority.pack)
    last = counted.filter(held_at__isnull=False).order_by("-planned_at")[:10]
    found: list[Any] = [*counted.to_come().order_by("planned_at")[:30], *last]
    return [_row(meeting, pack, meeting.listed, meeting.undecided) for meeting in found]


def meeting_named(pack: Pack, code: str) -> rows.Meeting | None:
    return next((row for row in pack.meeting if row.code == code), None)


def _row(meeting: TransferMeeting, pack: Pack, listed: int, undecided: int) -> MeetingRow:
    row = meeting_named(pack, meeting.code)
    until = f"List open until {words.moment(meeting.due_at)}" if meeting.due_at else "List open until it meets"
    return MeetingRow(
        pk=meeting.pk,
        name=row.name if row else meeting.code,
        when=words.moment(meeting.planned_at),
        list_open="Minutes closed" if meeting.held_at else until,
        listed=listed,
        undecided=undecided,
        is_held=meeting.held_at is not None,
    )


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
        says=item.get_says_display() if item.says else "",
        minutes=item.minutes,
    )
