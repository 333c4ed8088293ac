from django.http import HttpRequest

from teams.models import Person
from teams.roles import Permission


class SignedInRequest(HttpRequest):
    """What every view receives: the sign-in middleware lets nobody else through. `permissions` are there only where a
    decorator has read them for the view; the head of the page then need not read them again."""

    user: Person
    permissions: frozenset[Permission]
