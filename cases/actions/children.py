"""Children and the people around them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from cases import guards, words
from cases.actions.journal import add_journal
from cases.actions.ledger import lock
from cases.actions.rows import save
from cases.models import (
    Case,
    Child,
    Document,
    Family,
    Identifier,
    IdentifierKind,
    Relationship,
    RelationshipKind,
    Warning,
)
from cases.permissions import check_can_open, check_can_record
from teams.models import Authority, Person
from teams.refusals import Gap, refuse_if

CHILD_FIELDS = frozenset(field.name for field in Child._meta.fields if field.editable)
CHILD_FIELDS -= {"id", "authority", "family", "restricted"}  # each has an action of its own, with its own permission


@transaction.atomic
def add_family(*, authority: Authority, by: Person | None, at: datetime) -> Family:
    check_can_open(by, authority)
    family = Family(authority=authority)
    return save(family, by)


@transaction.atomic
def add_child(
    *, authority: Authority, by: Person | None, at: datetime, family: Family | None = None, local_id: str = "",
    **fields: Any,
) -> Child:  # fmt: skip
    """A child comes on record. `fields` are those of the model."""
    check_can_open(by, authority)
    child = Child(authority=authority, family=family, **fields)
    refuse_if(_child_gaps(child, at))
    save(child, by)
    if local_id:
        add_identifier(child=child, kind=IdentifierKind.LOCAL_ID, value=local_id, source="This record", by=by, at=at)
    return child


@transaction.atomic
def change_child(*, child: Child, by: Person | None, at: datetime, **changes: Any) -> Child:
    """Put right or complete what is known of a child. Recording a birth is giving the date of birth."""
    child = Child.objects.select_for_update(of=("self",), no_key=True).select_related("authority").get(pk=child.pk)
    case = check_may_record(by, child)
    before = {name: getattr(child, name) for name in changes}
    unknown = changes.keys() - CHILD_FIELDS
    for name in changes.keys() & CHILD_FIELDS:
        setattr(child, name, changes[name])
    refuse_if([Gap(f"A child has no {name}.") for name in sorted(unknown)] or _child_gaps(child, at))
    save(child, by)
    changed = [name for name in changes if before[name] != changes[name]]
    if case and changed:
        said = [words.label(name) for name in changed]
        add_journal(case, "child_changed", f"Changed: {', '.join(said)}.", by=by, at=at, subject=child, fields=changed)
    return child


@transaction.atomic
def join_family(*, child: Child, family: Family | None, by: Person | None, at: datetime) -> Child:
    """Brothers and sisters are put together, or taken apart."""
    child = Child.objects.select_for_update(of=("self",), no_key=True).select_related("authority").get(pk=child.pk)
    check_can_open(by, child.authority)
    last = child.cases.order_by("-opened_at").first()
    refuse_if(guards.open_gaps(last) if last else [])
    if family and family.authority_id != child.authority_id:
        refuse_if([Gap("The family belongs to another authority.", field="family")])
    child.family = family
    return save(child, by)


@transaction.atomic
def add_identifier(
    *, child: Child, kind: str, value: str, by: Person | None, at: datetime, source: str = ""
) -> Identifier:
    check_may_record(by, child)
    value = value.strip()
    taken = Identifier.objects.filter(authority=child.authority_id, kind=kind, value=value).exclude(child=child)
    gaps = [] if value else [Gap("Give the number.", field="value")]
    if kind in (IdentifierKind.LOCAL_ID, IdentifierKind.NHS_NUMBER) and taken.exists():
        gaps.append(Gap(f"{IdentifierKind(kind).label} {value} belongs to another child.", field="value"))
    refuse_if(gaps)
    known = child.identifiers.filter(kind=kind, value=value).first()
    if known:
        return known
    number = Identifier(
        authority=child.authority, child=child, kind=kind, value=value, source=source, recorded_at=at, recorded_by=by
    )
    return save(number, by)


@transaction.atomic
def add_relationship(
    *, child: Child, kind: str, name: str, by: Person | None, at: datetime, **fields: Any
) -> Relationship:
    """Somebody around the child."""
    check_may_record(by, child)
    gaps = [] if kind in RelationshipKind.values else [Gap("Choose who this is to the child.", field="kind")]
    gaps += [] if name.strip() else [Gap("Give the name.", field="name")]
    refuse_if(gaps)
    person = Relationship(child=child, kind=kind, name=name.strip(), recorded_at=at, recorded_by=by, **fields)
    return save(person, by)


@transaction.atomic
def add_warning(*, child: Child, says: str, review_on: date, by: Person | None, at: datetime) -> Warning:
    check_may_record(by, child)
    gaps = [] if says.strip() else [Gap("Say what the warning is.", field="says")]
    if review_on <= localdate(at):
        gaps.append(Gap("The review date must be in the future.", field="review_on"))
    refuse_if(gaps)
    return save(Warning(child=child, says=says.strip(), review_on=review_on, added_at=at, added_by=by), by)


@transaction.atomic
def end_warning(*, warning: Warning, by: Person | None, at: datetime) -> Warning:
    check_may_record(by, warning.child)
    refuse_if([Gap("This warning has ended already.")] if warning.ended_at else [])
    warning.ended_at, warning.ended_by = at, by
    return save(warning, by)


@transaction.atomic
def add_document(
    *, case: Case, kind: str, title: str, link: str, dated_on: date, by: Person | None, at: datetime
) -> Document:
    """Say where a paper is kept in the authority's record system."""
    case = lock(case)
    check_can_record(by, case)
    gaps = guards.open_gaps(case)
    gaps += [] if title.strip() else [Gap("Give the title of the document.", field="title")]
    if not link.startswith("https://"):
        gaps.append(Gap("The link must begin with https://.", field="link"))
    if dated_on > localdate(at):
        gaps.append(Gap("The date of the document cannot be in the future.", field="dated_on"))
    refuse_if(gaps)
    document = Document(
        case=case, kind=kind, title=title.strip(), link=link, dated_on=dated_on, added_at=at, added_by=by
    )
    save(document, by)
    add_journal(case, "document_added", f"Document added: {title.strip()}.", by=by, at=at, subject=document)
    return document


def check_may_record(by: Person | None, child: Child) -> Case | None:
    """In the latest case of the child, while it is open; before there is any, whoever may open one."""
    case = child.cases.order_by("-opened_at").first()
    check_can_record(by, case) if case else check_can_open(by, child.authority)
    refuse_if(guards.open_gaps(case) if case else [])
    return case


def _child_gaps(child: Child, at: datetime) -> list[Gap]:
    gaps = [] if child.given_name.strip() else [Gap("Give the child's name.", field="given_name")]
    return gaps + guards.birth_gaps(child, localdate(at))
