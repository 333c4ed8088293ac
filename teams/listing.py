"""A list as people live in it: columns to sort by and to leave out, views kept under a name, one page of rows or all
of them as a file, and the way back to it. Rooms say what stands in their lists; how a list works is said here, once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from teams.csv_files import csv_file
from teams.models import LeftOut, Person, SavedView
from teams.models.listing import CODES_ONLY

MOST_IN_A_FILE = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """`order` and `reverse` are the words of the address that sort by it, up and down. The quiet words of its cells
    have a column of their own in a file, under `quiet_head`."""

    key: str
    head: str
    order: str = ""
    reverse: str = ""
    quiet_head: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    url: str = ""
    quiet: str = ""
    tag: str = ""
    colour: str = "grey"
    flag: str = ""

    @property
    def in_file(self) -> str:
        return ", ".join(part for part in (self.text, self.tag, self.flag) if part)


Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list is: `place` names it in what people keep. Its first column is always seen."""

    place: str
    caption: str
    columns: tuple[Column, ...]
    nothing: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    text: str
    key: str
    url: str
    sorted: str


@dataclass(frozen=True)
class Listing:
    """One page of a list, as this person keeps it. `query` is the address without the page."""

    place: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    choice: tuple[tuple[Column, bool], ...]
    views: tuple[tuple[SavedView, bool], ...]
    query: str
    found: str
    nothing: str
    page: int
    previous_url: str
    next_url: str
    file_url: str

    @property
    def view_in_use(self) -> SavedView | None:
        return next((view for view, is_chosen in self.views if is_chosen), None)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of rows with how many there are in all: in words, and whether they fit into one file."""

    rows: tuple[Row, ...]
    says: str
    page: int
    has_more: bool
    fits_a_file: bool


def left_out_by(person: Person, place: str) -> frozenset[str]:
    found = LeftOut.objects.visible_to(person).filter(place=place).first()
    return frozenset(found.columns) if found else frozenset()


def listing_of(listed: Listed, found: Found, chosen: Mapping[str, str], person: Person) -> Listing:
    out = left_out_by(person, listed.place)
    shown = [column for number, column in enumerate(listed.columns) if number == 0 or column.key not in out]
    query = urlencode(sorted(chosen.items()))
    views = SavedView.objects.visible_to(person).filter(place=listed.place)
    order = chosen.get("order") or listed.order
    return Listing(
        place=listed.place, caption=listed.caption, nothing=listed.nothing,
        heads=tuple(_head(column, chosen, order) for column in shown),
        rows=tuple(tuple(row.get(column.key, Cell()) for column in shown) for row in found.rows),
        choice=tuple((column, column in shown) for column in listed.columns[1:]),
        views=tuple((view, view.query == query) for view in views), query=query, found=found.says, page=found.page,
        previous_url=_page(chosen, found.page - 1) if found.page > 1 else "",
        next_url=_page(chosen, found.page + 1) if found.has_more else "",
        file_url=f"?{urlencode({**chosen, 'file': 'csv'})}" if found.fits_a_file and found.rows else "",
    )  # fmt: skip


def _head(column: Column, chosen: Mapping[str, str], order: str) -> Head:
    if not column.order:
        return Head(column.head, column.key, "", "")
    is_up, is_down = order == column.order, bool(column.reverse) and order == column.reverse
    then = column.reverse if is_up and column.reverse else column.order
    state = "ascending" if is_up else "descending" if is_down else "none"
    return Head(column.head, column.key, f"?{urlencode({**chosen, 'order': then})}", state)


def _page(chosen: Mapping[str, str], page: int) -> str:
    return f"?{urlencode({**chosen, 'page': page})}"


def file_of(listed: Listed, rows: Iterable[Row], person: Person) -> HttpResponse:
    """What the list shows, all pages of it, in the columns that this person sees. No cell is a formula."""
    out = left_out_by(person, listed.place)
    shown = [column for number, column in enumerate(listed.columns) if number == 0 or column.key not in out]
    heads = [head for column in shown for head in (column.head, column.quiet_head) if head]
    lines = (list(_in_file(shown, row)) for row in rows)
    return csv_file(f"{listed.place}.csv", heads, lines)


def _in_file(shown: Iterable[Column], row: Row) -> Iterable[str]:
    for column in shown:
        cell = row.get(column.key, Cell())
        yield cell.in_file
        if column.quiet_head:
            yield cell.quiet


def remember(request: HttpRequest, text: str) -> None:
    """The way back: pages about one thing lead to the list that it was found in, as it was."""
    here = {"url": request.get_full_path(), "text": text}
    if request.session.get("list") != here:
        request.session["list"] = here


def is_codes(query: str) -> bool:
    return bool(re.fullmatch(CODES_ONLY, query)) and len(query) <= 300
