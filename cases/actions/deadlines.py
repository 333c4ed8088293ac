"""Writing deadlines: worked out again when something happened; met, paused, resumed or stopped by a person."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate, localtime, make_aware

from cases import words
from cases.actions.journal import add_journal
from cases.actions.ledger import lock
from cases.deadlines import Computed, Evidence, calendar_with
from cases.facts import facts_of_records
from cases.models import Case, Deadline, Notice, Recalculation
from cases.permissions import check_can_record
from cases.records import read_records
from cases.running import worked_out
from cases.together import read_together
from casetransfer.calendars import WorkingCalendar
from casetransfer.protocols import pack_for
from casetransfer.protocols.durations import Duration
from teams import actions as team_actions
from teams.models import Authority, ClosureDay, Person
from teams.refusals import Gap, refuse_if

STALE = timedelta(days=28)
"""A clock that ran out longer ago than this when it was first computed is shown, and nobody is chased for it."""

OUTLIVES_THE_CASE = {"case_closed", "closure_authorised", "step_down_agreed"}
CLOSED = "The case was closed."
ELSEWHERE = "Said on the transfer."
"""What shows that a clock does not apply, where nobody has said so of the clock itself."""

WRITTEN_ONCE = [
    "met_at", "met_known_at", "evidence", "stopped_at", "stopped_reason", "superseded_at", "is_certain",
]  # fmt: skip


def calendar_of(authority: Authority | int) -> WorkingCalendar:
    """The working days of this authority: England's without its own closure days."""
    return calendar_with(frozenset(ClosureDay.objects.filter(authority=authority).values_list("on", flat=True)))


def ask_to_recalculate(cases: Iterable[int], at: datetime) -> None:
    """Kept with the change itself: whatever happens to the message or the worker, it is done in the end."""
    Recalculation.objects.bulk_create(
        [Recalculation(case_id=case, asked_at=at) for case in cases], ignore_conflicts=True
    )


@transaction.atomic
def add_closure_day(*, authority: Authority, on: date, reason: str, by: Person | None, at: datetime) -> ClosureDay:
    """The offices are closed that day: what runs over it is worked out again."""
    day = team_actions.add_closure_day(authority=authority, on=on, reason=reason, by=by, at=at)
    running = Deadline.objects.open().spanning(on).filter(case__authority=authority)
    ask_to_recalculate(running.order_by().values_list("case", flat=True).distinct(), at=at)
    return day


@transaction.atomic
def recalculate(*, case: int, at: datetime) -> bool:
    """Work out the deadlines of one case again. False when nobody asked for it, or somebody else has just done it."""
    found = Case.objects.select_for_update(of=("self",), no_key=True).select_related("child").filter(pk=case).first()
    if found is None or not Recalculation.objects.filter(case=case).delete()[0]:
        return False
    closed, standing, told = read_together(
        ClosureDay.objects.filter(authority=found.authority_id), Deadline.objects.standing().filter(case=found),
        Notice.objects.given_by(at).filter(case=found, sent_at__gte=found.opened_at).order_by("sent_at", "pk"),
    )  # fmt: skip
    calendar = calendar_with(frozenset(day.on for day in closed))
    changed, new = _changes(found, standing, _computed(found, told, calendar, at), at)
    Deadline.objects.bulk_update(changed, WRITTEN_ONCE)
    Deadline.objects.bulk_create(new)
    return True


def _computed(case: Case, told: list[Notice], calendar: WorkingCalendar, at: datetime) -> list[Computed]:
    return worked_out(facts_of_records(read_records([case], at), at)[case.pk], told, calendar)[0]


def _changes(
    case: Case, rows: list[Deadline], computed: list[Computed], at: datetime
) -> tuple[list[Deadline], list[Deadline]]:
    """(rows that change, rows that are new). What an event that moved has made untrue is kept as superseded."""
    standing = {(row.timer, row.occasion): row for row in rows}
    changed: list[Deadline] = []
    new: list[Deadline] = []
    for one in computed:
        before = standing.pop((one.timer.code, one.occasion), None) or standing.pop(
            (one.timer.code, one.replaces), None
        )
        if before is None or not _is_still(before, one, case):
            new.append(_row(case, one, at, before))
        elif _settle(before, one, case, at):
            changed.append(before)
            continue
        else:
            continue
        if before:
            before.superseded_at = at
            changed.append(before)
    for gone in standing.values():
        gone.superseded_at = at
        changed.append(gone)
    return changed, new


def _is_still(row: Deadline, one: Computed, case: Case) -> bool:
    """Whether the row says the same as what is worked out now, apart from what is only added once."""
    done, excused = _said(one)
    was_met_by_record = row.met_at is not None and row.met_by_id is None
    if was_met_by_record and (done is None or done.at != row.met_at):
        return False
    if row.stopped_reason == CLOSED and row.stopped_by_id is None and case.is_held:
        return False
    if row.stopped_at and row.evidence == ELSEWHERE and _why(excused) != row.stopped_reason:
        return False
    same_moments = (row.starts_at, row.due_at, row.due_soon_at) == (one.starts_at, *_moments(one, row.put_off_by))
    return same_moments and row.occasion == one.occasion and row.colour == (one.timer.colour or "")


def _said(one: Computed) -> tuple[Evidence | None, Evidence | None]:
    """What shows that it is done; what shows that it does not apply."""
    return (one.met, None) if one.met and one.met.applies else (None, one.met)


def _why(said: Evidence | None) -> str:
    return said.says[:300] if said else ""


def _moments(one: Computed, by: timedelta | None) -> tuple[datetime, datetime | None]:
    """When it is due and when that is soon, after what it has been put off by."""
    return put_off(one.due_at, by), put_off(one.due_soon_at, by) if one.due_soon_at else None


def put_off(moment: datetime, by: timedelta | None) -> datetime:
    """Whole days later it is the same hour on the clock, whatever the clocks did in between."""
    if not by or by % timedelta(days=1):
        return moment + (by or timedelta())
    return make_aware(localtime(moment).replace(tzinfo=None) + by)


def _settle(row: Deadline, one: Computed, case: Case, at: datetime) -> bool:
    """Write down what is known now and was not before: that it was met, or that the case closed."""
    before, (done, excused) = (row.met_at, row.stopped_at, row.is_certain), _said(one)
    row.is_certain = one.is_certain
    if done and not row.met_at:
        row.met_at, row.met_known_at, row.evidence = done.at, at, _why(done)
    if excused and not row.met_at and not row.stopped_at:
        row.stopped_at, row.stopped_reason, row.evidence = at, _why(excused), ELSEWHERE
    if _ends_with(case, one) and not row.met_at and not row.stopped_at:
        row.stopped_at, row.stopped_reason = at, CLOSED
    return before != (row.met_at, row.stopped_at, row.is_certain)


def _ends_with(case: Case, one: Computed) -> bool:
    return not case.is_held and one.timer.starts.on not in OUTLIVES_THE_CASE


def _row(case: Case, one: Computed, at: datetime, before: Deadline | None) -> Deadline:
    timer, by = one.timer, before.put_off_by if before else None
    due_at, due_soon_at = _moments(one, by)
    row = Deadline(
        case=case, timer=timer.code, what=timer.what, pack=case.pack, version=pack_for(case.pack).identity.version,
        clause=", ".join(timer.clauses)[:200], strength=timer.strength, scale=timer.scale, colour=timer.colour or "",
        occasion=one.occasion, starts_at=one.starts_at, due_at=due_at, due_soon_at=due_soon_at, put_off_by=by,
        is_owed=one.is_owed, is_certain=one.is_certain, is_stale=due_at < at - STALE, computed_at=at,
        replaces=before,
    )  # fmt: skip
    if before and (before.met_by_id or before.stopped_by_id or before.paused_by_id):
        for name in ("met_at", "met_by_id", "met_known_at", "evidence", "stopped_at", "stopped_by_id",
                     "stopped_reason", "paused_at", "paused_by_id", "paused_reason"):  # fmt: skip
            setattr(row, name, getattr(before, name))
    _settle(row, one, case, at)
    return row


@transaction.atomic
def meet_deadline(*, deadline: Deadline, met_at: datetime, evidence: str, by: Person, at: datetime) -> Deadline:
    """A person records that it was done, with what shows it."""
    deadline, case = _lock(deadline)
    check_can_record(by, case)
    gaps = _still_open_gaps(deadline)
    gaps += [] if evidence.strip() else [Gap("Say what shows that it was done.", field="evidence")]
    gaps += [Gap("It cannot have been done in the future.", field="met_at")] if met_at > at else []
    refuse_if(gaps)
    deadline.met_at, deadline.met_by, deadline.met_known_at, deadline.evidence = met_at, by, at, evidence.strip()
    deadline.save()
    says = f"{deadline.what}: done on {words.moment(met_at)}. {deadline.evidence}"
    add_journal(case, "deadline_met", says[:500], by=by, at=at, happened_at=met_at, clause=deadline.clause,
                subject=deadline, timer=deadline.timer)  # fmt: skip
    return deadline


@transaction.atomic
def stop_deadline(*, deadline: Deadline, reason: str, by: Person, at: datetime) -> Deadline:
    """It does not apply to this child after all; the reason is kept."""
    deadline, case = _lock(deadline)
    check_can_record(by, case)
    refuse_if(_still_open_gaps(deadline) + _reason_gaps(reason, "stopped"))
    deadline.stopped_at, deadline.stopped_by, deadline.stopped_reason = at, by, reason.strip()
    deadline.save()
    says = f"{deadline.what}: stopped. {reason.strip()}"
    add_journal(case, "deadline_stopped", says[:500], by=by, at=at, clause=deadline.clause, subject=deadline,
                timer=deadline.timer)  # fmt: skip
    return deadline


@transaction.atomic
def pause_deadline(*, deadline: Deadline, reason: str, by: Person, at: datetime) -> Deadline:
    """Only where the protocol lets this clock pause."""
    deadline, case = _lock(deadline)
    check_can_record(by, case)
    timer = pack_for(case.pack).timers.get(deadline.timer)
    gaps = _still_open_gaps(deadline) + _reason_gaps(reason, "paused")
    if timer is None or not timer.may_pause:
        gaps.append(Gap("The protocol does not let this clock pause."))
    gaps += [Gap("It is paused already.")] if deadline.paused_at else []
    refuse_if(gaps)
    deadline.paused_at, deadline.paused_by, deadline.paused_reason = at, by, reason.strip()
    deadline.save()
    says = f"{deadline.what}: paused. {reason.strip()}"
    add_journal(case, "deadline_paused", says[:500], by=by, at=at, clause=deadline.clause, subject=deadline,
                timer=deadline.timer)  # fmt: skip
    return deadline


@transaction.atomic
def resume_deadline(*, deadline: Deadline, reason: str, by: Person, at: datetime) -> Deadline:
    """The clock runs on, and its date is later by the time it stood still. The one that was paused stays to be seen."""
    deadline, case = _lock(deadline)
    check_can_record(by, case)
    gaps = _still_open_gaps(deadline) + ([] if reason.strip() else [Gap("Say why it runs on.", field="reason")])
    refuse_if(gaps if deadline.paused_at else [*gaps, Gap("It is not paused.")])
    stood = _stood_still(deadline, case, at)
    kept = ("timer", "what", "pack", "version", "clause", "strength", "scale", "colour", "occasion", "starts_at",
            "is_owed", "is_certain")  # fmt: skip
    row = Deadline(
        case=case, replaces=deadline, computed_at=at, put_off_by=(deadline.put_off_by or timedelta()) + stood,
        due_at=put_off(deadline.due_at, stood), **{name: getattr(deadline, name) for name in kept},
        due_soon_at=put_off(deadline.due_soon_at, stood) if deadline.due_soon_at else None,
    )  # fmt: skip
    deadline.superseded_at = at
    deadline.save()
    row.save()
    says = f"{row.what}: it runs on, and is due {words.moment(row.due_at)}. {reason.strip()}"
    add_journal(case, "deadline_resumed", says[:500], by=by, at=at, clause=row.clause, subject=row, timer=row.timer)
    return row


def _stood_still(deadline: Deadline, case: Case, at: datetime) -> timedelta:
    """Reading: a clock of hours is later by the hours it stood still, one of days by its days, and one of working days
    by as many working days; the protocols say that a clock pauses, and not how it is counted."""
    assert deadline.paused_at is not None
    timer = pack_for(case.pack).timers.get(deadline.timer)
    unit = Duration.parse(timer.offset).unit if timer and timer.offset else "days"
    if unit == "hours":
        return at - deadline.paused_at
    first, last, due = (localdate(moment) for moment in (deadline.paused_at, at, deadline.due_at))
    if unit != "working days":
        return last - first
    calendar = calendar_of(case.authority_id)
    days = calendar.working_days_between(first, last)
    return calendar.add_working_days(due, days) - due if days else timedelta()


def _lock(deadline: Deadline) -> tuple[Deadline, Case]:
    case = lock(deadline.case)
    fresh = Deadline.objects.get(pk=deadline.pk)
    fresh.case = case
    return fresh, case


def _still_open_gaps(deadline: Deadline) -> list[Gap]:
    if deadline.superseded_at:
        return [Gap("The event moved, and another date took the place of this one.")]
    if deadline.met_at:
        return [Gap(f"This was met on {words.moment(deadline.met_at)}.")]
    return [Gap(f"This was stopped on {words.moment(deadline.stopped_at)}.")] if deadline.stopped_at else []


def _reason_gaps(reason: str, how: str) -> list[Gap]:
    return [] if reason.strip() else [Gap(f"Say why it is {how}.", field="reason")]
