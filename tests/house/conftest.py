from datetime import date
from types import SimpleNamespace

import pytest

from cases import actions
from closures import actions as closures
from teams import actions as team_actions
from teams.roles import Role
from tests.cases.imports.sample import Sample
from tests.cases.walkers import a_letter, booked, child_protection_case, closed_case, open_case
from tests.cast import NOON, a_person
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


@pytest.fixture
def house(authority, transferring_team, social_worker, transferring_manager, receiving_manager):
    """One of everything in the cast's authority. `secrets`: words that only its own people may read.

    An app adds its records here, and what must not be read of them to `secrets`.
    """
    team = receiving_manager.memberships.get().team
    transfer = a_transfer(social_worker.memberships.get().team, team)
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
    return SimpleNamespace(
        contact=contact,
        authority=authority, team=team, person=social_worker, transfer=transfer, closure=closure, case=held,
        event=booked(held), spell=held.spells.get(), warning=warning, secrets=secrets, imported=an_import(authority),
        notice=a_letter(transfer.case),
        listed=listed, ended=ended, came_back=came_back,
        draft=team_actions.keep_draft(person=opener, path="/", boxes={"words": ["my secret draft"]}, at=NOON),
        restricted=restricted, opening=opening, grant=grant,
    )  # fmt: skip
