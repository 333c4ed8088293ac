"""Figures: how the teams of the council stand, on the map of its protocol and as tables."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from casetransfer.protocol_pages.presenters.book import Book
from casetransfer.protocol_pages.presenters.map_drawing import NARROW, WIDE, draw
from casetransfer.protocol_pages.presenters.team_map import team_map
from casetransfer.protocols import pack_for
from teams.listing import remember
from teams.loading import needs
from teams.requests import SignedInRequest
from teams.roles import Permission
from transfers.presenters.figures import by_code, figures_of, loads_of, mix_of, teams_of

PER_PAGE = 40


@needs(Permission.SEE_REPORTS)
def reports(request: SignedInRequest) -> HttpResponse:
    sheet = Paginator(teams_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    figures = figures_of(list(sheet), now())
    remember(request, "Reports")
    return render(request, "home/reports.jinja", {"figures": figures, "sheet": sheet, "mix": mix_of(figures)})


@needs(Permission.SEE_REPORTS)
def reports_map(request: SignedInRequest) -> HttpResponse:
    """The protocol's own teams, and what stands in each place at this moment."""
    book, live = Book(pack_for(request.user.authority.pack)), by_code(loads_of(request.user, now()))
    found = team_map(book)
    maps = [("wide", draw(found, WIDE, live=live)), ("narrow", draw(found, NARROW, live=live))]
    return render(request, "home/reports_map.jinja", {"maps": maps})
