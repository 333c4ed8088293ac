"""The front door: recording, rating and deciding contacts, and passing on what is learned."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from cases import words
from cases.actions.children import add_child
from cases.actions.journal import add_journal
from cases.actions.opening import open_case
from cases.actions.outbox import queue_notices
from cases.actions.protocol_notices import to_tell_of
from cases.actions.rows import save
from cases.actions.spells import start_spell
from cases.contacts.knowledge import due_at
from cases.happenings import Happening
from cases.models import Case, Child, Contact, ContactChannel, ContactOutcome, ContactSource, Reason
from cases.notices import Recipient, in_place_of
from cases.permissions import check_can_decide_contact, check_can_record_contact
from cases.slots import contact_holds
from casetransfer.protocols import pack_for
from teams.models import Absence, Person, Team
from teams.refusals import Gap, refuse_if

PASSED_ON = "CONTACT-PASSED-ON"


@transaction.atomic
def record_contact(
    *, team: Team, given_name: str, channel: str, source: str, says: str, received_at: datetime, by: Person | None,
    at: datetime, family_name: str = "", date_of_birth: date | None = None, referrer: str = "", tier: str = "",
    child: Child | None = None,
) -> Contact:  # fmt: skip
    """Something comes in about a child. Where the child has an open case it goes to the holder at once."""
    check_can_record_contact(by, team)
    contact = Contact(
        authority=team.authority, team=team, child=child, given_name=given_name.strip(),
        family_name=family_name.strip(), date_of_birth=date_of_birth, channel=channel, source=source,
        says=says.strip(), referrer=referrer.strip(), tier=tier, received_at=received_at, recorded_at=at,
        received_by=by, recorded_by=by,
    )  # fmt: skip
    refuse_if(_contact_gaps(contact, at))
    save(contact, by)
    contact.refresh_from_db(fields=["reference"])
    return _come_in(contact, by, at)


@transaction.atomic
def know_child(*, contact: Contact, child: Child, by: Person | None, at: datetime) -> Contact:
    """It is about this child on record. An open case makes it the holder's at once."""
    contact = _lock(contact)
    check_can_decide_contact(by, contact)
    gaps = [] if contact.is_undecided else [Gap("This contact has been decided already.")]
    if child.authority_id != contact.authority_id:
        gaps.append(Gap("The child is known to another authority.", field="child"))
    refuse_if(gaps)
    contact.child = child
    save(contact, by)
    return _come_in(contact, by, at)


@transaction.atomic
def forward_contact(*, contact: Contact, by: Person | None, at: datetime) -> Contact:
    """The case of the child is open again: the contact that brought it back goes to whoever holds it."""
    contact = _lock(contact)
    refuse_if([] if contact.is_undecided else [Gap("This contact has been decided already.")])
    return _come_in(contact, by, at)


@transaction.atomic
def rate_contact(
    *, contact: Contact, by: Person | None, at: datetime, colour: str = "", tier: str = "", reasons: str = ""
) -> Contact:
    """Say how urgent it is, on the protocol's own scale; where it has none, only take the contact up."""
    contact = _lock(contact)
    check_can_decide_contact(by, contact)
    scale = contact.rating_scale
    gaps = contact.blockers("rate")
    if scale and colour not in {one.colour for one in scale.ratings}:
        gaps.append(Gap("Choose a rating.", field="colour"))
    if colour and not scale:
        gaps.append(Gap("This protocol has no rating for contacts.", field="colour"))
    refuse_if(gaps)
    contact.rate()
    contact.tier, contact.reasons = tier or contact.tier, reasons or contact.reasons
    contact.rated_at, contact.rated_by = at, by
    if scale:
        contact.scale, contact.colour, contact.due_at = scale.code, colour, due_at(contact, colour, at)
    save(contact, by)
    to_tell_of(contact=contact, by=by, at=at)()
    return contact


@transaction.atomic
def decide_contact(
    *, contact: Contact, outcome: str, decision: str, by: Person | None, at: datetime, team: Team | None = None,
    worker: Person | None = None, route: str = "", clause: str = "",
) -> Contact:  # fmt: skip
    """What follows. A referral opens a case in the team that takes the child on."""
    contact = _lock(contact)
    check_can_decide_contact(by, contact)
    refers = outcome == ContactOutcome.ASSESSMENT
    gaps = contact.blockers("refer" if refers else "close")
    gaps += contact_holds.gather(contact, at) if refers else []
    gaps += [] if outcome in ContactOutcome.values else [Gap("Choose what follows.", field="outcome")]
    gaps += [] if decision.strip() else [Gap("Say why this is decided.", field="decision")]
    gaps += [Gap("Choose the team that takes the child on.", field="team")] if refers and team is None else []
    row = pack_for(contact.authority.pack).routes.get(route)
    gaps += [Gap("Choose a way of the protocol.", field="route")] if route and row is None else []
    refuse_if(gaps)
    clause = clause or (", ".join(row.clauses)[:200] if row else "")
    contact.outcome, contact.decision, contact.route, contact.clause = outcome, decision.strip(), route, clause
    tell = to_tell_of(contact=contact, by=by, at=at)
    contact.decided_at, contact.decided_by = at, by
    if refers:
        assert team is not None
        contact.refer()
        _open(contact, team, worker, by, at)
    else:
        contact.close()
    save(contact, by)
    tell()
    return contact


def _open(contact: Contact, team: Team, worker: Person | None, by: Person | None, at: datetime) -> None:
    child = contact.child or add_child(
        authority=contact.authority, given_name=contact.given_name, family_name=contact.family_name,
        date_of_birth=contact.date_of_birth, by=by, at=at,
    )  # fmt: skip
    contact.child = child
    contact.case = open_case(child=child, team=team, worker=worker, by=by, at=at, reason=Reason.FIRST_CONTACT)
    start_spell(case=contact.case, kind="status", code="referral", starts_on=localdate(at), by=None, at=at)
    tell = partial(add_journal, contact.case, by=by, at=at, subject=contact, contact=contact.reference)
    what = f"Contact {contact.reference} from {contact.get_source_display().lower()}"
    tell("contact_became_referral", f"{what} became a referral to {team.name}.", route=contact.route,
         clause=contact.clause)  # fmt: skip
    tell("contact_decided", f"{what} was decided.", route=contact.route, clause=contact.clause)


@transaction.atomic
def pass_on_information(*, contact: Contact, information: str, by: Person | None, at: datetime) -> Contact:
    """What the partner agencies said goes to whoever has the case now."""
    contact = _lock(contact)
    check_can_decide_contact(by, contact)
    gaps = [] if contact.case else [Gap("There is no case to pass this on to: decide the contact first.")]
    if contact.case and not contact.case.is_held:
        says = f"Case {contact.case.reference} is closed, so nobody would read it: record a new contact."
        gaps.append(Gap(says))
    gaps += [] if information.strip() else [Gap("Write what is passed on.", field="information")]
    refuse_if(gaps)
    assert contact.case is not None
    contact.information, contact.information_at, contact.information_by = information.strip(), at, by
    save(contact, by)
    says = f"Information from the front door was passed on with contact {contact.reference}."
    add_journal(contact.case, "information_passed_on", says, by=by, at=at, subject=contact, contact=contact.reference)
    _tell_holder(contact, f"information/{at.isoformat()}", "Information from the front door was added to a contact", at)
    return contact


def _come_in(contact: Contact, by: Person | None, at: datetime) -> Contact:
    """It goes to the holder of an open case at once; and whoever the protocol names hears that it came."""
    tell = to_tell_of(contact=contact, by=by, at=at)
    case = contact.child.cases.held().first() if contact.child else None
    if case is None:
        tell()
        return contact
    _to_the_holder(contact, case, by, at)
    tell(*_called_in_vain(contact, case, at))
    return contact


def _called_in_vain(contact: Contact, case: Case, at: datetime) -> list[Happening]:
    """Somebody rings about an open case, and its worker is away."""
    worker = case.allocated_social_worker if contact.channel == ContactChannel.PHONE else None
    if worker is None or not Absence.objects.current(localdate(at)).filter(person=worker).exists():
        return []
    return [Happening("worker_absent", contact.received_at, f"contact:{contact.pk}", "call")]


def _to_the_holder(contact: Contact, case: Case, by: Person | None, at: datetime) -> None:
    contact.pass_on()
    contact.case, contact.decided_at, contact.decided_by = case, at, by
    save(contact, by)
    holding = case.holding
    where = f" to {holding.team.name}" if holding else ""
    says = f"Contact {contact.reference} on the open case went{where} at once."
    add_journal(
        case, "contact_forwarded", says, by=by, at=at, happened_at=max(contact.received_at, case.opened_at),
        subject=contact, contact=contact.reference,
    )  # fmt: skip
    _tell_holder(contact, "passed on", "A contact came in on a case that you hold", at)


def _tell_holder(contact: Contact, occasion: str, title: str, at: datetime) -> None:
    assert contact.case is not None
    queue_notices(
        authority=contact.authority, case=contact.case, code=PASSED_ON, subject=contact.reference, occasion=occasion,
        title=title, to=_holders(contact.case, localdate(at)), at=at, link=contact.get_absolute_url(),
    )  # fmt: skip


def _holders(case: Case, on: date) -> Iterable[Recipient]:
    """The allocated worker, or whoever stands in for them today; the team where nobody is allocated."""
    line = case.involvements.current().allocated().select_related("person", "team").first()
    if line and line.person:
        return in_place_of(line.person, line.team, on)
    holding = case.holding
    return [Recipient(team=holding.team)] if holding else []


def _contact_gaps(contact: Contact, at: datetime) -> list[Gap]:
    gaps = [] if contact.given_name else [Gap("Give the child's name, or what is known of it.", field="given_name")]
    gaps += [] if contact.says else [Gap("Say what the contact is about.", field="says")]
    if contact.channel not in ContactChannel.values or contact.channel == ContactChannel.NOT_SAID:
        gaps.append(Gap("Choose how it came in.", field="channel"))
    if contact.source not in ContactSource.values:
        gaps.append(Gap("Choose who made the contact.", field="source"))
    if contact.received_at > at:
        gaps.append(Gap(f"It cannot have come in later than now, {words.moment(at)}.", field="received_at"))
    if contact.date_of_birth and contact.date_of_birth > localdate(at):
        gaps.append(Gap("Date of birth cannot be in the future.", field="date_of_birth"))
    if contact.child and contact.child.authority_id != contact.authority_id:
        gaps.append(Gap("The child is known to another authority.", field="child"))
    return gaps


def _lock(contact: Contact) -> Contact:
    found: Any = Contact.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("authority", "team", "child__authority", "case").get(pk=contact.pk)
