"""The family of a child: brothers and sisters, everybody around the child, and the warnings."""

from dataclasses import dataclass

from cases.models import Case, Child, Identifier, Rectification, Relationship, Warning
from cases.slots import CaseContext


@dataclass(frozen=True, slots=True)
class Sibling:
    """Named, unless the record is kept from this person; with a link where they may see the case."""

    name: str
    url: str
    says: str


@dataclass(frozen=True, slots=True)
class Relative:
    name: str
    part: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyPage:
    reference: str
    siblings: tuple[Sibling, ...]
    people: tuple[Relative, ...]
    identifiers: tuple[Identifier, ...]
    warnings: tuple[Warning, ...]
    put_right: tuple[Rectification, ...]


PERSON_FACTS = (
    ("parental_responsibility", "Has parental responsibility", "Has no parental responsibility"),
    ("lives_with_child", "Lives with the child", "Does not live with the child"),
    ("learning_disability", "Has a learning disability", ""),
    ("care_leaver", "Is a care leaver", ""),
    ("looked_after", "Is looked after", ""),
    ("earlier_child_removed", "An earlier child was removed", ""),
)


def family_of(context: CaseContext) -> FamilyPage:
    child = context.case.child
    return FamilyPage(
        reference=child.family.reference if child.family else "",
        siblings=tuple(_siblings(context)) if child.family else (),
        people=tuple(_relative(person) for person in context.facts.record.relationships),
        identifiers=tuple(child.identifiers.all()),
        warnings=context.warnings,
        put_right=tuple(child.rectifications.select_related("rectified_by")),
    )


def _siblings(context: CaseContext) -> list[Sibling]:
    child = context.case.child
    theirs = Case.objects.visible_to(context.person, context.standing).filter(child__family=child.family_id)
    urls = {case.child_id: case.get_absolute_url() for case in theirs.order_by("opened_at")}
    holders = {sibling.child_pk: sibling.team_name for sibling in context.facts.record.siblings or ()}
    others = Child.objects.filter(family=child.family_id).exclude(pk=child.pk)
    return [_sibling(other, urls.get(other.pk, ""), holders.get(other.pk, "")) for other in others]


def _sibling(child: Child, url: str, holder: str) -> Sibling:
    name = "A child whose record is restricted" if child.restricted and not url else child.name
    return Sibling(name, url, f"held by {holder}" if holder else "no open case")


def _relative(person: Relationship) -> Relative:
    said = [(getattr(person, name), yes, no) for name, yes, no in PERSON_FACTS]
    told = [yes if value else no for value, yes, no in said if value is not None]
    return Relative(person.name, person.get_kind_display(), tuple(sentence for sentence in told if sentence))
