"""The family of a child: brothers and sisters, everybody around the child, and the warnings."""

from dataclasses import dataclass

from cases import words
from cases.models import Case, Child, Identifier, Involvement, Rectification, Relationship, Standing, Warning
from cases.search import search_for
from cases.slots import CaseContext
from teams.models import Person


@dataclass(frozen=True, slots=True)
class Sibling:
    """Named, unless the record is kept from this person; with a link where they may see the case."""

    name: str
    url: str
    says: str


@dataclass(frozen=True, slots=True)
class Relative:
    pk: int
    name: str
    part: str
    address: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyPage:
    reference: str
    siblings: tuple[Sibling, ...]
    people: tuple[Relative, ...]
    identifiers: tuple[Identifier, ...]
    warnings: tuple[Warning, ...]
    put_right: tuple[Rectification, ...]
    namesakes: int = 0


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
        namesakes=namesakes_of(child, context.person, context.standing),
    )


MOST_FOUND = 10


def children_found(context: CaseContext, typed: str) -> list[tuple[str, str, str]]:
    """Other children whose case this person may see, as radios: the best matches first."""
    if not typed:
        return []
    child = context.case.child
    cases = search_for(context.person, typed).exclude(child=child).select_related("child__family")
    if child.family_id:
        cases = cases.exclude(child__family=child.family_id)
    found = {case.child_id: case for case in cases[:MOST_FOUND]}
    lines = Involvement.objects.current().responsible().filter(case__in=found.values()).select_related("team")
    holders = {line.case_id: line.team.name for line in lines}
    return [(str(pk), case.child.name, _told_apart(case, holders.get(case.pk, ""))) for pk, case in found.items()]


def namesakes_of(child: Child, person: Person, standing: Standing) -> int:
    """How many other children of the same family name have a case that this person may see."""
    if not child.family_name or child.family_id:
        return 0
    cases = Case.objects.visible_to(person, standing).filter(child__family_name__iexact=child.family_name)
    return cases.exclude(child=child).order_by().values("child").distinct().count()


def _told_apart(case: Case, holder: str) -> str:
    child = case.child
    born = f"born {words.day(child.date_of_birth)}" if child.date_of_birth else "not born, or not known when"
    others = f", in family {child.family.reference}" if child.family else ""
    held = f"held by {holder}" if holder else "closed"
    return f"{child.reference}, {born}{others}; case {case.reference}, {held}"


def child_found(context: CaseContext, number: str) -> Child:
    """The child that was chosen, out of those whose case this person may see."""
    seen = Case.objects.visible_to(context.person, context.standing).filter(child=number)
    return Child.objects.get(pk__in=seen.values("child"))


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
    sentences = tuple(sentence for sentence in told if sentence)
    return Relative(person.pk, person.name, person.get_kind_display(), person.address, sentences)
