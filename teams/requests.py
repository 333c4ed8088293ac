from django.http import HttpRequest

from teams.models import Person


class SignedInRequest(HttpRequest):
    """What every view receives: the sign-in middleware lets nobody else through."""

    user: Person
