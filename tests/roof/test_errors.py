import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import path

from casetransfer import urls
from teams.roles import NotAllowed


def not_allowed(request):
    raise NotAllowed("Only the receiving manager may accept.")


def broken(request):
    raise RuntimeError("the word swordfish")


def suspicious(request):
    raise SuspiciousOperation("the word swordfish")


urlpatterns = [
    *urls.urlpatterns,
    path("not-allowed/", not_allowed),
    path("broken/", broken),
    path("suspicious/", suspicious),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def visitor(settings, social_worker):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    client.force_login(social_worker, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "Page not found"),
        ("/not-allowed/", 403, "Only the receiving manager may accept."),
        ("/broken/", 500, "Sorry, something went wrong here"),
        ("/suspicious/", 400, "The page could not understand that"),
    ],
)
def test_an_error_page_says_what_to_do_and_nothing_of_the_inside(visitor, address, status, words):
    logging.getLogger("django.request").setLevel(logging.CRITICAL)

    response = visitor.get(address)

    assert response.status_code == status
    assert words in response.text
    assert "swordfish" not in response.text


def test_a_form_without_its_token_is_out_of_date(social_worker):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/sign-in/", {"username": social_worker.email})

    assert response.status_code == 403
    assert "This form is out of date" in response.text


def test_the_browser_is_told_what_it_may_load(visitor):
    headers = visitor.get("/").headers

    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert "nonce-" in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
