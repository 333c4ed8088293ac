"""Decorators of this room's views: the record out of what the person may see, 404 if it is not theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from cases.machine import State
from cases.models import Case, Contact, Standing, must_not_see
from closures.models import Closure, Return
from teams.loading import with_one
from teams.requests import SignedInRequest
from teams.roles import Permission

with_case = with_one(Case, "reference")
with_closure = with_one(Closure, "reference")
with_return = with_one(Return)


def contact_that_brought(request: SignedInRequest, case: Case) -> Contact | None:
    """The contact from whose page somebody comes: about this child, and theirs to see."""
    reference = request.GET.get("contact", "")
    if not reference:
        return None
    found: Contact = get_object_or_404(
        Contact.objects.visible_to(request.user), reference=reference, child=case.child_id
    )
    return found


def with_case_that_comes_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `with_case`; and for whoever decides on contacts, every closed case of the authority that is not restricted:
    a child who comes back comes to the front door, which never held the case."""

    @wraps(view)
    def loaded(request: SignedInRequest, reference: str) -> HttpResponse:
        standing = Standing.of(request.user)
        seen: Any = Q(pk__in=Case.objects.visible_to(request.user, standing))
        if standing.allows(Permission.DECIDE_CONTACT):
            seen |= Q(authority=request.user.authority_id, state=State.CLOSED, child__restricted=False)
        cases = Case.objects.filter(seen).exclude(child__in=must_not_see(request.user))
        return view(request, get_object_or_404(cases, reference=reference))

    return loaded
