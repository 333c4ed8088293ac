"""Decorators of views: who may come in, and the record loaded from what they may see (404 if it is not theirs)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from teams.requests import SignedInRequest
from teams.roles import NotAllowed, Permission

View = Callable[..., HttpResponse]


def needs(*any_of: Permission) -> Callable[[View], View]:
    """Only for somebody whose roles allow one of these."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.permissions = request.user.permissions()  # not read again for the head of the page
            if not request.permissions & set(any_of):
                raise NotAllowed("This page is for other roles than yours.")
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def with_one(kind: type[Model], key: str = "pk") -> Callable[[View], View]:
    """The record that the address names by its `key`, out of `visible_to(person)`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def loaded(request: SignedInRequest, **kwargs: Any) -> HttpResponse:
            rows = kind._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
            return view(request, get_object_or_404(rows, **{key: kwargs.pop(key)}), **kwargs)

        return loaded

    return wrap
