"""Cells as real workbooks write them."""

from datetime import UTC, date, datetime

import pytest

from cases.imports import values

FIFTH_OF_MAY = date(2021, 5, 5)


@pytest.mark.parametrize(
    "written",
    [
        datetime(2021, 5, 5, 14, 30, tzinfo=UTC), FIFTH_OF_MAY, 44321, 44321.604, "44321", "05/05/2021", "5/5/2021",
        "2021-05-05", "2021-05-05 00:00:00", "2021-05-05T00:00:00", "5 May 2021", "05-May-2021", "\xa005.05.2021 ",
        "5th May 2021",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(written):
    assert values.day(written) == FIFTH_OF_MAY


@pytest.mark.parametrize(
    "written", [None, "", " ", "\xa0", "#N/A", "N/A", "NULL", datetime(1900, 1, 1, tzinfo=UTC), 1, "1900-01-01"]
)
def test_nothing_there_and_the_open_end_of_1900_are_no_date(written):
    assert values.day(written) is None


@pytest.mark.parametrize(
    "written", ["31/02/2021", "2021-13-01", "soon", "05/05/21", 12, 99999999, "01/01/1850", "99/99/9999", True]
)
def test_an_impossible_date_is_told(written):
    with pytest.raises(ValueError, match="date"):
        values.day(written)


def test_odd_spaces_and_curly_quotes_are_made_plain():
    assert values.text("Dustin\xa0\u2018Dusty\u2019  Maple\n") == "Dustin 'Dusty' Maple"


def test_what_begins_like_a_formula_in_a_text_is_only_words():
    assert values.words("=cmd|' /C calc'!A0") == "=cmd|' /C calc'!A0"


def test_a_cell_that_computes_has_no_value():
    with pytest.raises(ValueError, match="formula"):
        values.day(values.Formula("=TODAY()"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("a) Male", "male"), ("F", "female"), ("c) Not stated/recorded", "unknown"), (2, "female"), (None, "unknown")],
)
def test_sex_is_read_with_and_without_its_code(written, meant):
    assert values.sex(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("a) Looked after child", "looked_after"), ("b) Child Protection plan", "child_protection"), ("c", "child_in_need"),
     ("d) Open assessment", "assessment"), ("e) Closed episode", "closed"), ("", "")],
)  # fmt: skip
def test_case_status_is_read_by_its_words_or_its_letter(written, meant):
    assert values.case_status(written) == meant


def test_a_status_outside_the_list_is_told():
    with pytest.raises(ValueError, match="not in the list"):
        values.case_status("z) Something else")


@pytest.mark.parametrize(("written", "meant"), [("C2: FCO", "care_order"), ("V2", "section_20"), ("D1", ""), ("", "")])
def test_legal_status_is_read_by_its_statutory_code(written, meant):
    assert values.legal_status(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("f) U6: Foster placement - not FFA", "foster_care"), ("a) U1: relatives", "connected_person"), ("H5", "semi_independent"),
     ("A3", "adoptive"), ("Z1", "other"), (None, "")],
)  # fmt: skip
def test_a_placement_is_read_by_its_statutory_code(written, meant):
    assert values.placement(written) == meant


def test_a_closure_reason_is_read_with_its_words():
    assert values.closure_reason("RC7 - Any other reason") == "RC7"
