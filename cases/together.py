"""Several kinds of rows in one trip to the database: what a case holds is spread over many tables, and asking each of
them by itself costs more than reading them."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import DateField, DateTimeField, DurationField, Field, Model, QuerySet
from django.utils.dateparse import parse_duration


def read_together(*wanted: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each of these, in their own order, read by one statement. Whole rows of one table each: a queryset
    that joins others in, or leaves fields out, does not belong here."""
    parts: list[str] = []
    values: list[Any] = []
    for number, queryset in enumerate(wanted):
        try:
            sql, params = queryset.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {number}, json_agg(row_to_json(one))::text FROM ({sql}) AS one")  # noqa: S608  (Django's)
        values += params
    found: list[list[Any]] = [[] for _ in wanted]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, rows in cursor.fetchall():
                found[number] = [_row(wanted[number].model, one) for one in json.loads(rows or "[]")]
    return found


def _row(model: type[Model], values: dict[str, Any]) -> Model:
    read = [
        values[column] if reader is None or values[column] is None else reader(values[column])
        for column, reader in _columns(model)
    ]
    return model.from_db(connection.alias, _names(model), read)


@cache
def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _columns(model: type[Model]) -> list[tuple[str, Callable[[Any], Any] | None]]:
    return [(str(field.column), _reader(field)) for field in model._meta.concrete_fields]


def _reader(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """What JSON has no words for: moments, days and stretches of time."""
    if isinstance(field, DateTimeField):
        return datetime.fromisoformat
    if isinstance(field, DateField):
        return date.fromisoformat
    if isinstance(field, DurationField):
        return parse_duration
    return _period if isinstance(field, DateTimeRangeField) else None


def _period(text: str) -> DateTimeTZRange:
    """As PostgreSQL writes one: ["2026-11-23 12:00:00+00",) or empty."""
    if text == "empty":
        return DateTimeTZRange(empty=True)
    lower, _, upper = text[1:-1].partition(",")
    return DateTimeTZRange(_moment(lower), _moment(upper), text[0] + text[-1])


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text.strip('"')) if text else None
