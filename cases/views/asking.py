"""How a page about a case asks, shows what would happen, and acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.forms.base import RecordForm
from cases.permissions import can_allocate, can_record
from cases.presenters.banner import banner_of
from cases.previews import preview
from cases.slots import CaseContext
from teams.refusals import Refused
from teams.requests import SignedInRequest
from teams.roles import NotAllowed

Act = Callable[[], Any]


def show(
    request: SignedInRequest, context: CaseContext, template: str, place: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """One page of a case, under its banner."""
    given = {"banner": banner_of(context, place), "case": context.case, **more}
    return render(request, f"cases/{template}.jinja", given, status=status)


def form_of(
    request: SignedInRequest, form_class: Callable[..., Any], initial: dict[str, Any] | None = None, **more: Any
) -> Any:
    """The form filled in, or empty for the first look."""
    return form_class(request.POST if request.method == "POST" else None, initial=initial, **more)


def ask(
    request: SignedInRequest, context: CaseContext, template: str, form: RecordForm, act: Callable[[RecordForm], Act],
    *, said: str, then: str, previewed: bool = False, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form; once it is in order, show what it will do if that is to be seen first; then do it and say so.
    What the action refuses is shown in the form, with everything that was typed."""
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        try:
            if previewed and "confirmed" not in request.POST:
                would = preview(context.case, context.at, act(form))
                typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
                typed = [(name, value) for name, value in typed if name != "csrfmiddlewaretoken"]
                return show(request, context, "preview", would=would, typed=typed, title=more.get("title", ""))
            with transaction.atomic():
                act(form)()
        except Refused as refused:
            form.show(refused.gaps)
        else:
            messages.success(request, said)
            return redirect(reverse(then, kwargs={"ref": context.case.reference}))
    cancel = reverse(then, kwargs={"ref": context.case.reference})
    return show(request, context, template, status=422 if form.errors else 200, form=form, cancel=cancel, **more)


def check_may_record(context: CaseContext) -> None:
    if not can_record(context.person, context.case, context.reach):
        raise NotAllowed("Only those who work on this case can record anything in it.")
    _check_is_held(context)


def check_may_allocate(context: CaseContext) -> None:
    if not can_allocate(context.person, context.case, context.reach):
        raise NotAllowed("Only a manager of the team that holds this case can do this.")
    _check_is_held(context)


def _check_is_held(context: CaseContext) -> None:
    if not context.case.is_held:
        says = f"Case {context.case.reference} is closed: nothing is recorded in it unless it is opened again."
        raise NotAllowed(says)
