"""The pages of closing: the queue, one closing, and one page for each move."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from cases.models import Case
from closures import actions, forms, presenters
from closures.actions import Given
from closures.guards import DONE
from closures.loading import contact_that_brought, with_case, with_case_that_comes_back, with_closure, with_return
from closures.models import Closure, Return
from closures.permissions import (
    check_can_depart,
    check_can_record_return,
    check_can_reopen,
    check_can_start,
    check_can_take,
    check_can_undo,
    check_can_withdraw,
)
from teams.filters import words_for
from teams.listing import file_of, listing_of, remember
from teams.loading import needs
from teams.refusals import Refused
from teams.requests import SignedInRequest
from teams.roles import Permission

may_close = needs(Permission.PROPOSE_CLOSURE, Permission.AUTHORISE_CLOSURE, Permission.COMPLETE_CLOSURE)


def page(request: SignedInRequest, name: str, form: Any = None, **more: Any) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    return render(request, f"closures/{name}.jinja", {"form": form, **more}, status=status)


@may_close
def queue(request: SignedInRequest) -> HttpResponse:
    """What is looked for is a name: it comes in the body and is kept in the session, never in an address."""
    q = words_for(request, "closings")
    if request.method == "POST":
        return redirect(request.get_full_path())
    form = forms.QueueFilters(request.GET, by=request.user)
    rows = presenters.queue_of(request.user, now(), form.chosen(), q)
    if "file" in request.GET:
        return file_of(presenters.QUEUE, [row.cells for row in rows], request.user)
    remember(request, "Closures")
    found = presenters.queue_page(rows, request.GET.get("page"))
    shown = listing_of(presenters.QUEUE, found, form.chosen(), request.user)
    return page(request, "queue", form, list=shown, q=q, come_back=presenters.returns_in_words(request.user))


@may_close
def begin(request: SignedInRequest) -> HttpResponse:
    """From the number of a case to the page on which its closing begins."""
    reference = request.GET.get("case", "").strip().upper()
    return redirect("closures:start", reference) if reference.replace("-", "").isalnum() else redirect("closures:queue")


@may_close
def lines(request: SignedInRequest) -> HttpResponse:
    """The lines that wait for this person, and in how many cases."""
    return page(request, "lines", lines=presenters.lines_for(request.user, now()))


@may_close
def line(request: SignedInRequest, code: str) -> HttpResponse:
    """One line of many cases, ticked in one go."""
    shown = presenters.line_for(request.user, code, now())
    if shown is None:
        raise Http404
    form = forms.LineForm(request.POST or None, item=shown.item, closures=[one.closure for one in shown.cases])
    if request.method == "POST" and form.is_valid():
        given = {closure: Given(DONE, evidence) for closure, evidence in form.given().items()}
        try:
            done = actions.answer_line(item=code, given=given, by=request.user, at=now())
            messages.success(request, presenters.ticked_in_words(len(done)))
            return redirect("closures:line", code) if len(done) < shown.number else redirect("closures:lines")
        except Refused as refused:
            form.refuse(refused.gaps)
    return page(request, "line", form, shown=shown)


@with_case
def start(request: SignedInRequest, case: Case) -> HttpResponse:
    check_can_start(request.user, case)
    shown = presenters.StartPage.of(case, now())
    form = forms.StartForm(request.POST or None, ways=shown.ways, additions=shown.additions)
    if request.method == "POST" and form.is_valid():
        try:
            closure = actions.start_closure(case=case, by=request.user, at=now(), **form.cleaned_data)
            return redirect("closures:part", closure.reference)
        except Refused as refused:
            form.refuse(refused.gaps)
    return page(request, "start", form, start=shown)


@with_closure
def detail(request: SignedInRequest, closure: Closure) -> HttpResponse:
    return page(request, "detail", shown=presenters.ClosurePage.of(closure, request.user, now()))


@with_closure
def destroy_year(request: SignedInRequest, closure: Closure) -> HttpResponse:
    """The form for the file, to be printed: until when it is kept, and why."""
    shown = presenters.DestroyYearPage.of(closure, request.user, now())
    if shown is None:
        raise Http404
    return page(request, "destroy_year", shown=shown)


@with_closure
def part(request: SignedInRequest, closure: Closure) -> HttpResponse:
    """The part of the hand whose turn it is: save what there is so far, or hand it on."""
    if not closure.is_under_way:
        if request.method == "POST":  # somebody else ended it meanwhile, or this is the second time
            messages.error(request, "Nothing was saved: this closing is over.")
            shown = presenters.ClosurePage.of(closure, request.user, now())
            return render(request, "closures/detail.jinja", {"form": None, "shown": shown}, status=409)
        return redirect(closure)
    check_can_take(request.user, closure)
    waivable = presenters.waivable_by(request.user, closure)
    form = forms.PartForm(request.POST or None, closure=closure, waivable=waivable)
    if request.method == "POST" and form.is_valid():
        try:
            return _do_part(request, closure, form)
        except Refused as refused:
            form.refuse(refused.gaps)
    return page(request, "part", form, shown=presenters.PartPage.of(closure, now()))


def _do_part(request: SignedInRequest, closure: Closure, form: forms.PartForm) -> HttpResponse:
    """What is answered is kept, whether or not the whole can go on."""
    at, said = now(), form.cleaned_data
    given = {code: Given(*one) for code, one in form.given().items()}
    words = {name: said[name] for name in ("reason", "why") if name in said}
    actions.save_checks(closure=closure, given=given, by=request.user, at=at, **words)
    if "hand_on" not in request.POST:
        messages.success(request, "What you have answered is saved.")
        return redirect("closures:part", closure.reference)
    closure = actions.take_turn(
        closure=closure, by=request.user, at=at, comment=said.get("comment", ""), closed_on=said.get("closed_on"),
        **words,
    )  # fmt: skip
    messages.success(request, presenters.done_in_words(closure))
    return redirect(closure)


@with_closure
def send_back(request: SignedInRequest, closure: Closure) -> HttpResponse:
    check_can_take(request.user, closure)
    says = presenters.goes_back_to(closure)
    asks = "What is to be put right?"
    return _ask_why(request, closure, "send_back", actions.send_back, asks, "It was sent back.", says)


@with_closure
def withdraw(request: SignedInRequest, closure: Closure) -> HttpResponse:
    check_can_withdraw(request.user, closure)
    asks = "Why does the case stay open?"
    return _ask_why(request, closure, "withdraw", actions.withdraw, asks, "The case stays open.")


@with_closure
def undo(request: SignedInRequest, closure: Closure) -> HttpResponse:
    check_can_undo(request.user, closure)
    asks, said = "Why is the closing undone?", "The closing is undone: the case is open."
    return _ask_why(request, closure, "undo", actions.undo_closing, asks, said, presenters.undone_until(closure))


@with_closure
def decide_otherwise(request: SignedInRequest, closure: Closure, condition: str) -> HttpResponse:
    check_can_depart(request.user, closure)
    act = partial(actions.decide_otherwise, condition=condition)
    asks, says = "Why may the case close all the same?", presenters.stands_in_the_way(closure, condition, now())
    return _ask_why(request, closure, "decide_otherwise", act, asks, "It is recorded.", says)


def _ask_why(
    request: SignedInRequest, closure: Closure, name: str, act: Any, asks: str, said: str, says: str = ""
) -> HttpResponse:
    """`says`: what somebody must know before they answer."""
    form = forms.BecauseForm(request.POST or None, asks=asks)
    act = partial(act, closure=closure)
    more = {"closure": closure, "banner": presenters.Banner.of(closure.case, now()), "says": says}
    return _ask(request, name, form, act, said, closure, **more)


def _ask(
    request: SignedInRequest, name: str, form: Any, act: Any, said: str | Callable[[Any], str], then: Any, **more: Any
) -> HttpResponse:  # fmt: skip
    """Show a form; once it is in order, act, say so (or what came of it) and go on. What an action refuses stands
    beside the boxes."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act(**form.cleaned_data, by=request.user, at=now())
            messages.success(request, said if isinstance(said, str) else said(done))
            return redirect(then)
        except Refused as refused:
            form.refuse(refused.gaps)
    return page(request, name, form, **more)


@with_closure
def step_down(request: SignedInRequest, closure: Closure) -> HttpResponse:
    check_can_take(request.user, closure)
    services = [(code, closure.plan.service_name(code)) for code in closure.plan.row.to]
    form = forms.StepDownForm(request.POST or None, services=services, initial=presenters.step_down_so_far(closure))
    act = partial(actions.record_step_down, closure=closure)
    more = {"closure": closure, "banner": presenters.Banner.of(closure.case, now())}
    return _ask(request, "step_down", form, act, "The step-down is recorded.", closure, **more)


@with_case
def reopen(request: SignedInRequest, case: Case) -> HttpResponse:
    check_can_reopen(request.user, case)
    form = forms.ReopenForm(request.POST or None, by=request.user)
    ended = presenters.EndedPage.of(case, now())
    return _ask(
        request, "reopen", form, partial(actions.reopen_case, case=case), "The case is open again.", case, ended=ended,
    )  # fmt: skip


@with_case_that_comes_back
def come_back(request: SignedInRequest, case: Case) -> HttpResponse:
    check_can_record_return(request.user, case)
    contact = contact_that_brought(request, case)
    form = forms.ReturnForm(request.POST or None, contact=contact)
    act = partial(actions.record_return, case=case, contact=contact)
    said = presenters.came_back_in_words
    then = contact or "closures:returns"
    shown = presenters.EndedPage.of(case, now())
    return _ask(request, "come_back", form, act, said, then, ended=shown, contact=contact)


@needs(Permission.DECIDE_CONTACT, Permission.REOPEN_CASE)
def returns(request: SignedInRequest) -> HttpResponse:
    return page(request, "returns", rows=presenters.returns_for(request.user))


@with_return
def answer_return(request: SignedInRequest, came_back: Return) -> HttpResponse:
    shown = presenters.ReturnPage.of(came_back, request.user, now())
    form = forms.AnswerReturnForm(request.POST or None, answers=shown.answers)
    return _ask(
        request, "answer_return", form, partial(_answer, came_back), "It is recorded.", "closures:returns", shown=shown
    )


def _answer(came_back: Return, *, answer: str, because: str, **who: Any) -> None:
    if answer == "accept":
        actions.accept_return(came_back=came_back, **who)
    elif answer == "refuse":
        actions.refuse_return(came_back=came_back, because=because, **who)
    else:
        actions.send_normal_way(came_back=came_back, because=because, **who)
