"""Contacts and referrals of a workbook. They are old news: nobody is told of them, no clock starts, and what the
workbook does not say stays unsaid."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.timezone import make_aware

from cases import words
from cases.actions.rows import save
from cases.contacts.machine import ContactState
from cases.imports.plans import ChildPlan, ContactPlan
from cases.models import Case, Child, Contact, ContactChannel, ContactOutcome, Opening
from teams.models import Authority, Team

NO_DOOR = "There is no front door team here, so its contacts were not taken."
SAYS = {False: "A contact", True: "A referral"}
UNSAID = "brought in from a workbook, which does not say what it was about."


@dataclass(frozen=True, slots=True)
class Desk:
    """Where contacts of a workbook are put down."""

    authority: Authority
    door: Team | None
    at: datetime

    @classmethod
    def of(cls, authority: Authority, at: datetime) -> "Desk":
        doors = Team.objects.in_use().filter(authority=authority, kind=Team.Kind.FRONT_DOOR)
        return cls(authority, doors.order_by("pk").first(), at)

    def put(self, plan: ChildPlan, child: Child | None) -> list[str]:
        if not plan.contacts:
            return []
        if self.door is None:
            return [NO_DOOR]
        taken = sum(self._put(one, plan, child, self.door) for one in plan.contacts)
        return [f"{words.plural(taken, 'contact')} added."] if taken else []

    def _put(self, one: ContactPlan, plan: ChildPlan, child: Child | None, door: Team) -> bool:
        contact = Contact(
            authority=self.authority, team=door, child=child, given_name=(plan.given_name or "Child")[:100],
            family_name=(plan.family_name or plan.number)[:100], date_of_birth=_born(plan, self.at),
            channel=ContactChannel.NOT_SAID, source=one.source, says=f"{SAYS[one.is_referral]}, {UNSAID}",
            received_at=make_aware(datetime.combine(one.on, time())), recorded_at=self.at,
            **_settled(one, _case_of(child, one)),
        )  # fmt: skip
        contact.decided_at = contact.received_at
        same = ("authority", "given_name", "family_name", "source", "says", "received_at")
        if Contact.objects.filter(**{name: getattr(contact, name) for name in same}).exists():
            return False
        save(contact, None)
        return True


def _born(plan: ChildPlan, at: datetime) -> object:
    return plan.born if plan.born and plan.born <= at.date() else None


def _case_of(child: Child | None, one: ContactPlan) -> Case | None:
    """The open case in whose time it came. A closed record takes nothing in."""
    if child is None:
        return None
    end_of_day = make_aware(datetime.combine(one.on, time(23, 59)))
    openings = Opening.objects.filter(case__child=child, period__contains=end_of_day, period__upper_inf=True)
    found = openings.select_related("case").first()
    return found.case if found and found.case.is_held else None


def _settled(one: ContactPlan, case: Case | None) -> dict[str, object]:
    if one.no_further_action:
        decided = "No further action, as the workbook says."
        return {"state": ContactState.CLOSED, "outcome": ContactOutcome.NO_FURTHER_ACTION, "decision": decided}
    if case is None:
        return {"state": ContactState.CLOSED, "decision": "The workbook does not say what was decided."}
    if one.is_referral:
        return {"state": ContactState.REFERRED, "case": case, "outcome": ContactOutcome.ASSESSMENT}
    return {"state": ContactState.PASSED_ON, "case": case}
