"""The worklist and the search. What somebody searches for is a name: it travels in the body, never in an address."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from cases.forms.worklist import SearchForm, WorklistForm
from cases.models import Standing
from cases.presenters.timeline import page_number
from cases.presenters.worklist import CASES, cases_found, cases_in_a_file, recently_opened, worklist_of
from cases.search import jump_to, search_for
from teams.listing import file_of, listing_of, remember
from teams.requests import SignedInRequest
from teams.roles import Permission


def worklist(request: SignedInRequest) -> HttpResponse:
    form, at, standing = WorklistForm(request.GET, by=request.user), now(), Standing.of(request.user)
    request.permissions = standing.permissions  # not read again for the head of the page
    cases = form.cases(standing, at)
    if "file" in request.GET:
        return file_of(CASES, cases_in_a_file(cases, at), request.user)
    found = cases_found(cases, at, page_number(request.GET.get("page")))
    remember(request, "Cases")
    shown = listing_of(CASES, found, form.chosen(), request.user)
    return render(request, "cases/worklist.jinja", {"form": form, "list": shown})


def search(request: SignedInRequest) -> HttpResponse:
    """Where the words are the number of one thing that this person may see, straight to it. Whoever comes back to this
    address, after a time-out say, finds what they looked for last."""
    if request.method != "POST":
        return redirect("cases:found")
    form = SearchForm(request.POST)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    request.session["search"] = words
    return redirect(jump_to(request.user, words) or "cases:found")


def found(request: SignedInRequest) -> HttpResponse:
    words = request.session.get("search", "")
    shown = worklist_of(search_for(request.user, words), now(), page_number(request.GET.get("page")))
    recent = [] if shown.rows else recently_opened(request.user)
    if shown.rows:
        remember(request, "What you searched for")
    form = SearchForm({"q": words} if words else None)
    may = Permission.RECORD_EVENT in request.user.permissions()
    context = {"words": words, "list": shown, "form": form, "recent": recent, "may_open_restricted": may}
    return render(request, "cases/found.jinja", context)
