"""What the pages of notices and deadlines show, ready made."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from cases import words
from cases.actions import calendar_of
from cases.closing_days import moved_by
from cases.models import Channel, Deadline, Delivery, Involvement, MailboxMessage, Notice, Part, Standing
from cases.permissions import can_deal_with
from cases.rag import COLOURS, in_a_sentence, rag
from casetransfer.calendars import WorkingCalendar, months_between
from teams.models import Person

PER_PAGE = 25
SHOWN = {"mine": "For me", "to_do": "To be done", "failed": "Could not be sent", "all": "All"}
DELIVERY_COLOURS = {
    Delivery.WAITING: "blue", Delivery.TO_DO: "amber", Delivery.SENT: "green", Delivery.FAILED: "red",
    Delivery.CANCELLED: "grey",
}  # fmt: skip


@dataclass(frozen=True)
class Message:
    sent: str
    to: str
    title: str
    body: str

    @classmethod
    def of(cls, message: MailboxMessage) -> "Message":
        return cls(words.moment(message.kept_at), ", ".join(message.to), message.title, message.body)


@dataclass(frozen=True)
class Mailbox:
    page: Page
    messages: list[Message]
    search: str


def mailbox(person: Person, search: str, page: str) -> Mailbox:
    """The newest first; `search` looks in the address."""
    found = MailboxMessage.objects.visible_to(person)
    if search:
        found = found.filter(to__icontains=search)
    sheet = Paginator(found, PER_PAGE).get_page(page)
    return Mailbox(sheet, [Message.of(message) for message in sheet], search)


@dataclass(frozen=True)
class NoticeLine:
    pk: int
    title: str
    to: str
    channel: str
    queued: str
    delivery: str
    colour: str
    trouble: str
    seen: str

    @classmethod
    def of(cls, notice: Notice) -> "NoticeLine":
        answers = bool(notice.person_id or notice.team_id)  # a parent or another service answers nothing here
        seen = (
            "Acted on" if notice.acted_at else "Seen" if notice.acknowledged_at else "Not seen yet" if answers else ""
        )
        to = notice.to_whom[:1].upper() + notice.to_whom[1:]
        how = notice.get_channel_display().replace("-", "\u2011")  # a hyphen at which no line breaks
        return cls(
            notice.pk, notice.title, to, how, words.moment(notice.queued_at), notice.get_delivery_display(),
            DELIVERY_COLOURS[Delivery(notice.delivery)], notice.trouble, seen,
        )  # fmt: skip


@dataclass(frozen=True)
class NoticeList:
    show: str
    tabs: list[tuple[str, str, int]]
    page: Page
    lines: list[NoticeLine]


def notice_list(person: Person, show: str, page: str) -> NoticeList:
    found = Notice.objects.visible_to(person)
    views = {
        "mine": found.filter(Q(person=person) | Q(team__memberships__in=person.memberships.current(localdate()))),
        "to_do": found.filter(delivery=Delivery.TO_DO),
        "failed": found.failed(),
        "all": found,
    }
    show = show if show in views else "mine"
    tabs = [(key, SHOWN[key], rows.count()) for key, rows in views.items()]
    sheet = Paginator(_with_people(views[show]), PER_PAGE).get_page(page)
    return NoticeList(show, tabs, sheet, [NoticeLine.of(notice) for notice in sheet])


def _with_people(found: QuerySet[Notice]) -> QuerySet[Notice]:
    return found.select_related("person", "team", "relationship").order_by("-queued_at", "-pk")


@dataclass(frozen=True)
class NoticePage:
    """One notice with what can be done about it."""

    notice: Notice
    line: NoticeLine
    clauses: tuple[str, ...]
    act_by: str
    sent: str
    address: str
    address_age: str
    checked: str
    is_letter: bool
    can_send_again: bool
    can_be_done_by_hand: bool
    can_check: bool
    can_answer: bool
    can_write: bool

    @classmethod
    def of(cls, notice: Notice, person: Person, at: datetime) -> "NoticePage":
        one, may = notice.relationship, can_deal_with(person, notice)
        open_by_hand = may and notice.delivery in (Delivery.TO_DO, Delivery.FAILED)
        return cls(
            notice=notice,
            line=NoticeLine.of(notice),
            clauses=tuple(notice.clause.split(", ")) if notice.clause else (),
            act_by=words.moment(notice.act_by) if notice.act_by else "",
            sent=words.moment(notice.sent_at) if notice.sent_at else "",
            address=one.address if one else "",
            address_age=address_age(localdate(one.recorded_at), localdate(at)) if one and one.address else "",
            checked=f"{notice.checked_by}, {words.moment(notice.checked_at)}" if notice.checked_at else "",
            is_letter=notice.channel == Channel.LETTER,
            can_send_again=notice.delivery == Delivery.FAILED and notice.channel == Channel.EMAIL,
            can_be_done_by_hand=open_by_hand and not (notice.wants_check and not notice.checked_at),
            can_check=may and notice.wants_check and not notice.checked_at and not notice.sent_at,
            can_answer=may and notice.acted_at is None,
            can_write=may and notice.channel == Channel.LETTER and not notice.sent_at,
        )


def address_age(recorded: date, today: date) -> str:
    """An old address is a danger: say how old."""
    months = months_between(recorded, today)
    years, left = divmod(months, 12)
    counted = [(years, "year"), (left, "month")]
    parts = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counted if number]
    return f"recorded on {words.day(recorded)}, {' '.join(parts) or 'less than a month'} ago"


@dataclass(frozen=True)
class DeadlineLine:
    """One clock of a case in words: what components/deadline_list shows."""

    pk: int
    what: str
    due: str
    timeliness: str
    colour: str
    clauses: tuple[str, ...]
    rating: str
    evidence: str
    was: str
    reference: str = ""
    url: str = ""
    page: str = ""

    @classmethod
    def of(cls, row: Deadline, at: datetime, calendar: WorkingCalendar, was: Deadline | None = None) -> "DeadlineLine":
        how = rag(row, at)
        sure = "" if row.is_certain else " (if it applies: not all is known)"
        return cls(
            pk=row.pk, what=f"{row.what}{sure}", due=words.capital(in_a_sentence(row, at, calendar)), timeliness=how,
            colour=COLOURS[how], clauses=tuple(row.clause.split(", ")) if row.clause else (),
            rating=f"{words.capital(words.label(row.scale))}: {row.colour}" if row.colour else "",
            evidence=row.evidence or row.stopped_reason or row.paused_reason,
            was=f"was {words.day(localdate(was.due_at))}" if was and was.due_at != row.due_at else "",
            reference=row.case.reference, url=row.case.get_absolute_url(), page=row.get_absolute_url(),
        )  # fmt: skip


def deadlines_of(case_pk: int, authority: int, at: datetime, *, as_of: datetime | None = None) -> list[DeadlineLine]:
    """The clocks of one case, soonest first, as they stand or as they stood at a moment past."""
    moment = as_of or at
    rows = (
        Deadline.objects.as_of(moment).filter(case=case_pk).select_related("replaces", "case").order_by("due_at", "pk")
    )
    calendar = calendar_of(authority)
    return [DeadlineLine.of(row, moment, calendar, row.replaces) for row in rows]


MOST_SHOWN = 10


@dataclass(frozen=True)
class ClosingEffect:
    """What a closure day would change, before it is added. `lines`: the first few, as (what, from when to when)."""

    day: str
    key: str
    says: str
    lines: list[tuple[str, str]]
    more: int

    @classmethod
    def of(cls, person: Person, day: date, at: datetime) -> "ClosingEffect":
        calendar = calendar_of(person.authority_id)
        moved = moved_by(person.authority, day)
        cases = len({one.deadline.case_id for one in moved})
        if not calendar.is_working_day(day):
            says = "This is no working day as it is: no deadline changes."
        elif not moved:
            says = "No deadline that runs now changes."
        else:
            says = f"{_number(len(moved), 'deadline')} of {_number(cases, 'case')} would be due on another day."
        lines = [
            (
                f"{one.deadline.case.reference}: {one.deadline.what}",
                f"from {words.day(one.before)} to {words.day(one.after)}",
            )
            for one in moved[:MOST_SHOWN]
        ]
        return cls(words.day(day), day.isoformat(), says, lines, max(len(moved) - MOST_SHOWN, 0))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@dataclass(frozen=True)
class DeadlinePage:
    page: Page
    lines: list[DeadlineLine]
    show: str
    overdue: int
    soon: int


def deadline_page(person: Person, show: str, page: str, at: datetime) -> DeadlinePage:
    """What is overdue or due soon in the cases this person works on, or their teams hold."""
    standing = Standing.of(person)
    lines = Involvement.objects.current()
    teams = {team for team, _, _ in standing.roles}
    mine = lines.filter(Q(person=person) | Q(team__in=teams, role=Part.RESPONSIBLE_TEAM))
    chased = Deadline.objects.open().owed().filter(case__in=mine.values("case"), paused_at=None, is_certain=True)
    visible = chased.visible_to(person, standing)
    overdue = visible.filter(due_at__lt=at)
    soon = visible.filter(due_at__gte=at, due_soon_at__lte=at)
    show = "soon" if show == "soon" else "overdue"
    found = (soon if show == "soon" else overdue).select_related("case").order_by("due_at", "pk")
    sheet = Paginator(found, PER_PAGE).get_page(page)
    calendar = calendar_of(person.authority_id)
    shown = [DeadlineLine.of(row, at, calendar) for row in sheet]
    return DeadlinePage(sheet, shown, show, overdue.count(), soon.count())
