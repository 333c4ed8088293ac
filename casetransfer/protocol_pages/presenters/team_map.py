"""The teams of a protocol in the order a case passes them, and the routes between them, counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from casetransfer.protocol_pages.presenters.book import Book, counted
from casetransfer.protocols import rows
from casetransfer.protocols.sentences import capital, team_name

OUTCOMES = ("holder", "previous_team", "chosen", "none", "closed")
GROUPS = ("Where cases come from", "Front door", "Teams", "Other services", "Where cases go")


@dataclass(frozen=True)
class Stop:
    """A team, or what stands for one ("any team that holds cases", "closed"), with its place in the drawing."""

    code: str
    name: str
    group: str
    depth: int
    sends: int
    receives: int
    url: str


@dataclass(frozen=True)
class Way:
    """All routes from one stop to another."""

    from_code: str
    to_code: str
    from_name: str
    to_name: str
    number: int
    moves: int
    url: str

    @property
    def says(self) -> str:
        beside = self.number - self.moves
        extra = f", {beside} without moving the case" if beside and self.moves else ""
        return f"{counted(self.number, 'route')}{extra if self.moves else ' without moving the case'}"


@dataclass(frozen=True)
class TeamMap:
    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]
    apart: tuple[str, ...]


def team_map(book: Book) -> TeamMap:
    """The stops in order and the ways between them; `apart` are teams that no route starts from or leads to."""
    tally = Counter((pair, route.effect == "moves" or route.effect == "ends") for pair, route in _pairs(book))
    pairs = {pair for pair, _ in tally}
    codes = list(_in_order(book, pairs))
    ways = [_way(book, pair, tally[pair, True], tally[pair, False]) for pair in pairs]
    place = {code: number for number, (code, _) in enumerate(codes)}
    ways.sort(key=lambda way: (place[way.from_code], place[way.to_code]))
    stops = tuple(_stop(book, code, group, ways) for code, group in codes)
    apart = tuple(team.name for team in book.pack.team if team.code not in place)
    return TeamMap(stops, tuple(ways), apart)


def _pairs(book: Book) -> Iterator[tuple[tuple[str, str], rows.Route]]:
    for route in book.pack.route:
        for start in ("any",) if "any" in route.from_teams else route.from_teams:
            for end in route.to or ("none",):
                yield (start, end), route


def _in_order(book: Book, pairs: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each code with its group: the order of the pack, parts of a service after the service."""
    sends, receives = Counter(start for start, _ in pairs), Counter(end for _, end in pairs)
    used = [team for team in book.pack.team if sends[team.code] + receives[team.code]]
    bringing = {team.code for team in used if team.outside and sends[team.code] > receives[team.code]}
    yield from ((team.code, GROUPS[0]) for team in used if team.code in bringing)
    yield from ((code, GROUPS[0]) for code in ("none", "any") if code in sends)
    inside = [team for team in used if not team.outside]
    yield from ((team.code, GROUPS[1]) for team in _with_parts(inside) if team.front_door)
    yield from ((team.code, GROUPS[2]) for team in _with_parts(inside) if not team.front_door and team.holds_cases)
    yield from ((team.code, GROUPS[3]) for team in inside if not team.front_door and not team.holds_cases)
    yield from ((team.code, GROUPS[4]) for team in used if team.outside and team.code not in bringing)
    yield from ((code, GROUPS[4]) for code in OUTCOMES if code in receives and not (code == "none" and "none" in sends))


def _with_parts(teams: list[rows.Team]) -> Iterator[rows.Team]:
    codes = {team.code for team in teams}
    for team in teams:
        if team.part_of not in codes:
            yield team
            yield from (part for part in teams if part.part_of == team.code)


def _way(book: Book, pair: tuple[str, str], moves: int, others: int) -> Way:
    start, end = (capital(team_name(book.pack, code)) for code in pair)
    address = f"{book.url('chapter', chapter='routes')}?{urlencode({'from': pair[0], 'to': pair[1]})}"
    return Way(*pair, start, end, moves + others, moves, address)


def _stop(book: Book, code: str, group: str, ways: list[Way]) -> Stop:
    team = book.pack.teams.get(code)
    return Stop(
        code,
        capital(team_name(book.pack, code)),
        group,
        1 if team and team.part_of else 0,
        sum(way.number for way in ways if way.from_code == code),
        sum(way.number for way in ways if way.to_code == code),
        f"{book.url('overview')}?{urlencode({'team': code})}#map",
    )
