"""The packs beside the written specifications: every code of their tables, every clause of their index.

The specifications are not part of the project; where they are absent these tests say so and are skipped.
"""

import re
from pathlib import Path

import pytest

from casetransfer.protocols.loader import authorities, load

SPECIFICATIONS = Path(__file__).parents[3] / "shared" / "protocols"
PREFIX = {"havering": "HAV", "tower_hamlets": "TH", "northamptonshire": "NN", "shropshire": "SHR", "durham": "DUR"}
TABLE_CODE = re.compile(r"^\|\s*`?([A-Za-z][\w.-]*\w)`?(?: \(D\))?\s*\|", re.MULTILINE)

pytestmark = pytest.mark.skipif(
    not SPECIFICATIONS.is_dir(), reason="the written specifications are not beside this checkout"
)


def sections(authority: str) -> dict[int, str]:
    """The numbered sections of a specification by number."""
    text = (SPECIFICATIONS / f"{authority}.md").read_text()
    parts = re.split(r"^## (\d+)\. .*$", text, flags=re.MULTILINE)
    return {int(number): body for number, body in zip(parts[1::2], parts[2::2], strict=True)}


def coded(text: str, pattern: str) -> set[str]:
    return {code for code in TABLE_CODE.findall(text) if re.fullmatch(pattern, code)}


@pytest.mark.parametrize("authority", sorted(PREFIX.keys() & set(authorities())))
def test_every_route_and_hold_of_the_specification_is_in_the_pack(authority: str) -> None:
    pack, prefix = load(authority), PREFIX[authority]
    written = coded(sections(authority)[5], rf"{prefix}-[A-Z0-9]+(-[A-Z0-9]+)+")

    gates = {code for code in written if re.fullmatch(r"SHR-G\d+", code)}
    assert written - gates - pack.by_code.keys() == set()


@pytest.mark.parametrize("authority", sorted(PREFIX.keys() & set(authorities())))
def test_every_timer_of_the_specification_is_in_the_pack(authority: str) -> None:
    pattern = (
        r"(dl|win|rec|evt|age|thr|ord|imm)_\w+" if authority == "northamptonshire" else rf"{PREFIX[authority]}-T\d+"
    )
    written = coded(sections(authority)[4], pattern)

    assert written - load(authority).timers.keys() == set()


@pytest.mark.parametrize("authority", sorted(PREFIX.keys() & set(authorities())))
def test_every_notice_of_the_specification_is_in_the_pack(authority: str) -> None:
    prefix = PREFIX[authority]
    written = coded(sections(authority)[7], rf"{prefix}-N(\d+\w?|-[A-Z0-9-]+)")

    assert written - load(authority).notices.keys() == set()


@pytest.mark.parametrize("authority", sorted(PREFIX.keys() & set(authorities())))
def test_every_clause_of_the_index_is_in_the_pack(authority: str) -> None:
    rows = re.findall(rf"^\|\s*({PREFIX[authority]}-[^|]+?)\s*\|", sections(authority)[15], re.MULTILINE)
    written = {clause for row in rows for clause in spelled_out(row)}

    assert written - load(authority).clauses.keys() == set()


PART = re.compile(r"^(?P<stem>.*?)(?P<number>\d*)(?P<letter>[a-z]?)$")


def spelled_out(cell: str) -> list[str]:
    """ "HAV-GP-10a to c, 11" as single ids."""
    ids: list[str] = []
    stem = number = letter = ""
    for part in cell.replace("`", "").split(", "):
        first, _, last = part.partition(" to ")
        found = PART.match(first)
        assert found
        stem, number, letter = found["stem"] or stem, found["number"] or number, found["letter"]
        ids.append(stem + number + letter)
        ids += _range(stem, number, letter, last) if last else []
    return ids


def _range(stem: str, number: str, letter: str, last: str) -> list[str]:
    end = PART.match(last)
    assert end
    if letter and end["letter"]:
        return [f"{stem}{number}{chr(code)}" for code in range(ord(letter) + 1, ord(end["letter"]) + 1)]
    return [f"{stem}{n}" for n in range(int(number) + 1, int(end["number"]) + 1)]


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("HAV-GP-10a to c", ["HAV-GP-10a", "HAV-GP-10b", "HAV-GP-10c"]),
        ("HAV-CP-1, 3 to 5", ["HAV-CP-1", "HAV-CP-3", "HAV-CP-4", "HAV-CP-5"]),
        ("HAV-TIN-4a, b", ["HAV-TIN-4a", "HAV-TIN-4b"]),
        ("HAV-CON-10, 10a to b", ["HAV-CON-10", "HAV-CON-10a", "HAV-CON-10b"]),
        ("NN-2.3.b9a", ["NN-2.3.b9a"]),
    ],
)
def test_a_row_of_the_index_is_spelled_out(cell: str, ids: list[str]) -> None:
    assert spelled_out(cell) == ids
