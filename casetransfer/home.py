"""The first page after sign-in: what this person works on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from teams.requests import SignedInRequest


def home(request: SignedInRequest) -> HttpResponse:
    memberships = request.user.memberships.current(localdate()).select_related("team")
    return render(request, "home/home.jinja", {"memberships": memberships})


def gallery(request: SignedInRequest) -> HttpResponse:
    """Every component with sample data, where DEBUG is on."""
    return render(request, "gallery.jinja")
