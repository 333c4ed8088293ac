"""Writing one row, with its history in the right name."""

from typing import TypeVar

from django.db import models

from teams.models import Person

Thing = TypeVar("Thing", bound=models.Model)


def remove(thing: models.Model, by: Person | None) -> None:
    """Its history keeps it."""
    thing._history_user = by  # type: ignore[attr-defined]
    thing.delete()


def save(thing: Thing, by: Person | None) -> Thing:
    thing._history_user = by  # type: ignore[attr-defined]  # simple_history's own name for it
    thing.save()
    return thing
