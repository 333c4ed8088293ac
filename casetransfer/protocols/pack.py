"""A protocol pack: one authority's whole protocol as frozen rows, with the look-ups the engine needs."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from casetransfer.protocols import rows
from casetransfer.protocols.vocabulary import Fact

# file of the pack -> the tables it may hold: table name -> row class
FILES: dict[str, dict[str, type[BaseModel]]] = {
    "teams.toml": {"team": rows.Team},
    "roles.toml": {"role": rows.Role},
    "ratings.toml": {"scale": rows.Scale},
    "timers.toml": {"timer": rows.Timer},
    "routes.toml": {
        "bundle": rows.Bundle,
        "route": rows.Route,
        "hold": rows.Hold,
        "precedence": rows.Precedence,
    },
    "checklists.toml": {"checklist": rows.Checklist},
    "notices.toml": {"notice": rows.Notice},
    "meetings.toml": {"meeting": rows.Meeting},
    "disputes.toml": {"dispute_step": rows.DisputeStep, "departure": rows.Departure},
    "rereferral.toml": {"rereferral": rows.ReReferral},
    "closures.toml": {"closure": rows.Closure},
    "responsibility.toml": {"responsibility": rows.Responsibility, "duty": rows.Duty},
    "guidance.toml": {"guidance": rows.Guidance},
    "ambiguities.toml": {"ambiguity": rows.Ambiguity, "setting": rows.Setting},
    "clauses.toml": {"clause": rows.Clause},
    "facts.toml": {"fact": Fact},
}


class Pack(rows.Strict):
    """One authority's protocol. Every list keeps the order of the file; no answer depends on that order."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    identity: rows.Identity
    team: tuple[rows.Team, ...] = ()
    role: tuple[rows.Role, ...] = ()
    scale: tuple[rows.Scale, ...] = ()
    timer: tuple[rows.Timer, ...] = ()
    bundle: tuple[rows.Bundle, ...] = ()
    route: tuple[rows.Route, ...] = ()
    hold: tuple[rows.Hold, ...] = ()
    precedence: tuple[rows.Precedence, ...] = ()
    checklist: tuple[rows.Checklist, ...] = ()
    notice: tuple[rows.Notice, ...] = ()
    meeting: tuple[rows.Meeting, ...] = ()
    dispute_step: tuple[rows.DisputeStep, ...] = ()
    departure: tuple[rows.Departure, ...] = ()
    rereferral: tuple[rows.ReReferral, ...] = ()
    closure: tuple[rows.Closure, ...] = ()
    responsibility: tuple[rows.Responsibility, ...] = ()
    duty: tuple[rows.Duty, ...] = ()
    guidance: tuple[rows.Guidance, ...] = ()
    ambiguity: tuple[rows.Ambiguity, ...] = ()
    setting: tuple[rows.Setting, ...] = ()
    clause: tuple[rows.Clause, ...] = ()
    fact: tuple[Fact, ...] = ()

    @property
    def authority(self) -> str:
        return self.identity.authority

    @cached_property
    def teams(self) -> dict[str, rows.Team]:
        return {team.code: team for team in self.team}

    @cached_property
    def roles(self) -> dict[str, rows.Role]:
        return {role.code: role for role in self.role}

    @cached_property
    def routes(self) -> dict[str, rows.Route]:
        return {route.code: route for route in self.route}

    @cached_property
    def holds(self) -> dict[str, rows.Hold]:
        return {hold.code: hold for hold in self.hold}

    @cached_property
    def timers(self) -> dict[str, rows.Timer]:
        return {timer.code: timer for timer in self.timer}

    @cached_property
    def bundles(self) -> dict[str, rows.Bundle]:
        return {bundle.code: bundle for bundle in self.bundle}

    @cached_property
    def checklists(self) -> dict[str, rows.Checklist]:
        return {checklist.code: checklist for checklist in self.checklist}

    @cached_property
    def items(self) -> dict[str, rows.Item]:
        return {item.code: item for checklist in self.checklist for item in checklist.items}

    @cached_property
    def notices(self) -> dict[str, rows.Notice]:
        return {notice.code: notice for notice in self.notice}

    @cached_property
    def clauses(self) -> dict[str, rows.Clause]:
        return {clause.id: clause for clause in self.clause}

    @cached_property
    def by_code(self) -> dict[str, Any]:
        """Every row that has a code, by that code, checklist items and closure steps included."""
        return {row.code: row for _, row in self.coded_rows()}

    def coded_rows(self) -> Iterator[tuple[str, Any]]:
        """(kind, row) for every row with a code, nested rows after the row that holds them."""
        for kind in type(self).model_fields:
            for row in getattr(self, kind) if kind != "identity" else ():
                if hasattr(row, "code"):
                    yield kind, row
                for nested_kind, nested in (("items", "item"), ("steps", "closure_step")):
                    if kind in ("checklist", "closure"):
                        for child in getattr(row, nested_kind, ()):
                            yield nested, child

    def routes_named(self, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of the routes that any of the patterns (codes, or codes with *) name, in file order."""
        named = self._named.get(patterns)
        if named is None:
            named = tuple(code for code in self.routes if any(fnmatchcase(code, pattern) for pattern in patterns))
            self._named[patterns] = named
        return named

    @cached_property
    def _named(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """What each set of patterns named before: a pack never changes, and asking is dear."""
        return {}

    def parts_of(self, codes: Iterable[str]) -> frozenset[str]:
        """The teams that are one of these or part of one."""
        return frozenset(team for team in self.teams if any(self.is_within(team, code) for code in codes))

    def is_within(self, team: str, expected: str) -> bool:
        """Whether a team is the expected team or part of it (a pod of a service is the service)."""
        while team:
            if team == expected:
                return True
            team = self.teams[team].part_of if team in self.teams else ""
        return False


class ById:
    """A pack as a key of a cache: by identity, for packs are never changed, and hashing their rows is slow."""

    __slots__ = ("pack",)

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ById) and other.pack is self.pack
