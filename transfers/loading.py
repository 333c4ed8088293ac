"""The decorator of every view about one transfer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from cases.models import Case
from teams.requests import SignedInRequest
from transfers.brief import with_brief
from transfers.models import Transfer

View = Callable[..., HttpResponse]


def with_transfer(view: View) -> View:
    """The transfer that the address names by `ref`, out of those this person may see (404 if it is not), with what
    the protocol asks of it now."""

    @wraps(view)
    def loaded(request: SignedInRequest, ref: str, **kwargs: Any) -> HttpResponse:
        rows = Transfer.objects.visible_to(request.user).with_people()
        return view(request, with_brief(get_object_or_404(rows, reference=ref), now()), **kwargs)

    return loaded


def with_open_case(view: View) -> View:
    @wraps(view)
    def loaded(request: SignedInRequest, ref: str, **kwargs: Any) -> HttpResponse:
        rows = Case.objects.visible_to(request.user).held().select_related("child", "authority")
        return view(request, get_object_or_404(rows, reference=ref), **kwargs)

    return loaded
