"""The client of the tests notices a page that asks for its rows one by one."""

import pytest
from django.http import HttpResponse
from django.urls import path
from zeal import NPlusOneError

from casetransfer import urls
from teams.models import Membership


def one_by_one(request):
    return HttpResponse(", ".join(held.person.name for held in Membership.objects.all()))


urlpatterns = [*urls.urlpatterns, path("one-by-one/", one_by_one)]


def test_a_page_that_asks_one_by_one_is_refused(settings, signed_in, social_worker, transferring_manager):
    settings.ROOT_URLCONF = __name__

    with pytest.raises(NPlusOneError):
        signed_in(social_worker).get("/one-by-one/")
