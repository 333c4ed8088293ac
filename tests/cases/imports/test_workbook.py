"""Workbooks that are taken, and those that are refused with a sentence and leave no trace."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from cases.imports import workbook
from cases.models import Import
from teams.refusals import Refused
from tests.cases.imports.conftest import TODAY
from tests.cases.imports.sample import HEADERS, Sample, a_caseload


def saved(book) -> io.BytesIO:
    content = io.BytesIO()
    book.save(content)
    return content


def with_part(content: bytes, name: str, part: bytes) -> io.BytesIO:
    """The same workbook, with one part added or put in the place of another."""
    old, new = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in old.infolist():
            if item.filename != name:
                archive.writestr(item, old.read(item))
        archive.writestr(name, part)
    return new


def without_lists() -> io.BytesIO:
    return saved(Workbook())


def entities() -> io.BytesIO:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    return with_part(Sample(TODAY).bytes(), "xl/workbook.xml", evil)


def bomb() -> io.BytesIO:
    return with_part(Sample(TODAY).bytes(), "xl/media/big.bin", b"\0" * (workbook.MOST_UNPACKED + 1))


def twice() -> io.BytesIO:
    book = Workbook()
    for name in ("List 6", "List_6"):
        book.create_sheet(name).append(HEADERS[6])
    return saved(book)


def no_headers() -> io.BytesIO:
    book = Workbook()
    book.create_sheet("List 6").append(["Something", "else"])
    return saved(book)


def damaged() -> io.BytesIO:
    return with_part(Sample(TODAY).bytes(), "xl/workbook.xml", b"<workbook><sheets>")


REFUSALS = {
    "not a workbook": (lambda: io.BytesIO(b"Child,Team\n1,A\n"), "x.xlsx", "not an Excel workbook"),
    "old Excel": (lambda: io.BytesIO(workbook.OLD_EXCEL + b"\0" * 600), "x.xls", "old Excel file"),
    "empty": (io.BytesIO, "x.xlsx", "empty"),
    "macros": (lambda: with_part(Sample(TODAY).bytes(), "xl/vbaProject.bin", b"x"), "x.xlsx", "macros"),
    "named as with macros": (lambda: Sample(TODAY).file(), "x.xlsm", "macros"),
    "another archive": (lambda: with_part(b"PK\5\6" + b"\0" * 18, "content.xml", b"x"), "x.xlsx", "not an Excel"),
    "wrong sheets": (without_lists, "x.xlsx", "none of its sheets"),
    "a list twice": (twice, "x.xlsx", "List 6 is there twice"),
    "no headers": (no_headers, "x.xlsx", "no row of headers"),
    "entities": (entities, "x.xlsx", "unsafe"),
    "a bomb": (bomb, "x.xlsx", "Unpacked"),
    "damaged": (damaged, "x.xlsx", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_a_wrong_workbook_is_refused_with_a_sentence_and_leaves_no_trace(receive, name):
    make, filename, sentence = REFUSALS[name]

    with pytest.raises(Refused, match=sentence):
        receive(make(), name=filename)

    assert not Import.objects.exists()


def test_200_megabytes_are_refused_without_being_read(receive):
    class Endless(io.BytesIO):
        def seek(self, offset, whence=0):
            return 200 * workbook.MEGABYTE

        def read(self, size=-1):
            raise AssertionError("read")

    with pytest.raises(Refused, match="200 MB"):
        receive(Endless())


def test_openpyxl_reads_with_the_hardened_parser():
    import openpyxl

    assert openpyxl.DEFUSEDXML is True
    assert openpyxl.LXML is False


def test_sheets_are_found_with_a_space_or_an_underscore_and_headers_below_a_title(sample):
    sample.in_need(1, TODAY).add(7, 1, cells={"Child Protection Plan Start Date": TODAY})

    sheets = workbook.read_sheets(sample.file())

    assert [sheet.name for sheet in sheets][4:8] == ["List_5", "List 6", "List_7", "List 8"]
    assert [line.number for line in sheets[5].lines] == [3]


def test_headers_are_known_by_other_names_with_spaces_and_curly_quotes():
    book = Workbook()
    sheet = book.create_sheet("LIST 08 children in care")
    sheet.append(["CHILD  ID", "DOB\xa0", "Date Became Looked After ", "Child\u2019s legal status", "Team"])
    sheet.append([1.0, TODAY, TODAY, "C2", "Under 12"])

    (found,) = workbook.read_sheets(saved(book))

    assert found.lines[0].cells == {
        "number": 1, "born": found.lines[0].cells["born"], "started_on": found.lines[0].cells["started_on"],
        "legal": "C2", "team": "Under 12",
    }  # fmt: skip


def test_a_council_can_map_its_own_header():
    book = Workbook()
    sheet = book.create_sheet("List 6")
    sheet.append(["Child Unique ID", "Episode began", "Allocated Team", "Gender"])
    sheet.append([1, TODAY, "Under 12", "F"])

    (found,) = workbook.read_sheets(saved(book), {(6, "opened_on"): "episode BEGAN"})

    assert "opened_on" in found.lines[0].cells


def test_a_needed_column_that_is_missing_is_named():
    book = Workbook()
    book.create_sheet("List 6").append(["Child Unique ID", "Date of Birth", "Allocated Team"])
    book.create_sheet("List 1").append(HEADERS[1])

    first, second = workbook.read_sheets(saved(book))

    assert first.problem == ""
    assert "no column CIN Start Date" in second.problem


def test_a_lying_size_of_a_sheet_and_its_empty_end_do_not_matter(sample):
    book = sample.in_need(1, TODAY).workbook()
    book["List 6"].cell(row=900_000, column=1, value=" ")
    content = saved(book)

    sheets = workbook.read_sheets(content)

    assert len(sheets[5].lines) == 1


def test_the_generated_workbook_is_the_same_each_time():
    first, second = (workbook.read_sheets(a_caseload(TODAY, 30).file()) for _ in range(2))

    assert [line.cells for sheet in first for line in sheet.lines] == [
        line.cells for sheet in second for line in sheet.lines
    ]
