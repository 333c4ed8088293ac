"""Notices and the mailbox."""

from django.http import HttpResponse
from django.shortcuts import render

from cases import notice_presenters as presenters
from teams.requests import SignedInRequest


def mailbox(request: SignedInRequest) -> HttpResponse:
    """What would have been sent, where no mail server is set."""
    shown = presenters.mailbox(request.user, request.GET.get("to", "").strip(), request.GET.get("page", "1"))
    return render(request, "mailbox/list.jinja", {"mailbox": shown})
