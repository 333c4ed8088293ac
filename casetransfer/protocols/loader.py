"""TOML files to a frozen Pack, once. A mistake is reported as file, row and reason; nothing half read is returned."""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from casetransfer.protocols import rows
from casetransfer.protocols.pack import FILES, Pack

PACKS = Path(__file__).with_name("packs")
Settings = Mapping[str, str | bool]


class PackError(ValueError):
    """A pack cannot be used. `problems` are sentences: file, row, reason, mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def authorities(folder: Path = PACKS) -> list[str]:
    """The authorities that have a pack, in alphabetical order."""
    return sorted(path.parent.name for path in folder.glob("*/pack.toml"))


@cache
def load(authority: str) -> Pack:
    """The pack of an authority as it is read here, once. Raises PackError."""
    return read(PACKS / authority, settings_here(authority))


def settings_here(authority: str) -> Settings:
    """What this deployment sets for the protocol of an authority: PROTOCOL_SETTINGS in the environment, as JSON like
    {"the_council": {"the_setting": true}}. Raises PackError."""
    try:
        given = json.loads(os.environ.get("PROTOCOL_SETTINGS") or "{}")
        return dict(given.get(authority, {}))
    except (ValueError, TypeError, AttributeError):
        says = 'PROTOCOL_SETTINGS cannot be read: write it as JSON, like {"the_council": {"the_setting": true}}'
        raise PackError([says]) from None


def read(folder: Path, settings: Settings | None = None) -> Pack:
    """Read one pack from its folder, with a deployment's settings over the defaults. Raises PackError."""
    if not (folder / "pack.toml").exists():
        known = ", ".join(authorities(folder.parent)) or "none"
        raise PackError([f'no protocol pack "{folder.name}": packs here: {known}'])
    problems: list[str] = []
    tables = _tables(folder, problems)
    chosen = _settings(tables.get("setting", []), settings or {}, problems)
    tables["setting"] = [
        row | {"default": chosen[row["name"]]} if row.get("name") in chosen else row
        for row in tables.get("setting", [])
    ]
    content: dict[str, Any] = {"identity": _row(folder, "pack.toml", "identity", tables["identity"], problems)}
    for file, kind, row_class in _kinds():
        kept = [_resolve(row, chosen) for row in tables.get(kind, []) if _is_on(row, chosen)]
        content[kind] = [_row(folder, file, kind, row, problems, row_class) for row in kept]
    if problems:
        raise PackError(problems)
    whole: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in content.items()}
    return Pack.model_construct(None, **whole)


def _kinds() -> Iterator[tuple[str, str, type[BaseModel]]]:
    for file, kinds in FILES.items():
        for kind, row_class in kinds.items():
            yield file, kind, row_class


def _tables(folder: Path, problems: list[str]) -> dict[str, Any]:
    tables: dict[str, Any] = {"identity": {}}
    known = {"pack.toml", *FILES}
    for path in sorted(folder.glob("*.toml")):
        where = f"{folder.name}/{path.name}"
        if path.name not in known:
            problems.append(f"{where}: not a file of a pack; the files are {', '.join(sorted(known))}")
            continue
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(f"{where}: not readable as TOML: {error}")
            continue
        tables |= (
            {"identity": content} if path.name == "pack.toml" else _known_tables(where, path.name, content, problems)
        )
    return tables


def _known_tables(where: str, file: str, content: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    for key in content.keys() - FILES[file].keys():
        problems.append(f'{where}: unknown table "{key}"; this file holds {", ".join(FILES[file])}')
    return {key: value for key, value in content.items() if key in FILES[file]}


def _settings(declared: list[dict[str, Any]], given: Settings, problems: list[str]) -> dict[str, str | bool]:
    chosen = {row["name"]: row["default"] for row in declared if "name" in row and "default" in row}
    options = {row["name"]: row.get("options", []) for row in declared if "name" in row}
    for name, value in given.items():
        if name not in chosen:
            problems.append(f'setting "{name}" is not one of this pack: {", ".join(sorted(chosen)) or "it has none"}')
        elif value not in options[name]:
            problems.append(f'setting "{name}" cannot be {value!r}: choose one of {options[name]}')
    return chosen | dict(given)


def _is_on(row: Any, chosen: Settings) -> bool:
    only_if = row.get("only_if", {}) if isinstance(row, dict) else {}
    return all(chosen.get(name, value) == value for name, value in only_if.items())


def _resolve(value: Any, chosen: Settings) -> Any:
    """Put the chosen settings into "{name}" places of durations."""
    if isinstance(value, str) and "{" in value:
        return re.sub(r"\{(\w+)\}", lambda match: str(chosen.get(match[1], match[0])), value)
    if isinstance(value, dict):
        return {key: _resolve(item, chosen) for key, item in value.items()}
    return [_resolve(item, chosen) for item in value] if isinstance(value, list) else value


def _row(
    folder: Path, file: str, kind: str, row: Any, problems: list[str], row_class: type[BaseModel] = rows.Identity
) -> Any:
    try:
        return row_class.model_validate(row)
    except ValidationError as error:
        label = (row.get("code") or row.get("id") or row.get("name") or "?") if isinstance(row, dict) else "?"
        for mistake in error.errors():
            place = ".".join(str(part) for part in mistake["loc"])
            problems.append(f"{folder.name}{os.sep}{file}: {kind} {label}: {place}: {_plain(mistake, row_class)}")
        return None


def _plain(mistake: Any, row_class: type[BaseModel]) -> str:
    if mistake["type"] == "extra_forbidden":
        return f"unknown key; {row_class.__name__} has {', '.join(row_class.model_fields)}"
    if mistake["type"] == "missing":
        return "missing: this row needs it"
    return str(mistake["msg"])
