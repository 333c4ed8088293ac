"""Deciding otherwise than the protocol for one child, letting it lead again, and all such decisions of the council."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now

from cases.models import Case
from teams.listing import file_of, listing_of, remember
from teams.loading import needs
from teams.requests import SignedInRequest
from transfers import actions, forms, permissions
from transfers.departing import protocol_alone
from transfers.loading import with_open_case
from transfers.presenters.choices import routes_from
from transfers.presenters.departures import (
    DEPARTURES,
    departures_for,
    departures_in_a_file,
    departures_of,
    departures_page,
)
from transfers.presenters.head import head_of
from transfers.views import ask, data


@with_open_case
def depart(request: SignedInRequest, case: Case) -> HttpResponse:
    """A manager decides otherwise than the protocol for one child."""
    permissions.check_can_depart(request.user, case)
    recommended = [(found.code, found.plan.route.name) for found in protocol_alone(case, now()).recommended]
    form = forms.DepartForm(data(request), routes=routes_from(case), recommended=recommended)
    act, then = partial(actions.depart_from_protocol, case=case), f"/transfers/start/{case.reference}/"
    context: dict[str, Any] = {"case": case, "head": head_of(case, now()), "ruling": departures_of(case)}
    said = "The decision is on the record."
    return ask(request, "depart", form, act, said, then=then, is_recommended=bool(recommended), **context)


@with_open_case
def end_departure(request: SignedInRequest, case: Case) -> HttpResponse:
    """The protocol leads again."""
    permissions.check_can_depart(request.user, case)
    departure = get_object_or_404(case.departures.standing(), case=case)
    departure.case = case
    act = partial(actions.end_departure, departure=departure)
    context: dict[str, Any] = {"case": case, "head": head_of(case, now()), "ruling": departures_of(case)}
    form, then = forms.WhyForm(data(request)), case.get_absolute_url()
    return ask(request, "end_departure", form, act, "The protocol leads again.", then=then, **context)


@needs(permissions.P.SEE_REPORTS)
def departures(request: SignedInRequest) -> HttpResponse:
    """What is decided otherwise than the protocol, over the whole council."""
    form = forms.DepartureFilters(request.GET)
    found = departures_for(request.user, form.chosen())
    if "file" in request.GET:
        return file_of(DEPARTURES, departures_in_a_file(found, now()), request.user)
    remember(request, "Departures from the protocol")
    page = departures_page(found, request.GET.get("page"), now())
    shown = listing_of(DEPARTURES, page, form.chosen(), request.user)
    return render(request, "transfers/departures.jinja", {"list": shown, "form": form})
