"""The first page after sign-in: what this person works on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from cases.caseload import caseload_of
from teams.requests import SignedInRequest
from transfers.presenters.dashboard import dashboard_of


def home(request: SignedInRequest) -> HttpResponse:
    memberships = request.user.memberships.current(localdate()).select_related("team")
    at = now()
    shown = {"dashboard": dashboard_of(request.user, at), "caseload": caseload_of(request.user, at)}
    return render(request, "home/home.jinja", {"memberships": memberships, **shown})


def gallery(request: SignedInRequest) -> HttpResponse:
    """Every component with sample data, where DEBUG is on."""
    return render(request, "gallery.jinja")
