"""Staying signed in, and finding again what was typed and not sent."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from teams import actions
from teams.loading import with_one
from teams.models import Draft
from teams.presenters import drafts_of
from teams.requests import SignedInRequest
from teams.sessions import keep_what_was_typed


@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """The warning was answered: the session begins its twenty minutes again. The twelve hours stay what they are."""
    request.session["seen"] = now().timestamp()
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect("home")


@require_POST
def keep_typed(request: SignedInRequest) -> HttpResponse:
    """The page keeps what is being typed, before anything can happen to the session or the browser."""
    keep_what_was_typed(request)
    return HttpResponse(status=204)


def drafts(request: SignedInRequest) -> HttpResponse:
    return render(request, "drafts/list.jinja", {"drafts": drafts_of(request.user)})


@with_one(Draft)
def draft(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """The words, and a button that sends them where they were to go, as if the session had not ended. The page they
    were typed on asks for them alone, to put them back into their boxes."""
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"path": draft.path, "boxes": draft.boxes})
    return render(request, "drafts/detail.jinja", {"draft": draft})


@require_POST
@with_one(Draft)
def drop_draft(request: SignedInRequest, draft: Draft) -> HttpResponse:
    actions.drop_draft(draft=draft, by=request.user, at=now())
    return redirect("teams:drafts")
