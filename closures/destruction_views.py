"""Records whose time is over: proposed by one person, destroyed by another, and the log of it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from closures import actions
from closures.forms import PlainForm
from closures.kept_presenters import KeptPage, child_to_destroy
from closures.models import Destruction
from teams.loading import needs, with_one
from teams.refusals import Refused
from teams.requests import SignedInRequest
from teams.roles import Permission

destroys = needs(Permission.DESTROY_RECORD)


@destroys
def kept(request: SignedInRequest) -> HttpResponse:
    return render(request, "closures/kept.jinja", {"kept": KeptPage.of(request.user, localdate())})


@destroys
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    child, rule = child_to_destroy(request.user, reference)
    act = partial(actions.propose_destruction, child=child)
    return confirm(request, "propose_destruction", act, "It is proposed.", record=reference, rule=rule)


@destroys
@with_one(Destruction)
def destroy(request: SignedInRequest, proposal: Destruction) -> HttpResponse:
    act = partial(actions.destroy_record, proposal=proposal)
    return confirm(request, "destroy_record", act, "The record is destroyed.", record=proposal.record, rule=proposal)


def confirm(request: SignedInRequest, page: str, act: partial[Destruction], said: str, **more: object) -> HttpResponse:
    form = PlainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            act(by=request.user, at=now())
        except Refused as refused:
            form.refuse(refused.gaps)
        else:
            messages.success(request, said)
            return redirect("closures:kept")
    return render(request, f"closures/{page}.jinja", {"form": form, **more}, status=422 if form.errors else 200)
