"""Who holds a case and who works it: the only writes to the involvement ledger after a case is opened."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from cases import guards, words
from cases.actions.journal import add_journal
from cases.actions.ledger import WORKERS, Ledger, lock
from cases.actions.restricted import conflict_gaps, end_grants_of
from cases.models import TEAM_PARTS, Case, Involvement, Part, Reason
from cases.permissions import check_can_allocate, check_can_record, check_same_authority
from teams.models import Person, Team
from teams.refusals import Gap, refuse_if


@transaction.atomic
def allocate(
    *, case: Case, worker: Person, by: Person | None, at: datetime, effective_at: datetime | None = None,
    reason: str = Reason.MANAGING_CASELOADS,
) -> Involvement:  # fmt: skip
    """Name the social worker of a case, in the team that holds it. Whoever had it before is ended."""
    case, effective_at = lock(case), effective_at or at
    check_can_allocate(by, case)
    refuse_if(guards.open_gaps(case))
    ledger = Ledger.of(case, by, at)
    team = _holding(ledger).team
    before = ledger.line(Part.ALLOCATED_SOCIAL_WORKER)
    gaps = guards.moment_gaps(case, effective_at, at, "effective_at", "The allocation")
    gaps += guards.worker_gaps(worker, team, localdate(effective_at)) + conflict_gaps(case.child, worker)
    if before and before.person == worker and before.team == team:
        gaps.append(Gap(f"{worker.name} is already the allocated social worker.", field="worker"))
    refuse_if(gaps + _backdating_gaps(ledger, effective_at))
    ledger.end_all(effective_at, *WORKERS)
    line = ledger.write(Part.ALLOCATED_SOCIAL_WORKER, team, worker, effective_at, reason=reason)
    says = f"{worker.name} in {team.name} became the allocated social worker."
    add_journal(case, "case_allocated", says, by=by, at=at, happened_at=effective_at, subject=line)
    return line


@transaction.atomic
def hold_on_duty(
    *, case: Case, delay_reason: str, review_on: date, by: Person | None, at: datetime,
    manager: Person | None = None, effective_at: datetime | None = None, reason: str = "",
) -> Involvement:  # fmt: skip
    """The team holds the case on duty, without a worker (or in its manager's name), until it can be allocated."""
    case, effective_at = lock(case), effective_at or at
    check_can_allocate(by, case)
    refuse_if(guards.open_gaps(case))
    ledger = Ledger.of(case, by, at)
    team = _holding(ledger).team
    gaps = guards.moment_gaps(case, effective_at, at, "effective_at", "Holding on duty")
    gaps += guards.worker_gaps(manager, team, localdate(effective_at), "manager") if manager else []
    gaps += conflict_gaps(case.child, manager, "manager")
    if not delay_reason.strip():
        gaps.append(Gap("Say why there is no worker yet.", field="delay_reason"))
    if review_on < localdate(at):
        gaps.append(Gap("The review date cannot be in the past.", field="review_on"))
    refuse_if(gaps + _backdating_gaps(ledger, effective_at))
    ledger.end_all(effective_at, *WORKERS)
    line = ledger.write(
        Part.DUTY, team, manager, effective_at, delay_reason=delay_reason.strip(), review_on=review_on, reason=reason
    )
    says = f"Held on duty by {team.name}, to be looked at again on {words.day(review_on)}: {delay_reason.strip()}"
    add_journal(case, "case_held_on_duty", says, by=by, at=at, happened_at=effective_at, subject=line)
    return line


@transaction.atomic
def move_responsibility(
    *, case: Case, transferring_team: Team, team: Team, by: Person | None, at: datetime,
    worker: Person | None = None, effective_at: datetime | None = None, reason: str = Reason.STANDARD_TRANSFER,
    route: str = "", clause: str = "",
) -> Involvement:  # fmt: skip
    """Case responsibility passes from one team to another at one instant. The worker of the team before is ended,
    and a new one named if there is one already. Whoever calls this has checked that the protocol lets it happen."""
    case, effective_at = lock(case), effective_at or at
    check_same_authority(by, case)
    refuse_if(guards.open_gaps(case))
    ledger = Ledger.of(case, by, at)
    holding = _holding(ledger)
    gaps = guards.holder_gaps(holding, transferring_team) + guards.receiving_gaps(team, case)
    gaps += guards.moment_gaps(case, effective_at, at, "effective_at", "The move")
    if holding.team == team:
        gaps.append(Gap(f"{team.name} already holds this case.", field="team"))
    gaps += guards.worker_gaps(worker, team, localdate(effective_at)) if worker else []
    gaps += conflict_gaps(case.child, worker)
    refuse_if(gaps or _backdating_gaps(ledger, effective_at))
    ledger.end_all(effective_at, Part.RESPONSIBLE_TEAM, *WORKERS)
    ledger.end(*(line for line in ledger.lines(Part.RECEIVING_TEAM) if line.team == team), ended_at=effective_at)
    end_grants_of(case=case, team=holding.team, by=by, at=at)
    line = ledger.write(Part.RESPONSIBLE_TEAM, team, None, effective_at, reason=reason)
    if worker:
        ledger.write(Part.ALLOCATED_SOCIAL_WORKER, team, worker, effective_at, reason=reason)
    says = f"Case responsibility moved from {holding.team.name} to {team.name}."
    add_journal(
        case, "responsibility_moved", says, by=by, at=at, happened_at=effective_at, route=route, clause=clause,
        subject=line, from_team=holding.team_id, to_team=team.pk,
    )  # fmt: skip
    return line


@transaction.atomic
def add_involvement(
    *, case: Case, role: str, team: Team, by: Person | None, at: datetime, person: Person | None = None,
    effective_at: datetime | None = None, reason: str = "", route: str = "", clause: str = "",
) -> Involvement:  # fmt: skip
    """Somebody joins the work without responsibility moving: a co-worker, an adviser, a team alongside, a chair."""
    case, effective_at = lock(case), effective_at or at
    check_can_record(by, case)
    refuse_if(guards.open_gaps(case))
    ledger = Ledger.of(case, by, at)
    gaps = guards.receiving_gaps(team, case) + _part_gaps(ledger, role, team, person)
    gaps += guards.moment_gaps(case, effective_at, at, "effective_at", "The start")
    gaps += guards.worker_gaps(person, team, localdate(effective_at), "person") if person else []
    gaps += conflict_gaps(case.child, person, "person")
    refuse_if(gaps)
    line = ledger.write(role, team, person, effective_at, reason=reason)
    says = f"{person.name + ', ' if person else ''}{team.name} joined as {Part(role).label.lower()}."
    add_journal(
        case, "involvement_added", says, by=by, at=at, happened_at=effective_at, subject=line, route=route,
        clause=clause,
    )  # fmt: skip
    return line


@transaction.atomic
def end_involvement(
    *, involvement: Involvement, by: Person | None, at: datetime, effective_at: datetime | None = None
) -> None:
    """Somebody's part ends. The responsible team's never does by itself: it is moved, or the case is closed."""
    case, effective_at = lock(involvement.case), effective_at or at
    check_can_record(by, case)
    ledger = Ledger.of(case, by, at)
    line = next((line for line in ledger.lines() if line.pk == involvement.pk), None)
    gaps = [] if line else [Gap("This part has already ended.")]
    if involvement.role == Part.RESPONSIBLE_TEAM:
        gaps.append(Gap("A case is never left without a team: move it to another team, or close it."))
    if line and effective_at <= line.started_at:
        gaps.append(Gap("The end must be after the start.", field="effective_at"))
    refuse_if(gaps + guards.moment_gaps(case, effective_at, at, "effective_at", "The end"))
    assert line is not None
    ledger.end(line, ended_at=effective_at)
    who = f"{line.person.name}, " if line.person else ""
    says = f"{who}{line.team.name} ended as {line.get_role_display().lower()}."
    add_journal(case, "involvement_ended", says, by=by, at=at, happened_at=effective_at, subject=line)


@transaction.atomic
def correct_move(
    *, case: Case, moved_at: datetime, really_at: datetime, why: str, by: Person | None, at: datetime
) -> None:
    """Responsibility was recorded as moving at one moment and really moved at another. What the record said before
    stays in the ledger, with the time in which it was believed."""
    case = lock(case)
    check_can_allocate(by, case)
    ledger = Ledger.of(case, by, at)
    before, after = _stretches_meeting(case, moved_at)
    gaps = guards.open_gaps(case) + guards.moment_gaps(case, really_at, at, "really_at", "The move")
    if before is None or after is None:
        gaps.append(Gap(f"Responsibility did not move at {words.moment(moved_at)}.", field="moved_at"))
    elif not before.started_at < really_at < (after.ended_at or at + (at - before.started_at)):
        gaps.append(Gap("The move must lie within the time that the two teams held the case.", field="really_at"))
    if not why.strip():
        gaps.append(Gap("Say why this is corrected.", field="why"))
    refuse_if(gaps)
    assert before is not None
    assert after is not None
    ledger.replace(
        [before, after],
        [ledger.again(before, before.started_at, really_at), ledger.again(after, really_at, after.ended_at)],
    )
    says = (
        f"The move to {after.team.name} was corrected from {words.moment(moved_at)} to {words.moment(really_at)}: {why}"
    )
    add_journal(case, "ledger_corrected", says, by=by, at=at, happened_at=really_at, subject=after)


@transaction.atomic
def correct_holder(*, involvement: Involvement, team: Team, why: str, by: Person | None, at: datetime) -> None:
    """A stretch of responsibility was recorded under the wrong team."""
    case = lock(involvement.case)
    check_can_allocate(by, case)
    ledger = Ledger.of(case, by, at)
    line = case.involvements.standing().responsible().select_related("team").filter(pk=involvement.pk).first()
    gaps = guards.open_gaps(case) + guards.receiving_gaps(team, case)
    if line is None:
        gaps.append(Gap("This line of the ledger has been corrected already."))
    elif line.team == team:
        gaps.append(Gap(f"The record already says {team.name}.", field="team"))
    if not why.strip():
        gaps.append(Gap("Say why this is corrected.", field="why"))
    if line and line.is_current and ledger.lines(*WORKERS):
        gaps.append(Gap(f"End the worker's part first: a worker of {line.team.name} is allocated.", field="team"))
    refuse_if(gaps)
    assert line is not None
    ledger.rewrite(line, line.started_at, line.ended_at, team=team)
    since = words.moment(line.started_at)
    says = f"The record said that {line.team.name} held the case from {since}; it was {team.name}: {why}"
    add_journal(case, "ledger_corrected", says, by=by, at=at, happened_at=line.started_at, subject=line)


def _holding(ledger: Ledger) -> Involvement:
    holding = ledger.line(Part.RESPONSIBLE_TEAM)
    assert holding is not None, "the database keeps every open case held"
    return holding


def _backdating_gaps(ledger: Ledger, effective_at: datetime) -> list[Gap]:
    """What is written now may not reach back beyond the responsible team's present stretch, nor into the time of a
    worker whose part has already ended."""
    holding = _holding(ledger)
    if effective_at < holding.started_at:
        since = words.moment(holding.started_at)
        says = f"{holding.team.name} has held the case only since {since}: this cannot have been before."
        return [Gap(says, field="effective_at")]
    if ledger.worker_until is None or ledger.worker_until <= effective_at:
        return []
    ended = ledger.case.involvements.standing().filter(role__in=WORKERS, period__endswith__gt=effective_at)
    last = ended.select_related("team", "person").order_by("-period").first()
    if last is None or last.ended_at is None:
        return []
    who = last.person.name if last.person else last.team.name
    says = f"{who} was {last.get_role_display().lower()} until {words.moment(last.ended_at)}: this must be later."
    return [Gap(says, field="effective_at")]


def _part_gaps(ledger: Ledger, role: str, team: Team, person: Person | None) -> list[Gap]:
    if role not in Part.values or role in (Part.RESPONSIBLE_TEAM, *WORKERS):
        return [Gap("Choose the part that somebody has in the case.", field="role")]
    if (role in TEAM_PARTS) == (person is not None):
        return [Gap("A team has this part, without a name." if person else "Name the person.", field="person")]
    same = [line for line in ledger.lines(role) if line.team == team and line.person == person]
    return [Gap("They already have this part in the case.", field="role")] if same else []


def _stretches_meeting(case: Case, moment: datetime) -> tuple[Involvement | None, Involvement | None]:
    held = case.involvements.standing().responsible().select_related("team")
    before = held.filter(period__endswith=moment).first()
    after = held.filter(period__startswith=moment).first()
    return before, after
