"""The first page after sign-in: what this person works on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from cases.caseload import caseload_of
from cases.models import Standing
from cases.presenters.worklist import recently_opened
from casetransfer.days import day_of
from teams.listing import remember
from teams.requests import SignedInRequest
from transfers.presenters.dashboard import dashboard_of


def home(request: SignedInRequest) -> HttpResponse:
    memberships = request.user.memberships.current(localdate()).select_related("team")
    at, standing = now(), Standing.of(request.user)
    request.permissions = standing.permissions
    remember(request, "Home")
    shown = {
        "dashboard": dashboard_of(request.user, at, standing), "caseload": caseload_of(request.user, at, standing),
        "day": day_of(request.user, at, standing), "recent": recently_opened(request.user, standing),
    }  # fmt: skip
    return render(request, "home/home.jinja", {"memberships": memberships, **shown})
