"""What this room puts on the page of a contact: a child who comes back within a window of the protocol goes one way,
back to the team before, and is not sent elsewhere before that team has answered."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from cases.contacts.knowledge import last_closed
from cases.models import Case, Contact, Reasons
from cases.permissions import held_last
from cases.slots import Link, Move, contact_holds, contact_links, contact_moves
from closures.actions.returns import windows_of
from closures.machine import ReturnState
from closures.models import Return
from closures.permissions import asked_of, can_record_return
from closures.presenters import returns_in_words
from teams.models import Person
from teams.refusals import Gap


@contact_moves
def come_back(contact: Contact, person: Person, at: datetime) -> list[Move]:
    case = _closed_before(contact)
    if case is None or not can_record_return(person, case) or not _must_come_back(contact, case, at):
        return []
    url = reverse("closures:come_back", args=[case.reference]) + f"?contact={contact.reference}"
    return [Move("Record that the child comes back", url)]


@contact_links
def those_who_come_back(person: Person) -> list[Link]:
    """For whoever may answer."""
    text = returns_in_words(person)
    return [Link(text, reverse("closures:returns"))] if text else []


@contact_holds
def comes_back_first(contact: Contact, at: datetime) -> list[Gap]:
    case = _closed_before(contact)
    if case is None:
        return []
    waiting = Return.objects.waiting().filter(case=case).select_related("to_team", "case").first()
    if waiting:
        return [Gap(f"The child came back, and it waits for {asked_of(waiting)}: that is answered first.")]
    return _must_come_back(contact, case, at)


def _must_come_back(contact: Contact, case: Case, at: datetime) -> list[Gap]:
    """Why the team before is asked first. Where the protocol wants the same reasons, that is said first."""
    last = held_last(case)
    asked = Return.objects.filter(case=case, came_at__gte=case.closed_at)
    if last is None or not last.team.is_in_use or asked.filter(state=ReturnState.ORDINARY).exists():
        return []
    came_on = localdate(contact.received_at)
    within = [one for one in windows_of(case, "contact", at) if one.is_open_on(came_on)]
    if not within or asked.filter(state__in=[ReturnState.OFFERED, ReturnState.ESCALATED]).exists():
        return []
    clauses = within[0].row.clauses
    if all(one.row.reasons == "same" for one in within) and contact.reasons != Reasons.SAME:
        if contact.reasons:
            return []
        says = "Say first, with the rating, whether the reasons are the same as at the last closing."
        return [Gap(says, clauses)]
    says = f"The child comes back to {last.team.name} within the protocol's time: record that, and the team is asked."
    return [Gap(says, clauses)]


def _closed_before(contact: Contact) -> Case | None:
    """The child's last case, closed before this came in, with no other open."""
    case = last_closed(contact)
    if case is None or case.closed_at is None or case.closed_at > contact.received_at:
        return None
    return None if case.child.cases.held().exists() else case
