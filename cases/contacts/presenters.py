"""What the pages of the front door show, ready made."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, FloatField, Func, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.utils.timezone import localdate, localtime

from cases import words
from cases.contacts.knowledge import ReReferralFound, decision_on, rereferral
from cases.contacts.machine import UNDECIDED, ContactState
from cases.models import Case, Child, Contact, Standing
from cases.permissions import can_decide_contact, can_record
from cases.presenters.family import namesakes_of
from cases.search import children_named
from cases.slots import Move, contact_moves
from casetransfer.protocols import pack_for
from teams.listing import MOST_IN_A_FILE, Cell, Found, Listed
from teams.listing import Column as Head
from teams.listing import Row as Cells
from teams.models import Person, Team
from teams.refusals import Gap
from teams.roles import Permission

PAGE = 50
CONTACTS = Listed(
    place="contacts",
    caption="Contacts",
    columns=(
        Head("child", "Child", order="name", quiet_head="Contact"),
        Head("source", "From"),
        Head("received", "Came in", order="oldest", reverse="newest"),
        Head("stage", "Stage"),
        Head("rating", "Rating"),
        Head("time", "Time", order="time"),
        Head("team", "With"),
    ),
    nothing="No contact is like that. Take a filter away, or look for another name.",
    order="newest",
)
CONTACT_ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-received_at", "-pk"),
    "oldest": ("received_at", "pk"),
    "time": (F("decided_at").desc(nulls_first=True), F("due_at").asc(nulls_last=True), "received_at"),
    "name": ("family_name", "given_name", "pk"),
}
ON_BOARD = 40  # of a column: the oldest, or those with least time, first
SETTLED_FOR = timedelta(days=7)
COLUMNS = [
    (ContactState.NEW, "New", "Nothing waits to be taken up."),
    (ContactState.RATED, "Being looked into", "Nothing is being looked into."),
    (ContactState.PASSED_ON, "With the worker, last 7 days", "None was about an open case."),
    (ContactState.REFERRED, "Became a referral, last 7 days", "None."),
    (ContactState.CLOSED, "Closed, last 7 days", "None."),
]


@dataclass(frozen=True, slots=True)
class Card:
    """One contact on the board or in the list."""

    reference: str
    url: str
    name: str
    source: str
    received: str
    came: str
    stage: str
    team: str
    rating: str
    scale: str
    colour: str
    time_left: str
    is_late: bool

    @property
    def cells(self) -> Cells:
        rating = Cell(tag=self.rating, colour=self.colour) if self.rating else Cell()
        time = Cell(tag=self.time_left, colour="red") if self.is_late else Cell(self.time_left)
        child = Cell(self.name, url=self.url, quiet=self.reference)
        others = {key: Cell(getattr(self, key)) for key in ("source", "received", "stage", "team")}
        return {"child": child, "rating": rating, "time": time, **others}

    @classmethod
    def of(cls, contact: Contact, at: datetime) -> "Card":
        left, late = time_left(contact, at)
        return cls(
            reference=contact.reference, url=contact.get_absolute_url(), name=contact.name,
            source=contact.get_source_display(), received=words.moment(contact.received_at),
            came=words.lately(contact.received_at, localdate(at)), stage=contact.get_state_display(),
            team=contact.team.name, rating=contact.colour.capitalize(), scale=_scale_name(contact),
            colour=contact.colour, time_left=left, is_late=late,
        )  # fmt: skip


def _scale_name(contact: Contact) -> str:
    scale = contact.rating_scale
    return scale.name if scale and contact.colour else ""


def time_left(contact: Contact, at: datetime) -> tuple[str, bool]:
    """ "3 hours 20 minutes left", "late by 25 minutes": of the clock of its rating, as long as nothing is decided."""
    if contact.due_at is None:
        return "", False
    settled = contact.decided_at
    moment = settled or at
    late = moment > contact.due_at
    if settled:
        return ("Decided late" if late else "Decided in time"), late
    length = _length(abs(contact.due_at - moment))
    return (f"Late by {length}" if late else f"{length} left"), late


def _length(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    days, hours_rest = divmod(hours, 24)
    if days:
        return f"{_count(days, 'day')} {_count(hours_rest, 'hour')}" if hours_rest else _count(days, "day")
    if hours:
        return f"{_count(hours, 'hour')} {_count(rest, 'minute')}" if rest else _count(hours, "hour")
    return _count(rest, "minute")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    count: int
    cards: tuple[Card, ...]
    nothing: str


def _seen(person: Person) -> Any:
    return Contact.objects.visible_to(person).select_related("team", "authority")


def board(person: Person, at: datetime) -> list[Column]:
    """Contacts by stage: those with least time left first, and of the settled ones the last week. One query."""
    order = (F("decided_at").desc(), F("due_at").asc(nulls_last=True), "received_at")
    place = Window(RowNumber(), partition_by="state", order_by=order)
    found = _seen(person).filter(Q(decided_at=None) | Q(decided_at__gt=at - SETTLED_FOR))
    found = found.annotate(place=place, in_stage=Window(Count("pk"), partition_by="state")).filter(place__lte=ON_BOARD)
    cards: dict[str, list[Any]] = defaultdict(list)
    for contact in found.order_by("place"):
        cards[contact.state].append(contact)
    return [
        Column(title, shown[0].in_stage if shown else 0, tuple(Card.of(one, at) for one in shown), nothing)
        for state, title, nothing in COLUMNS
        for shown in [cards[state]]
    ]


def contacts_found(person: Person, q: str, chosen: Mapping[str, str], at: datetime) -> QuerySet[Contact]:
    """By name or reference, stage and time."""
    found = _seen(person).order_by(*CONTACT_ORDERS[chosen.get("order", "newest")])
    for word in q.split()[:5]:
        found = found.filter(
            Q(given_name__unaccent__icontains=word)
            | Q(family_name__unaccent__icontains=word)
            | Q(reference__iexact=word)
        )
    if stage := chosen.get("stage"):
        found = found.filter(state__in=UNDECIDED if stage == "undecided" else [stage])
    if clock := chosen.get("clock"):
        late = Q(due_at__lt=at)
        found = found.filter(late if clock == "late" else Q(due_at__gte=at), decided_at=None)
    return found


def contacts_page(found: QuerySet[Contact], at: datetime, number: str | None) -> Found:
    shown: Page[Any] = Paginator(found, PAGE).get_page(number)
    count = shown.paginator.count
    rows = tuple(Card.of(one, at).cells for one in shown.object_list)
    return Found(rows, words.plural(count, "contact"), shown.number, shown.has_next(), count <= MOST_IN_A_FILE)


def contacts_in_a_file(found: QuerySet[Contact], at: datetime) -> list[Cells]:
    return [Card.of(one, at).cells for one in found[:MOST_IN_A_FILE]]


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route of the protocol as it stands for this contact."""

    name: str
    to: str
    needs: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowLine:
    says: str
    last_day: str
    is_within: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReReferralBox:
    """The last case beside this contact: the window, and the reason then beside the reason now."""

    closed: str
    team: str
    case: str
    case_url: str
    reason_then: str
    reason_now: str
    compared: str
    windows: tuple[WindowLine, ...]

    @classmethod
    def of(cls, contact: Contact, found: ReReferralFound, may_open: bool) -> "ReReferralBox":
        lines = tuple(
            WindowLine(one.row.what, words.day(one.last_day), one.is_open_on(found.came_on), one.row.clauses)
            for one in found.windows
        )
        return cls(
            words.day(found.closed_on), found.team, found.case.reference,
            found.case.get_absolute_url() if may_open else "", found.reason, contact.says,
            contact.get_reasons_display() if contact.reasons else "", lines,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactPage:
    card: Card
    channel: str
    referrer: str
    tier: str
    says: str
    born: str
    child: str
    case: str
    case_url: str
    has_case: bool
    has_scale: bool
    limit: str
    recommended: tuple[RouteLine, ...]
    possible: tuple[RouteLine, ...]
    rereferral: ReReferralBox | None
    outcome: str
    held_by: str
    decision: str
    decided: str
    information: str
    information_at: str
    may_decide: bool
    is_undecided: bool
    gaps: tuple[Gap, ...]
    moves: tuple[Move, ...]
    namesakes: int

    @classmethod
    def of(cls, contact: Contact, person: Person, at: datetime) -> "ContactPage":
        found = rereferral(contact, at)
        routes = decision_on(contact, at) if contact.is_undecided else None
        wanted = {contact.case_id, found.case.pk if found else None} - {None}
        cases = (
            {case.pk: case for case in Case.objects.visible_to(person).filter(pk__in=wanted).select_related("child")}
            if wanted
            else {}
        )
        case = cases.get(contact.case_id or 0)
        rating = contact.rating
        return cls(
            card=Card.of(contact, at), channel=contact.get_channel_display(), referrer=contact.referrer,
            tier=contact.get_tier_display(), says=contact.says,
            born=words.day(contact.date_of_birth) if contact.date_of_birth else "",
            child=contact.child.reference if contact.child else "", case=case.reference if case else "",
            case_url=case.get_absolute_url() if case else "", has_case=contact.case_id is not None,
            has_scale=contact.needs_rating,
            limit=str(rating.limit or "") if rating else "",
            recommended=_lines(contact, routes.recommended) if routes else (),
            possible=_lines(contact, routes.possible)[:8] if routes else (),
            rereferral=ReReferralBox.of(contact, found, found.case.pk in cases) if found else None,
            outcome=contact.get_outcome_display(), held_by=_held_by(contact), decision=contact.decision,
            decided=words.moment(contact.decided_at) if contact.decided_at else "",
            information=contact.information,
            information_at=words.moment(contact.information_at) if contact.information_at else "",
            may_decide=can_decide_contact(person, contact), is_undecided=contact.is_undecided,
            gaps=tuple(contact.blockers("refer")) if contact.is_undecided else (),
            moves=tuple(contact_moves.gather(contact, person, at)) if contact.is_undecided else (),
            namesakes=_namesakes(case, person) if case else 0,
        )  # fmt: skip


def _namesakes(case: Case, person: Person) -> int:
    """Who may be a brother or sister, for whoever may say so in the case."""
    if not case.is_held or not can_record(person, case):
        return 0
    return namesakes_of(case.child, person, Standing.of(person))


def _held_by(contact: Contact) -> str:
    """The team that has the case of a contact now: the front door must know whom to ring."""
    holding = contact.case.holding if contact.case else None
    return holding.team.name if holding else ""


def ways_of(contact: Contact, at: datetime) -> list[tuple[str, str]]:
    """The routes of the protocol that what is known settles: code and name."""
    return [(one.plan.route.code, one.plan.route.name) for one in decision_on(contact, at).recommended]


def teams_to_choose(contact: Contact, at: datetime) -> tuple[list[Team], list[Team]]:
    """The teams that the protocol names for this contact, and the others."""
    found = decision_on(contact, at)
    named = {code for one in (*found.recommended, *found.possible) for code in one.plan.route.to}
    teams = list(Team.objects.filter(authority=contact.authority_id).in_use().exclude(kind=Team.Kind.SUPPORT))
    return [team for team in teams if team.code in named], [team for team in teams if team.code not in named]


def _lines(contact: Contact, found: Any) -> tuple[RouteLine, ...]:
    return tuple(_line(contact, one) for one in found)


def _line(contact: Contact, one: Any) -> RouteLine:
    pack, route = pack_for(contact.authority.pack), one.plan.route
    to = " or ".join(pack.teams[code].name if code in pack.teams else words.label(code) for code in route.to)
    needs = tuple(reason.says for reason in (one.needs or one.gaps))
    return RouteLine(route.name, to, needs, tuple(route.clauses))


def front_doors(person: Person) -> Any:
    """The teams for which a contact can be recorded."""
    doors = Team.objects.visible_to(person).in_use()
    return doors.filter(kind=Team.Kind.FRONT_DOOR) if doors.filter(kind=Team.Kind.FRONT_DOOR).exists() else doors


def first_answers(person: Person, at: datetime) -> dict[str, Any]:
    """What a new contact most likely is: at this person's front door, just now."""
    doors = list(front_doors(person))
    own = Standing.of(person).teams_with(Permission.RECORD_CONTACT)
    mine = next((team.pk for team in doors if team.pk in own), doors[0].pk if len(doors) == 1 else None)
    return {"team": mine, "received_at": localtime(at)}


NOBODY = "nobody"


def known_children(contact: Contact, person: Person) -> list[tuple[str, str]]:
    """Children on record whose name sounds alike, or who were born on that day. Restricted ones only to those who may
    see their case."""
    found = Child.objects.filter(authority=contact.authority_id)
    alike = Q(pk__in=children_named(found, contact.family_name or contact.given_name).values("pk"))
    if contact.date_of_birth:
        alike |= Q(pk__in=children_named(found, contact.given_name).values("pk"), date_of_birth=contact.date_of_birth)
    cases = Case.objects.visible_to(person).values("child")
    found = found.filter(alike).filter(Q(restricted=False) | Q(pk__in=cases))
    likeness = Func(Value(contact.name.lower()), "search_text", function="word_similarity", output_field=FloatField())
    found = found.order_by(likeness.desc(), "family_name", "pk")
    lines = [(str(child.pk), f"{child.name}, {child.reference}{_born(child)}") for child in found[:20]]
    return [*lines, (NOBODY, "None of these: the child is not known here")]


def _born(child: Child) -> str:
    return f", born {words.day(child.date_of_birth)}" if child.date_of_birth else ""


def child_chosen(contact: Contact, person: Person, key: str) -> Child | None:
    """Only one of those offered."""
    offered = {one for one, _ in known_children(contact, person)} - {NOBODY}
    return Child.objects.select_related("authority").get(pk=int(key)) if key in offered else None
