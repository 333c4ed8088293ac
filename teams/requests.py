from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from teams.models import Person
from teams.roles import Permission


class SignedInRequest(HttpRequest):
    """What every view receives: the sign-in middleware lets nobody else through. `permissions` are there only where a
    decorator has read them for the view; the head of the page then need not read them again."""

    user: Person
    permissions: frozenset[Permission]


class RolesReadOnce:
    """A page that is only looked at reads the roles of whoever looks once, however often it asks for them. Whatever
    changes something reads them anew each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") and request.user.is_authenticated:
            request.user.roles_read = {}
        return self.get_response(request)
