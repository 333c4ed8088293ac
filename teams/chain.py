"""Walking the chain of the audit: is every entry there, as it was written, in its order?"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection, transaction

# What the database hashed, as the same text (migration 0004); read by the thousand, never all at once
ROWS = """
    SELECT l.position, l.hash, e.id, concat_ws(
        chr(31), e.id, (extract(epoch FROM e.at) * 1000000)::bigint, coalesce(e.by_id::text, '-'),
        coalesce(e.authority_id::text, '-'), e.kind, e.subject, e.page, e.detail::text
    ) FROM teams_auditlink l FULL JOIN teams_auditentry e ON e.id = l.entry_id ORDER BY l.position NULLS LAST
"""
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last link at some moment. Kept elsewhere, it tells later whether the end of the chain was cut off or made
    again."""

    position: int
    hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"

    @classmethod
    def read(cls, words: str) -> "Anchor":
        position, _, found = words.strip().partition(":")
        if not position.isdecimal() or len(found) != 64:
            raise ValueError("An anchor is a number, a colon and 64 letters and digits.")
        return cls(int(position), found)


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the chain went, and each thing that is wrong with it in a sentence."""

    anchor: Anchor
    faults: list[str]


def walk(anchors: list[Anchor]) -> Walk:
    """From the first entry to the last. Wants a transaction of its own."""
    faults: list[str] = []
    wanted = {anchor.position: anchor for anchor in anchors}
    position, before = 0, ""
    for place, kept, entry, words in _rows():
        if place is None:
            faults.append(f"Entry {entry} is not in the chain.")
            continue
        if place != position + 1:
            faults.append(f"Between {position} and {place} links are missing.")
        if entry is None:
            faults.append(f"The entry at {place} was deleted.")
        elif kept != sha256(f"{before}{chr(31)}{words}".encode()).hexdigest():
            faults.append(f"Entry {entry} at {place} is not as it was written.")
        if place in wanted and wanted.pop(place).hash != kept:
            faults.append(f"The chain up to {place} is not the one that was anchored.")
        position, before = place, kept
    faults += [f"The chain ends at {position}, before the anchor at {place}." for place in sorted(wanted)]
    return Walk(Anchor(position, before or "0" * 64), faults)


def _rows() -> Iterator[tuple[int | None, str, int | None, str]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
