"""The desk of the transfer meetings: the lists, the decisions case by case, the minutes."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now

from teams.csv_files import csv_file
from teams.loading import needs, with_one
from teams.requests import SignedInRequest
from teams.roles import Permission
from transfers import actions, forms
from transfers.models import TransferMeeting
from transfers.presenters.meetings import MeetingPage, items_for, meetings_for
from transfers.presenters.people import managers_of, workers_of
from transfers.views import ask, data

keeper = needs(Permission.KEEP_MEETING_LIST)


@keeper
def meeting_list(request: SignedInRequest) -> HttpResponse:
    return render(request, "transfers/meetings.jinja", {"meetings": meetings_for(request.user)})


@keeper
@with_one(TransferMeeting)
def meeting(request: SignedInRequest, meeting: TransferMeeting) -> HttpResponse:
    page = MeetingPage.of(meeting, request.user, now())
    return render(request, "transfers/meeting.jinja", {"page": page})


@keeper
@with_one(TransferMeeting)
def export(request: SignedInRequest, meeting: TransferMeeting) -> HttpResponse:
    """The list with its decisions and minutes, as a file for the chair: references, no names."""
    page = MeetingPage.of(meeting, request.user, now())
    heads = ["Transfer", "Age", "From", "To", "Why", "Listed", "Decided", "Minutes"]
    rows = (
        (row.reference, row.age, row.transferring, row.receiving, row.route, row.listed, row.says, row.minutes)
        for row in page.items
    )
    return csv_file(f"transfer-meeting-{meeting.pk}.csv", heads, rows)


@keeper
@with_one(TransferMeeting)
def decide(request: SignedInRequest, meeting: TransferMeeting, item: int) -> HttpResponse:
    line = get_object_or_404(items_for(meeting, request.user), pk=item)
    transfer, today = line.transfer, localdate()
    form = forms.MeetingItemForm(
        data(request), managers=managers_of(transfer, today), workers=workers_of(transfer, today)
    )
    act = partial(actions.decide_item, item=line)
    return ask(
        request,
        "decide_item",
        form,
        act,
        "The decision is recorded.",
        then=meeting_url(meeting),
        meeting=meeting,
        line=line,
    )


@keeper
@with_one(TransferMeeting)
def close(request: SignedInRequest, meeting: TransferMeeting) -> HttpResponse:
    form = forms.MinutesForm(data(request), initial={"minutes": meeting.minutes})
    act = partial(actions.close_minutes, meeting=meeting)
    return ask(
        request, "close_minutes", form, act, "The minutes are closed.", then=meeting_url(meeting), meeting=meeting
    )


def meeting_url(meeting: TransferMeeting) -> str:
    return f"/meetings/{meeting.pk}/"
