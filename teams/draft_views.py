"""Staying signed in, and finding again what was typed when a session ended."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from teams import actions
from teams.loading import with_one
from teams.models import Draft
from teams.presenters import drafts_of
from teams.requests import SignedInRequest


@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """The warning was answered: the session begins its twenty minutes again. The twelve hours stay what they are."""
    request.session["seen"] = now().timestamp()
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect("home")


def drafts(request: SignedInRequest) -> HttpResponse:
    return render(request, "drafts/list.jinja", {"drafts": drafts_of(request.user)})


@with_one(Draft)
def draft(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """The words, and a button that sends them where they were to go, as if the session had not ended."""
    return render(request, "drafts/detail.jinja", {"draft": draft})


@require_POST
@with_one(Draft)
def drop_draft(request: SignedInRequest, draft: Draft) -> HttpResponse:
    actions.drop_draft(draft=draft, by=request.user, at=now())
    return redirect("teams:drafts")
