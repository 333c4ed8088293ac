"""The sector's own dummy workbooks, where they are on this machine. They are read in their place, never copied."""

import os
from pathlib import Path

import pytest

from cases.imports import workbook
from cases.imports.lists import read_row
from tests.cases.imports.conftest import TODAY

FOLDER = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[3] / ".." / "shared" / "data")) / "annex_a"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="The sector's dummy workbooks are not on this machine.")


def rows_of(name: str) -> dict[str, list[tuple[object, list[str]]]]:
    sheets = workbook.read_sheets(io_of(name))
    found: dict[str, list[tuple[object, list[str]]]] = {sheet.name: [] for sheet in sheets}
    for sheet, line in workbook.rows_of(sheets):
        row, _, problems = read_row(sheet.list_number, line.cells, TODAY)
        found[sheet.name].append((row, problems))
    return found


def io_of(name: str):
    import io

    content = io.BytesIO((FOLDER / name).read_bytes())
    workbook.check_file(name, len(content.getvalue()), content)
    return content


def test_the_dirty_workbook_is_read_whole_except_for_people_too_old():
    found = rows_of("liia_Annex_A.xlsx")

    counted = {name: (len(rows), sum(row is not None for row, _ in rows)) for name, rows in found.items()}

    assert {name: total for name, (total, _) in counted.items()} == {
        "List 1": 5, "List 2": 5, "List 3": 6, "List 4": 5, "List 5": 5, "List 6": 5, "List 7": 7, "List 8": 5,
        "List 9": 6,
    }  # fmt: skip
    reasons = {problem for rows in found.values() for _, problems in rows for problem in problems}
    assert reasons <= {
        "Date of Birth is too long ago for a child or care leaver.",
        "Date Started to be Looked After is before Date of Birth.",
    }


@pytest.mark.parametrize(
    "name", ["sfdata_2015-01-sample.xlsx", "sfdata_2016-01-sample.xlsx", "sfdata_example-B-2004.xlsx"]
)
def test_the_official_template_is_read_with_its_title_rows_and_guidance_sheets(name):
    assert len(rows_of(name)) == 9


def test_the_whole_dirty_workbook_can_be_applied(applied):
    imported = applied(io_of("liia_Annex_A.xlsx"))

    assert imported.state == "applied"
