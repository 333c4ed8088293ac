"""Destroying the record of a child whose time is over: proposed by one person, done by another, and logged."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.utils.timezone import localdate

from cases import words
from cases.models import Child, Family, ImportRow
from closures.keeping import kept_until
from closures.models import Destruction
from closures.permissions import check_can_destroy, check_can_propose_destruction
from teams.actions import record_audit
from teams.models import AuditEntry, Person
from teams.refusals import Gap, Refused, refuse_if

ROOMS = {"cases", "transfers", "closures"}
Rows = dict[type[Model], set[int]]


@transaction.atomic
def propose_destruction(*, child: Child, by: Person, at: datetime) -> Destruction:
    check_can_propose_destruction(by, child.authority)
    child = Child.objects.select_for_update(of=("self",)).select_related("authority").get(pk=child.pk)
    refuse_if(_gaps(child, at))
    rule = kept_until(child)
    assert rule is not None
    proposal = Destruction(
        authority=child.authority, record=child.reference, kept_until=rule.until, rule=rule.rule[:200], proposed_at=at,
        proposed_by=by,
    )  # fmt: skip
    refuse_if([Gap("This is proposed already.")] if Destruction.objects.filter(record=child.reference).exists() else [])
    proposal.save()
    return proposal


@transaction.atomic
def destroy_record(*, proposal: Destruction, by: Person, at: datetime) -> Destruction:
    """Every row that leads to the child goes, with its history. The audit stays: it holds references alone."""
    proposal = Destruction.objects.select_for_update(of=("self",)).select_related("authority").get(pk=proposal.pk)
    check_can_destroy(by, proposal)
    refuse_if([Gap("This record is destroyed already.")] if proposal.destroyed_at else [])
    here = Child.objects.filter(authority=proposal.authority, reference=proposal.record)
    child = here.select_for_update(of=("self",)).first()
    if child is None:
        raise Refused(["There is no such record."])
    refuse_if(_gaps(child, at))
    proposal.rows = _destroy(child)
    proposal.destroyed_at, proposal.destroyed_by = at, by
    proposal.save()
    record_audit(
        kind=AuditEntry.Kind.CHANGED, by=by, at=at, subject=proposal.record, page="destroyed", rows=proposal.rows
    )
    return proposal


def _gaps(child: Child, at: datetime) -> list[Gap]:
    rule = kept_until(child)
    if rule is None:
        return [Gap("A record is not destroyed while a case is open.")]
    if rule.until >= localdate(at):
        return [Gap(f"This record is kept until {words.day(rule.until)}. {rule.rule}")]
    return []


def _destroy(child: Child) -> int:
    found, family = _everything_about(child), child.family_id
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # of the rows while they are here
        cursor.execute("SET LOCAL casetransfer.destroying = 'on'")
        gone = sum(_delete(cursor, model, _own(model), pks) for model, pks in found.items())
        for model, pks in found.items():
            gone += _delete_history(cursor, model, found, pks)
        if family and not Child.objects.filter(family=family).exists():
            gone += _delete(cursor, Family, "id", {family}) + _delete_history(cursor, Family, {}, {family})
        cursor.execute("SET LOCAL casetransfer.destroying = 'off'")
    return gone


def _everything_about(child: Child) -> Rows:
    """Along the foreign keys to the last row, and the rows of workbooks that name the child's number."""
    numbers = list(child.identifiers.values_list("value", flat=True))
    imported = ImportRow.objects.filter(of__authority=child.authority_id, child_number__in=numbers)
    found: Rows = defaultdict(set, {Child: {child.pk}, ImportRow: set(imported.values_list("pk", flat=True))})
    waiting: list[type[Model]] = [Child]
    while waiting:
        parent = waiting.pop()
        for model in _tables():
            for name in _keys(model, parent):
                rows: Any = model._default_manager.filter(**{f"{name}__in": found[parent]})
                new = set(rows.values_list("pk", flat=True)) - found[model]
                if new:
                    found[model] |= new
                    waiting.append(model)
    return found


def _tables() -> list[type[Model]]:
    rooms = (model for model in apps.get_models() if model._meta.app_label in ROOMS)
    return [model for model in rooms if not model.__name__.startswith("Historical")]


def _keys(model: type[Model], parent: type[Model]) -> list[str]:
    fields = (field for field in model._meta.fields if isinstance(field, ForeignKey))
    return [field.attname for field in fields if field.related_model is parent]


def _own(model: type[Model]) -> str:
    """The column of the model's own number, in its table and in its history's."""
    return str(model._meta.pk.column)


def _delete_history(cursor: Any, model: type[Model], found: Rows, pks: set[int]) -> int:
    """Of the rows, and of rows that went before them."""
    if not hasattr(model, "history"):
        return 0
    history = model.history.model
    gone = _delete(cursor, history, _own(model), pks)
    for parent, theirs in found.items():
        gone += sum(_delete(cursor, history, name, theirs) for name in _keys(model, parent))
    return gone


def _delete(cursor: Any, model: type[Model], column: str, numbers: set[int]) -> int:
    """Straight in the database, which checks every reference to what went when the act commits."""
    cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{column}" = ANY(%s)', [list(numbers)])  # noqa: S608
    return int(cursor.rowcount)
