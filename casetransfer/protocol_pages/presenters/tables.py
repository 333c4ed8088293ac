"""Rows of a protocol as rows of a table: the row by name, its parts in words, and last the quiet reference column."""

from dataclasses import dataclass
from typing import Any

from casetransfer.protocol_pages.presenters import cards, moves, papers, people
from casetransfer.protocol_pages.presenters.book import BASIS, KINDS, Book, Line, said
from casetransfer.protocols import rows
from casetransfer.protocols.sentences import capital, conditions, recipients, says_start, who
from casetransfer.protocols.standing import Carried


@dataclass(frozen=True)
class Cell:
    lines: tuple[Line, ...] = ()
    tag: str = ""
    colour: str = "grey"
    is_quiet: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first cell of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


TIMER_COLUMNS = ("What", "Time allowed", "Counted", "By", "Basis", "Reference")
CLAUSE_COLUMNS = ("What it says", "Standing", "Carried by", "Reference")


def lines(*found: Line) -> Cell:
    return Cell(found)


def text(*words: str) -> Cell:
    return Cell(said(*words))


def quiet(book: Book, row: Any) -> Cell:
    """The reference column: the row's code and its clauses."""
    named = getattr(row, "clauses", ())
    refs = tuple(Line(clause, book.code_url(clause)) for clause in named[:4])
    more = (Line(f"and {len(named) - 4} more clauses"),) if len(named) > 4 else ()
    return Cell((Line(row.code, book.code_url(row.code)), *refs, *more), is_quiet=True)


def basis(row: rows.Row) -> Cell:
    found = BASIS[row.basis]
    return Cell(tag=found.word, colour=found.colour)


def head(book: Book, row: Any) -> Cell:
    """The first column: the row by name, and where it rests on a reading, that."""
    readings = book.readings(getattr(row, "reading", ())) if getattr(row, "basis", "stated") != "stated" else ()
    return Cell((book.line(row.code), *(Line("", note=f"Reading: {reading.text}") for reading in readings)))


def table(caption: str, columns: tuple[str, ...], found: Any) -> Table:
    return Table(caption, columns, tuple(found))


def timer_row(book: Book, row: rows.Timer) -> tuple[Cell, ...]:
    back = row.kind in ("backward", "look_back", "cutoff")
    counted = tuple(
        Line(f"{'Back from' if back else 'From'}: {line.text[:1].lower() + line.text[1:]}", note=line.note)
        for line in papers.starts(book, row)
    )
    owners = text(capital(who(book.pack, row.owed_by)))
    return head(book, row), text(papers.length(row)), Cell(counted), owners, basis(row), quiet(book, row)


def notice_row(book: Book, row: rows.Notice) -> tuple[Cell, ...]:
    to = text(*(capital(person) for person in recipients(book.pack, row)))
    sender = capital(who(book.pack, row.sender)) or "Not stated"
    when = text(capital(says_start(book.pack, row.starts)))
    return head(book, row), text(sender), to, when, text(papers.CHANNELS[row.channel]), basis(row), quiet(book, row)


def item_row(book: Book, row: rows.Item) -> tuple[Cell, ...]:
    owners = row.who or ((row.side,) if row.side != "other" else ())
    strict = text(capital(moves.POLICY[row.policy]))
    only = conditions(book.pack, row.when)
    when = [*only.every, *(" and ".join(group) for group in only.one_of)]
    first = Cell((*head(book, row).lines, *(Line("", note=f"Only when: {sentence}") for sentence in when)))
    gate = text(capital(papers.GATES[row.gate]))
    return first, text(capital(who(book.pack, owners))), strict, gate, basis(row), quiet(book, row)


def team_row(book: Book, row: rows.Team) -> tuple[Cell, ...]:
    also = f"Also called {', '.join(row.also_called)}" if row.also_called else ""
    return Cell((book.line(row.code, also),)), text(row.remit), text(_place(book, row)), quiet(book, row)


def _place(book: Book, row: rows.Team) -> str:
    words = [
        "front door" if row.front_door else "",
        "outside children's social care" if row.outside else "holds cases" if row.holds_cases else "holds no cases",
        f"part of {book.pack.teams[row.part_of].name}" if row.part_of in book.pack.teams else "",
    ]
    return f"{capital(', '.join(word for word in words if word))}. {people.ages(row)}".strip()


def clause_row(book: Book, carried: Carried) -> tuple[Cell, ...]:
    word, colour, _ = cards.STANDING[carried.standing]
    rows_of = tuple(book.line(code, KINDS[book.kind_of[code]].lower()) for code in carried.by[:4])
    more = len(carried.by) - len(rows_of)
    more_line = (Line(f"and {more} more", book.code_url(carried.clause.id)),) if more > 0 else ()
    return (
        lines(book.line(carried.clause.id)),
        Cell(tag=word, colour=colour),
        Cell((*rows_of, *more_line)),
        Cell((Line(carried.clause.id, book.code_url(carried.clause.id)),), is_quiet=True),
    )
