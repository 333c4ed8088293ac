"""Long chapters cut to what was asked for: filters that live in the address, and pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from casetransfer.protocol_pages.presenters.book import BASIS, Book, title
from casetransfer.protocol_pages.presenters.cards import STANDING
from casetransfer.protocol_pages.presenters.moves import EFFECT
from casetransfer.protocol_pages.presenters.papers import TIMER_KINDS
from casetransfer.protocols.sentences import capital, team_name
from casetransfer.protocols.standing import Carried

Item = TypeVar("Item")


@dataclass(frozen=True)
class Choice:
    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """A select box: its name in the address, its label, its choices with "all" first."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list: its items, where the others are, and how many there are in all."""

    items: tuple[Item, ...]
    number: int
    pages: int
    total: int
    address: str

    def url(self, number: int) -> str:
        return f"?{self.address}{'&' if self.address else ''}page={number}"

    def as_links(self) -> dict[str, Any]:
        """What the pagination component takes."""
        links: dict[str, Any] = {
            "items": [{"number": n, "href": self.url(n), "current": n == self.number} for n in range(1, self.pages + 1)]
        }
        if self.number > 1:
            links["previous"] = {"href": self.url(self.number - 1)}
        if self.number < self.pages:
            links["next"] = {"href": self.url(self.number + 1)}
        return links


def page_of(found: Sequence[Item], query: Mapping[str, str], size: int) -> Page[Item]:
    pages = max(1, -(-len(found) // size))
    wanted = query.get("page", "1")
    number = min(max(int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1, 1), pages)
    address = urlencode([(name, value) for name, value in query.items() if name != "page" and value])
    return Page(tuple(found[(number - 1) * size : number * size]), number, pages, len(found), address)


def filter_of(
    name: str, label: str, everything: str, pairs: Iterable[tuple[str, str]], query: Mapping[str, str]
) -> Filter:
    chosen = query.get(name, "")
    every = [("", everything), *pairs]
    return Filter(name, label, tuple(Choice(value, text, value == chosen) for value, text in every))


# --- routes ---


def routes_found(book: Book, query: Mapping[str, str]) -> list[str]:
    """The codes of the routes that the filters leave."""
    start, end, effect, basis = (query.get(name, "") for name in ("from", "to", "effect", "basis"))
    return [
        route.code
        for route in book.pack.route
        if (not start or start in (("any",) if "any" in route.from_teams else route.from_teams))
        and (not end or end in (route.to or ("none",)))
        and (not effect or route.effect == effect)
        and (not basis or route.basis == basis)
        and _has_words(query.get("q", ""), route.code, route.name, *route.clauses)
    ]


def route_filters(book: Book, query: Mapping[str, str]) -> tuple[Filter, ...]:
    starts = dict.fromkeys(
        code for route in book.pack.route for code in (("any",) if "any" in route.from_teams else route.from_teams)
    )
    ends = dict.fromkeys(code for route in book.pack.route for code in (route.to or ("none",)))
    effects = {route.effect for route in book.pack.route}
    bases = {route.basis for route in book.pack.route}
    return (
        filter_of("from", "From", "Everywhere", _teams(book, starts), query),
        filter_of("to", "To", "Everywhere", _teams(book, ends), query),
        filter_of("effect", "What it does", "Anything", ((k, v) for k, v in EFFECT.items() if k in effects), query),
        filter_of("basis", "Basis", "Any", ((k, v.word) for k, v in BASIS.items() if k in bases), query),
    )


def _teams(book: Book, codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, capital(team_name(book.pack, code))) for code in codes), key=lambda pair: pair[1])


def _has_words(wanted: str, *texts: str) -> bool:
    whole = " ".join(texts).lower()
    return all(word in whole for word in wanted.lower().split())


# --- timers ---


def timers_found(book: Book, query: Mapping[str, str]) -> list[Any]:
    kind = query.get("kind", "")
    return [
        timer
        for timer in book.pack.timer
        if (not kind or timer.kind == kind) and _has_words(query.get("q", ""), timer.code, timer.what, *timer.clauses)
    ]


def timer_filters(book: Book, query: Mapping[str, str]) -> tuple[Filter, ...]:
    kinds = {timer.kind for timer in book.pack.timer}
    pairs = ((kind, word) for kind, word in TIMER_KINDS.items() if kind in kinds)
    return (filter_of("kind", "Kind", "All", pairs, query),)


# --- clauses ---


def clauses_found(book: Book, query: Mapping[str, str]) -> list[Carried]:
    standing = query.get("standing", "")
    return [
        found
        for found in book.standings.values()
        if (not standing or found.standing == standing)
        and _has_words(query.get("q", ""), found.clause.id, title(found.clause), *found.by)
    ]


def clause_filters(query: Mapping[str, str]) -> tuple[Filter, ...]:
    pairs = ((standing, words[0]) for standing, words in STANDING.items())
    return (filter_of("standing", "Standing", "All", pairs, query),)
