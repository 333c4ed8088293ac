"""A session ends after twenty idle minutes and after twelve hours. A council may want a second factor as well."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from teams.actions import keep_draft

# The last request is noted at most this often, so that reading pages does not write a row for each.
GRAIN = 60
DIRECTORY = "teams.oidc.DirectoryBackend"


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self.note(request, time.time())
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"  # no page of a record stays in a browser or on the way
        return response

    def note(self, request: HttpRequest, now: float) -> None:
        session = request.session
        began, seen = session.setdefault("began", now), session.get("seen", now)
        idle = now - seen > settings.SESSION_IDLE_LIMIT.total_seconds()
        old = now - began > settings.SESSION_WHOLE_LIMIT.total_seconds()
        ended = request.user.sessions_from  # type: ignore[union-attr]
        if ended and began < ended.timestamp():  # signed out everywhere: nothing of a thief's is kept
            logout(request)
        elif idle or old:
            keep_what_was_typed(request)
            logout(request)
        elif "seen" not in session or now - seen > GRAIN:
            session["seen"] = now


# Never kept: secrets, what only this session understands, and files, which cannot be put back into a box
NOT_KEPT = {"csrfmiddlewaretoken", "password", "current"}
MOST_TYPED = 50_000


def keep_what_was_typed(request: HttpRequest) -> None:
    """The session ended while a form was being filled in: its writer finds the words again after signing in."""
    if request.method != "POST" or NOT_KEPT & set(request.POST) - {"csrfmiddlewaretoken"} or request.path in UNKEPT:
        return
    boxes = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_KEPT}
    if any(any(words) for words in boxes.values()) and len(str(boxes)) <= MOST_TYPED:
        keep_draft(person=request.user, path=request.path, boxes=boxes, at=timezone.now())  # type: ignore[arg-type]


UNKEPT = {"/sign-in/", "/sign-out/", "/stay/", "/account/second-factor/"}


class SecondFactorWanted:
    """Somebody who signed in by password alone gets no further than the page that sets up an authenticator app."""

    OPEN = frozenset({"teams:second_factor", "teams:sign_out"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        person = request.user
        if not settings.REQUIRE_SECOND_FACTOR or not person.is_authenticated or person.is_verified():  # type: ignore[attr-defined]
            return None
        if request.session.get(BACKEND_SESSION_KEY) == DIRECTORY:  # which asks for its own second factor
            return None
        match = request.resolver_match
        return None if match and match.view_name in self.OPEN else redirect("teams:second_factor")
