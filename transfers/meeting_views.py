"""The desk of the transfer meetings: the lists, the decisions case by case, the minutes."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases import words
from teams.csv_files import csv_file
from teams.loading import needs, with_one
from teams.models import Person
from teams.refusals import Gap, Refused
from teams.requests import SignedInRequest
from teams.roles import Permission
from transfers import actions, forms
from transfers.brief import with_brief
from transfers.models import Transfer, TransferMeeting
from transfers.permissions import gaps_against
from transfers.presenters.meetings import (
    MeetingPage,
    calendar_of,
    candidates_for,
    items_for,
    lists_to_open,
    meetings_for,
)
from transfers.presenters.people import chairs_of, managers_of, workers_of
from transfers.views import ask, data

keeper = needs(Permission.KEEP_MEETING_LIST)


@keeper
def meeting_list(request: SignedInRequest) -> HttpResponse:
    shown = {"meetings": meetings_for(request.user, now()), "to_open": lists_to_open(request.user, now())}
    return render(request, "transfers/meetings.jinja", shown)


@require_POST
@keeper
def open_list(request: SignedInRequest) -> HttpResponse:
    """The next meeting of a kind gets its list."""
    try:
        code, authority = request.POST.get("code", ""), request.user.authority
        meeting = actions.open_list(authority=authority, code=code, by=request.user, at=now())
    except Refused as refused:
        for gap in refused.gaps:
            messages.error(request, gap.sentence)
        return redirect("transfers:meetings")
    return redirect(meeting_url(meeting))


@require_POST
@keeper
@with_one(TransferMeeting)
def fill(request: SignedInRequest, meeting: TransferMeeting) -> HttpResponse:
    """Put one case that could be listed on the list, or all of them."""
    chosen, found = request.POST.get("transfer", ""), candidates_for(meeting, request.user)
    transfers = found if chosen == "all" else found.filter(pk=int(chosen)) if chosen.isdecimal() else found.none()
    filled = actions.fill_list(meeting=meeting, transfers=list(transfers), by=request.user, at=now())
    if filled.listed:
        messages.success(request, f"{words.plural(len(filled.listed), 'case')} put on the list.")
    for transfer, gaps in filled.left:
        reasons = " ".join(gap.sentence for gap in gaps)
        messages.warning(request, f"{transfer.reference} is not on the list. {reasons}")
    return redirect(meeting_url(meeting))


@keeper
@with_one(TransferMeeting)
def take_off(request: SignedInRequest, meeting: TransferMeeting, item: int) -> HttpResponse:
    line = get_object_or_404(items_for(meeting, request.user), pk=item)
    act, then = partial(actions.take_off_list, item=line), meeting_url(meeting)
    said = "It is off the list."
    return ask(request, "take_off", forms.WhyForm(data(request)), act, said, then=then, meeting=meeting, line=line)


@keeper
@with_one(TransferMeeting)
def calendar(request: SignedInRequest, meeting: TransferMeeting) -> HttpResponse:
    content = calendar_of(meeting, request.build_absolute_uri(meeting_url(meeting)))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="transfer-meeting-{meeting.pk}.ics"'
    return answer


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
    transfer, today = with_brief(line.transfer, now()), localdate()
    page = MeetingPage.of(meeting, request.user, now())
    managers = managers_of(transfer, today)
    form = forms.MeetingItemForm(data(request), managers=managers, workers=workers_of(transfer, today))
    act = partial(actions.decide_item, item=line)
    return ask(
        request,
        "decide_item",
        form,
        act,
        "The decision is recorded.",
        then=meeting_url(meeting),
        desk=page,
        row=next(row for row in page.items if row.pk == line.pk),
        blockers=_against(transfer, managers.first()),
    )


@keeper
@with_one(TransferMeeting)
def close(request: SignedInRequest, meeting: TransferMeeting) -> HttpResponse:
    initial = {"minutes": meeting.minutes}
    form = forms.MinutesForm(data(request), initial=initial, chairs=chairs_of(meeting, localdate()))
    act = partial(actions.close_minutes, meeting=meeting)
    return ask(
        request, "close_minutes", form, act, "The minutes are closed.", then=meeting_url(meeting), meeting=meeting
    )


def _against(transfer: Transfer, agreeing: Person | None) -> list[Gap]:
    """What stands against agreeing, but for the approval that is given by it."""
    return gaps_against("agree", transfer, agreeing) if agreeing else transfer.blockers("agree")


def meeting_url(meeting: TransferMeeting) -> str:
    return f"/meetings/{meeting.pk}/"
