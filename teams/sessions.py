"""A session ends after twenty idle minutes and after twelve hours. A council may want a second factor as well."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# The last request is noted at most this often, so that reading pages does not write a row for each.
GRAIN = 60


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self.note(request, time.time())
        return self.get_response(request)

    def note(self, request: HttpRequest, now: float) -> None:
        session = request.session
        began, seen = session.setdefault("began", now), session.get("seen", now)
        idle = now - seen > settings.SESSION_IDLE_LIMIT.total_seconds()
        old = now - began > settings.SESSION_WHOLE_LIMIT.total_seconds()
        if idle or old:
            logout(request)
        elif "seen" not in session or now - seen > GRAIN:
            session["seen"] = now


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
        match = request.resolver_match
        return None if match and match.view_name in self.OPEN else redirect("teams:second_factor")
