"""Exampleshire: an invented protocol small enough to read in one sitting, for the engine's own tests."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.loader import read
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.routes import Decision, decide

EXAMPLESHIRE = Path(__file__).with_name("exampleshire")
NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the engine's wall clock


@pytest.fixture(scope="session")
def pack() -> Pack:
    return read(EXAMPLESHIRE)


def decided(pack: Pack, at: datetime = NOON, **facts: Any) -> Decision:
    return decide(pack, read_facts(facts, pack, at))


def codes(found: Any) -> set[str]:
    return {route.code for route in found}


def conference(outcome: str = "child_protection_plan", held: str | None = "2026-11-20T10:00") -> dict[str, Any]:
    planned = {"kind": "initial_child_protection_conference", "planned": "2026-11-20T10:00"}
    return planned | ({"held": held, "outcome": outcome} if held else {})


def changed(pack: Pack, **rows: Any) -> Pack:
    """The pack with other rows in place of some of its own; nothing that was looked up in it before is kept."""
    return Pack(**{name: getattr(pack, name) for name in Pack.model_fields} | rows)
