"""Restricted records: who is let in, who broke in, who looked at that afterwards, and who must stay out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from cases.actions.deadlines import calendar_of
from cases.actions.ledger import lock
from cases.actions.outbox import Recipient, queue_notices
from cases.actions.rows import save
from cases.models import BrokenGlass, Case, Child, Conflict, Grant
from cases.permissions import check_can_break_glass, check_can_guard, check_can_review
from teams.actions import record_audit
from teams.models import AuditEntry, Membership, Person, Team
from teams.refusals import Gap, refuse_if
from teams.roles import PERMISSIONS_OF, Permission

BROKEN_FOR = timedelta(hours=4)
OVERLAP = timedelta(days=14)
MANAGING = [role for role, allowed in PERMISSIONS_OF.items() if Permission.DECIDE_TRANSFER in allowed]
Kind = AuditEntry.Kind


@transaction.atomic
def restrict(*, case: Case, restricted: bool, by: Person | None, at: datetime) -> Child:
    """Mask a record, or open it again to everybody who may see the case."""
    case = lock(case)
    check_can_guard(by, case)
    refuse_if([Gap("The record already is so.")] if case.child.restricted == restricted else [])
    case.child.restricted = restricted
    return save(case.child, by)


@transaction.atomic
def grant_sight(
    *, case: Case, person: Person, reason: str, by: Person | None, at: datetime, ends_at: datetime | None = None
) -> Grant:
    case = lock(case)
    check_can_guard(by, case)
    gaps = [] if reason.strip() else [Gap("Say why this person needs to see the record.", field="reason")]
    gaps += [] if case.child.restricted else [Gap("The record is not restricted.")]
    if person.authority_id != case.authority_id or not person.is_active:
        gaps.append(Gap("Choose somebody who works here.", field="person"))
    if person == by:
        gaps.append(Gap("Nobody lets themselves in: ask another manager.", field="person"))
    if case.child.grants.standing(at).filter(person=person).exists():
        gaps.append(Gap(f"{person.name} may see the record already.", field="person"))
    refuse_if(gaps + conflict_gaps(case.child, person, "person"))
    grant = Grant(
        child=case.child, person=person, reason=reason.strip(), granted_at=at, granted_by=by, ended_at=ends_at,
        ended_by=by if ends_at else None,
    )  # fmt: skip
    _note(Kind.GRANTED, case, by, at, person=person.pk)
    return save(grant, by)


@transaction.atomic
def end_grant(*, case: Case, grant: Grant, by: Person | None, at: datetime) -> Grant:
    check_can_guard(by, lock(case))
    refuse_if([Gap("This has ended already.")] if grant.ended_at and grant.ended_at <= at else [])
    return _end(case, grant, by, at, ends_at=at)


def end_grants_of(*, case: Case, team: Team, by: Person | None, at: datetime) -> list[Grant]:
    """The case left this team: those of it who were let in see the record for the overlap, and then no more."""
    members = Membership.objects.current(localdate(at)).filter(team=team).values("person")
    standing = Grant.objects.filter(child=case.child_id, person__in=members, ended_at=None, handed_on=None)
    return [_end(case, grant, by, at, ends_at=at + OVERLAP) for grant in standing.select_related("person")]


HANDED_ON = "Handed the case on, and sees the record until the receiving team has met the family."


@transaction.atomic
def keep_sight(*, case: Case, team: Team, by: Person | None, at: datetime) -> list[Grant]:
    """The team hands the case on: its worker until now and its managers see the record until `end_kept_sight`, with
    what they still owe. A restricted one would be closed to them at once, any other one after a while."""
    case = lock(case)
    lines = case.involvements.standing().allocated().filter(team=team).order_by("-period")
    worker = lines.values_list("person", flat=True).first()
    own = Q(role__in=MANAGING) | Q(person=worker)
    members = Membership.objects.current(localdate(at)).filter(own, team=team, person__is_active=True)
    people = Person.objects.filter(memberships__in=members).distinct()
    people = people.exclude(pk__in=case.child.grants.filter(ended_at=None).values("person"))
    kept_out = case.child.conflicts.standing().values("person")
    return [_keep(case, team, person, by, at) for person in people.exclude(pk__in=kept_out)]


def _keep(case: Case, team: Team, person: Person, by: Person | None, at: datetime) -> Grant:
    _note(Kind.GRANTED, case, by, at, person=person.pk)
    grant = Grant(child=case.child, person=person, reason=HANDED_ON, granted_at=at, granted_by=by, handed_on=team)
    return save(grant, by)


@transaction.atomic
def end_kept_sight(*, case: Case, team: Team, by: Person | None, at: datetime) -> list[Grant]:
    """The family has been met and nothing is owed: whoever handed the case on needs to see no more of it."""
    kept = case.child.grants.filter(handed_on=team, ended_at=None).select_related("person")
    return [_end(case, grant, by, at, ends_at=at) for grant in kept]


def _end(case: Case, grant: Grant, by: Person | None, at: datetime, *, ends_at: datetime) -> Grant:
    grant.ended_at, grant.ended_by = ends_at, by
    _note(Kind.GRANT_ENDED, case, by, at, person=grant.person_id)
    return save(grant, by)


@transaction.atomic
def break_glass(*, case: Case, reason: str, by: Person, at: datetime) -> BrokenGlass:
    """Open a restricted record in an emergency, for a few hours. Those who hold the case are told at once."""
    case = lock(case)
    check_can_break_glass(by, case)
    gaps = [] if len(reason.strip()) >= 10 else [Gap("Say what the emergency is.", field="reason")]
    refuse_if(gaps + ([] if case.child.restricted else [Gap("The record is not restricted: you need no emergency.")]))
    opening = BrokenGlass(
        child=case.child, reason=reason.strip(), opened_at=at, opened_by=by, until=at + BROKEN_FOR,
        review_by_on=calendar_of(case.authority_id).next_working_day(localdate(at)),
    )  # fmt: skip
    save(opening, by)
    _note(Kind.BROKE_GLASS, case, by, at, opening=opening.pk)
    queue_notices(
        authority=case.authority_id, code="restricted_opened", subject=case.reference, occasion=f"opened-{opening.pk}",
        title=f"{case.reference} was opened in an emergency: review it on the next working day", at=at, case=case,
        link="/restricted/reviews/", to=[Recipient(person=one) for one in _managers_of(case, by, at)], must_act=True,
    )  # fmt: skip
    return opening


def _managers_of(case: Case, but: Person, at: datetime) -> list[Person]:
    """Of the team that holds the case; where it has none, or only the one who opened it, of the whole authority."""
    held = Membership.objects.current(localdate(at)).filter(person__is_active=True).exclude(person=but)
    of_team = Q(team__in=case.involvements.current().responsible().values("team"), role__in=MANAGING)
    everywhere = [role for role in MANAGING if Permission.SEE_ALL_CASES in PERMISSIONS_OF[role]]
    for which in (of_team, Q(team__authority=case.authority_id, role__in=everywhere)):
        found = {one.person_id: one.person for one in held.filter(which).select_related("person")}
        if found:
            return list(found.values())
    return []


@transaction.atomic
def review_opening(*, opening: BrokenGlass, was_needed: bool, finding: str, by: Person, at: datetime) -> BrokenGlass:
    """Was it right? Said by somebody else than the one who opened the record."""
    opening = (
        BrokenGlass.objects.select_for_update(of=("self",), no_key=True).select_related("child").get(pk=opening.pk)
    )
    check_can_review(by, opening)
    gaps = [] if finding.strip() else [Gap("Say what you found.", field="finding")]
    refuse_if(gaps + ([Gap("This has been reviewed already.")] if opening.reviewed_at else []))
    opening.was_needed, opening.finding = was_needed, finding.strip()
    opening.reviewed_at, opening.reviewed_by = at, by
    record_audit(
        kind=Kind.REVIEWED, by=by, at=at, subject=opening.child.reference, opening=opening.pk, needed=int(was_needed)
    )
    return save(opening, by)


@transaction.atomic
def record_conflict(*, case: Case, person: Person, by: Person | None, at: datetime) -> Conflict:
    """From now on this person sees nothing of the record. Anybody may say it of themselves."""
    case = lock(case)
    if by != person:
        check_can_guard(by, case)
    gaps = [Gap("This is recorded already.")] if case.child.conflicts.standing().filter(person=person).exists() else []
    if person.authority_id != case.authority_id:
        gaps.append(Gap("Choose somebody who works here.", field="person"))
    if case.involvements.current().filter(person=person).exists():
        gaps.append(Gap(f"{person.name} works on this case: name another worker first.", field="person"))
    refuse_if(gaps)
    return save(Conflict(child=case.child, person=person, recorded_at=at, recorded_by=by), by)


def conflict_gaps(child: Child, person: Person | None, field: str = "worker") -> list[Gap]:
    if person is None or not child.conflicts.standing().filter(person=person).exists():
        return []
    return [Gap(f"{person.name} has a conflict of interest with this family.", field=field)]


def _note(kind: str, case: Case, by: Person | None, at: datetime, **detail: int) -> None:
    record_audit(
        kind=kind, by=by, at=at, subject=case.reference, page="cases:restricted", authority_id=case.authority_id,
        **detail,
    )  # fmt: skip
