"""Help that is there: what has changed, what is said of accessibility, and every component in every state."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from casetransfer.gallery import GalleryForm, RefusedForm, samples
from teams.presenters import administrators_of
from teams.requests import SignedInRequest
from teams.roles import Permission


@dataclass(frozen=True, slots=True)
class Change:
    """What is new for the people who work here, in their words."""

    on: date
    what: str
    for_whom: str


# The newest first. Whoever changes what people see adds a line here.
CHANGES = (
    Change(date(2026, 11, 22), "Home shows what came back of your transfers, what waits for an answer and what your "
           "team owes after a move. Lists of transfers can be narrowed to how they stand.", "Social workers"),
    Change(date(2026, 11, 22), "You hear of waivers that wait for your name, of children who come back, and of duties "
           "that are late.", "Managers"),
    Change(date(2026, 11, 22), "The worker and the managers who hand a case on see it until the receiving team has met "
           "the family and nothing is owed, restricted records too.", "Everybody"),
    Change(date(2026, 11, 22), "The page of a transfer meeting offers what could be listed, and what the radar expects "
           "before the list closes. A case can be taken off, and the minutes say who was there.",
           "Who keeps meeting lists"),
    Change(date(2026, 11, 22), "Before you agree to a transfer or approve it you see the note, the papers, what each "
           "worker holds and what the team would hold; and you can return it from there.", "Managers"),
    Change(date(2026, 11, 22), "The page of a case and your list of cases say what comes next: a transfer sent "
           "back, the day a case moves, what is overdue. Ages years ahead stand under Later.", "Social workers"),
    Change(date(2026, 11, 22), "Help explains the words of this service.", "Everybody"),
    Change(date(2026, 11, 22), "To decide otherwise than the protocol for one child, follow the link on the page of a "
           "case. It names what is not followed, and Reports list all such decisions.", "Managers"),
    Change(date(2026, 11, 22), "Home shows what waits for each role: contacts to decide, closings, meetings, what "
           "nobody answered, teams that get too full, and what a system administrator has to look after.", "Everybody"),
    Change(date(2026, 11, 22), "What you type is kept while you type it. After a time-out, go on where you were.",
           "Everybody"),
    Change(date(2026, 11, 22), "Settings say what is still to be set up. A name, address or absence can be put "
           "right.", "System administrators"),
    Change(date(2026, 11, 22), "The audit says who looked at a record, each person once.", "Auditors"),
    Change(date(2026, 11, 22), "Help says who your system administrators are, and leads to opening a restricted record "
           "in an emergency.", "Everybody"),
    Change(date(2026, 11, 22), "Every page has a way back, and the protocol can be read on a phone.", "Everybody"),
    Change(date(2026, 11, 22), "Who looked at a restricted record is said once a day, with how often.", "Everybody"),
    Change(date(2026, 11, 22), "Lists can be sorted by their heads, kept as views of your own, shown with the columns "
           "you choose, and taken out as a file. A case leads back to the list you came from.", "Everybody"),
    Change(date(2026, 11, 22), "The number of a transfer, a closing or a case in the search leads straight to it. Home "
           "and the search show the cases you opened last.", "Everybody"),
    Change(date(2026, 11, 22), "Single keys move about the pages: press ? to see them. They can be turned off on your "
           "account page.", "Everybody"),
    Change(date(2026, 11, 22), "Every clause is a link to what the protocol says.", "Everybody"),
    Change(date(2026, 11, 22), "The page of a case shows the journey of the child as a drawing.", "Everybody"),
    Change(date(2026, 11, 22), "Reports show what each team holds, what comes to it and what is late.", "Managers"),
)  # fmt: skip


def contents(request: SignedInRequest) -> HttpResponse:
    mine = request.user.permissions()
    shown = {
        "administrators": administrators_of(request.user.authority, localdate()),
        "may_open_restricted": Permission.RECORD_EVENT in mine,
        "may_review": bool({Permission.DECIDE_TRANSFER, Permission.READ_AUDIT} & mine),
    }
    return render(request, "help/contents.jinja", shown)


def changes(request: SignedInRequest) -> HttpResponse:
    return render(request, "help/changes.jinja", {"changes": CHANGES})


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "help/accessibility.jinja")


def gallery(request: SignedInRequest) -> HttpResponse:
    """Every component in its states, for whoever builds a page or wonders what a sign means."""
    refused = RefusedForm({})
    refused.is_valid()
    return render(request, "help/components.jinja", {"form": GalleryForm(), "refused": refused, **samples()})
