"""A protocol as a book: every row with its title and its address, and the small parts that pages are laid out from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from casetransfer.protocols import Pack
from casetransfer.protocols.sentences import capital, plain, team_name
from casetransfer.protocols.standing import Carried, standings

TITLES = ("name", "what", "circumstance", "says", "reason")
KINDS = {
    "team": "Team",
    "role": "Role",
    "scale": "Rating scale",
    "timer": "Timer",
    "bundle": "Shared requirements",
    "route": "Route",
    "hold": "Stay-put rule",
    "precedence": "Order of routes",
    "checklist": "Checklist",
    "item": "Checklist line",
    "notice": "Notice",
    "meeting": "Meeting",
    "dispute_step": "Dispute step",
    "rereferral": "Re-referral window",
    "closure": "Closure",
    "closure_step": "Closure step",
    "responsibility": "Responsibility",
    "duty": "Duty",
    "guidance": "Guidance",
    "ambiguity": "Reading",
    "clause": "Clause",
}


@dataclass(frozen=True)
class Line:
    """One thing said: its words, where they lead, its code (for the quiet column) and a quiet remark."""

    text: str
    url: str = ""
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Part:
    """A labelled part of a row: lines, and where one of several groups must hold, the groups."""

    label: str
    lines: tuple[Line, ...] = ()
    groups: tuple[tuple[Line, ...], ...] = ()


@dataclass(frozen=True)
class Basis:
    """Whether the protocol says it or it is our reading: one word, its colour, the sentence."""

    word: str
    colour: str
    sentence: str


BASIS = {
    "stated": Basis("Stated", "grey", "The protocol states this."),
    "heading": Basis("From a heading", "blue", "Only a heading of the protocol brings this in."),
    "inferred": Basis("A reading", "amber", "This is a reading: the protocol implies it and does not say it."),
}


@dataclass(frozen=True)
class Card:
    """A row ready to be shown, in a list or on a page of its own."""

    kind: str
    code: str
    title: str
    url: str
    lead: str
    parts: tuple[Part, ...]
    basis: Basis | None
    clauses: tuple[Line, ...]
    readings: tuple[Line, ...]
    note: str


class Book:
    """One authority's protocol with the addresses of its rows."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.authority = pack.authority
        self.name = pack.identity.name
        self._code_url = self.url("code", code="CODE")
        self.kind_of = {row.code: kind for kind, row in pack.coded_rows()} | dict.fromkeys(pack.clauses, "clause")

    @cached_property
    def standings(self) -> dict[str, Carried]:
        """Every clause with what became of it, by its id."""
        return {found.clause.id: found for found in standings(self.pack)}

    def url(self, page: str, **parts: str) -> str:
        return reverse(f"protocol:{page}", kwargs={"authority": self.authority, **parts})

    def code_url(self, code: str) -> str:
        """The page of one row. Pages hold hundreds of these, and asking the site map for each is slow."""
        return self._code_url.replace("CODE", quote(code))

    def has(self, code: str) -> bool:
        return code in self.kind_of

    def row(self, code: str) -> Any:
        return self.pack.clauses.get(code) or self.pack.by_code[code]

    def line(self, code: str, note: str = "") -> Line:
        """A row as a link with its title; a code of no row as its words."""
        if not self.has(code):
            return Line(capital(plain(code)), note=note)
        return Line(title(self.row(code)), self.code_url(code), code, note)

    def lines(self, codes: Iterable[str]) -> tuple[Line, ...]:
        return tuple(self.line(code) for code in codes)

    def people(self, codes: Iterable[str]) -> tuple[Line, ...]:
        """Roles and teams by name, each a link where it is a row."""
        sides = {"transferring": "The transferring team", "receiving": "The receiving team", "both": "Both teams"}
        return tuple(self.line(code) if self.has(code) else Line(sides.get(code, plain(code))) for code in codes)

    def teams(self, codes: Iterable[str]) -> tuple[Line, ...]:
        return tuple(
            self.line(code) if code in self.pack.teams else Line(capital(team_name(self.pack, code))) for code in codes
        )

    def clauses(self, codes: Iterable[str]) -> tuple[Line, ...]:
        """Clauses by what they say, their ids for the quiet column."""
        return tuple(self.line(code) for code in dict.fromkeys(codes))

    def readings(self, codes: Iterable[str]) -> tuple[Line, ...]:
        """What each reading took, with a link to where the document is unclear."""
        known = {row.code: row for row in self.pack.ambiguity}
        return tuple(Line(known[code].reading, self.code_url(code), code) for code in codes if code in known)


def title(row: Any) -> str:
    """What a row is called, without its code."""
    found = next((str(getattr(row, name)) for name in TITLES if getattr(row, name, "")), "")
    return capital(found.removesuffix(".")) or plain(str(getattr(row, "code", "")))


def said(*texts: str) -> tuple[Line, ...]:
    """Plain lines of those that are not empty."""
    return tuple(Line(text) for text in texts if text)


def part(label: str, lines: tuple[Line, ...] | str) -> Part:
    return Part(label, said(lines) if isinstance(lines, str) else lines)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 route", "9 routes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
