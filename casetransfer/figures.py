"""Figures: how the teams of the council stand, on the map of its protocol and as tables."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from casetransfer.protocol_pages.presenters.book import Book
from casetransfer.protocol_pages.presenters.map_drawing import NARROW, WIDE, draw
from casetransfer.protocol_pages.presenters.team_map import team_map
from casetransfer.protocols import authorities, pack_for
from teams.listing import remember
from teams.loading import needs
from teams.requests import SignedInRequest
from teams.roles import Permission
from transfers.presenters.figures import by_code, figures_of, loads_of, mix_of

PER_PAGE = 50  # more teams than a council has


@needs(Permission.SEE_REPORTS)
def reports(request: SignedInRequest) -> HttpResponse:
    at = now()
    loads = loads_of(request.user, at)
    sheet = Paginator(loads, PER_PAGE).get_page(request.GET.get("page"))
    figures = figures_of(list(sheet), at)
    remember(request, "Reports")
    shown = {"figures": figures, "sheet": sheet, "mix": mix_of(figures), "maps": []}
    if request.user.authority.pack in authorities() and sheet.number == 1:
        found, live = team_map(Book(pack_for(request.user.authority.pack))), by_code(loads)
        shown["maps"] = [("wide", draw(found, WIDE, live=live)), ("narrow", draw(found, NARROW, live=live))]
    return render(request, "home/reports.jinja", shown)
