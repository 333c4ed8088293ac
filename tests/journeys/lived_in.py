"""One of everything, lived in: what the walks over every page and the pictures of the docs stand on, with somebody in
each role."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from django.test import Client

from cases import actions as cases
from cases.models import Child, Contact, Recalculation, Warning
from teams import actions as teams
from teams.models import DirectoryGroup, Person, Team, Tenant
from teams.roles import Role
from tests.cases.imports.sample import a_caseload
from tests.cases.walkers import booked, child_protection_case, looked_after_case, open_case
from tests.cast import NOON
from tests.factories import TeamFactory
from tests.house.rules import RULES
from tests.house.samples import NO_PAGE
from tests.house.test_matrix import DRAWN, REFUSED, expected
from tests.house.test_urls import ALL, address_of
from tests.house.world import a_house, browser_of, somebody
from tests.transfers import walkers
from transfers import actions as transfers

PAGES = sorted(set(ALL) - NO_PAGE)
NAMES = {
    Role.SOCIAL_WORKER: "Sol Worker", Role.SENIOR: "Dee Deputy", Role.TEAM_MANAGER: "Max Manager",
    Role.GROUP_MANAGER: "Gil Group", Role.SERVICE_MANAGER: "Vera Service", Role.ADMIN: "Ada Support",
    Role.FRONT_DOOR: "Fay Door", Role.ADVISER: "Val Adviser", Role.AUDITOR: "Otto Auditor",
    Role.SYSTEM_ADMINISTRATOR: "Sys Admin",
}  # fmt: skip


def a_lived_in_house() -> SimpleNamespace:
    house = a_house()
    house.door = TeamFactory(authority=house.authority, code="tmash", name="Front door", kind=Team.Kind.FRONT_DOOR)
    house.teams = [house.transferring_team, house.team, house.door]
    house.people = {role: somebody(NAMES[role], house.teams, role) for role in Role.values}
    more_transfers(house)
    more_cases(house)
    more_contacts(house)
    content = a_caseload(NOON.date(), 12).file()
    house.imported = cases.receive_workbook(
        authority=house.authority, filename="list-of-children.xlsx", content=content, by=None, at=NOON
    )
    for case in Recalculation.objects.order_by("case").values_list("case", flat=True):
        cases.recalculate(case=case, at=NOON)
    return house


def more_transfers(house) -> None:
    """One asked for, one returned, one in dispute, one agreed with a waiver that wants a second name, and one that has
    moved and left a duty behind; and a case in which a manager has decided otherwise."""
    leaving, coming = house.transferring_team, house.team
    house.asked = walkers.requested(walkers.a_case_for_conference(leaving, family_name="Rowan"), coming)
    house.returned = walkers.requested(walkers.a_case_for_conference(leaving, family_name="Maple"), coming)
    transfers.return_transfer(transfer=house.returned, gaps_found="The chronology ends in May.", by=None, at=NOON)
    house.departed = walkers.a_case_in_need(leaving, family_name="Aspen")
    transfers.depart_from_protocol(
        case=house.departed, route="HAV-ASSESS-U12-EPO", instead_of=walkers.NEED, reason="The family moves next week.",
        by=house.people[Role.GROUP_MANAGER], at=NOON,
    )  # fmt: skip
    house.disputed = walkers.requested(walkers.a_case_for_conference(leaving, family_name="Alder"), coming)
    transfers.raise_dispute(transfer=house.disputed, reason="The family lives with an older brother.", by=None, at=NOON)
    house.waived = walkers.agreed(
        walkers.requested(walkers.a_case_for_conference(leaving, family_name="Hazel"), coming)
    )
    transfers.waive_item(
        transfer=house.waived, item="HAV-S05", reason="The paper is with the court until Friday.",
        expires_on=(NOON + timedelta(days=7)).date(), by=None, at=NOON,
    )  # fmt: skip
    house.moved = walkers.ready(leaving, coming, worker=house.person, family_name="Willow")
    transfers.complete_transfer(transfer=house.moved, by=None, at=NOON)
    house.duty = house.moved.duties.owed().first()


def more_cases(house) -> None:
    """So that no list looks empty."""
    worker, leaving, coming = house.people[Role.SOCIAL_WORKER], house.transferring_team, house.team
    booked(child_protection_case(leaving, worker=worker, family_name="Juniper"), planned_at=NOON + timedelta(days=2))
    looked_after_case(leaving, worker=worker, family_name="Maple")
    looked_after_case(coming, worker=worker, family_name="Alder")
    open_case(leaving, worker=worker, family_name="Rowan", opened_at=NOON - timedelta(days=50))
    walkers.a_case_in_need(leaving, worker=worker, family_name="Hazel")


def more_contacts(house) -> None:
    """One of each colour and one that nobody has rated, all of them at the front door."""
    for number, colour in enumerate(("red", "amber", "green", "")):
        received = NOON - timedelta(hours=2 + 3 * number)
        contact = cases.record_contact(
            team=house.door, given_name="Sample", family_name=("Aspen", "Maple", "Rowan", "Hazel")[number], channel="phone",
            source="school", says="Worried about what the child said at school.", received_at=received, by=None,
            at=received,
        )  # fmt: skip
        if colour:
            cases.rate_contact(contact=contact, colour=colour, by=None, at=received)
    house.contact.team = house.door
    house.contact.save()


def without_secrets(house) -> None:
    """The house marks what nobody else may read; in the docs everybody reads it, and numbers drawn by lot stay as they
    are from one time to the next."""
    for child in Child.objects.filter(given_name__in=("Secret", "Secretly", "Hidden")):
        child.given_name, child.family_name = "Testcase", child.family_name.replace("Invented", "Willow")
        child.save()
    Contact.objects.filter(family_name="Hidden").update(
        family_name="Juniper", says="A neighbour heard shouting at night."
    )
    Tenant.objects.update(tenant=UUID(int=1))
    DirectoryGroup.objects.update(group=UUID(int=2))
    Warning.objects.update(says="A dog that bites is in the house: telephone before you visit.")


def as_(house, person: Person) -> Client:
    """A browser of theirs, and what only they have: something typed before, and a view of a list."""
    house.draft = teams.keep_draft(person=person, path="/contacts/record/", boxes={"says": ["Typed before."]}, at=NOON)
    house.view = teams.keep_view(person=person, place="cases", name="Mine", query="worker=mine", by=person, at=NOON)
    return browser_of(person)


# Where a page asks for a record in another state than the house's own
OTHERWISE = {
    "transfers:decide": lambda house: f"{house.disputed.get_absolute_url()}dispute/decide/",
    "transfers:end_departure": lambda house: f"/transfers/depart/{house.departed.reference}/end/",
    "transfers:end_waiver": lambda house: f"{house.waived.get_absolute_url()}items/HAV-S05/end-waiver/",
    "transfers:list_for_meeting": lambda house: f"{house.asked.get_absolute_url()}list/",
    "transfers:meet_duty": lambda house: f"{house.moved.get_absolute_url()}duties/{house.duty.pk}/",
    "transfers:mend": lambda house: f"{house.returned.get_absolute_url()}mend/",
    "transfers:name_worker": lambda house: f"{house.waived.get_absolute_url()}name-worker/",
    "transfers:pass_on": lambda house: f"{house.disputed.get_absolute_url()}dispute/pass-on/",
    "transfers:plan_anew": lambda house: f"{house.waived.get_absolute_url()}plan-anew/",
    "transfers:record_point": lambda house: f"{house.waived.get_absolute_url()}record-point/",
    "transfers:sign": lambda house: f"{house.waived.get_absolute_url()}items/HAV-S05/sign/",
    "transfers:withdraw_approval": lambda house: f"{house.waived.get_absolute_url()}unapprove/1/",
    "transfers:start_handover": lambda house: f"{house.waived.get_absolute_url()}start-handover/",
}


def address(name: str, house) -> str:
    return OTHERWISE[name](house) if name in OTHERWISE else address_of(name, house)


def page_at(where: str, client: Client) -> str | None:
    """What is answered with a page; None for a refusal, a file or a way elsewhere."""
    answer = client.get(where)
    return answer.text if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") else None


def who_sees(name: str, role: str) -> bool | None:
    """What the rule of an address says of somebody in this role where the record is held; None where it leaves that to
    the page."""
    is_ruled = name in RULES and RULES[name].about != "self"
    answer = expected(RULES[name], role, "own team", "get") if is_ruled else None
    return {frozenset(DRAWN): True, frozenset(REFUSED): False}.get(frozenset(answer or ()))
