"""A session ends after twenty idle minutes and after twelve hours. A council may want a second factor as well."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from teams.actions import drop_sent, keep_draft

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
        if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
            drop_sent(person=request.user, path=request.path, at=timezone.now())
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


# Never kept: secrets and words looked for, what only this session understands, and files, which fit into no box again
SECRETS = {"password", "current", "q"}
KEPT_FOR = "kept_for"
NOT_KEPT = {"csrfmiddlewaretoken", KEPT_FOR}
MOST_TYPED = 50_000
# Pages of somebody's own account, of a session, and of how a list looks: nothing of a record is typed there
UNKEPT = {
    f"teams:{page}"
    for page in (
        "sign_in", "sign_out", "stay", "keep_typed", "draft", "drop_draft", "own_password", "second_factor",
        "set_password", "sign_out_everywhere", "keys", "keep_view", "drop_view", "choose_columns",
    )
}  # fmt: skip


def keep_what_was_typed(request: HttpRequest) -> bool:
    """A form that was not sent: its writer finds the words again after signing in. A form with nothing in it any more
    leaves nothing behind. The page itself says for which address it keeps; a form that came too late is its own."""
    path = request.POST.get(KEPT_FOR, request.path)
    if request.method != "POST" or SECRETS & set(request.POST) or not is_kept(path):
        return False
    boxes = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_KEPT}
    if len(str(boxes)) > MOST_TYPED:
        return False
    if not any(any(words) for words in boxes.values()):
        drop_sent(person=request.user, path=path, at=timezone.now())  # type: ignore[arg-type]
        return False
    keep_draft(person=request.user, path=path, boxes=boxes, at=timezone.now())  # type: ignore[arg-type]
    return True


def is_kept(path: str) -> bool:
    try:
        return resolve(path).view_name not in UNKEPT
    except Resolver404:
        return False


class SignInWanted(LoginRequiredMiddleware):
    """Whoever has not signed in is led to the page for it. A script is told, and leaves what was typed where it is."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if request.headers.get("X-Requested-With"):
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)


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
