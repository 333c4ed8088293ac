"""The deadlines of a case: each with how it was worked out, and what a person says of it."""

from datetime import datetime, time
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, make_aware

from cases import actions, words
from cases.deadline_presenters import beyond_of, deadline_page
from cases.forms import deadlines as forms
from cases.loading import with_case
from cases.models import Deadline
from cases.notice_presenters import deadlines_of
from cases.slots import CaseContext
from cases.views.asking import ask, check_may_record, form_of, show
from teams.requests import SignedInRequest

CASE = "cases:case"


@with_case
def deadlines(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    """All of them, as they stand or as they were known to stand at the end of a day."""
    form, as_of = forms.OnForm(request.GET or None), None
    if form.is_bound and form.is_valid():
        as_of = min(make_aware(datetime.combine(form.cleaned_data["on"], time.max)), context.at)
    lines = deadlines_of(context.case.pk, context.case.authority_id, context.at, as_of=as_of)
    beyond = beyond_of(context) if as_of is None else []
    more: dict[str, Any] = {"lines": lines, "beyond": beyond, "form": form}
    more["as_of"] = words.day(localdate(as_of)) if as_of else ""
    return show(request, context, "deadlines", CASE, 422 if form.errors else 200, **more)


@with_case
def deadline(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    return show(request, context, "deadline", CASE, deadline=deadline_page(context, _deadline(context, pk)))


@with_case
def meet(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    row = _to_settle(context, pk)
    form = form_of(request, forms.MeetForm, {"met_at": context.at})
    return _about(request, context, row, form, actions.meet_deadline, "Done", said="It is recorded as done.")


@with_case
def stop(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    row, said = _to_settle(context, pk), "It is recorded that this does not apply."
    return _about(
        request, context, row, form_of(request, forms.StopForm), actions.stop_deadline, "Does not apply", said=said
    )


@with_case
def pause(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    row = _to_settle(context, pk)
    return _about(
        request, context, row, form_of(request, forms.PauseForm), actions.pause_deadline, "Pause", said="It is paused."
    )


@with_case
def resume(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    row, said = _to_settle(context, pk), "It runs on, and is due later by the time it stood still."
    return _about(
        request, context, row, form_of(request, forms.ResumeForm), actions.resume_deadline, "Runs on", said=said
    )


def _deadline(context: CaseContext, pk: int) -> Deadline:
    rows = context.case.deadlines.select_related("case", "replaces", "met_by", "stopped_by", "paused_by")
    return get_object_or_404(rows, pk=pk)


def _to_settle(context: CaseContext, pk: int) -> Deadline:
    check_may_record(context)
    return _deadline(context, pk)


def _about(
    request: SignedInRequest, context: CaseContext, row: Deadline, form: Any, action: Any, title: str, *, said: str
) -> HttpResponse:
    def act(form: Any) -> Any:
        return partial(action, deadline=row, **form.cleaned_data, by=context.person, at=context.at)

    title = f"{title}: {row.what.rstrip('.')}"
    return ask(request, context, "ask", form, act, said=said, then=CASE, title=title, button="Save")
