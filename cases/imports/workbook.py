"""Opening a workbook without trusting it, and reading its lists. A workbook that cannot be used is refused with a
sentence before anything of it is kept."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.workbook import Workbook

from cases.imports.lists import LISTS, columns_of
from cases.imports.values import Formula, text
from teams.refusals import Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 250 * MEGABYTE
MOST_PARTS = 2000
MOST_ROWS = 100_000
MOST_COLUMNS = 120
LARGE = MEGABYTE  # from here on it is read in the background
HEADER_WITHIN = 12
BLANK_ROWS_END = 500
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
OWN_HEADERS = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet that holds something: its number in the sheet, and its cells by field."""

    number: int
    cells: dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """One list as it stands in the workbook. `problem`: why none of it can be read."""

    name: str
    list_number: int
    lines: list[Line] = field(default_factory=list)
    problem: str = ""
    unread: list[str] = field(default_factory=list)


def check_file(name: str, size: int, content: BinaryIO) -> None:
    """Everything that can be said against a file before it is parsed."""
    if size > MOST_BYTES:
        raise Refused([f"The file is {size // MEGABYTE} MB. A workbook may have at most {MOST_BYTES // MEGABYTE} MB."])
    if not size:
        raise Refused(["The file is empty."])
    content.seek(0)
    start = content.read(8)
    content.seek(0)
    if start == OLD_EXCEL:
        raise Refused(["This is an old Excel file (.xls), or it has a password. Save it as .xlsx with no password."])
    if name.lower().endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        raise Refused(["This kind of workbook may hold macros. Save it as .xlsx, and try again."])
    _check_archive(content)


NO_WORKBOOK = "This is not an Excel workbook (.xlsx). Open it in Excel, save it as one and choose it again."


def _check_archive(content: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused([NO_WORKBOOK]) from None
    finally:
        content.seek(0)
    names = {part.filename.lower() for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused([f"Unpacked, this workbook is larger than {MOST_UNPACKED // MEGABYTE} MB. It was not opened."])
    if "xl/workbook.xml" not in names:
        raise Refused([NO_WORKBOOK])
    if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
        raise Refused(["This workbook holds macros. Save it as .xlsx without macros, and try again."])


def check_lists(content: BinaryIO) -> None:
    """Whether any sheet is a list at all, without reading one: quick however long they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = _opened(content)
        try:
            _wanted(book)
        finally:
            book.close()


def read_sheets(content: BinaryIO, own_headers: OWN_HEADERS | None = None) -> list[Sheet]:
    """The lists of a workbook that has passed `check_file`, each once. Refused where there is nothing to read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on formatting that it leaves out
        book = _opened(content)
        try:
            sheets = _found(book, own_headers or {})
        except Refused:
            raise
        except Exception as broken:  # openpyxl answers broken parts with whatever breaks first
            raise Refused([_cannot_open(broken)]) from broken
        finally:
            book.close()
    if all(sheet.problem for sheet in sheets):
        raise Refused([f"{sheet.name}: {sheet.problem}" for sheet in sheets])
    return sheets


def _opened(content: BinaryIO) -> Workbook:
    content.seek(0)
    try:
        return openpyxl.load_workbook(io.BytesIO(content.read()), read_only=True, keep_links=False)
    except Exception as broken:
        raise Refused([_cannot_open(broken)]) from broken


def _cannot_open(broken: Exception) -> str:
    causes = [broken, broken.__cause__, broken.__context__]  # openpyxl wraps what stopped it
    if any(isinstance(cause, DefusedXmlException) for cause in causes):
        return "This workbook holds something that is unsafe to open. It was not read."
    return "This workbook is damaged: it could not be opened."


def _found(book: Workbook, own_headers: OWN_HEADERS) -> list[Sheet]:
    return [_read(book[name], name, number, own_headers) for name, number in _wanted(book)]


def _wanted(book: Workbook) -> list[tuple[str, int]]:
    """The sheets that are lists, each with its number, in order."""
    named = [(name, int(found[1])) for name in book.sheetnames if (found := _list_in(name))]
    wanted = [(name, number) for name, number in named if number in LISTS]
    if not wanted:
        there = ", ".join(book.sheetnames[:12])
        raise Refused(
            [f"This is not an Annex A workbook: none of its sheets is called List 1 to List 9. It has: {there}."]
        )
    numbers = [number for _, number in wanted]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise Refused([f"List {number} is there twice. Keep one sheet of it." for number in twice])
    return sorted(wanted, key=lambda one: one[1])


def _list_in(name: str) -> re.Match[str] | None:
    return re.search(r"\blist[\s_-]*0*(\d{1,2})(?!\d)", name.replace("\xa0", " "), re.IGNORECASE)


def _read(sheet: Any, name: str, number: int, own_headers: OWN_HEADERS) -> Sheet:
    found = Sheet(name, number)
    places: dict[str, int] | None = None
    blank = 0
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for place, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        cells = [_value(cell) for cell in row]
        if all(cell is None or cell == "" for cell in cells):
            blank += 1
            if blank > BLANK_ROWS_END:
                break
            continue
        blank = 0
        if places is None:
            places = _places(number, cells, own_headers)
            if places is None and place >= HEADER_WITHIN:
                break
            if places is not None:
                used = set(places.values())
                found.unread = [text(cell) for at, cell in enumerate(cells) if cell is not None and at not in used]
            continue
        if len(found.lines) >= MOST_ROWS:
            raise Refused([f"{name} has more than {MOST_ROWS:,} rows."])
        found.lines.append(Line(place, {name: cells[at] for name, at in places.items() if at < len(cells)}))
    found.problem = _problem(number, places)
    if found.problem:
        found.lines = []
    return found


def _value(cell: Any) -> Any:
    return Formula(cell.value) if cell.data_type == "f" else cell.value


def plain_header(words: Any) -> str:
    """A header without what differs between councils: case, punctuation, odd spaces and quotes."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text(words).lower().replace("'", "")).split())


def _places(number: int, cells: list[Any], own_headers: OWN_HEADERS) -> dict[str, int] | None:
    """Which column of the sheet each field is in, or None where this is not the row of headers."""
    there: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if isinstance(cell, str) and not isinstance(cell, Formula):
            there.setdefault(plain_header(cell), at)
    places: dict[str, int] = {}
    for name, column in columns_of(number).items():
        own = own_headers.get((number, name), "")
        for header in (own, *column.headers) if own else column.headers:
            place = there.get(plain_header(header))
            if place is not None and place not in places.values():
                places[name] = place
                break
    return places if "number" in places and len(places) >= 3 else None


def _problem(number: int, places: dict[str, int] | None) -> str:
    columns = columns_of(number)
    if places is None:
        return f"no row of headers was found in the first {HEADER_WITHIN} rows. One of them must be Child Unique ID."
    missing = [column.header for name, column in columns.items() if column.needed and name not in places]
    return (
        "" if not missing else f"there is no column {', '.join(missing)}. Say under your own headers what it is called."
    )


def rows_of(sheets: list[Sheet]) -> Iterator[tuple[Sheet, Line]]:
    for sheet in sheets:
        for line in sheet.lines:
            yield sheet, line
