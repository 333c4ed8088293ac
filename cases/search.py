"""Finding a child: by reference, number, date of birth, or name as it is written, misspelt or heard."""

import re
from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db.models import FloatField, Func, Q, QuerySet, TextField, Value

from cases.models import Case, CaseQuerySet, Child, Identifier
from teams.models import Person

REFERENCE = re.compile(r"(CH|CT|FA)-?(\d{3,})", re.IGNORECASE)
REFERENCE_OF = {"CT": "reference", "CH": "child__reference", "FA": "child__family__reference"}
A_DATE = re.compile(r"\b(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
LONGEST = 100
WITHOUT_APOSTROPHES = dict.fromkeys(map(ord, "'`\u2018\u2019\u02bc\u00b4"))  # as the database compares names


Jump = Callable[[Person, str], str]
JUMPS: dict[str, Jump] = {}
"""What else has a number of its own, by the letters before it: rooms above add theirs in their AppConfig.ready(). Each
answers with the address of the one thing, or "" where there is none that this person may see."""


def jump_to(person: Person, words: str) -> str:
    """The address of the one thing whose number was typed."""
    found = re.fullmatch(r"\s*([A-Za-z]{2})-?(\d{1,12})\s*", words)
    if not found:
        return ""
    letters, number = found[1].upper(), found[2]
    if letters in JUMPS:
        return JUMPS[letters](person, f"{letters}-{number}")
    cases = list(search_for(person, f"{letters}-{number}")[:2]) if letters in REFERENCE_OF else []
    return cases[0].get_absolute_url() if len(cases) == 1 else ""


def search_for(person: Person, words: str) -> CaseQuerySet:
    """What this person may see of what the words may mean."""
    return matching(Case.objects.visible_to(person), words)


def matching(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """The cases, out of these, of the children whom the words may mean; the best matches first."""
    words = words.strip()[:LONGEST]
    if not words:
        return cases.none()
    if reference := REFERENCE.fullmatch(words):
        return cases.filter(_by_reference(reference[1].upper(), reference[2]))
    born, rest = _date_in(words)
    if born:
        cases = cases.filter(Q(child__date_of_birth=born) | Q(child__expected_delivery_date=born))
    if not rest:
        return cases.order_by("child__family_name", "child__given_name", "-opened_at")
    if any(character.isdigit() for character in rest):
        return cases.filter(child__in=Identifier.objects.filter(value__iexact=rest).values("child"))
    return _by_name(cases, rest)


def _by_reference(prefix: str, number: str) -> Q:
    return Q(**{REFERENCE_OF[prefix]: f"{prefix}-{number}"})


def _date_in(words: str) -> tuple[date | None, str]:
    found = A_DATE.search(words)
    if not found:
        return None, words
    day, month, year, *other = found.groups()
    try:
        born = date(int(year), int(month), int(day)) if year else date(*(int(part) for part in other))
    except ValueError:
        return None, words
    return born, (words[: found.start()] + words[found.end() :]).strip()


def _plain(words: str) -> Func:
    return Func(Value(words), function="cases_plain", output_field=TextField())


def children_named(children: QuerySet[Child], words: str) -> QuerySet[Child]:
    """Those, out of these children, of whom a part of the name is, looks or sounds like a part of what was said."""
    alike = [_alike(part) for part in _parts(words)]
    return children.filter(reduce(or_, alike)) if alike else children.none()


def _parts(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words.translate(WITHOUT_APOSTROPHES))


def _alike(part: str, to: str = "") -> Q:
    plain = _plain(part)
    alike = Q(**{f"{to}search_text__contains": plain}) | Q(**{f"{to}search_text__trigram_word_similar": plain})
    if len(part) > 2:
        heard = Func(Value(part), function="cases_sounds", output_field=ArrayField(TextField()))
        alike |= Q(**{f"{to}sounds__contains": heard})
    return alike


def _by_name(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """Every word must be part of the name, be spelt much like a part of it, or sound like one."""
    parts = _parts(words)
    for part in parts:
        cases = cases.filter(_alike(part, "child__"))
    if not parts:
        return cases.none()
    likeness = Func(_plain(words), "child__search_text", function="word_similarity", output_field=FloatField())
    return cases.order_by(likeness.desc(), "child__family_name", "child__given_name", "-opened_at")
