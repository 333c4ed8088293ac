"""A team manager's day: what comes, what waits, what is late, what is owed. A fixed number of queries, however many
cases the teams hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.models import Case, Involvement, Standing
from casetransfer.calendars import in_words
from casetransfer.protocols import pack_for
from casetransfer.protocols.plans import engine_for
from teams.models import Person, Team
from teams.roles import Permission
from transfers import permissions
from transfers.brief import ApprovalState, approver
from transfers.ladder import rung_named
from transfers.machine import DECIDED, UNDER_WAY, WAITING, DisputeState, State
from transfers.models import Dispute, Duty, RadarEntry, Transfer, Waiver
from transfers.presenters.people import who_in_words

MOST = 12
AHEAD = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, which child, what stands against the clock, and where to act on it."""

    what: str
    url: str
    child: str
    detail: str
    when: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dashboard. `nothing` says what it means that it is empty; `more` counts what is not shown."""

    key: str
    heading: str
    nothing: str
    rows: tuple[Row, ...]
    count: int
    url: str = ""
    """Where all of them stand, filtered to just these."""

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Week:
    """What may come in one week, and what the team would then hold."""

    starts: str
    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class Load:
    team: str
    holds: int
    unallocated: int
    coming: int


@dataclass(frozen=True)
class Dashboard:
    teams: str
    loads: tuple[Load, ...]
    weeks: tuple[Week, ...]
    sections: tuple[Section, ...]

    @property
    def inflow(self) -> list[tuple[str, tuple[int, int]]]:
        """What may come week by week, as rows of a table with bars: sure, and only possible."""
        return [(week.starts, (week.certain, week.possible)) for week in self.weeks]


@dataclass(slots=True)
class Found:
    """All that was read, once."""

    person: Person
    standing: Standing
    at: datetime
    mine: set[int]
    teams: list[Team] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    radar: list[RadarEntry] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    unallocated: list[Case] = field(default_factory=list)
    unallocated_in: dict[int, int] = field(default_factory=dict)
    held_in: dict[int, int] = field(default_factory=dict)

    @property
    def still_to_come(self) -> list[RadarEntry]:
        """What is agreed already stands with the handovers."""
        agreed = {(one.case_id, one.receiving_team_id) for one in self.transfers if one.state in DECIDED}
        return [entry for entry in self.radar if (entry.case_id, entry.receiving_team_id) not in agreed]

    @property
    def today(self) -> date:
        return localdate(self.at)


def dashboard_of(person: Person, at: datetime, standing: Standing | None = None) -> Dashboard | None:
    """For whoever decides on transfers in a team; nothing for others."""
    standing = standing or Standing.of(person)
    mine = standing.teams_with(Permission.DECIDE_TRANSFER)
    if not mine:
        return None
    found = _read(Found(person, standing, at, mine))
    holds = any(team.kind != Team.Kind.SUPPORT for team in found.teams)
    return Dashboard(
        teams=", ".join(team.name for team in found.teams),
        loads=tuple(_loads(found)),
        weeks=tuple(_weeks(found)),
        sections=tuple(build(found) for build in (OF_TEAM if holds else OF_COUNCIL)),
    )


def _read(found: Found) -> Found:
    person, standing, mine = found.person, found.standing, found.mine
    found.teams = list(Team.objects.filter(pk__in=mine))
    everywhere = bool(mine & standing.teams_with(Permission.SEE_ALL_CASES))
    owed = list(Duty.objects.owed().filter(team__in=mine).select_related("team")[:200])
    transfers = Transfer.objects.visible_to(person, standing)
    under_way = transfers.under_way() if everywhere else transfers.under_way().of_teams(mine)
    wanted = under_way | transfers.filter(pk__in={duty.transfer_id for duty in owed})
    rows = {transfer.pk: transfer for transfer in wanted.order_by("requested_at", "pk").read(most=700)}
    found.transfers = [transfer for transfer in rows.values() if transfer.state in UNDER_WAY]
    prefetch_related_objects(found.transfers, "approvals")
    found.duties = [duty for duty in owed if duty.transfer_id in rows]
    for duty in found.duties:
        duty.transfer = rows[duty.transfer_id]
    radar = RadarEntry.objects.expected().visible_to(person, standing).filter(receiving_team__in=mine)
    radar = radar.filter(Q(expected_on__lte=found.today + AHEAD) | Q(expected_on=None)).with_openable(person, standing)
    found.radar = _once(radar.select_related("case__child", "transferring_team", "receiving_team")[:500])
    disputed = [transfer.pk for transfer in found.transfers if transfer.state == State.DISPUTED]
    disputes = Dispute.objects.filter(transfer__in=disputed, state=DisputeState.OPEN)
    found.disputes = list(disputes.prefetch_related("rungs"))
    waivers = Waiver.objects.filter(transfer__in=[one.pk for one in found.transfers], signed_at=None, ended_at=None)
    found.waivers = list(waivers.exclude(asked_by=person).order_by("asked_at"))
    cases = Case.objects.held_by(*mine).unallocated().visible_to(person, standing)
    found.unallocated = list(cases.select_related("child").order_by("opened_at")[:MOST])
    lines = Involvement.objects.responsible().current().filter(team__in=mine)
    counted = lines.values("team").annotate(holds=Count("pk")).values_list("team", "holds").order_by()
    found.held_in = dict(counted)
    waiting = lines.filter(case__in=cases.values("pk")) if len(found.unallocated) == MOST else None
    if waiting is not None:
        found.unallocated_in = dict(waiting.values("team").annotate(n=Count("pk")).values_list("team", "n").order_by())
    return found


def _once(entries: Iterable[RadarEntry]) -> list[RadarEntry]:
    """A case comes to a team once: the soonest of its routes stands for all."""
    found: dict[tuple[int, int], RadarEntry] = {}
    for entry in entries:
        found.setdefault((entry.case_id, entry.receiving_team_id), entry)
    return list(found.values())


def _list(state: str) -> str:
    return f"{reverse('transfers:list')}?state={state}"


def _section(
    key: str, heading: str, nothing: str, rows: Iterable[Row], count: int | None = None, url: str = "/transfers/"
) -> Section:
    rows = sorted(rows, key=lambda row: not row.is_late)
    return Section(key, heading, nothing, tuple(rows[:MOST]), len(rows) if count is None else count, url)


def _of(transfer: Transfer, detail: str, when: str, is_late: bool = False, url: str = "") -> Row:
    what = f"{transfer.transferring_team.name} to {transfer.receiver_name}"
    return Row(what, url or transfer.get_absolute_url(), transfer.case.child.name, detail, when, is_late)


def _waiting(found: Found) -> Section:
    rows = []
    for transfer in found.transfers:
        if transfer.state not in WAITING:
            continue
        since = f"asked for {words.day(localdate(transfer.requested_at))}" if transfer.requested_at else ""
        answers = transfer.answering_team.pk in found.mine
        missing = _missing(transfer)
        need = _approval_for(found, transfer, missing)
        others = [
            one
            for one in missing
            if one.wants.side not in ("both", "transferring" if transfer.is_pull else "receiving")
        ]
        if need:
            place = {"ref": transfer.reference, "place": need.place}
            url = reverse("transfers:approve", kwargs=place) + "?back=home"
            rows.append(_of(transfer, f"Approve: {need.what or need.by_in_words}", since, url=url))
        elif answers and permissions.can(found.person, "agree", transfer, found.standing):
            url = reverse("transfers:agree", kwargs={"ref": transfer.reference}) + "?back=home"
            what = f"Not yet approved by {others[0].by_in_words}" if others else "Agree, or return it"
            rows.append(_of(transfer, what, since, url=url))
    rows += _to_sign(found)
    return _section("waiting", "Waiting for me", "Nobody waits for your answer.", rows, url=_list("requested"))


def _to_sign(found: Found) -> list[Row]:
    """Waivers that another manager asked for: they count once a second one has signed."""
    by_pk = {transfer.pk: transfer for transfer in found.transfers}
    rows = []
    for waiver in found.waivers:
        waiver.transfer = by_pk[waiver.transfer_id]
        transfer = waiver.transfer
        if permissions.can_sign(found.person, waiver, found.standing):
            item = pack_for(transfer.pack).by_code.get(waiver.item)
            what = getattr(item, "what", "a paper")
            url = reverse("transfers:sign", kwargs={"ref": transfer.reference, "code": waiver.item}) + "?back=home"
            since = f"asked for {words.day(localdate(waiver.asked_at))}"
            rows.append(_of(transfer, f"Sign a waiver: to go on without {what[:1].lower()}{what[1:]}", since, url=url))
    return rows


def _missing(transfer: Transfer) -> list[ApprovalState]:
    """The approvals that the route must have and that nobody has given yet, in their order."""
    pack = pack_for(transfer.pack)
    plan = engine_for(pack).plans.get(transfer.route)
    given = {approval.place for approval in transfer.approvals.all() if approval.withdrawn_at is None}
    wanted = enumerate(plan.asks.approvals if plan else (), 1)
    return [
        ApprovalState(place, wants, approver(pack, wants), None)
        for place, wants in wanted
        if place not in given and wants.strength == "must"
    ]


def _approval_for(found: Found, transfer: Transfer, missing: list[ApprovalState]) -> ApprovalState | None:
    """The next approval of the route, where it is this person's to give."""
    given = {approval.given_by_id for approval in transfer.approvals.all() if approval.withdrawn_at is None}
    if not missing or found.person.pk in given:
        return None
    return missing[0] if permissions.can_approve(found.person, transfer, missing[0], found.standing) else None


def _returned(found: Found) -> Section:
    rows = [
        _of(
            transfer,
            transfer.returned_for[:120],
            f"to be put right by {words.moment(transfer.due_at)}" if transfer.due_at else "no time is stated",
            is_late=transfer.due_at is not None and transfer.due_at < found.at,
        )
        for transfer in found.transfers
        if transfer.state == State.RETURNED and transfer.asking_team.pk in found.mine
    ]
    return _section("returned", "Returned to us", "Nothing came back to be put right.", rows, url=_list("returned"))


def _late(found: Found) -> Section:
    """Agreed for a day that has gone by."""
    rows = [
        _of(transfer, "Planned and not completed", f"planned for {in_words(transfer.planned_on)}", is_late=True)
        for transfer in found.transfers
        if transfer.state in DECIDED and transfer.planned_on and transfer.planned_on < found.today
    ]
    return _section("late", "Late", "No agreed transfer is past its day.", rows, url=_list("late"))


def _coming(found: Found) -> Section:
    rows = [
        Row(
            what=f"From {entry.transferring_team.name}",
            url=reverse("radar:list"),
            child=entry.case.child.name if entry.is_openable else entry.case.reference,
            detail=f"{entry.get_certainty_display()}. {entry.reason}",
            when=in_words(entry.expected_on) if entry.expected_on else "not dated yet",
            is_late=entry.is_late(found.today),
        )
        for entry in found.still_to_come
    ]
    nothing = "The radar sees nothing that comes to your teams in the next eight weeks."
    return _section("coming", "Coming", nothing, rows, url=reverse("radar:list"))


def _handover(found: Found) -> Section:
    rows = [
        _of(
            transfer,
            f"{transfer.receiving_worker.name} takes it" if transfer.receiving_worker else "No worker named yet",
            f"planned for {in_words(transfer.planned_on)}" if transfer.planned_on else "no day yet",
        )
        for transfer in found.transfers
        if transfer.state in DECIDED and not (transfer.planned_on and transfer.planned_on < found.today)
    ]
    return _section("handover", "Agreed and in handover", "No transfer is on its way.", rows, url=_list("handover"))


def _owed(found: Found) -> Section:
    rows = [
        Row(
            what=duty.what,
            url=reverse("transfers:meet_duty", kwargs={"ref": duty.transfer.reference, "pk": duty.pk}) + "?back=home",
            child=duty.transfer.case.child.name,
            detail=f"Owed by {duty.team.name}",
            when=f"due {words.moment(duty.due_at)}" if duty.due_at else "no time is stated",
            is_late=duty.due_at is not None and duty.due_at < found.at,
        )
        for duty in found.duties
    ]
    nothing = "Your teams owe nothing from earlier transfers."
    return _section("owed", "Duties owed after a move", nothing, rows, url=reverse("transfers:duties"))


def _disputed(found: Found) -> Section:
    by_transfer = {dispute.transfer_id: dispute for dispute in found.disputes}
    rows = []
    for transfer in found.transfers:
        dispute = by_transfer.get(transfer.pk)
        if dispute is None:
            continue
        rung: Any = max(dispute.rungs.all(), key=lambda one: (one.reached_at, one.pk))
        pack = pack_for(transfer.pack)
        who = who_in_words(pack, rung_named(pack, rung.step).by)
        when = f"to be decided by {words.moment(rung.due_at)}" if rung.due_at else "no time is stated"
        late = rung.due_at is not None and rung.due_at < found.at
        rows.append(_of(transfer, f"With {who}", when, is_late=late))
    return _section("disputes", "Disputes", "No transfer of your teams is disputed.", rows, url=_list("disputed"))


def _unallocated(found: Found) -> Section:
    rows = [
        Row(
            what="Name a worker",
            url=case.get_absolute_url(),
            child=case.child.name,
            detail=case.reference,
            when=f"open since {words.day(localdate(case.opened_at))}",
        )
        for case in found.unallocated
    ]
    count = sum(found.unallocated_in.values()) or len(rows)
    url = f"{reverse('cases:worklist')}?worker=nobody" + (f"&team={found.teams[0].pk}" if len(found.teams) == 1 else "")
    return _section("unallocated", "Without a worker", "Every case of your teams has a worker.", rows, count, url)


def _loads(found: Found) -> list[Load]:
    return [
        Load(
            team=team.name,
            holds=found.held_in.get(team.pk, 0),
            unallocated=found.unallocated_in.get(team.pk, 0),
            coming=len({entry.case_id for entry in found.radar if entry.receiving_team_id == team.pk}),
        )
        for team in found.teams
        if team.kind == Team.Kind.CASES
    ]


def _weeks(found: Found) -> list[Week]:
    """By the week in which they are expected: the sure ones, and those that only may come."""
    monday = found.today - timedelta(days=found.today.weekday())
    weeks: dict[date, list[RadarEntry]] = {}
    for entry in found.still_to_come:
        if entry.expected_on:
            start = max(monday, entry.expected_on - timedelta(days=entry.expected_on.weekday()))
            weeks.setdefault(start, []).append(entry)
    return [
        Week(
            starts=f"Week of {words.day(start)}",
            certain=sum(entry.certainty == "certain" for entry in entries),
            possible=sum(entry.certainty != "certain" for entry in entries),
        )
        for start, entries in sorted(weeks.items())
    ]


OF_COUNCIL: tuple[Callable[[Found], Section], ...] = (_waiting, _late, _handover, _disputed)
"""For whoever manages above the teams: theirs holds no case, and nothing comes to it."""
OF_TEAM: tuple[Callable[[Found], Section], ...] = (
    _waiting, _returned, _late, _coming, _handover, _owed, _disputed, _unallocated,
)  # fmt: skip
