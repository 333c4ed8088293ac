"""The radar page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from teams.loading import needs
from teams.requests import SignedInRequest
from teams.roles import Permission
from transfers.presenters.radar import RadarPage


@needs(Permission.SEE_TEAM_CASES, Permission.SEE_ALL_CASES)
def radar(request: SignedInRequest) -> HttpResponse:
    asked = request.GET
    page = RadarPage.of(
        request.user, asked.get("view", ""), asked.get("team", ""), asked.get("page", "1"), now()
    )  # fmt: skip
    return render(request, "radar/list.jinja", {"radar": page})
