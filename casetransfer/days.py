"""What the first page shows to each role beside a manager's and a worker's day: built by permission, one part each, by
a fixed number of queries. Every part counts what its list shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.contacts import presenters as contacts
from cases.imports.presenters import imports_of
from cases.models import Notice, Standing
from cases.restricted_presenters import openings_to_review
from casetransfer.calendars import in_words
from closures.presenters import queue_of, returns_for
from teams import presenters as house
from teams.audit_presenters import unusual_reading
from teams.models import Membership, Person, Team
from teams.roles import Permission as P
from teams.roles import Role
from transfers.models import Transfer
from transfers.presenters.dashboard import Row, Section
from transfers.presenters.departures import departures_for
from transfers.presenters.figures import changes_of
from transfers.presenters.lists import transfers_for
from transfers.presenters.meetings import meetings_for
from transfers.presenters.owed import duties_for

MOST = 8
SOON = timedelta(days=21)
MOST_HELD = 20
"""No protocol gives a limit for what one worker holds: this is the system's own, to bring a team to the eye."""


@dataclass(frozen=True)
class Reader:
    person: Person
    standing: Standing
    at: datetime

    @property
    def today(self) -> date:
        return localdate(self.at)

    def may(self, *permissions: P) -> bool:
        return all(self.standing.allows(one) for one in permissions)


def day_of(person: Person, at: datetime, standing: Standing) -> list[Section]:
    reader = Reader(person, standing, at)
    return [section for build in BUILDERS if (section := build(reader))]


def _section(
    key: str, heading: str, nothing: str, rows: Iterable[Row], url: str, count: int | None = None, most: int = MOST
) -> Section:
    found = tuple(rows)
    return Section(key, heading, nothing, found[:most], len(found) if count is None else count, url)


def _number(rows: list[Row], found: QuerySet[Any]) -> int:
    """How many there are: counted only where they are more than the part shows."""
    return len(rows) if len(rows) < MOST else found.count()


# --- whoever works with children and does not decide on transfers ---


def _returned(reader: Reader) -> Section | None:
    return _mine(reader, "returned", "Returned to be put right", "No transfer of your cases came back to be put right.")


def _asked_for(reader: Reader) -> Section | None:
    return _mine(reader, "requested", "Asked for, not answered", "No transfer of your cases waits for an answer.")


def _mine(reader: Reader, state: str, heading: str, nothing: str) -> Section | None:
    if not reader.may(P.REQUEST_TRANSFER) or reader.may(P.DECIDE_TRANSFER):
        return None
    found = transfers_for(reader.person, {"state": state, "whose": "me", "order": "oldest"}, reader.at, reader.standing)
    rows = []
    for one in found.read(most=MOST):
        detail = one.returned_for[:120] if state == "returned" else f"{one.answering_team.name} has to answer"
        since = words.day(localdate(one.requested_at)) if one.requested_at else ""
        when = f"by {words.moment(one.due_at)}" if state == "returned" and one.due_at else f"asked for {since}"
        late = state == "returned" and one.due_at is not None and one.due_at < reader.at
        what = f"{one.transferring_team.name} to {one.receiver_name}"
        rows.append(Row(what, one.get_absolute_url(), one.case.child.name, detail, when, late))
    count = _number(rows, found)
    url = f"{reverse('transfers:list')}?state={state}&whose=me&order=oldest"
    return _section(f"my-{state}", heading, nothing, rows, url, count)


def _owed(reader: Reader) -> Section | None:
    """Managers have it with their teams' day."""
    if not reader.may(P.COMPLETE_CHECKLIST) or reader.may(P.DECIDE_TRANSFER):
        return None
    found = duties_for(reader.person, reader.standing)
    rows = [
        Row(
            duty.what.rstrip("."),
            reverse("transfers:meet_duty", kwargs={"ref": duty.transfer.reference, "pk": duty.pk}) + "?back=home",
            duty.transfer.case.child.name, f"Owed by {duty.team.name}",
            f"due {words.moment(duty.due_at)}" if duty.due_at else "no time is stated",
            duty.due_at is not None and duty.due_at < reader.at,
        )
        for duty in found[:MOST]
    ]  # fmt: skip
    count = _number(rows, found)
    nothing = "Your team owes nothing from earlier transfers."
    return _section("my-owed", "Duties owed after a move", nothing, rows, reverse("transfers:duties"), count)


# --- the front door ---


def _contacts(reader: Reader) -> Section | None:
    deciding = reader.standing.teams_with(P.DECIDE_CONTACT)
    if not deciding or not Team.objects.filter(pk__in=deciding, kind=Team.Kind.FRONT_DOOR).exists():
        return None
    found = contacts.contacts_found(reader.person, "", {"stage": "undecided", "order": "time"}, reader.at)
    rows = []
    for contact in found[:MOST]:
        card = contacts.Card.of(contact, reader.at)
        rated = f"{card.stage}, {card.rating.lower()}" if card.rating else card.stage
        since = card.time_left or f"came in {card.received}"
        rows.append(Row(card.source, card.url, card.name, rated, since, card.is_late))
    nothing = (
        "No contact waits for a decision. One is recorded under Contacts; the one with least time left comes first."
    )
    url = f"{reverse('contacts:list')}?stage=undecided&order=time"
    count = _number(rows, found)
    return _section("contacts", "Contacts to decide", nothing, rows, url, count)


def _returns(reader: Reader) -> Section | None:
    """For a manager of the team before, the front door that decides, and those above."""
    if not (reader.may(P.DECIDE_CONTACT) or reader.may(P.REOPEN_CASE)):
        return None
    rows = [
        Row(
            f"To {one.to_team.name}", reverse("closures:answer_return", kwargs={"pk": one.pk}), one.case.child.name,
            one.get_state_display(), f"came back {words.day(one.came_on)}",
        )
        for one in returns_for(reader.person)
    ]  # fmt: skip
    nothing = "No child who came back waits for an answer."
    return _section("returns", "Children who come back", nothing, rows, reverse("closures:returns"))


# --- business support, and whoever has a part in a closing ---


def _closings(reader: Reader) -> Section | None:
    if not (reader.may(P.COMPLETE_CLOSURE) or reader.may(P.AUTHORISE_CLOSURE)):
        return None
    rows = [
        Row(
            row.name, row.closure.get_absolute_url(), row.child, f"{words.plural(row.lines_left, 'line')} left",
            "since today" if row.waited <= 0 else f"waits {row.waiting}", row.waited >= LONG_WAIT,
        )
        for row in queue_of(reader.person, reader.at, {}, "")
    ]  # fmt: skip
    nothing = "No closing waits for you. A closing comes here when the hand before yours has done its part."
    return _section("closings", "Closings that wait for you", nothing, rows, reverse("closures:queue"))


LONG_WAIT = 5


def _meetings(reader: Reader) -> Section | None:
    if not reader.may(P.KEEP_MEETING_LIST) or reader.may(P.DECIDE_TRANSFER):
        return None
    rows = [
        Row(row.list_open, reverse("transfers:meeting", kwargs={"pk": row.pk}), row.name,
            f"{words.plural(row.listed, 'case')} listed, {row.undecided} undecided", row.when)
        for row in meetings_for(reader.person, reader.at)
        if not row.is_held
    ]  # fmt: skip
    nothing = "No transfer meeting is to come. A list begins when the first transfer is put on it."
    return _section("meetings", "Meetings to come", nothing, rows, reverse("transfers:meetings"), most=len(rows))


# --- those who supervise ---


def _escalated(reader: Reader) -> Section | None:
    if not reader.may(P.SEE_ALL_CASES, P.DECIDE_TRANSFER):
        return None
    found = transfers_for(reader.person, {"state": "escalated", "order": "oldest"}, reader.at, reader.standing)
    rows = [
        _transfer(one, "Nobody answered; those above were told", f"asked for {words.day(localdate(one.requested_at))}")
        for one in found.read(most=MOST)
    ]
    nothing = "Every transfer that was asked for has been answered in time."
    url = f"{reverse('transfers:list')}?state=escalated&order=oldest"
    count = _number(rows, found)
    return _section("escalated", "Nobody answered", nothing, rows, url, count)


def _transfer(transfer: Transfer, detail: str, when: str) -> Row:
    what = f"{transfer.transferring_team.name} to {transfer.receiver_name}"
    return Row(what, transfer.get_absolute_url(), transfer.case.child.name, detail, when, is_late=True)


def _departures(reader: Reader) -> Section | None:
    """In force, the newest first."""
    if not reader.may(P.SEE_ALL_CASES, P.DEPART_FROM_PROTOCOL):
        return None
    found = departures_for(reader.person, {})
    rows = [
        Row(
            f"Decided by {one.decided_by.name if one.decided_by else 'the system'}",
            one.case.get_absolute_url() if one.is_openable else reverse("transfers:departures"),
            one.case.child.name if one.is_openable else "A case of another team",
            one.reason[:120] if one.is_openable else "", f"since {words.day(localdate(one.decided_at))}",
        )
        for one in found.select_related("case__child", "decided_by")[:MOST]
    ]  # fmt: skip
    nothing = "For no child is it decided otherwise than the protocol."
    count = _number(rows, found)
    return _section("departures", "Decided otherwise", nothing, rows, reverse("transfers:departures"), count)


def _full_teams(reader: Reader) -> Section | None:
    if not reader.may(P.SEE_ALL_CASES, P.DECIDE_TRANSFER):
        return None
    changes = changes_of(reader.person, reader.at, SOON)
    held = Membership.objects.current(reader.today).filter(team__in=changes, role__in=[Role.SOCIAL_WORKER, Role.SENIOR])
    counted = held.filter(person__is_active=True).values("team").annotate(n=Count("person", distinct=True)).order_by()
    workers: dict[int, int] = dict(counted.values_list("team", "n"))
    rows = []
    for pk, one in changes.items():
        number = workers.get(pk, 0)
        if one.then > MOST_HELD * number:
            may = f"{one.coming} may come, {one.leaving} may go"
            says = f"{words.plural(one.then, 'case')} for {words.plural(number, 'worker')}: {one.holds} now, {may}"
            rows.append(Row("", one.url, one.team.name, says, f"by {words.day(reader.today + SOON)}"))
    nothing = f"No team would hold more than {MOST_HELD} cases for each of its workers in three weeks."
    rows.sort(key=lambda row: row.child)
    return _section("full", "Too full in three weeks", nothing, rows, "", most=len(rows))


def _unusual(reader: Reader) -> Section | None:
    """For the auditor: whoever manages as well finds it under Reports."""
    if not reader.may(P.READ_AUDIT, P.SEE_REPORTS) or reader.may(P.DECIDE_TRANSFER):
        return None
    rows = [
        Row(
            "",
            f"{reverse('teams:audit')}?person={one.person.pk}",
            one.person.name,
            " ".join(one.whys),
            words.day(one.on),
        )
        for one in unusual_reading(reader.person, reader.at)
    ]
    nothing = "Nobody has read records in an unusual way in the last seven days."
    return _section("unusual", "Unusual reading", nothing, rows, reverse("teams:unusual"))


def _openings(reader: Reader) -> Section | None:
    if not reader.may(P.READ_AUDIT):
        return None
    rows = [
        Row(
            f"Opened by {one.opened_by.name if one.opened_by else 'nobody'}",
            reverse("restricted:review", kwargs={"pk": one.pk}), one.child.reference, one.reason[:120],
            f"to be reviewed {in_words(one.review_by_on)}", one.review_by_on < reader.today,
        )
        for one in openings_to_review(reader.person)
    ]  # fmt: skip
    nothing = "No emergency opening of a restricted record waits for a review."
    return _section("openings", "Emergency openings to review", nothing, rows, reverse("restricted:reviews"))


# --- whoever looks after the system ---


def _imports(reader: Reader) -> Section | None:
    if not reader.may(P.IMPORT_RECORDS):
        return None
    page = imports_of(reader.person, None, "open")
    rows = [
        Row("", reverse("imports:detail", kwargs={"pk": one.pk}), one.filename, one.says, f"uploaded {one.uploaded}")
        for one in page.object_list
    ]
    nothing = "No workbook is under way."
    url = f"{reverse('imports:list')}?show=open"
    return _section("imports", "Imports under way", nothing, rows, url, page.paginator.count)


def _failed(reader: Reader) -> Section | None:
    if not (reader.may(P.MANAGE_TEAMS) or reader.may(P.COMPLETE_CLOSURE)):
        return None
    found = Notice.objects.visible_to(reader.person, reader.standing).failed()
    found = found.select_related("person", "team", "relationship")
    rows = [
        Row(f"To {one.to_whom}", reverse("notices:detail", kwargs={"pk": one.pk}), one.title, one.trouble,
            words.moment(one.queued_at))
        for one in found[:MOST]
    ]  # fmt: skip
    count = _number(rows, found)
    nothing = "Every notice that you may see could be sent."
    return _section(
        "failed", "Notices that could not be sent", nothing, rows, f"{reverse('notices:list')}?show=failed", count
    )


def _unmanaged(reader: Reader) -> Section | None:
    if not reader.may(P.MANAGE_TEAMS):
        return None
    rows = [
        Row("", reverse("teams:team_detail", kwargs={"pk": one.team.pk}), one.team.name, one.team.get_kind_display(),
            "1 person" if one.people == 1 else f"{one.people} people")
        for one in house.teams_with_people(reader.person, reader.today, "without_manager")
    ]  # fmt: skip
    nothing = "Every team in use has a manager."
    url = f"{reverse('teams:team_list')}?show=without_manager"
    return _section("unmanaged", "Teams without a manager", nothing, rows, url)


def _unguarded(reader: Reader) -> Section | None:
    if not reader.may(P.MANAGE_TEAMS):
        return None
    found = house.people_found(reader.person, "", "one_factor")
    rows = [
        _account(one, f"last signed in {words.day(localdate(one.last_login))}" if one.last_login else "never signed in")
        for one in found[:MOST]
    ]
    nothing, url = "Every open account has a second factor.", f"{reverse('teams:people')}?show=one_factor"
    return _section("unguarded", "Accounts without a second factor", nothing, rows, url, _number(rows, found))


def _dormant(reader: Reader) -> Section | None:
    if not reader.may(P.MANAGE_TEAMS):
        return None
    rows = [
        _account(one, f"closed {words.day(one.dormant_on)}" if one.dormant_on else "")
        for one in house.dormant_people(reader.person)
    ]
    nothing = "No account was closed because nobody used it."
    return _section("dormant", "Accounts that nobody used", nothing, rows, reverse("teams:dormant"))


def _account(person: Person, when: str) -> Row:
    return Row("", reverse("teams:person", kwargs={"pk": person.pk}), person.name, person.email, when)


BUILDERS: tuple[Callable[[Reader], Section | None], ...] = (
    _returned, _owed, _asked_for, _contacts, _escalated, _full_teams, _departures, _closings, _returns, _meetings,
    _openings, _unusual, _failed, _imports, _unmanaged, _unguarded, _dormant,
)  # fmt: skip
