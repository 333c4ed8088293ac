"""Brothers and sisters on the pages of a transfer: who may go along, who goes, who would be parted."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from cases import words
from cases.models import Case, Involvement, Standing
from teams.models import Person, Team
from transfers.models import Transfer
from transfers.siblings import Sibling, siblings_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One brother or sister to take along. `hint` says what the protocol says of that child."""

    value: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class FamilyLine:
    child: str
    says: str
    url: str
    is_parted: bool


def choices_for(case: Case, at: datetime, person: Person) -> list[Choice]:
    return [_choice(sibling, at) for sibling in siblings_of(case, at, person)]


def _choice(sibling: Sibling, at: datetime) -> Choice:
    child = sibling.case.child
    age = words.age(child.date_of_birth, child.expected_delivery_date, localdate(at))
    led = sibling.decision.recommended[:1]
    says = f"The protocol recommends: {led[0].plan.route.name}." if led else "The protocol recommends no move now."
    held = "".join(f" Stays put: {one.hold.name}." for one in sibling.decision.holds)
    return Choice(str(sibling.case.pk), f"{child.name}, {age}", f"Held by {sibling.holder.name}. {says}{held}")


def family_of(transfer: Transfer, person: Person, standing: Standing) -> tuple[FamilyLine, ...]:
    """Each brother or sister with an open case, and whether this transfer parts them."""
    family = transfer.case.child.family_id
    if not family:
        return ()
    held = Case.objects.held().filter(child__family=family, authority=transfer.case.authority_id)
    others = list(held.exclude(pk=transfer.case_id).visible_to(person, standing).select_related("child"))
    if not others:
        return ()
    lines = Involvement.objects.current().responsible().filter(case__in=others).select_related("team")
    holders = {line.case_id: line.team for line in lines}
    moving = {
        one.case_id: one
        for one in Transfer.objects.under_way().moving().filter(case__in=others).select_related("receiving_team")
    }
    return tuple(_line(transfer, one, holders.get(one.pk), moving.get(one.pk)) for one in others)


def _line(transfer: Transfer, case: Case, holder: Team | None, other: Transfer | None) -> FamilyLine:
    goes_to = other.receiver_name if other else holder.name if holder else "nobody"
    where = other.receiving_team if other else holder
    is_parted = transfer.effect == "moves" and where != transfer.receiving_team
    if other:
        says = f"{other.reference}: goes to {goes_to}, {other.get_state_display().lower()}"
    else:
        says = f"Stays with {goes_to}"
    url = other.get_absolute_url() if other else case.get_absolute_url()
    return FamilyLine(case.child.name, says, url, is_parted)
