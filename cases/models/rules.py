"""Rules that many tables share, said once."""

from django.db import models
from django.db.models import F, Func, Q, Value


def days_from(first: str, last: str) -> Func:
    """The days from a first one up to, not including, a last one: one order may begin on the day another ends."""
    return Func(F(first), F(last), Value("[)"), function="daterange")


def known(field: str, choices: type[models.TextChoices], of: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=f"{of}_{field}_is_known")


def at_with_by(at: str, by: str, of: str) -> models.CheckConstraint:
    """Nobody did it before it was done. Done by nobody means: by the system itself."""
    return models.CheckConstraint(
        condition=Q(**{f"{at}__isnull": False}) | Q(**{f"{by}__isnull": True}), name=f"{of}_{by}_has_{at}"
    )


def in_order(first: str, last: str, of: str) -> models.CheckConstraint:
    condition = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
    return models.CheckConstraint(condition=condition, name=f"{of}_ends_after_it_starts")


def reference_from(prefix: str, sequence: str) -> Func:
    """The next reference of a kind, given out by the database: CT-10234."""
    return Func(Value(prefix), Value(sequence), function="cases_reference", output_field=models.CharField())
