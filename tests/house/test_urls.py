"""Every address refuses a stranger, and Charlie of another council."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from teams.roles import Role
from tests.factories import MembershipFactory
from tests.house.samples import PUBLIC, PUBLISHED, SAMPLES
from tests.house.world import answer_to, browser_of

pytestmark = pytest.mark.django_db


def patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*spaces, *([entry.namespace] if entry.namespace else [])))
        else:
            yield ":".join((*spaces, entry.name or entry.lookup_str)), entry


ALL = dict(patterns(get_resolver()))
CLOSED = sorted(set(ALL) - PUBLIC)
WITH_RECORD = sorted(name for name in CLOSED if ALL[name].pattern.converters and name not in PUBLISHED)


def address_of(name: str, house) -> str:
    return reverse(name, kwargs=SAMPLES[name](house) if name in SAMPLES else None)


def test_every_address_with_a_record_has_a_sample():
    assert set(WITH_RECORD) | PUBLISHED == set(SAMPLES)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", CLOSED)
def test_a_stranger_is_sent_to_sign_in(house, name, method):
    response = answer_to(Client(), method, address_of(name, house))

    assert response.status_code == 302
    assert response.url.startswith("/sign-in/")


@pytest.fixture(scope="module")
def charlies(house):
    return browser_of(house.neighbour)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", WITH_RECORD)
def test_charlie_finds_no_record_of_another_council(charlies, house, name, method):
    response = answer_to(charlies, method, address_of(name, house))

    assert response.status_code in {403, 404, 405}
    assert [word for word in house.secrets if word in response.text] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", WITH_RECORD)
def test_charlie_with_every_role_finds_no_record_of_another_council(charlies, house, name, method):
    for role in set(Role.values) - {Role.TEAM_MANAGER}:
        MembershipFactory(person=house.neighbour, team=house.neighbour.memberships.first().team, role=role)
    response = answer_to(charlies, method, address_of(name, house))

    assert response.status_code in {404, 405}


@pytest.mark.parametrize("name", sorted(set(CLOSED) - set(WITH_RECORD)))
def test_charlie_reads_nothing_of_another_council(charlies, house, name):
    response = answer_to(charlies, "get", address_of(name, house))

    assert response.status_code in {200, 302, 403, 405}
    assert [word for word in house.secrets if word in response.text] == []
