"""The audit as pages: what was done by whom, and who reads more than is usual."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate, localtime

from teams.models import AuditEntry, Membership, Person
from teams.roles import PERMISSIONS_OF, Permission

PER_PAGE = 50
MOST_IN_FILE = 10_000
Kind = AuditEntry.Kind
LOOKED = (Kind.READ, Kind.EXPORTED, Kind.BROKE_GLASS)
ROW = {"added": "Added", "changed": "Changed", "deleted": "Deleted"}
NAMES = {"teams.tenant": "Directory"}
PLACES = {"cases": "Case", "teams": "Settings", "restricted": "Restricted records", "protocol": "Protocol"}


@dataclass(frozen=True, slots=True)
class Line:
    when: str
    who: str
    did: str
    subject: str
    where: str

    @classmethod
    def of(cls, entry: AuditEntry) -> "Line":
        nobody = "The system" if entry.kind == Kind.CHANGED else "Nobody signed in"
        is_row = entry.kind == Kind.CHANGED and entry.page in ROW
        return cls(
            f"{localtime(entry.at):%-d %b %Y, %H:%M:%S}", entry.by.name if entry.by else nobody,
            ROW[entry.page] if is_row else entry.get_kind_display(), _subject(entry.subject),
            "" if is_row else place_of(entry.page),
        )  # fmt: skip


def _subject(words: str) -> str:
    """A reference as it is; a row that has none by its kind and number: teams.person 5 is Person 5."""
    label, _, number = words.partition(" ")
    if not number.isdecimal() or "." not in label:
        return words
    try:
        return f"{NAMES.get(label.lower()) or str(apps.get_model(label)._meta.verbose_name).capitalize()} {number}"
    except (LookupError, ValueError):
        return words


def place_of(page: str) -> str:
    """The name of an address, in words: cases:change_child is Case, change child."""
    room, _, name = page.replace("spell", "status or order").replace("_", " ").rpartition(":")
    place = PLACES.get(room, room.capitalize())
    return f"{place}, {name}" if room and place.lower() != name else name.capitalize()


def entries_for(person: Person, asked: dict[str, Any]) -> Any:
    """Newest first. `asked`: what the form of the page made of the address."""
    found = AuditEntry.objects.visible_to(person).select_related("by")
    if asked.get("subject"):
        found = found.about(asked["subject"])
    if asked.get("person"):
        found = found.filter(by=asked["person"])
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    if asked.get("since"):
        found = found.filter(at__date__gte=asked["since"])
    if asked.get("until"):
        found = found.filter(at__date__lte=asked["until"])
    return found


def audit_page(person: Person, asked: dict[str, Any], number: str) -> tuple[Page, list[Line]]:
    page = Paginator(entries_for(person, asked), PER_PAGE).get_page(number)
    return page, [Line.of(entry) for entry in page]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looked at a record: on how many days, and when first and last."""

    who: str
    days: int
    first: str
    last: str


def readers_of(person: Person, asked: dict[str, Any]) -> list[Reader]:
    """Who looked at the record that is asked for, between the days that are asked for: each person once, the latest
    first. Without a record, nobody: the entries say it."""
    if not asked.get("subject"):
        return []
    found = entries_for(person, asked | {"kind": ""}).filter(kind__in=LOOKED, by__isnull=False).order_by()
    rows = found.values_list("by__name").annotate(
        days=Count(TruncDate("at"), distinct=True), first=Min("at"), last=Max("at")
    )
    latest = sorted(rows, key=lambda row: row[3], reverse=True)
    return [Reader(who, days, _day(first), _day(last)) for who, days, first, last in latest]


def _day(at: datetime) -> str:
    return f"{localtime(at):%-d %b %Y, %H:%M}"


def audit_rows(person: Person, asked: dict[str, Any]) -> Iterator[Line]:
    yield from (Line.of(entry) for entry in entries_for(person, asked)[:MOST_IN_FILE])


# --- reading that is not usual ---

LOOKED_BACK, COMPARED = timedelta(days=7), timedelta(days=35)
MANY, TIMES = 30, 3
AT_NIGHT, OFTEN_REFUSED, FILES = 5, 10, 3
"""More than so many records read on a day and so many times the person's usual; read by night; refused; taken out."""


@dataclass(frozen=True, slots=True)
class Unusual:
    person: Person
    on: date
    whys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    records: int
    by_night: int
    refused: int
    files: int

    def whys(self, usual: float) -> tuple[str, ...]:
        found = []
        if self.records >= MANY and self.records >= TIMES * usual:
            found.append(f"Read {self.records} records; usually {usual:.0f}.")
        if self.by_night >= AT_NIGHT:
            found.append(f"Read {self.by_night} pages between 10 in the evening and 6 in the morning.")
        if self.refused >= OFTEN_REFUSED:
            found.append(f"Was refused {self.refused} times.")
        if self.files >= FILES:
            found.append(f"Took out {self.files} files.")
        return tuple(found)


def supervised_by(person: Person, on: date) -> Any:
    """The people of the teams whose work this person allocates; for who may search the audit, everybody."""
    people = Person.objects.visible_to(person).exclude(pk=person.pk)
    if Permission.READ_AUDIT in person.permissions(on):
        return people
    held = Membership.objects.standing_for(person, on).values_list("team", "role")
    teams = {team for team, role in held if Permission.ALLOCATE_CASE in PERMISSIONS_OF[role]}
    return people.filter(pk__in=Membership.objects.current(on).filter(team__in=teams).values("person"))


def unusual_reading(person: Person, at: datetime) -> list[Unusual]:
    """Of the last seven days, the latest first; each compared with the person's own four weeks before."""
    people = {one.pk: one for one in supervised_by(person, localdate(at))}
    since = localdate(at - LOOKED_BACK)
    found = []
    for pk, days in _days_of(people, at).items():
        before = [day.records for day in days if day.on < since]
        usual = median(before) if before else 0
        found += [Unusual(people[pk], day.on, whys) for day in days if day.on >= since and (whys := day.whys(usual))]
    return sorted(found, key=lambda one: (-one.on.toordinal(), one.person.name))


def _days_of(people: dict[int, Person], at: datetime) -> dict[int, list[Day]]:
    read = Q(kind__in=[Kind.READ, Kind.EXPORTED])
    night = read & (Q(at__hour__gte=22) | Q(at__hour__lt=6))
    rows = (
        AuditEntry.objects.filter(by__in=people, at__gte=at - COMPARED, at__lte=at)
        .order_by().annotate(on=TruncDate("at")).values_list("by", "on")
        .annotate(
            records=Count("subject", filter=read, distinct=True), by_night=Count("pk", filter=night),
            refused=Count("pk", filter=Q(kind=Kind.REFUSED)), files=Count("pk", filter=Q(kind=Kind.EXPORTED)),
        )
    )  # fmt: skip
    found: dict[int, list[Day]] = defaultdict(list)
    for pk, *day in rows:
        found[pk].append(Day(*day))
    return found
