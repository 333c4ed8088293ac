"""The chapters of the book: what each is called, what it holds, and its rows as cards or as a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casetransfer.protocol_pages.presenters import cards, tables
from casetransfer.protocol_pages.presenters.book import Book, Card, Line
from casetransfer.protocol_pages.presenters.tables import Cell, Table, basis, head, quiet, table, text
from casetransfer.protocols.sentences import capital, plain, who


@dataclass(frozen=True)
class Chapter:
    """`kinds` are the tables of the pack it holds, in order."""

    slug: str
    title: str
    about: str
    kinds: tuple[str, ...]


CHAPTERS = (
    Chapter("routes", "Routes", "Where a case goes, when, and what the move asks for.", ("route",)),
    Chapter("stay-put", "Stay-put rules", "When a case stays where it is, whatever the routes say.", ("hold",)),
    Chapter("order", "Which route comes first", "Where several routes fit one child.", ("precedence",)),
    Chapter("shared", "Shared requirements", "What several moves ask for alike.", ("bundle",)),
    Chapter("timers", "Timers", "What is due, and how it is counted.", ("timer",)),
    Chapter("checklists", "Checklists", "What must be ready, and how strictly.", ("checklist",)),
    Chapter("notices", "Notices", "Who is told what, and when.", ("notice",)),
    Chapter("meetings", "Meetings", "Meetings and panels: when, who, what they decide.", ("meeting",)),
    Chapter("disputes", "Disputes", "Who decides when teams disagree.", ("dispute_step", "departure")),
    Chapter("closures", "Closing and stepping down", "How a case ends, hand by hand.", ("closure",)),
    Chapter("re-referral", "Coming back after closure", "Back to the team that closed the case.", ("rereferral",)),
    Chapter(
        "responsibility", "Who is responsible", "In each circumstance, and after a move.", ("responsibility", "duty")
    ),
    Chapter("ratings", "Ratings", "What red, amber and green mean here.", ("scale",)),
    Chapter("teams", "Teams and roles", "Who is who, and what each team does.", ("team", "role")),
    Chapter("guidance", "Guidance", "Shown to people; nothing depends on it.", ("guidance",)),
    Chapter("readings", "Where the document is unclear", "And the reading taken.", ("ambiguity", "setting")),
    Chapter("clauses", "Clauses", "Every sentence of the document, and what carries it.", ("clause",)),
    Chapter("words", "Words", "Local terms and abbreviations.", ("words",)),
)


BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}


@dataclass(frozen=True)
class Shelf:
    """One kind of row of a chapter: a table of them or cards. `url` is where its heading leads."""

    heading: str
    url: str = ""
    about: str = ""
    table: Table | None = None
    cards: tuple[Card, ...] = ()


def size(book: Book, chapter: Chapter) -> int:
    """How many rows a chapter holds."""
    identity = book.pack.identity
    if chapter.slug == "words":
        return len(identity.words) + len(identity.glossary)
    return sum(len(getattr(book.pack, kind)) for kind in chapter.kinds if kind != "setting")


def chapters_of(book: Book) -> tuple[tuple[Chapter, int], ...]:
    """The chapters that hold something."""
    return tuple((chapter, number) for chapter in CHAPTERS if (number := size(book, chapter)))


def shelves_of(book: Book, chapter: Chapter) -> tuple[Shelf, ...]:
    """Everything a chapter holds. Routes, timers and clauses are not here: they are cut by filters."""
    if chapter.slug == "checklists":
        return tuple(checklist_shelves(book))
    return tuple(
        SHELVES[kind](book) if kind in SHELVES else _cards(book, kind)
        for kind in chapter.kinds
        if kind == "words" or getattr(book.pack, kind)
    )


HEADINGS = {
    "team": "Teams", "role": "Roles", "dispute_step": "Steps", "departure": "Deciding otherwise for one child",
    "responsibility": "Who is responsible", "duty": "What a side still owes around a move",
    "ambiguity": "Unclear places", "setting": "What a council may change",
}  # fmt: skip


def _cards(book: Book, kind: str) -> Shelf:
    found = getattr(book.pack, kind)
    return Shelf(HEADINGS.get(kind, ""), cards=tuple(cards.card(book, row.code) for row in found))


def _notices(book: Book) -> Shelf:
    columns = ("What", "From", "To", "When", "How", "Basis", "Reference")
    return Shelf("", table=table("Notices", columns, (tables.notice_row(book, row) for row in book.pack.notice)))


def checklist_shelves(book: Book) -> Iterator[Shelf]:
    """Each list a table of its lines."""
    columns = ("What", "By", "How strict", "Wanted for", "Basis", "Reference")
    for row in book.pack.checklist:
        found = table(row.name, columns, (tables.item_row(book, item) for item in row.items))
        about = f"Used for: {plain(row.used_for)}"
        yield Shelf(row.name, book.code_url(row.code), about, found)


def _responsibilities(book: Book) -> Shelf:
    found = ((head(book, row), text(row.responsible), basis(row), quiet(book, row)) for row in book.pack.responsibility)
    columns = ("In this circumstance", "Responsible", "Basis", "Reference")
    return Shelf(HEADINGS["responsibility"], table=table("Who is responsible", columns, found))


def _duties(book: Book) -> Shelf:
    found = (
        (
            head(book, row),
            text(capital(who(book.pack, row.who or ((row.owed_by,) if row.owed_by != "other" else ())))),
            text(capital(row.at)),
            basis(row),
            quiet(book, row),
        )
        for row in book.pack.duty
    )
    columns = ("What", "Owed by", "At", "Basis", "Reference")
    return Shelf(HEADINGS["duty"], table=table("What a side still owes around a move", columns, found))


def _teams(book: Book) -> Shelf:
    found = (tables.team_row(book, row) for row in book.pack.team)
    return Shelf(HEADINGS["team"], table=table("Teams", ("Team", "What it does", "Its place", "Reference"), found))


def _roles(book: Book) -> Shelf:
    found = (
        (
            head(book, row),
            text("" if row.level is None else str(row.level)),
            text(capital(plain(row.acts_as))),
            quiet(book, row),
        )
        for row in sorted(book.pack.role, key=lambda role: -1 if role.level is None else role.level)
    )
    columns = ("Role", "Step on the ladder", "In this service works as", "Reference")
    return Shelf(HEADINGS["role"], table=table("Roles", columns, found))


def _departures(book: Book) -> Shelf:
    found = (
        (text(row.what.removesuffix(".")), Cell(book.people(row.by)), Cell(book.clauses(row.clauses)))
        for row in book.pack.departure
    )
    columns = ("What may be decided", "By", "Clauses")
    return Shelf(HEADINGS["departure"], table=table("Deciding otherwise for one child", columns, found))


def _dispute_steps(book: Book) -> Shelf:
    found = sorted(book.pack.dispute_step, key=lambda row: row.order)
    return Shelf(HEADINGS["dispute_step"], cards=tuple(cards.card(book, row.code) for row in found))


def _guidance(book: Book) -> Shelf:
    found = ((head(book, row), basis(row), quiet(book, row)) for row in book.pack.guidance)
    return Shelf("", table=table("Guidance", ("What it says", "Basis", "Reference"), found))


def _ambiguities(book: Book) -> Shelf:
    settings = {setting.name: setting for setting in book.pack.setting}
    found = (
        (
            head(book, row),
            text(row.reading),
            text(*(settings[name].says.removesuffix(".") for name in row.settings if name in settings)),
            quiet(book, row),
        )
        for row in book.pack.ambiguity
    )
    columns = ("What is unclear", "The reading taken", "A council may change", "Reference")
    return Shelf(HEADINGS["ambiguity"], table=table("Unclear places", columns, found))


def _settings(book: Book) -> Shelf:
    found = (
        (
            Cell((Line(row.says.removesuffix("."), note=capital(plain(row.name))),)),
            text(capital(cards.option_words(row.default))),
            text(*(capital(cards.option_words(option)) for option in row.options if option != row.default)),
        )
        for row in book.pack.setting
    )
    columns = ("What it decides", "In use", "Could be")
    return Shelf(HEADINGS["setting"], table=table("What a council may change", columns, found))


def _words(book: Book) -> Shelf:
    identity = book.pack.identity
    terms = ((text(capital(plain(common))), text(local)) for common, local in identity.words.items())
    return Shelf("Local words", table=table("Local words", ("In other councils", "Here"), terms))


SHELVES: dict[str, Callable[[Book], Shelf]] = {
    "notice": _notices,
    "responsibility": _responsibilities,
    "duty": _duties,
    "team": _teams,
    "role": _roles,
    "departure": _departures,
    "dispute_step": _dispute_steps,
    "guidance": _guidance,
    "ambiguity": _ambiguities,
    "setting": _settings,
    "words": _words,
}


def glossary(book: Book) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(book.pack.identity.glossary.items(), key=lambda pair: pair[0].lower()))
