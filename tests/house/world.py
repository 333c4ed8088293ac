"""One of everything in one council, made once for a module, and the people who ask for it: each test, and each request,
leaves it as it was."""

import time
from datetime import date
from itertools import product
from types import SimpleNamespace
from uuid import uuid4

from django.db import transaction
from django.test import Client

from cases import actions
from closures import actions as closures
from closures.models import Destruction
from teams import actions as team_actions
from teams.models import DirectoryGroup, Person, Team
from teams.roles import Role
from tests.cases.imports.sample import Sample
from tests.cases.walkers import a_letter, booked, child_protection_case, closed_case, open_case
from tests.cast import NOON, a_person
from tests.factories import AuthorityFactory, MembershipFactory, TeamFactory
from tests.transfers.walkers import a_transfer
from transfers import actions as transfers


def an_import(authority):
    sample = Sample(NOON.date()).in_need("99-SECRET", "soon")
    content = sample.file()
    return actions.receive_workbook(authority=authority, filename="secret-file.xlsx", content=content, by=None, at=NOON)


def a_contact(team):
    return actions.record_contact(
        team=team, given_name="Sibyl", family_name="Hidden", channel="phone", source="school", says="secret words",
        received_at=NOON, by=None, at=NOON,
    )  # fmt: skip


def a_deadline_of(case):
    actions.recalculate(case=case.pk, at=NOON)
    return case.deadlines.open().earliest("due_at", "pk")


def a_house():
    """`secrets`: words that only its own people may read. An app adds its records here, and what must not be read of
    them to `secrets`."""
    authority = AuthorityFactory()
    transferring_team = TeamFactory(authority=authority, code="assessment", name="Assessment", kind=Team.Kind.CASES)
    team = TeamFactory(authority=authority, code="under_12", name="Under 12", kind=Team.Kind.CASES)
    social_worker = a_person("Sam Worker", transferring_team, Role.SOCIAL_WORKER)
    transferring_manager = a_person("Tess Manager", transferring_team, Role.TEAM_MANAGER)
    receiving_manager = a_person("Ravi Manager", team, Role.TEAM_MANAGER)
    transfer = a_transfer(transferring_team, team)
    listed = transfers.list_for_meeting(transfer=transfer, by=None, at=NOON)
    case = open_case(transferring_team, worker=social_worker, given_name="Secret", family_name="Rowan")
    closure = closures.start_closure(case=case, way="HAV-CLO-CASE", by=social_worker, at=NOON)
    ended = closed_case(transferring_team, worker=social_worker, given_name="Secret", family_name="Aspen")
    came_back = closures.record_return(
        case=ended, kind="contact", came_on=NOON.date(), reason_now="Hidden words", same_reasons=True,
        by=transferring_manager, at=NOON,
    )  # fmt: skip
    secrets = [authority.name, social_worker.name, receiving_manager.name, transfer.reference]
    secrets += [transfer.case.child.family_name, case.child.name, case.reference, ended.child.name]
    held = child_protection_case(team, given_name="Secretly", family_name="Invented")
    warning = actions.add_warning(
        child=held.child, says="A secret warning.", review_on=date(2027, 1, 4), by=None, at=NOON
    )
    secrets += ["99-SECRET", "secret-file", held.child.name, held.reference, warning.says]
    contact = a_contact(team)
    secrets += [contact.reference, "Hidden", "secret words"]
    restricted = open_case(transferring_team, given_name="Hidden", family_name="Hawthorn", restricted=True)
    opener = a_person("Bo Breaker", transferring_team, Role.SOCIAL_WORKER)
    opening = actions.break_glass(case=restricted, reason="police at the door", by=opener, at=NOON)
    grant = actions.grant_sight(case=restricted, person=opener, reason="works with the brother", by=None, at=NOON)
    secrets += ["Hidden", "Hawthorn", restricted.reference, restricted.child.reference, "my secret draft"]
    tenant = team_actions.name_tenant(authority=authority, tenant=uuid4(), by=None, at=NOON)
    destruction = Destruction.objects.create(
        authority=authority, record=ended.child.reference, kept_until=date(2026, 1, 5), rule="A rule.", proposed_at=NOON,
        proposed_by=receiving_manager,
    )  # fmt: skip
    return SimpleNamespace(
        destruction=destruction,
        mapped=DirectoryGroup.objects.create(tenant=tenant, group=uuid4(), team=team, role=Role.SENIOR),
        contact=contact, transferring_team=transferring_team, manager=transferring_manager,
        authority=authority, team=team, person=social_worker, transfer=transfer, closure=closure, case=held,
        deadline=a_deadline_of(held), relative=actions.add_relationship(child=held.child, kind="mother", name="Hidden Words", by=None, at=NOON), event=booked(held), line=held.holding, spell=held.spells.get(), warning=warning, secrets=secrets, imported=an_import(authority),
        notice=a_letter(transfer.case),
        listed=listed, ended=ended, came_back=came_back,
        view=team_actions.keep_view(person=opener, place="cases", name="my secret draft", query="", by=opener, at=NOON),
        draft=team_actions.keep_draft(person=opener, path="/", boxes={"words": ["my secret draft"]}, at=NOON),
        restricted=restricted, opening=opening, grant=grant,
        absence=team_actions.record_absence(
            person=social_worker, deputy=None, starts_on=date(2025, 1, 6), ends_on=date(2025, 1, 7), by=None, at=NOON
        ),
    )  # fmt: skip


def a_neighbour():
    """Charlie, a team manager of another council."""
    elsewhere = AuthorityFactory(code="lower-marsh")
    return a_person("Charlie Elsewhere", TeamFactory(authority=elsewhere, name="Charlie's team"), Role.TEAM_MANAGER)


def somebody(name: str, teams: list[Team], *roles: str) -> Person:
    """A person with each of these roles in each of these teams."""
    person = a_person(name, teams[0], roles[0])
    for team, role in list(product(teams, roles))[1:]:
        MembershipFactory(person=person, team=team, role=role)
    return person


def browser_of(person: Person) -> Client:
    """A browser in which this person is signed in. An error inside is an answer like any other: 500."""
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["began"] = session["seen"] = time.time()  # as after a first page, so that not every page notes it anew
    session.save()
    return client


def answer_to(client: Client, method: str, address: str, data=None):
    """The answer to one request, which leaves nothing behind."""
    with transaction.atomic():
        response = getattr(client, method)(address, data)
        transaction.set_rollback(True)
    return response
