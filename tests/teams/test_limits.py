import pytest
from django.core.cache import cache

from teams.models import AuditEntry
from tests.cast import NOON


@pytest.fixture(autouse=True)
def _own_cache(settings, time_machine):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.SEARCHES_A_MINUTE = 3
    cache.clear()
    time_machine.move_to(NOON, tick=False)


def test_too_many_searches_in_a_minute_wait_for_the_next(signed_in, system_administrator, time_machine):
    client = signed_in(system_administrator)
    answers = [client.get("/settings/people/", {"name": letter}).status_code for letter in "abcd"]

    assert answers == [200, 200, 200, 429]
    assert AuditEntry.objects.filter(kind="refused", by=system_administrator).count() == 1
    assert client.get("/settings/people/").status_code == 200
    time_machine.shift(60)
    assert client.get("/settings/people/", {"name": "e"}).status_code == 200


def test_one_persons_searches_are_not_counted_for_another(signed_in, system_administrator, social_worker):
    client = signed_in(system_administrator)
    for letter in "abcd":
        client.get("/settings/people/", {"name": letter})

    assert signed_in(social_worker).get("/", {"page": "2"}).status_code == 200
