"""Booking, moving, holding, cancelling and correcting an event."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from cases import actions, words
from cases.forms.events import (
    BookEventForm,
    CancelEventForm,
    CorrectEventForm,
    HoldEventForm,
    MoveEventForm,
    RecordPastEventForm,
)
from cases.loading import with_case
from cases.models import Event
from cases.slots import CaseContext
from cases.views.asking import Act, ask, check_may_record, form_of
from teams.requests import SignedInRequest

EVENTS = "cases:events"


@with_case
def book(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    form = form_of(request, BookEventForm)
    return ask(
        request, context, "ask", form, partial(_record, context), said="It is booked.", then=EVENTS, previewed=True,
        title="Book a meeting or hearing", button="Continue",
    )  # fmt: skip


@with_case
def record_past(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    form = form_of(request, RecordPastEventForm)
    return ask(
        request, context, "ask", form, partial(_record, context), said="It is recorded.", then=EVENTS, previewed=True,
        title="Record a meeting or hearing that was held", button="Continue",
    )  # fmt: skip


@with_case
def move(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    event = _event(context, pk)
    form = form_of(request, MoveEventForm, {"planned_at": event.planned_at})
    return _about(request, context, event, form, actions.move_event, title="Move", said="It is moved.", previewed=True)


@with_case
def hold(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    event = _event(context, pk)
    is_past = event.planned_at is not None and event.planned_at <= context.at
    form = form_of(request, HoldEventForm, {"held_at": event.planned_at} if is_past else None, event=event)
    return _about(
        request, context, event, form, actions.record_event_held, title="Record", said="It is recorded as held.",
        previewed=True,
    )  # fmt: skip


@with_case
def cancel(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    event = _event(context, pk)
    form = form_of(request, CancelEventForm)
    return _about(request, context, event, form, actions.cancel_event, title="Cancel", said="It is cancelled.")


@with_case
def correct(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    event = _event(context, pk)
    now_is = {"planned_at": event.planned_at, "held_at": event.held_at, "outcome": event.outcome}
    now_is["was"] = "yes" if event.held_at else "no"
    form = form_of(request, CorrectEventForm, now_is, event=event)
    return ask(
        request, context, "ask", form, partial(_correct, context, event), said="It is corrected.", then=EVENTS,
        previewed=True, title=_title("Correct", event), button="Continue",
    )  # fmt: skip


def _event(context: CaseContext, pk: int) -> Event:
    check_may_record(context)
    return get_object_or_404(context.case.events.all(), pk=pk)


def _title(verb: str, event: Event) -> str:
    return f"{verb} the {words.event(event.kind, event.ordinal)} of {words.moment(event.when)}"


def _about(
    request: SignedInRequest, context: CaseContext, event: Event, form: Any, action: Any, *, title: str, **more: Any
) -> HttpResponse:
    def act(form: Any) -> Act:
        return partial(action, event=event, **form.cleaned_data, by=context.person, at=context.at)

    return ask(request, context, "ask", form, act, then=EVENTS, title=_title(title, event), button="Continue", **more)


def _record(context: CaseContext, form: Any) -> Act:
    return partial(actions.record_event, case=context.case, **form.cleaned_data, by=context.person, at=context.at)


def _correct(context: CaseContext, event: Event, form: CorrectEventForm) -> Act:
    who: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": context.person, "at": context.at}
    if form.cleaned_data["was"] == "never":
        return partial(actions.withdraw_event, event=event, **who)
    return partial(actions.correct_event, event=event, changes=form.changes(), **who)
