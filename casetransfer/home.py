"""The first page after sign-in: what this person works on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate


def home(request: HttpRequest) -> HttpResponse:
    memberships = request.user.memberships.current(localdate()).select_related("team")
    return render(request, "home/home.jinja", {"memberships": memberships})


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample data, where DEBUG is on."""
    return render(request, "gallery.jinja")
