"""Search over every row of a protocol."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from casetransfer.protocol_pages.presenters.book import KINDS, Book, title
from casetransfer.protocols import Pack, pack_for
from casetransfer.protocols.sentences import conditions


@dataclass(frozen=True)
class Hit:
    kind: str
    title: str
    url: str
    code: str


@dataclass(frozen=True)
class _Entry:
    kind: str
    code: str
    title: str
    title_words: str
    words: str


def search(book: Book, words: str) -> tuple[Hit, ...]:
    """The rows in which every word occurs: the row of that very code first, then those with the words in the title."""
    wanted = words.lower().split()
    if not wanted:
        return ()
    found = [entry for entry in _index(book.authority) if all(word in entry.words for word in wanted)]
    found.sort(key=lambda entry: _rank(entry, words.strip().lower(), wanted))
    return tuple(Hit(KINDS.get(entry.kind, entry.kind), entry.title, _url(book, entry), entry.code) for entry in found)


def _rank(entry: _Entry, whole: str, wanted: list[str]) -> tuple[int, bool]:
    if entry.code.lower() == whole:
        return 0, False
    if whole in entry.title_words:
        return 1, entry.kind == "clause"
    return (2 if all(word in entry.title_words for word in wanted) else 3), entry.kind == "clause"


def _url(book: Book, entry: _Entry) -> str:
    if entry.kind == "word":
        return book.url("chapter", chapter="words")
    return book.code_url(entry.code)


@cache
def _index(authority: str) -> tuple[_Entry, ...]:
    return tuple(_entries(pack_for(authority)))


def _entries(pack: Pack) -> Iterator[_Entry]:
    for kind, row in pack.coded_rows():
        yield _entry(pack, kind, row.code, row)
    for clause in pack.clause:
        yield _entry(pack, "clause", clause.id, clause)
    for word, meaning in pack.identity.glossary.items():
        text = f"{word}: {meaning}"
        yield _Entry("word", "", text, text.lower(), text.lower())


def _entry(pack: Pack, kind: str, code: str, row: Any) -> _Entry:
    name = title(row)
    found = conditions(pack, getattr(row, "when", ()))
    sentences = [*found.every, *(says for group in found.one_of for says in group)]
    words = " ".join([*_texts(row.model_dump(exclude_defaults=True, exclude={"items", "steps"})), *sentences])
    return _Entry(kind, code, name, name.lower(), f"{code} {words.replace('_', ' ')}".lower())


def _texts(value: Any) -> Iterator[str]:
    """Every text inside a row."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
