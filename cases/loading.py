"""The decorator of every view about one case."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from cases.models import Case, Standing
from cases.slots import CaseContext
from teams.requests import SignedInRequest

View = Callable[..., HttpResponse]


def with_case(view: View) -> View:
    """The case that the address names by `ref`, out of those this person may see (404 if it is not): the view
    receives a CaseContext."""

    @wraps(view)
    def loaded(request: SignedInRequest, ref: str, **kwargs: Any) -> HttpResponse:
        standing = Standing.of(request.user)
        cases = Case.objects.visible_to(request.user, standing).select_related("child__family", "authority")
        case = get_object_or_404(cases, reference=ref)
        # Both known by now: they are not read again for the head of the page
        request.user.authority, request.permissions = case.authority, standing.permissions
        return view(request, CaseContext(case, request.user, standing, now()), **kwargs)

    return loaded
