"""Whose protocol it is, its teams and its roles."""

from datetime import date
from typing import Literal

from casetransfer.calendars import Birthdays
from casetransfer.protocols.rows.base import Basis, Codes, DurationText, Row, Strict


class Team(Row):
    """A team or service. `part_of` names the service it belongs to; `holds_cases` is false for outside bodies."""

    code: str
    name: str
    also_called: Codes = ()
    remit: str = ""
    part_of: str = ""
    holds_cases: bool = True
    outside: bool = False
    front_door: bool = False
    age_from: DurationText | None = None
    age_under: DurationText | None = None


class Role(Row):
    """A local role. `acts_as` is the product's role whose permissions it uses; level orders the ladder (0 lowest)."""

    code: str
    name: str
    level: int | None = None
    acts_as: Literal[
        "social_worker", "senior", "team_manager", "group_manager", "service_manager",
        "admin", "front_door", "adviser", "outside",
    ]  # fmt: skip


class Identity(Strict):
    """Whose protocol this is, and which version of the pack."""

    authority: str
    name: str
    prefix: str
    version: str
    effective_from: date
    effective_to: date | None = None
    document: str
    document_date: str = ""
    record_system: str = ""
    words: dict[str, str] = {}
    glossary: dict[str, str] = {}
    has_ratings: bool = False
    radar_days: int = 14
    birthdays: Birthdays = "last_day"
    pack_basis_off: tuple[Basis, ...] = ()
    not_covered: tuple[str, ...] = ()
    clauses: Codes = ()
