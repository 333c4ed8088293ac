"""What somebody keeps of a list: a view under a name, and the columns to leave out. Back to the list afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from teams import actions
from teams.listing import is_codes
from teams.loading import with_one
from teams.models import SavedView
from teams.requests import SignedInRequest

MOST_COLUMNS = 30


def back(request: SignedInRequest, query: str = "") -> HttpResponse:
    path = request.POST.get("back", "")
    known = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(f"{path}?{query}" if known and query else path if known else "home")


@require_POST
def keep_view(request: SignedInRequest) -> HttpResponse:
    place, query = request.POST.get("place", "")[:30], request.POST.get("query", "")
    name = request.POST.get("name", "").strip()[:60]
    if not name or not is_codes(query) or not is_codes(place):
        messages.error(request, "Nothing is kept: give the view a name.")
        return back(request, query if is_codes(query) else "")
    actions.keep_view(person=request.user, place=place, name=name, query=query, by=request.user, at=now())
    messages.success(request, f"This view is kept as “{name}”.")
    return back(request, query)


@require_POST
@with_one(SavedView)
def drop_view(request: SignedInRequest, view: SavedView) -> HttpResponse:
    actions.drop_view(view=view, by=request.user, at=now())
    messages.success(request, f"The view “{view.name}” is gone. The cases in it are not touched.")
    return back(request)


@require_POST
def choose_columns(request: SignedInRequest) -> HttpResponse:
    """The boxes that are ticked are seen; those that were offered and are not, are left out."""
    place, query = request.POST.get("place", "")[:30], request.POST.get("query", "")
    offered, seen = request.POST.getlist("offered")[:MOST_COLUMNS], set(request.POST.getlist("column"))
    out = [key for key in offered if key not in seen and is_codes(key) and len(key) <= 30]
    if is_codes(place) and place:
        actions.leave_out(person=request.user, place=place, columns=out, by=request.user, at=now())
    return back(request, query if is_codes(query) else "")
