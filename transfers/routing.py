"""What a row of the pack's routes means here: which teams it leads to, and which of its points somebody records."""

from collections.abc import Iterable

from casetransfer.protocols import Pack, rows
from teams.models import Team

FREE = {"chosen", "previous_team", "holder"}


def receivers_of(pack: Pack, row: rows.Route) -> bool:
    """Whether a team of the authority receives on this route."""
    if row.effect in ("stays", "ends"):
        return False
    return any(code in FREE or (code in pack.teams and not pack.teams[code].outside) for code in row.to)


def takes(pack: Pack, row: rows.Route, team: Team) -> bool:
    """Whether the route leads to this team."""
    if FREE & set(row.to):
        return True
    return any(pack.is_within(team.code, code) for code in row.to)


def receiver_of(pack: Pack, row: rows.Route, team: Team | None) -> str:
    if team:
        return ""
    names = {"closed": "closure", "none": "no team", "holder": "the team that holds the case"}
    return " or ".join(pack.teams[code].name if code in pack.teams else names.get(code, code) for code in row.to)


def clauses_of(row: rows.Row) -> str:
    """As many of the row's clauses as a line of the journal takes."""
    return in_a_line(row.clauses)


def in_a_line(clauses: Iterable[str]) -> str:
    kept = ""
    for clause in dict.fromkeys(clauses):
        if len(kept) + len(clause) + 2 > 200:
            break
        kept = f"{kept}, {clause}" if kept else clause
    return kept


def acts_of(route: rows.Route) -> list[rows.Point]:
    """The points of a route that somebody records here: acts and decisions that no other part of the record holds.
    Naming the worker who takes the case is a move of its own."""
    points = [*route.points, *(point for stage in route.stages for point in stage.points)]
    acts = [point for point in points if point.kind == "act" or (point.kind == "decision" and not point.event)]
    return [point for point in acts if point.act != "case_allocated"]


def name_of(point: rows.Point) -> str:
    return point.act or (point.fact if point.kind == "decision" else "") or "decision_recorded"
