"""Sign-in through a council's directory, against a small one that the tests run."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils.timezone import localdate

from teams import actions
from teams.models import Identity, Tenant
from teams.roles import Role
from tests.cast import NOON
from tests.teams.provider import CLIENT, SECRET, Directory

START, BACK = "/sign-in/directory/", "/sign-in/directory/back/"


@pytest.fixture
def directory(settings):
    found = Directory()
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{found.url}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{found.url}/token"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{found.url}/keys"
    settings.OIDC_ISSUER = f"{found.url}/{{tenant}}"
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, "teams.oidc.DirectoryBackend"]
    yield found
    found.stop()


@pytest.fixture
def known(social_worker):
    tenant = Tenant.objects.create(authority=social_worker.authority, tenant=uuid4())
    return Identity.objects.create(person=social_worker, tenant=tenant, object_id=uuid4())


def come_back(client, directory, identity, **claims):
    directory.claims = claims
    asked = client.get(START)
    assert asked.status_code == 302
    return client.get(BACK, directory.consent(asked.url, identity.tenant.tenant, identity.object_id))


def is_in(client):
    return client.get("/").status_code == 200


def test_somebody_the_directory_knows_is_signed_in(client, directory, known):
    response = come_back(client, directory, known)

    assert (response.status_code, response.url) == (302, "/")
    assert "Hello Sam Worker" in client.get("/").text


def test_the_sign_in_page_leads_to_the_directory_where_there_is_one(client, db, directory, settings):
    assert START in client.get("/sign-in/").text

    settings.OIDC_RP_CLIENT_ID = ""
    assert START not in client.get("/sign-in/").text
    assert client.get(START).status_code == client.get(BACK).status_code == 404


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-client"},
        {"exp": 1_600_000_000},
        {"iss": "https://somewhere.example.org/"},
        {"nonce": "of another sign-in"},
        {"oid": None},
    ],
    ids=["wrong audience", "expired", "wrong issuer", "replayed nonce", "no object"],
)
def test_a_token_that_is_not_for_us_or_not_for_now_is_refused(client, directory, known, claims):
    response = come_back(client, directory, known, **claims)

    assert response.status_code in {302, 400}
    assert not is_in(client)


def test_a_token_signed_by_another_key_is_refused(client, directory, known):
    directory.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    assert come_back(client, directory, known).status_code == 400
    assert not is_in(client)


def test_an_unknown_tenant_is_refused(client, directory, known):
    stranger = uuid4()

    come_back(client, directory, known, tid=str(stranger), iss=f"{directory.url}/{stranger}")

    assert not is_in(client)


def test_an_unknown_object_is_refused_and_nobody_is_made(client, directory, known, django_user_model):
    before = django_user_model.objects.count()

    come_back(client, directory, known, oid=str(uuid4()))

    assert not is_in(client)
    assert django_user_model.objects.count() == before


def test_a_closed_account_is_refused(client, directory, known, social_worker):
    social_worker.is_active = False
    social_worker.save()

    come_back(client, directory, known)

    assert not is_in(client)


def test_an_answer_is_good_once(client, directory, known):
    asked = client.get(START)
    answer = directory.consent(asked.url, known.tenant.tenant, known.object_id)
    client.get(BACK, answer)
    client.post("/sign-out/")

    assert client.get(BACK, answer).status_code in {302, 400}
    assert not is_in(client)


def test_an_answer_for_another_browser_is_refused(client, directory, known):
    from django.test import Client

    answer = directory.consent(client.get(START).url, known.tenant.tenant, known.object_id)
    other = Client()
    other.get(START)

    assert other.get(BACK, answer).status_code == 400
    assert not is_in(other)


def test_whoever_comes_through_the_directory_is_not_asked_for_a_second_factor_again(client, directory, known, settings):
    settings.REQUIRE_SECOND_FACTOR = True

    come_back(client, directory, known)

    assert is_in(client)


# --- roles by group, and the pages that link a person ---


@pytest.fixture
def group(known, receiving_team, system_administrator):
    number = uuid4()
    actions.map_group(
        tenant=known.tenant, group=number, team=receiving_team, role=Role.SENIOR, by=system_administrator, at=NOON
    )
    return str(number)


def roles_of(person):
    held = person.memberships.current(localdate())
    return sorted(held.values_list("role", "team__name", "from_directory"))


def test_roles_follow_the_groups_of_the_directory_and_those_given_here_stay(
    client, directory, known, social_worker, group, time_machine
):
    time_machine.move_to(NOON)
    mine = ("social_worker", "Assessment", False)
    come_back(client, directory, known, groups=[group, "not-a-number", str(uuid4())])
    assert roles_of(social_worker) == [("senior", "Under 12", True), mine]

    client.post("/sign-out/")
    come_back(client, directory, known, groups=[group])
    assert roles_of(social_worker) == [("senior", "Under 12", True), mine]

    time_machine.shift(timedelta(days=1))
    client.post("/sign-out/")
    come_back(client, directory, known, groups=[])
    assert roles_of(social_worker) == [mine]


def test_an_administrator_links_a_person_and_ends_it(
    signed_in, client, directory, social_worker, system_administrator, time_machine
):
    time_machine.move_to(NOON)
    desk = signed_in(system_administrator)
    tenant, number = str(uuid4()), str(uuid4())
    page = f"/settings/people/{social_worker.pk}/directory/"
    assert desk.get(page).status_code == 404

    desk.post("/settings/directory/name/", {"tenant": tenant})
    assert "is written like" in desk.post(page, {"object_id": "sam@example.org"}).text
    desk.post(page, {"object_id": number})
    answer = directory.consent(client.get(START).url, tenant, number)
    client.get(BACK, answer)
    assert "Hello Sam Worker" in client.get("/").text

    time_machine.shift(timedelta(minutes=1))
    desk.post(f"{page}end/")
    assert not is_in(client)
    come_back(client, directory, SimpleNamespace(tenant=SimpleNamespace(tenant=tenant), object_id=number))
    assert not is_in(client)


def test_a_group_is_mapped_and_unmapped_on_its_page(signed_in, known, system_administrator, receiving_team):
    desk = signed_in(system_administrator)
    answers = {"group": str(uuid4()), "team": receiving_team.pk, "role": "senior"}

    page = desk.post("/settings/directory/groups/add/", answers, follow=True).text
    assert "Senior social worker or deputy manager in Under 12" in page

    mapped = known.tenant.groups.get()
    assert "None yet" in desk.post(f"/settings/directory/groups/{mapped.pk}/end/", follow=True).text
