"""The worklist and the search. What somebody searches for is a name: it travels in the body, never in an address."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from cases.forms.worklist import SearchForm, WorklistForm
from cases.models import Standing
from cases.presenters.timeline import page_number
from cases.presenters.worklist import worklist_of
from cases.search import search_for
from teams.requests import SignedInRequest


def worklist(request: SignedInRequest) -> HttpResponse:
    form = WorklistForm(request.GET, by=request.user)
    cases = form.cases(Standing.of(request.user))
    shown = worklist_of(cases, now(), page_number(request.GET.get("page")), form.chosen())
    return render(request, "cases/worklist.jinja", {"form": form, "list": shown})


@require_POST
def search(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.POST)
    request.session["search"] = form.cleaned_data["q"] if form.is_valid() else ""
    return redirect("cases:found")


def found(request: SignedInRequest) -> HttpResponse:
    words = request.session.get("search", "")
    shown = worklist_of(search_for(request.user, words), now(), page_number(request.GET.get("page")))
    return render(request, "cases/found.jinja", {"words": words, "list": shown, "form": SearchForm({"q": words})})
