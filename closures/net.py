"""The safety net: what is still owed to the child when somebody wants to close. Each condition says what to do.

Numbers in brackets are the rules by which the Department for Education checks the yearly return, so that a council's
data team knows them. Rules that the database itself keeps (one open case, one plan of a kind, a date with every reason)
are not asked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from django.utils.timezone import localdate

from cases import words
from cases.contacts.machine import ContactState
from cases.factors import Factor
from cases.models import Case, Channel, Child, ClosureReason, Contact, Delivery, Spell, SpellKind
from casetransfer.calendars import months_between
from casetransfer.protocols import pack_for
from closures.models import Closure
from teams.refusals import Gap
from transfers.models import Duty, Waiver

AUTHORITYS_ORDERS = {
    "section_20", "police_protection", "emergency_protection_order", "interim_care_order", "care_order",
    "interim_supervision_order", "supervision_order", "placement_order", "remand",
}  # fmt: skip
"""While one of these runs the authority has a duty; orders in favour of a family member stay in force after closing."""
AFTER_ASSESSMENT = {ClosureReason.NO_FURTHER_ACTION, ClosureReason.EARLY_HELP}
OUTSIDE_CHANNELS = (Channel.EMAIL, Channel.LETTER, Channel.PHONE, Channel.IN_PERSON)
BEGUN_BY_CLOSING = {"closure_proposed", "closure_authorised", "step_down_agreed", "case_closed"}
"""What only begins with the closing outlives it, and does not stand in its way."""
UNSENT = (Delivery.WAITING, Delivery.TO_DO, Delivery.FAILED)


@dataclass(frozen=True, slots=True)
class Owed:
    """A condition that stands in the way. Where it is `departable`, a group manager may decide otherwise."""

    code: str
    gap: Gap
    departable: bool = False


def owed_to_child(closure: Closure, at: datetime) -> list[Owed]:
    """Everything in the way of this closing now, without what a manager has decided otherwise about."""
    decided = set(closure.departures.values_list("condition", flat=True))
    return [owed for owed in _all(closure, at) if not (owed.departable and owed.code in decided)]


def net_gaps(closure: Closure, at: datetime) -> list[Gap]:
    return [owed.gap for owed in owed_to_child(closure, at)]


def _all(closure: Closure, at: datetime) -> Iterator[Owed]:
    case = closure.case
    spells = list(case.spells.standing())
    yield from _transfers(case, at)
    yield from _events(case, at)
    yield from _statuses(spells)
    yield from _enquiry(case)
    yield from _siblings(case)
    yield from _contacts(closure)
    yield from _unsent(case)
    yield from _duties(case)
    if closure.reason:
        yield from reasons_owed(case, spells, closure.reason, at)


def _say(code: str, says: str, *, departable: bool = False, field: str = "") -> Owed:
    return Owed(code, Gap(says, field=field), departable)


def _transfers(case: Case, at: datetime) -> Iterator[Owed]:
    for transfer in case.transfers.under_way().select_related("receiving_team"):
        to = f" to {transfer.receiving_team.name}" if transfer.receiving_team else ""
        yield _say("transfer", f"Transfer {transfer.reference}{to} is under way: complete it or withdraw it.")
    live = Waiver.objects.filter(
        transfer__case=case, signed_at__isnull=False, ended_at=None, expires_on__gte=localdate(at)
    )
    for waiver in live.select_related("transfer").order_by("expires_on"):
        until = words.day(waiver.expires_on)
        there = f"record that it is there, or end the waiver of {waiver.transfer.reference}."
        yield _say("waiver", f"A paper is waived until {until}: {there}")


def _events(case: Case, at: datetime) -> Iterator[Owed]:
    for event in case.events.planned():
        name, when = words.capital(words.event(event.kind, event.ordinal)), words.moment(event.when)
        if event.when > at:
            yield _say("meeting", f"{name} is booked for {when}: cancel it, or close after it (census 8565).")
        else:
            yield _say("meeting", f"{name} was booked for {when}: record that it was held, or cancel it.")


def _statuses(spells: list[Spell]) -> Iterator[Owed]:
    for spell in spells:
        if spell.ends_on is not None:
            continue
        since, name = words.day(spell.starts_on), words.capital(words.label(spell.code))
        if (spell.kind, spell.code) == (SpellKind.STATUS, "assessment"):
            yield _say("assessment", f"An assessment is open since {since}: complete and authorise it (census 8867).")
        if (spell.kind, spell.code) == (SpellKind.STATUS, "child_protection"):
            says = f"The child has had a child protection plan since {since}: a conference must end it first."
            yield _say("plan", says)
        if spell.kind == SpellKind.LEGAL and spell.code in AUTHORITYS_ORDERS:
            says = f"{name} is in force since {since}: record the day on which it ended."
            yield _say("order", says, departable=spell.code == "supervision_order")
        if spell.kind == SpellKind.PROCEEDINGS and spell.code != "concluded":
            yield _say(
                "proceedings", f"Court proceedings ({words.label(spell.code)}) run since {since}: record their end."
            )
    yield from _plans(spells)


def _plans(spells: list[Spell]) -> Iterator[Owed]:
    """A child in need plan and a child protection plan follow each other; one may begin on the day the other ends."""
    need, protection = (
        [spell for spell in spells if (spell.kind, spell.code) == (SpellKind.STATUS, code)]
        for code in ("child_in_need", "child_protection")
    )
    for one, other in product(need, protection):
        if one.ends_on is None and other.ends_on is None:
            says = "A child in need plan runs beside the child protection plan: end one of them"
        elif one.starts_on < (other.ends_on or date.max) and other.starts_on < (one.ends_on or date.max):
            ran = f"The child in need plan from {words.day(one.starts_on)}"
            says = f"{ran} ran beside the child protection plan from {words.day(other.starts_on)}: correct one of them"
        else:
            continue
        yield _say("plans", f"{says} (4001, 4016, 4017).")


def _enquiry(case: Case) -> Iterator[Owed]:
    """A section 47 enquiry is settled by a conference, or by a discussion or an assessment that ends it."""
    since = case.opened_at
    held = [event for event in case.events.held().order_by("held_at") if event.held_at and event.held_at >= since]
    open_since: datetime | None = None
    for event in held:
        if event.kind == "strategy_discussion":
            open_since = event.held_at if event.outcome == "section_47_enquiry" else None
        elif event.kind in ("initial_child_protection_conference", "pre_birth_conference"):
            open_since = None
    answer = case.answers.filter(fact="section_47").order_by("-answered_at", "-pk").first()
    if open_since and not (answer and answer.answered_at > open_since and answer.value is False):
        opened = words.day(localdate(open_since))
        says = f"The section 47 enquiry of {opened} has no end: record the conference, or how it ended (census 8868)."
        yield _say("enquiry", says)


def _siblings(case: Case) -> Iterator[Owed]:
    if not case.child.family_id:
        return
    family = Child.objects.filter(family=case.child.family_id).exclude(pk=case.child_id)
    on_plan = Spell.objects.standing().open_ended().filter(
        case__in=Case.objects.held().filter(child__in=family), kind=SpellKind.STATUS, code="child_protection"
    )  # fmt: skip
    if on_plan.exists():
        says = "A brother or sister has a child protection plan: talk to the team that holds that case before closing."
        yield _say("sibling", says, departable=True)


def _contacts(closure: Closure) -> Iterator[Owed]:
    """What came in about the child and nobody has decided; and what came to the holder after the first hand's part,
    so that whoever works with the child reads it before the case is closed."""
    about = Contact.objects.filter(child=closure.case.child_id).order_by("received_at")
    for contact in about.undecided():
        came = words.moment(contact.received_at)
        yield _say("contact", f"Contact {contact.reference} of {came} is not decided yet: read it and decide it.")
    first = closure.hands.get(1)
    if first is None:
        return
    for contact in about.filter(state=ContactState.PASSED_ON, recorded_at__gt=first.done_at):
        hand = closure.plan.hand_names(closure.plan.turn(1)).lower()
        says = f"Contact {contact.reference} came in during the closing: send it back to the {hand}, who must read it."
        yield _say("contact", says)


def _unsent(case: Case) -> Iterator[Owed]:
    """What is meant for the family and professionals. What the service tells its own people bars nothing."""
    unsent = case.notices.filter(delivery__in=UNSENT, person=None, team=None, channel__in=OUTSIDE_CHANNELS)
    for notice in unsent.select_related("relationship"):
        done = "mend it and send it again" if notice.delivery == Delivery.FAILED else "send it, or say that it was done"
        what, how = notice.title.removeprefix(f"{notice.subject}: "), notice.get_channel_display().lower()
        yield _say("letter", f"Not sent yet: {what} ({how}, {notice.to_whom}): {done}.")


def _duties(case: Case) -> Iterator[Owed]:
    """What one team still owes another after a move, and what of it only a clock knows."""
    pack = pack_for(case.pack)
    duties = Duty.objects.owed().filter(transfer__case=case, transfer__finished_at__gte=case.opened_at)
    owed = list(duties.select_related("team", "transfer"))
    for duty in owed:
        what = duty.what.rstrip(".")
        says = f"Still owed by {duty.team.name}: {what}. Record on transfer {duty.transfer.reference} that it is done."
        yield _say("duty", says)
    told = {duty.code for duty in owed}
    timers = {row.timer for row in pack.duty if row.timer and row.code not in told}
    timers -= {timer.code for timer in pack.timer if timer.starts.on in BEGUN_BY_CLOSING}
    late: Any = case.deadlines.open().owed().filter(timer__in=timers)
    for deadline in late:
        yield _say("duty", f"Still owed to another team: {deadline.what} Due {words.moment(deadline.due_at)}.")


# --- the statutory reason ---


def reasons_owed(case: Case, spells: list[Spell], reason: str, at: datetime) -> Iterator[Owed]:
    """Whether the record bears out the reason that is given."""
    for says in _contradictions(case, spells, reason, at):
        yield _say("reason", says, field="reason")
    assessments = [one for one in spells if one.is_assessment and one.starts_on >= localdate(case.opened_at)]
    if reason not in AFTER_ASSESSMENT and len(assessments) == 1 and assessments[0].factors == [Factor.NONE]:
        says = (
            "The only assessment identified no factor, so the reason should be: closed after assessment. Choose that, "
        )
        says += "or correct what the assessment found (census 8873Q)."
        yield _say("factors", says, departable=True, field="reason")


def _contradictions(case: Case, spells: list[Spell], reason: str, at: datetime) -> Iterator[str]:
    child, label = case.child, ClosureReason(reason).label.lower() if reason in ClosureReason.values else reason
    ever = {spell.code for spell in spells}
    if reason == ClosureReason.DIED and not child.died_on:
        yield "Record the date of death first (census 8585Q)."
    if child.died_on and reason != ClosureReason.DIED:
        yield f"The child died on {words.day(child.died_on)}: the reason is that the child died."
    if reason in AFTER_ASSESSMENT and "assessment" not in ever:
        yield f"No assessment is recorded, so the reason cannot be: {label} (census 8825Q)."
    later = ever & {"child_in_need", "child_protection", "looked_after"}
    if reason in AFTER_ASSESSMENT and later:
        what = ", ".join(sorted(words.label(one) for one in later))
        yield f"There was more after the assessment ({what}), so the reason cannot be: {label} (2990)."
    if reason == ClosureReason.SPECIAL_GUARDIANSHIP and "special_guardianship_order" not in ever:
        yield "Record the special guardianship order first."
    if reason == ClosureReason.CHILD_ARRANGEMENTS and not ever & {"child_arrangements_order", "section_8_order"}:
        yield "Record the child arrangements order first."
    if reason == ClosureReason.ADOPTED and not ever & {"placement_order", "adoptive"}:
        yield "Record the placement for adoption first."
    born = child.date_of_birth
    if reason == ClosureReason.ADULT_SERVICES and (born is None or months_between(born, localdate(at)) < 18 * 12):
        yield "The young person is not 18 yet, so the reason cannot be that adult services have taken over."
