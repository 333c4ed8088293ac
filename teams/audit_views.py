"""The audit, for those who may search it; and reading that is not usual, for those who supervise."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from teams import audit_presenters as presenters
from teams.csv_files import csv_file
from teams.forms import AuditForm
from teams.loading import needs
from teams.requests import SignedInRequest
from teams.roles import Permission

read_audit = needs(Permission.READ_AUDIT)


def asked(request: SignedInRequest) -> tuple[Any, dict[str, Any]]:
    form = AuditForm(request.GET or None, by=request.user)
    return form, form.cleaned_data if form.is_bound and form.is_valid() else {}


@read_audit
def search(request: SignedInRequest) -> HttpResponse:
    form, wanted = asked(request)
    page, lines = presenters.audit_page(request.user, wanted, request.GET.get("page", "1"))
    keep = request.GET.copy()
    keep.pop("page", None)
    query = keep.urlencode()
    context = {
        "form": form, "page": page, "lines": lines, "query": query, "keep": f"{query}&" if query else "",
        "readers": presenters.readers_of(request.user, wanted), "subject": wanted.get("subject", ""),
        "since": wanted.get("since"), "until": wanted.get("until"),
    }  # fmt: skip
    return render(request, "audit/list.jinja", context, status=422 if form.errors else 200)


@read_audit
def file(request: SignedInRequest) -> HttpResponse:
    _, wanted = asked(request)
    rows = (
        (line.when, line.who, line.did, line.subject, line.where)
        for line in presenters.audit_rows(request.user, wanted)
    )
    return csv_file(f"audit-{localdate():%Y-%m-%d}.csv", ["When", "Who", "What", "Record", "Where"], rows)


@needs(Permission.READ_AUDIT, Permission.SEE_REPORTS)
def unusual(request: SignedInRequest) -> HttpResponse:
    may_search = Permission.READ_AUDIT in request.user.permissions()
    found = presenters.unusual_reading(request.user, now())
    return render(request, "audit/unusual.jinja", {"found": found, "may_search": may_search})
