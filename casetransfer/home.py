"""The first page after sign-in: what this person works on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from cases.caseload import caseload_of
from cases.presenters.worklist import recently_opened
from teams.listing import remember
from teams.requests import SignedInRequest
from transfers.presenters.dashboard import dashboard_of


def home(request: SignedInRequest) -> HttpResponse:
    memberships = request.user.memberships.current(localdate()).select_related("team")
    at = now()
    remember(request, "Home")
    shown = {
        "dashboard": dashboard_of(request.user, at), "caseload": caseload_of(request.user, at),
        "recent": recently_opened(request.user, at),
    }  # fmt: skip
    return render(request, "home/home.jinja", {"memberships": memberships, **shown})
