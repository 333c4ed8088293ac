import pytest
from django.core.cache import cache
from django.test import Client

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


@pytest.mark.parametrize("page", ["/closures/?q=%00", "/mailbox/?to=a%00", "/contacts/list/?q=%00", "/cases/?q=%00"])
def test_a_zero_byte_in_an_address_is_refused_plainly(signed_in, transferring_manager, page):
    assert signed_in(transferring_manager).get(page).status_code == 400


def test_a_number_of_a_case_that_is_none_leads_back_to_the_queue(signed_in, transferring_manager):
    client = signed_in(transferring_manager)

    assert client.get("/closures/begin/", {"case": "../../etc/passwd"}).url == "/closures/"
    assert client.get("/closures/begin/", {"case": "ct-10234"}).url == "/closures/start/CT-10234/"


@pytest.mark.parametrize("page", ["/stay/", "/cases/search/"])
def test_a_post_without_its_token_is_refused(social_worker, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(social_worker, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(page, {"q": "Maple"}).status_code == 403
