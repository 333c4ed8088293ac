"""Who belongs together: brothers and sisters, and the people around a child as they change."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cases import guards, words
from cases.actions.children import add_family, check_may_record, join_family
from cases.actions.journal import add_journal
from cases.actions.rows import save
from cases.models import Case, Child, Relationship
from teams.models import Person
from teams.refusals import Gap, refuse_if
from teams.roles import NotAllowed


@transaction.atomic
def add_sibling(*, child: Child, sibling: Child, by: Person, at: datetime) -> Child:
    """The two are brother and sister. Where each is in a family already, both families are one from now on."""
    children = Child.objects.select_for_update(of=("self",), no_key=True).select_related("family", "authority")
    found = {one.pk: one for one in children.filter(pk__in=[child.pk, sibling.pk]).order_by("pk")}
    child, sibling = found[child.pk], found[sibling.pk]
    check_may_record(by, child)
    if not Case.objects.visible_to(by).filter(child=sibling).exists():
        raise NotAllowed(f"{by.name} may not see that record.")
    latest = Case.objects.filter(child__in=found).order_by("child_id", "-opened_at").distinct("child_id")
    cases = {case.child_id: case for case in latest}
    refuse_if(_sibling_gaps(child, sibling, cases[sibling.pk]))
    family = sibling.family or child.family or add_family(authority=child.authority, by=by, at=at)
    others = Child.objects.filter(family=child.family_id).exclude(pk=child.pk) if child.family_id else []
    for one in [child, sibling, *others]:
        if one.family_id != family.pk:
            one.family = family
            save(one, by)
    for one, other in ((child, sibling), (sibling, child)):
        says = f"Brother or sister of {other.reference}, in family {family.reference}."
        _tell(cases.get(one.pk), "sibling_added", says, one, by, at)
    return sibling


@transaction.atomic
def leave_family(*, child: Child, reason: str, by: Person, at: datetime) -> Child:
    """Not brother and sister after all: this child is taken out, and the others stay together."""
    case = check_may_record(by, child)
    family = Child.objects.select_for_update(of=("self",), no_key=True).select_related("family").get(pk=child.pk).family
    gaps = [] if reason.strip() else [Gap("Say what shows it.", field="reason")]
    refuse_if(gaps if family else [*gaps, Gap("Nobody has recorded a family of this child.")])
    assert family is not None
    child = join_family(child=child, family=None, by=by, at=at)
    _tell(case, "family_left", f"Taken out of family {family.reference}: {reason.strip()}", child, by, at)
    return child


def _sibling_gaps(child: Child, sibling: Child, theirs: Case) -> list[Gap]:
    if child.pk == sibling.pk:
        return [Gap("This is the same child.", field="child")]
    if child.family_id and child.family_id == sibling.family_id:
        return [Gap(f"{sibling.name} is recorded as a brother or sister already.", field="child")]
    return [] if sibling.family_id else guards.open_gaps(theirs)  # a closed record is put into no family


@transaction.atomic
def change_relationship(*, relationship: Relationship, by: Person | None, at: datetime, **changes: Any) -> Relationship:
    """What is known of somebody around the child changed, or was wrong. A new address is as old as its recording."""
    case = check_may_record(by, relationship.child)
    changed = [name for name, value in changes.items() if getattr(relationship, name) != value]
    for name in changed:
        setattr(relationship, name, changes[name])
    gaps = [] if relationship.name.strip() else [Gap("Give the name.", field="name")]
    gaps += [Gap(f"The part of {relationship.name} has ended.")] if relationship.ended_at else []
    refuse_if(gaps)
    if "address" in changed:
        relationship.recorded_at, relationship.recorded_by = at, by
    save(relationship, by)
    if case and changed:
        said = ", ".join(words.label(name) for name in changed)
        says = f"{relationship.name}, {relationship.get_kind_display().lower()}: changed {said}."
        add_journal(case, "relationship_changed", says, by=by, at=at, subject=relationship, fields=changed)
    return relationship


@transaction.atomic
def end_relationship(*, relationship: Relationship, reason: str, by: Person, at: datetime) -> Relationship:
    """Somebody is no longer around the child, or should never have been recorded: nothing goes to them any more."""
    case = check_may_record(by, relationship.child)
    gaps = [] if reason.strip() else [Gap("Say why.", field="reason")]
    refuse_if([*gaps, Gap("This has ended already.")] if relationship.ended_at else gaps)
    relationship.ended_at, relationship.ended_by = at, by
    save(relationship, by)
    if case:
        says = f"{relationship.name}, {relationship.get_kind_display().lower()}: no longer around the child. {reason}"
        add_journal(case, "relationship_ended", says[:500], by=by, at=at, subject=relationship)
    return relationship


def _tell(case: Case | None, kind: str, says: str, child: Child, by: Person, at: datetime) -> None:
    """In the child's open case; a closed one is told nothing."""
    if case and not guards.open_gaps(case):
        add_journal(case, kind, says[:500], by=by, at=at, subject=child)
