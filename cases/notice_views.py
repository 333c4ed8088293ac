"""Notices, deadlines and the mailbox."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases import actions, words
from cases import notice_presenters as presenters
from cases.letters import letter_pdf
from cases.models import Channel, Notice
from cases.notice_forms import LetterForm
from cases.permissions import check_can_deal_with
from teams.forms import ClosureDayForm
from teams.loading import needs, with_one
from teams.refusals import Refused
from teams.requests import SignedInRequest
from teams.roles import Permission


def mailbox(request: SignedInRequest) -> HttpResponse:
    """What would have been sent, where no mail server is set."""
    shown = presenters.mailbox(request.user, request.GET.get("to", "").strip(), request.GET.get("page", "1"))
    return render(request, "mailbox/list.jinja", {"mailbox": shown})


def notice_list(request: SignedInRequest) -> HttpResponse:
    shown = presenters.notice_list(request.user, request.GET.get("show", ""), request.GET.get("page", "1"))
    return render(request, "notices/list.jinja", {"notices": shown})


def deadline_list(request: SignedInRequest) -> HttpResponse:
    asked = request.GET
    shown = presenters.deadline_page(request.user, asked.get("show", ""), asked.get("page", "1"), now())
    return render(request, "notices/deadlines.jinja", {"deadlines": shown})


@needs(Permission.MANAGE_CALENDAR)
def add_closure_day(request: SignedInRequest) -> HttpResponse:
    """First what it would change is shown; only the same day, sent again, is added."""
    form = ClosureDayForm(request.POST if request.method == "POST" else None, by=request.user)
    effect = None
    if form.is_valid():
        day, authority = form.cleaned_data["on"], request.user.authority
        if request.POST.get("seen") == day.isoformat():
            try:
                actions.add_closure_day(**form.cleaned_data, authority=authority, by=request.user, at=now())
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                messages.success(request, "The day is added. The deadlines are being worked out again.")
                return redirect("teams:calendar")
        else:
            effect = presenters.ClosingEffect.of(request.user, day, now())
    context = {"form": form, "effect": effect}
    return render(request, "notices/add_closure_day.jinja", context, status=422 if form.errors else 200)


@with_one(Notice)
def detail(request: SignedInRequest, notice: Notice, gaps: Any = ()) -> HttpResponse:
    shown = presenters.NoticePage.of(notice, request.user, now())
    return render(request, "notices/detail.jinja", {"shown": shown, "gaps": gaps}, status=409 if gaps else 200)


def _act(act: Callable[..., Notice], said: str) -> Callable[..., HttpResponse]:
    @require_POST
    @with_one(Notice)
    def view(request: SignedInRequest, notice: Notice) -> HttpResponse:
        try:
            act(notice=notice, by=request.user, at=now())
        except Refused as refused:
            shown = presenters.NoticePage.of(notice, request.user, now())
            return render(request, "notices/detail.jinja", {"shown": shown, "gaps": refused.gaps}, status=409)
        messages.success(request, said)
        return redirect("notices:detail", pk=notice.pk)

    return view


seen = _act(actions.acknowledge, "Marked as seen.")
done = _act(actions.record_acted, "Recorded that you acted on it.")
send_again = _act(actions.send_again, "It will be sent again.")
sent_by_hand = _act(actions.mark_done_by_hand, "Recorded as told.")
check = _act(actions.check_notice, "Recorded that you looked at it.")


@with_one(Notice)
def write(request: SignedInRequest, notice: Notice) -> HttpResponse:
    if notice.channel != Channel.LETTER or notice.sent_at:
        raise Http404
    check_can_deal_with(request.user, notice)
    form = LetterForm(request.POST if request.method == "POST" else None, initial={"text": notice.text})
    if form.is_valid():
        actions.write_letter(notice=notice, text=form.cleaned_data["text"], by=request.user, at=now())
        messages.success(request, "The letter is written.")
        return redirect("notices:detail", pk=notice.pk)
    return render(request, "notices/write.jinja", {"form": form, "notice": notice}, status=422 if form.errors else 200)


@with_one(Notice)
def letter(request: SignedInRequest, notice: Notice) -> HttpResponse:
    """The letter to print: only once it says something."""
    if notice.channel != Channel.LETTER or not notice.text:
        raise Http404
    pdf = letter_pdf(notice, words.day(localdate()))
    name = f"letter-{notice.subject}-{notice.pk}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
