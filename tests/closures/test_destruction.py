"""A record whose time is over is destroyed by two people, whole, and what is left of it names nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from cases.models import Child
from closures import actions
from closures.keeping import over_in
from closures.models import Destruction
from teams.models import AuditEntry
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cases.walkers import closed_case, open_case
from tests.cast import a_person
from tests.house.planted import RELATED, plant

pytestmark = pytest.mark.django_db
LATER = datetime(2041, 5, 6, 12, 0, tzinfo=UTC)  # two days after the 25th birthday of the factory's children


@pytest.fixture
def proposer(transferring_team):
    return a_person("Pro Poser", transferring_team, Role.SERVICE_MANAGER)


@pytest.fixture
def planted(transferring_team, receiving_team, transferring_manager):
    """A child with something in every room, whose case is closed; and another, who stays."""
    *_, last = plant(RELATED, transferring_team, receiving_team, transferring_manager, listed=True)
    return last


def destroyed(child, proposer, by, at=LATER):
    proposal = actions.propose_destruction(child=child, by=proposer, at=at)
    return actions.destroy_record(proposal=proposal, by=by, at=at)


def every_row() -> str:
    with connection.cursor() as cursor:
        words = []
        for model in apps.get_models():
            if model._meta.app_label in ("cases", "transfers", "closures", "teams"):
                cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {model._meta.db_table} t")  # noqa: S608
                words.append(cursor.fetchone()[0])
    return " ".join(words)


def test_nothing_is_left_of_a_record_but_its_reference(transferring_team, proposer, system_administrator):
    case = closed_case(transferring_team, given_name="Destroyed", family_name="Testcaseson")
    stays = closed_case(transferring_team, given_name="Kept", family_name="Mapleson")
    reference = case.child.reference

    done = destroyed(case.child, proposer, system_administrator)

    connection.check_constraints()
    left = every_row()
    assert "Testcaseson" not in left
    assert case.reference not in left.replace(f'"{case.reference}"', "") or AuditEntry.objects.about(case.reference)
    assert Child.objects.get() == stays.child
    assert done.rows > 5
    assert (done.record, done.kept_until) == (reference, date(2041, 5, 4))
    assert AuditEntry.objects.get(page="destroyed").subject == reference


def test_a_record_in_every_room_goes_whole(planted, proposer, system_administrator):
    child = planted.child
    others = Child.objects.exclude(pk=child.pk).count()

    destroyed(child, proposer, system_administrator)

    connection.check_constraints()
    assert Child.objects.count() == others


def test_whoever_proposed_it_does_not_destroy_it(transferring_team, proposer, system_administrator, social_worker):
    child = closed_case(transferring_team).child
    proposal = actions.propose_destruction(child=child, by=proposer, at=LATER)

    with pytest.raises(NotAllowed, match="somebody else must do it"):
        actions.destroy_record(proposal=proposal, by=proposer, at=LATER)
    with pytest.raises(NotAllowed, match="may not destroy records"):
        actions.destroy_record(proposal=proposal, by=social_worker, at=LATER)
    actions.destroy_record(proposal=proposal, by=system_administrator, at=LATER)
    with pytest.raises(Refused, match="destroyed already"):
        actions.destroy_record(proposal=proposal, by=system_administrator, at=LATER)


def test_a_record_is_not_destroyed_before_its_time_nor_while_a_case_is_open(transferring_team, proposer):
    early, held = closed_case(transferring_team).child, open_case(transferring_team).child

    with pytest.raises(Refused, match="kept until 4 May 2041"):
        actions.propose_destruction(child=early, by=proposer, at=LATER - timedelta(days=2))
    with pytest.raises(Refused, match="while a case is open"):
        actions.propose_destruction(child=held, by=proposer, at=LATER)
    assert [child for child, _ in over_in(early.authority, LATER.date())] == [early]
    assert over_in(early.authority, date(2041, 5, 4)) == []


def test_the_ledger_is_otherwise_as_closed_as_before(transferring_team):
    closed_case(transferring_team)

    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_journalentry")


def test_it_is_done_on_its_page(transferring_team, proposer, system_administrator, signed_in, time_machine):
    child = closed_case(transferring_team).child
    time_machine.move_to(LATER, tick=False)
    page = "/closures/kept/"

    desk = signed_in(proposer)
    assert child.reference in desk.get(page).text
    assert child.family_name not in desk.get(page).text
    desk.post(f"{page}{child.reference}/propose/")
    proposal = Destruction.objects.get()
    assert desk.post(f"{page}{proposal.pk}/destroy/").status_code == 403
    said = signed_in(system_administrator).post(f"{page}{proposal.pk}/destroy/", follow=True).text

    assert "The record is destroyed." in said
    assert not Child.objects.exists()
