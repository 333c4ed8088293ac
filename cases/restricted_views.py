"""Restricted records: opening one in an emergency, reviewing that, and who may see a record."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from cases import actions, permissions
from cases import restricted_forms as forms
from cases import restricted_presenters as presenters
from cases.subject_access import record_of
from teams.loading import needs, with_one
from teams.refusals import Refused
from teams.requests import SignedInRequest
from teams.roles import NotAllowed, Permission


def ask(
    request: SignedInRequest, page: str, form: Any, act: Callable[..., Any],
    then: tuple[Any, ...] | Callable[[], tuple[Any, ...]], said: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user, at=now())
        except Refused as refused:
            for gap in refused.gaps:
                form.add_error(gap.field if gap.field in form.fields else None, gap.sentence)
        else:
            messages.success(request, said)
            return redirect(*(then() if callable(then) else then))
    return render(request, f"restricted/{page}.jinja", {"form": form, **more}, status=422 if form.errors else 200)


def data(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


@needs(Permission.RECORD_EVENT)
def break_glass(request: SignedInRequest) -> HttpResponse:
    """The reference is typed, not followed: what is restricted is listed nowhere."""

    def act(*, reference: str, **rest: Any) -> None:
        case = presenters.restricted_case(request.user, reference)
        if case is None:
            raise Refused(["No restricted record has this reference."])
        try:
            actions.break_glass(case=case, **rest)
        except NotAllowed:
            raise Refused(["No restricted record has this reference."]) from None

    form = forms.BreakGlassForm(data(request))
    said = "The record is open to you for four hours. Its manager has been told."
    return ask(request, "open", form, act, lambda: ("cases:case", form.cleaned_data["reference"]), said)


def reviews(request: SignedInRequest) -> HttpResponse:
    rows = presenters.openings_to_review(request.user)
    if not rows and not request.user.permissions() & {Permission.READ_AUDIT, Permission.DECIDE_TRANSFER}:
        raise NotAllowed("This page is for other roles than yours.")
    return render(request, "restricted/reviews.jinja", {"rows": rows, "today": now().date()})


@with_one(presenters.BrokenGlass)
def review(request: SignedInRequest, opening: presenters.BrokenGlass) -> HttpResponse:
    permissions.check_can_review(request.user, opening)
    act = partial(actions.review_opening, opening=opening)
    form = forms.ReviewForm(data(request))
    return ask(request, "review", form, act, ("restricted:reviews",), "The review is saved.", opening=opening)


def guarded(request: SignedInRequest, ref: str) -> presenters.Case:
    """A case whose sight this person decides. For anybody else there is no such page."""
    case = get_object_or_404(presenters.cases_of(request.user), reference=ref)
    if not permissions.can_guard(request.user, case):
        raise Http404
    return case


def who(request: SignedInRequest, ref: str) -> HttpResponse:
    case = guarded(request, ref)
    return render(request, "restricted/who.jinja", {"page": presenters.who_sees(case, now())})


def change(request: SignedInRequest, ref: str) -> HttpResponse:
    case = guarded(request, ref)
    act = partial(actions.restrict, case=case, restricted=not case.child.restricted)
    form, then = forms.forms.Form(data(request)), ("restricted:who", ref)
    return ask(request, "change", form, act, then, "It is done.", case=case)


def grant(request: SignedInRequest, ref: str) -> HttpResponse:
    case = guarded(request, ref)
    form = forms.GrantForm(data(request), by=request.user)
    act = partial(actions.grant_sight, case=case)
    return ask(request, "grant", form, act, ("restricted:who", ref), "The person may see the record.", case=case)


def end_grant(request: SignedInRequest, ref: str, pk: int) -> HttpResponse:
    case = guarded(request, ref)
    grant = get_object_or_404(case.child.grants.select_related("person"), pk=pk)
    act = partial(actions.end_grant, case=case, grant=grant)
    form, then = forms.forms.Form(data(request)), ("restricted:who", ref)
    return ask(request, "end_grant", form, act, then, "The person no longer sees the record.", case=case, grant=grant)


def conflict(request: SignedInRequest, ref: str) -> HttpResponse:
    case = guarded(request, ref)
    form = forms.AboutPerson(data(request), by=request.user)
    act = partial(actions.record_conflict, case=case)
    return ask(request, "conflict", form, act, ("restricted:who", ref), "The person sees nothing of it.", case=case)


@require_GET
def subject_access(request: SignedInRequest, ref: str) -> HttpResponse:
    """One child's whole record as a file, for somebody to redact and hand over. In the audit as taken out."""
    case = guarded(request, ref)
    text = "\n".join(record_of(case.child))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="record-{case.child.reference}.txt"'
    return answer
