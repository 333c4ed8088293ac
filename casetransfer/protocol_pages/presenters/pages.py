"""Whole pages of the browser: overview, chapter, one row, search."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casetransfer.protocol_pages.presenters import filters, sections, tables
from casetransfer.protocol_pages.presenters.book import Book, Line
from casetransfer.protocol_pages.presenters.cards import card
from casetransfer.protocol_pages.presenters.map_drawing import NARROW, WIDE, Drawing, draw
from casetransfer.protocol_pages.presenters.search import Hit, search
from casetransfer.protocol_pages.presenters.sections import Chapter, Shelf
from casetransfer.protocol_pages.presenters.team_map import Stop, TeamMap, team_map
from casetransfer.protocols import authorities, pack_for

ROUTES_A_PAGE, ROWS_A_PAGE, HITS_A_PAGE = 20, 60, 30


@dataclass(frozen=True)
class Entry:
    """A chapter in the table of contents."""

    title: str
    about: str
    url: str
    number: int


@dataclass(frozen=True)
class Overview:
    name: str
    document: str
    document_date: str
    version: str
    in_force: str
    record_system: str
    found: TeamMap
    wide: Drawing
    narrow: Drawing
    chosen: Stop | None
    not_covered: tuple[str, ...]
    others: tuple[Line, ...]


def contents(book: Book) -> tuple[Entry, ...]:
    return tuple(
        Entry(chapter.title, chapter.about, book.url("chapter", chapter=chapter.slug), number)
        for chapter, number in sections.chapters_of(book)
    )


def overview(book: Book, chosen: str) -> Overview:
    identity, found = book.pack.identity, team_map(book)
    stop = next((stop for stop in found.stops if stop.code == chosen), None)
    since = f"{identity.effective_from.day} {identity.effective_from:%B %Y}"
    until = f" to {identity.effective_to.day} {identity.effective_to:%B %Y}" if identity.effective_to else ""
    code = stop.code if stop else ""
    return Overview(
        name=identity.name,
        document=identity.document,
        document_date=identity.document_date,
        version=identity.version,
        in_force=f"From {since}{until}",
        record_system=identity.record_system,
        found=found,
        wide=draw(found, WIDE, code),
        narrow=draw(found, NARROW, code),
        chosen=stop,
        not_covered=tuple(gap.removesuffix(".") for gap in identity.not_covered),
        others=tuple(others(book.authority)),
    )


def others(but: str = "") -> list[Line]:
    """The protocols of the other councils."""
    found = [Book(pack_for(authority)) for authority in authorities() if authority != but]
    return [Line(book.name, book.url("overview")) for book in found]


@dataclass(frozen=True)
class ChapterPage:
    chapter: Chapter
    shelves: tuple[Shelf, ...]
    boxes: tuple[filters.Filter, ...]
    words: str
    pages: filters.Page[Any] | None
    glossary: tuple[tuple[str, str], ...]
    not_covered: tuple[str, ...]


def chapter_page(book: Book, chapter: Chapter, query: Mapping[str, str]) -> ChapterPage:
    """A chapter; the long ones a page at a time, cut by their filters."""
    if chapter.slug == "routes":
        routes = filters.page_of(filters.routes_found(book, query), query, ROUTES_A_PAGE)
        shelf = Shelf("", cards=tuple(card(book, code) for code in routes.items))
        return _cut(chapter, shelf, filters.route_filters(book, query), query, routes)
    if chapter.slug == "timers":
        timers = filters.page_of(filters.timers_found(book, query), query, ROWS_A_PAGE)
        found = (tables.timer_row(book, row) for row in timers.items)
        shelf = Shelf("", table=tables.table("Timers", tables.TIMER_COLUMNS, found))
        return _cut(chapter, shelf, filters.timer_filters(book, query), query, timers)
    if chapter.slug == "clauses":
        clauses = filters.page_of(filters.clauses_found(book, query), query, ROWS_A_PAGE)
        found = (tables.clause_row(book, carried) for carried in clauses.items)
        shelf = Shelf("", table=tables.table("Clauses", tables.CLAUSE_COLUMNS, found))
        return _cut(chapter, shelf, filters.clause_filters(query), query, clauses)
    is_words = chapter.slug == "words"
    words = sections.glossary(book) if is_words else ()
    gaps = tuple(gap.removesuffix(".") for gap in book.pack.identity.not_covered) if is_words else ()
    return ChapterPage(chapter, sections.shelves_of(book, chapter), (), "", None, words, gaps)


def _cut(
    chapter: Chapter,
    shelf: Shelf,
    boxes: tuple[filters.Filter, ...],
    query: Mapping[str, str],
    pages: filters.Page[Any],
) -> ChapterPage:
    return ChapterPage(chapter, (shelf,), boxes, query.get("q", ""), pages, (), ())


def hits(book: Book, query: Mapping[str, str]) -> filters.Page[Hit]:
    return filters.page_of(search(book, query.get("q", "")), query, HITS_A_PAGE)
