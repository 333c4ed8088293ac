"""Any row of a protocol as a card: its parts in words, its clauses, its basis and the reading it rests on."""

from collections.abc import Callable, Iterator
from typing import Any

from casetransfer.protocol_pages.presenters import moves, papers, people
from casetransfer.protocol_pages.presenters.book import BASIS, KINDS, Book, Card, Line, Part, counted, part, title
from casetransfer.protocol_pages.presenters.moves import POLICY
from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.sentences import capital, plain, teams_named
from casetransfer.protocols.standing import users_of

Parts = Callable[..., Iterator[Part]]
STANDING = {
    "enforced": ("Enforced", "green", "An answer, a move or an approval depends on it."),
    "prompted": ("Prompted", "blue", "People are reminded of it: a timer, a notice, a meeting, a checklist or a duty."),
    "guidance": ("Guidance", "grey", "It is shown to people; nothing depends on it."),
}


def card(book: Book, code: str, *, full: bool = False) -> Card:
    """The row of that code. `full`: with everything it asks for and everything that names it."""
    row, kind = book.row(code), book.kind_of[code]
    parts = [found for found in PARTS[type(row)](book, row, full=full) if found.lines or found.groups]
    if full and kind != "route":
        parts += used_by(book, code)
    return Card(
        kind=KINDS[kind],
        code=code,
        title=title(row),
        url=book.code_url(code),
        lead=lead(book, row),
        parts=tuple(parts),
        basis=BASIS[row.basis] if isinstance(row, rows.Row) else None,
        clauses=book.clauses(getattr(row, "clauses", ())),
        readings=book.readings(getattr(row, "reading", ()) if isinstance(row, rows.Row | rows.Clause) else ()),
        note=getattr(row, "note", ""),
    )


def lead(book: Book, row: Any) -> str:
    """One line under the title."""
    match row:
        case rows.Route():
            here = teams_named(book.pack, row.from_teams)
            return f"{moves.EFFECT[row.effect]}: {here} to {teams_named(book.pack, row.to)}"
        case rows.Timer():
            return papers.length(row)
        case rows.Checklist():
            return counted(len(row.items), "line")
        case rows.Item():
            return capital(POLICY[row.policy])
        case _:
            return ""


def used_by(book: Book, code: str) -> Iterator[Part]:
    """The rows that name this one, kind by kind."""
    users: dict[str, list[str]] = {}
    for user in users_of(book.pack, code):
        users.setdefault(book.kind_of[user], []).append(user)
    for kind, codes in users.items():
        yield part(f"Named by: {KINDS[kind].lower()}", book.lines(codes))


def _ambiguity(book: Book, row: rows.Ambiguity, *, full: bool) -> Iterator[Part]:
    yield part("The reading taken", row.reading)
    settings = {setting.name: setting for setting in book.pack.setting}
    for name in row.settings:
        if name in settings:
            yield part("A council may change it", settings_line(settings[name]))


def settings_line(setting: rows.Setting) -> tuple[Line, ...]:
    others = ", ".join(option_words(option) for option in setting.options if option != setting.default)
    return (
        Line(setting.says, code=setting.name),
        Line(f"In use: {option_words(setting.default)}", note=f"could be: {others}"),
    )


def option_words(option: str | bool) -> str:
    if isinstance(option, bool):
        return "yes" if option else "no"
    try:
        return str(Duration.parse(option))
    except ValueError:
        return plain(option)


def _clause(book: Book, row: rows.Clause, *, full: bool) -> Iterator[Part]:
    carried = book.standings[row.id]
    word, _, sentence = STANDING[carried.standing]
    yield part("Standing", f"{word}. {sentence}")
    yield part("Carried by", book.lines(carried.by))
    unclear = tuple(ambiguity for ambiguity in book.pack.ambiguity if row.id in ambiguity.clauses)
    yield part("Where it is unclear", tuple(book.line(ambiguity.code, ambiguity.reading) for ambiguity in unclear))
    yield part("In the document", f"Line {row.line}" if row.line else "")


def _plain(book: Book, row: Any, *, full: bool) -> Iterator[Part]:
    return iter(())


PARTS: dict[type, Parts] = {
    rows.Route: moves.route_parts,
    rows.Hold: moves.hold_parts,
    rows.Precedence: moves.precedence_parts,
    rows.Bundle: moves.bundle_parts,
    rows.Timer: papers.timer_parts,
    rows.Checklist: papers.checklist_parts,
    rows.Item: papers.item_parts,
    rows.Notice: papers.notice_parts,
    rows.Meeting: papers.meeting_parts,
    rows.DisputeStep: people.dispute_step_parts,
    rows.ReReferral: people.rereferral_parts,
    rows.Closure: people.closure_parts,
    rows.ClosureStep: people.closure_step_parts,
    rows.Team: people.team_parts,
    rows.Role: people.role_parts,
    rows.Scale: people.scale_parts,
    rows.Duty: people.duty_parts,
    rows.Responsibility: people.responsibility_parts,
    rows.Guidance: _plain,
    rows.Ambiguity: _ambiguity,
    rows.Clause: _clause,
}
