"""Everything the record holds of one child, for an answer to a subject-access request.

Every table that leads to the child or to one of its cases is read, whichever room it belongs to: a new table is in the
answer from its first day. What tells of somebody else is marked, so that a person can decide what to leave out."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from cases.models import Case, Child, Relationship
from teams.models import Authority, Person, Team

ROOMS = {"cases", "transfers", "closures"}
ABOUT_OTHERS = {Relationship}
NAMED = (Person, Team, Authority)
SAID_FREELY = ("TextField", "ArrayField", "JSONField")
MARK = "[about somebody else: decide] "
LEFT_OUT = {"search_text", "sounds", "id"}


def record_of(child: Child) -> Iterator[str]:
    """The record as lines of text, table by table."""
    yield f"Record of {child.reference}"
    yield from _lines(child)
    cases = list(
        Case.objects.filter(child=child).select_related("authority", "opened_by", "closed_by").order_by("opened_at")
    )
    parents: dict[type[Model], list[Any]] = {Child: [child.pk], Case: [case.pk for case in cases]}
    for case in cases:
        yield f"\nCase {case.reference}"
        yield from _lines(case)
    for model, rows in _tables(parents):
        yield f"\n{str(model._meta.verbose_name_plural).capitalize()}"
        for row in rows:
            yield from _lines(row)
            yield ""


def _tables(parents: dict[type[Model], list[Any]]) -> Iterator[tuple[type[Model], list[Model]]]:
    """Breadth first along the foreign keys, each table once."""
    waiting, seen = [Child, Case], {Child, Case}
    while waiting:
        parent = waiting.pop(0)
        for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
            if model in seen or model._meta.app_label not in ROOMS or model.__name__.startswith("Historical"):
                continue
            key = next((name for name, to in _keys(model) if to is parent), None)
            if key is None:
                continue
            named = [name for name, to in _keys(model) if to in NAMED]
            found = model._default_manager.filter(**{f"{key}__in": parents[parent]})
            rows = list(found.select_related(*named).order_by("pk") if named else found.order_by("pk"))
            seen.add(model)
            waiting.append(model)
            parents[model] = [row.pk for row in rows]
            if rows:
                yield model, rows


def _keys(model: type[Model]) -> list[tuple[str, Any]]:
    return [(field.name, field.related_model) for field in model._meta.fields if isinstance(field, ForeignKey)]


def _lines(row: Model) -> Iterator[str]:
    about_others = type(row) in ABOUT_OTHERS
    for field in row._meta.fields:
        value = getattr(row, field.attname)
        if field.name in LEFT_OUT or value in (None, "", [], {}):
            continue
        names_staff = isinstance(field, ForeignKey) and field.related_model is Person
        if isinstance(field, ForeignKey) and field.related_model in NAMED:
            value = getattr(row, field.name)
        free = field.get_internal_type() in SAID_FREELY
        mark = MARK if about_others or names_staff or free else ""
        yield f"  {str(field.verbose_name).capitalize()}: {mark}{value}"
