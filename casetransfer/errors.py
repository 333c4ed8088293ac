"""Pages for when something is wrong. They say what to do next, and nothing about the inside."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from teams.roles import NotAllowed
from teams.sessions import keep_what_was_typed


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    return render(request, f"errors/{name}.jinja", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "bad_request", 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With the sentence of a refusal that is ours; any other reason is not for the reader."""
    sentence = str(exception) if isinstance(exception, NotAllowed) else ""
    return render(request, "errors/not_allowed.jinja", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "not_found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the database, which may be what is wrong."""
    context = {"authority": None, "nonce": str(getattr(request, "csp_nonce", ""))}
    return HttpResponse(render_to_string("errors/server_error.jinja", context), status=500)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Somebody signed in anew in another window. What a page of ours sends is kept; nobody else's is."""
    ours = urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    is_kept = ours and request.user.is_authenticated and keep_what_was_typed(request)
    return render(request, "errors/form_out_of_date.jinja", {"is_kept": is_kept}, status=403)


def locked_out(request: HttpRequest, credentials: dict[str, str], *args: object) -> HttpResponse:
    return _page(request, "locked_out", 429)
