"""Opening, closing and reopening a case."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.timezone import localdate

from cases import guards, words
from cases.actions.journal import add_journal
from cases.actions.ledger import Ledger, lock
from cases.actions.outbox import bring_back_notices, settle_notices
from cases.actions.rows import save
from cases.models import Case, Child, ClosureReason, Involvement, Opening, Part, Reason, SpellKind
from cases.permissions import check_can_open, check_can_record, check_same_authority
from casetransfer.protocols import loader
from teams.models import Person, Team
from teams.refusals import Gap, refuse_if


@transaction.atomic
def open_case(
    *, child: Child, team: Team, by: Person | None, at: datetime, opened_at: datetime | None = None,
    worker: Person | None = None, reason: str = Reason.FIRST_CONTACT,
) -> Case:  # fmt: skip
    """A team becomes responsible for a child. Without a worker the case waits to be allocated."""
    opened_at = opened_at or at
    child = Child.objects.select_for_update(of=("self",), no_key=True).select_related("authority").get(pk=child.pk)
    check_can_open(by, child.authority)
    refuse_if(_opening_gaps(child, team, worker, opened_at, at))
    pack = child.authority.pack
    case = Case(
        child=child, authority=child.authority, opened_at=opened_at, opened_by=by, pack=pack,
        pack_version=loader.load(pack).identity.version,
    )  # fmt: skip
    case._history_user = by
    case.save()
    Opening.objects.create(case=case, period=DateTimeTZRange(opened_at, None))
    _begin(case, team, worker, opened_at, by, at, reason)
    add_journal(case, "case_opened", f"Opened in {team.name}.", by=by, at=at, happened_at=opened_at, subject=case)
    return case


@transaction.atomic
def start_closing(*, case: Case, by: Person | None, at: datetime, why: str = "") -> Case:
    """Somebody proposes to close the case; it stays held while that is decided."""
    case = lock(case)
    check_can_record(by, case)
    refuse_if(case.blockers("start_closing"))
    case.start_closing()
    save(case, by)
    add_journal(case, "closing_started", f"Closing was proposed. {why}".strip(), by=by, at=at, subject=case)
    return case


@transaction.atomic
def keep_open(*, case: Case, by: Person | None, at: datetime, why: str = "") -> Case:
    """The proposal to close is refused or withdrawn."""
    case = lock(case)
    check_can_record(by, case)
    refuse_if(case.blockers("keep_open"))
    case.keep_open()
    save(case, by)
    add_journal(case, "closing_ended", f"The case stays open. {why}".strip(), by=by, at=at, subject=case)
    return case


@transaction.atomic
def close_case(
    *, case: Case, reason: str, by: Person | None, at: datetime, effective_at: datetime | None = None,
    clause: str = "",
) -> Case:  # fmt: skip
    """Every part in the case ends, and nobody is responsible any more. What was planned is cancelled."""
    case, closed_at = lock(case), effective_at or at
    check_same_authority(by, case)
    refuse_if([*case.blockers("close"), *_closing_gaps(case, reason, closed_at, at)])
    ledger = Ledger.of(case, by, at)
    held_by = ledger.lines(Part.RESPONSIBLE_TEAM)[0].team
    ledger.end_all(closed_at)
    case.close()
    case.closed_at, case.closed_by, case.closure_reason = closed_at, by, reason
    save(case, by)
    _set_opening(case, DateTimeTZRange(case.opened_at, closed_at))
    ended: dict[str, Any] = _let_go(case, closed_at, by, at)
    says = f"Closed by {held_by.name}: {ClosureReason(reason).label.lower()}."
    add_journal(
        case,
        "case_closed",
        says,
        by=by,
        at=at,
        happened_at=closed_at,
        clause=clause,
        subject=case,
        reason=reason,
        **ended,
    )
    return case


@transaction.atomic
def reopen_case(
    *, case: Case, team: Team, by: Person | None, at: datetime, why: str, worker: Person | None = None,
    effective_at: datetime | None = None, reason: str = Reason.FIRST_CONTACT, clause: str = "",
) -> Case:  # fmt: skip
    """A team becomes responsible again, from now (or the moment of the re-referral). The time between stays closed."""
    case, opened_at = lock(case), effective_at or at
    check_can_open(by, case.authority)
    refuse_if([*case.blockers("reopen"), *_reopening_gaps(case, team, worker, opened_at, at)])
    case.reopen()
    case.opened_at, case.opened_by = opened_at, by
    case.closed_at, case.closed_by, case.closure_reason = None, None, ""
    save(case, by)
    Opening.objects.create(case=case, period=DateTimeTZRange(opened_at, None))
    _begin(case, team, worker, opened_at, by, at, reason)
    says = f"Reopened in {team.name}: {why}"
    add_journal(case, "case_reopened", says, by=by, at=at, happened_at=opened_at, clause=clause, subject=case)
    return case


@transaction.atomic
def undo_closing(*, case: Case, by: Person | None, at: datetime, why: str) -> Case:
    """The case was closed by mistake: it has been open all along, with the team and worker it had."""
    case = lock(case)
    check_same_authority(by, case)
    gaps = [*case.blockers("reopen"), *([] if why.strip() else [Gap("Say why the closing is undone.", field="why")])]
    refuse_if(gaps + (_overlapping_gaps(case.child, case.closed_at, case) if case.closed_at else []))
    ledger, closed_at = Ledger.of(case, by, at), case.closed_at
    ended_then = case.involvements.standing().select_related("team", "person").filter(period__endswith=closed_at)
    held = ended_then.responsible().get()
    # Ended by the closing itself, not by something else that happened at the same moment
    by_closing = ended_then.filter(recorded__startswith=held.recorded_at)
    for line in by_closing.filter(role__in=[Part.RESPONSIBLE_TEAM, Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY]):
        ledger.rewrite(line, line.started_at, None)
    case.reopen()
    case.closed_at, case.closed_by, case.closure_reason = None, None, ""
    save(case, by)
    _set_opening(case, DateTimeTZRange(case.opened_at, None))
    _take_back(case, by)
    add_journal(case, "closing_undone", f"The closing was undone: {why}", by=by, at=at, subject=case)
    return case


def _begin(
    case: Case, team: Team, worker: Person | None, since: datetime, by: Person | None, at: datetime, reason: str
) -> Involvement:
    ledger = Ledger.of(case, by, at)
    line = ledger.write(Part.RESPONSIBLE_TEAM, team, None, since, reason=reason)
    if worker:
        ledger.write(Part.ALLOCATED_SOCIAL_WORKER, team, worker, since, reason=reason)
    return line


def _let_go(case: Case, closed_at: datetime, by: Person | None, at: datetime) -> dict[str, Any]:
    """Statuses and plans end with the case; what was booked does not take place; what the service's own people were
    still to do is settled, as nobody may do anything in it any more. Answers which ones. What the closing itself calls
    for is queued after it, and stays to be done."""
    day = localdate(closed_at)
    spells = list(case.spells.standing().open_ended().filter(kind__in=[SpellKind.STATUS, SpellKind.PLAN]))
    for spell in spells:
        spell.ends_on = max(day, spell.starts_on)
        save(spell, by)
    events = list(case.events.planned())
    for event in events:
        event.cancelled_at, event.cancelled_by, event.cancelled_reason = at, by, "The case was closed."
        save(event, by)
    return {
        "spells": [spell.pk for spell in spells], "events": [event.pk for event in events],
        "notices": settle_notices(case, at),
    }  # fmt: skip


def _take_back(case: Case, by: Person | None) -> None:
    """What ended with the closing goes on."""
    ended = case.journal.filter(kind="case_closed").latest("pk")
    for spell in case.spells.filter(pk__in=ended.detail["spells"], withdrawn_at=None):
        spell.ends_on = None
        save(spell, by)
    for event in case.events.filter(pk__in=ended.detail["events"]):
        event.cancelled_at, event.cancelled_by, event.cancelled_reason = None, None, ""
        save(event, by)
    bring_back_notices(ended.detail.get("notices", ()))


def _set_opening(case: Case, period: DateTimeTZRange) -> None:
    opening = case.openings.get(period__startswith=case.opened_at)
    opening.period = period
    opening.save()


def _opening_gaps(child: Child, team: Team, worker: Person | None, opened_at: datetime, at: datetime) -> list[Gap]:
    gaps = []
    if opened_at > at:
        gaps.append(Gap("A case cannot be opened in the future.", field="opened_at"))
    if child.date_of_birth and localdate(opened_at) < child.date_of_birth and not child.expected_delivery_date:
        born = words.day(child.date_of_birth)
        gaps.append(Gap(f"The case cannot be opened before the child was born, {born}.", field="opened_at"))
    if child.died_on and localdate(opened_at) > child.died_on:
        gaps.append(Gap("The child has died.", field="child"))
    if team.authority_id != child.authority_id:
        gaps.append(Gap("The team belongs to another authority than the child.", field="team"))
    other = child.cases.held().first()
    if other:
        gaps.append(Gap(f"The child already has an open case, {other.reference}.", field="child"))
    gaps += [Gap(f"{team.name} is no longer in use.", field="team")] if not team.is_in_use else []
    gaps += [] if other else _overlapping_gaps(child, opened_at)
    return gaps + (guards.worker_gaps(worker, team, localdate(opened_at)) if worker else [])


def _overlapping_gaps(child: Child, since: datetime, case: Case | None = None) -> list[Gap]:
    """A child has one case at a time: none begins, or has been open all along, while another was (8816, 8820)."""
    openings = Opening.objects.filter(case__child=child, period__endswith__gt=since).select_related("case")
    last = openings.exclude(case=case).order_by("-period").first()
    if last is None or last.period.upper is None:
        return []
    until = words.moment(last.period.upper)
    says = f"Case {last.case.reference} of this child was open until {until}, after that (census 8816, 8820)."
    return [Gap(says, field="opened_at")]


def _closing_gaps(case: Case, reason: str, closed_at: datetime, at: datetime) -> list[Gap]:
    gaps = guards.moment_gaps(case, closed_at, at, "effective_at", "The closing")
    holding = case.holding
    if holding and closed_at <= holding.started_at and not gaps:
        since = words.moment(holding.started_at)
        gaps.append(Gap(f"The closing must be after {holding.team.name} took the case, {since}.", field="effective_at"))
    if reason not in ClosureReason.values:
        gaps.append(Gap("Choose the reason for closure.", field="reason"))
    if reason == ClosureReason.DIED and not case.child.died_on:
        gaps.append(Gap("Record the date of death first.", field="reason"))
    return gaps


def _reopening_gaps(case: Case, team: Team, worker: Person | None, opened_at: datetime, at: datetime) -> list[Gap]:
    gaps = guards.receiving_gaps(team, case)
    if opened_at > at:
        gaps.append(Gap("A case cannot be reopened in the future.", field="effective_at"))
    if case.closed_at and opened_at < case.closed_at:
        gaps.append(Gap(f"The case was closed on {words.moment(case.closed_at)}, after that.", field="effective_at"))
    else:
        gaps += _overlapping_gaps(case.child, opened_at, case)
    return gaps + (guards.worker_gaps(worker, team, localdate(opened_at)) if worker else [])
