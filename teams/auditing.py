"""Every answer about a record is audited before it is given: who read what, who took what out, who was refused."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from teams.actions import record_audit
from teams.models import AuditEntry

Kind = AuditEntry.Kind
REFUSALS = {403, 404, 409, 422, 429}
# Served to everybody, or about nobody
UNWATCHED = {"health", "health_live", "health_ready", "home", "teams:stay", "teams:sign_in", "teams:sign_out"}

SEARCHES = {"cases:found", "contacts:list"}  # whose words are kept in the session, so that no address holds a name


def match_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


class Audit:
    """A page is drawn in one transaction with the entry that says who read it: no entry, no page. A POST is audited by
    its action, in the action's own transaction; here only that it was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        person = request.user
        if request.method not in {"GET", "HEAD"}:
            response = self.get_response(request)
            self.note(request, person, response)
            return response
        with transaction.atomic():
            response = self.get_response(request)
            self.note(request, person, response)
        return response

    def note(self, request: HttpRequest, person: Any, response: HttpResponse) -> None:
        match = request.resolver_match
        if match is None or match.view_name in UNWATCHED:
            return
        kind = self.kind_of(request, response, bool(match.kwargs))
        if kind:
            subject, page = self.subject_of(request, match.kwargs), match.view_name or ""
            record_audit(kind=kind, by=person, at=now(), subject=subject, page=page, status=response.status_code)

    def kind_of(self, request: HttpRequest, response: HttpResponse, has_record: bool) -> str:
        if response.status_code in REFUSALS:
            return Kind.REFUSED
        if request.method not in {"GET", "HEAD"} or response.status_code != 200:
            return ""
        if response.has_header("Content-Disposition") and "attachment" in response["Content-Disposition"]:
            return Kind.EXPORTED
        if has_record:
            return Kind.READ
        return Kind.SEARCHED if request.GET or match_name(request) in SEARCHES else ""

    def subject_of(self, request: HttpRequest, parts: dict[str, Any]) -> str:
        """The case that a view says it is about, else what the address names. Nothing that could be words."""
        about = getattr(request, "about", "")
        named = about or " ".join(str(parts[key]) for key in ("reference", "ref", "pk", "code") if key in parts)
        return "".join(letter for letter in named if letter.isascii() and (letter.isalnum() or letter in " .:_/-"))
