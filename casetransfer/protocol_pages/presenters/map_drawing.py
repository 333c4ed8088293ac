"""The team map as a drawing: one stop below the other, moves onward as arcs on the right, moves back on the left.

The middle of an arc from place i to place j lies at height (i + j) / 2 and at a distance that grows with j - i, so no
two numbers ever fall on one spot, whatever the protocol.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import wrap

from casetransfer.protocol_pages.presenters.team_map import Stop, TeamMap, Way


@dataclass(frozen=True)
class Frame:
    """The measures of a drawing: widths of the two sides and of the boxes, height and letters of a line."""

    left: int
    box: int
    right: int
    line: int
    letters: int

    @property
    def width(self) -> int:
        return self.left + self.box + self.right


WIDE = Frame(left=250, box=380, right=330, line=17, letters=38)
NARROW = Frame(left=66, box=172, right=122, line=15, letters=18)
GROUP_HEIGHT, GAP = 34, 8


@dataclass(frozen=True)
class Box:
    stop: Stop
    x: int
    y: int
    width: int
    height: int
    words: tuple[tuple[int, str], ...]
    counts: str
    counts_y: int
    is_chosen: bool


@dataclass(frozen=True)
class Arc:
    way: Way
    path: str
    x: float
    y: float
    is_dashed: bool
    is_chosen: bool
    is_faint: bool
    weight: float


@dataclass(frozen=True)
class Heading:
    text: str
    y: int


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    height: int
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    arcs: tuple[Arc, ...]


Live = Mapping[str, tuple[str, str]]
"""What stands in a box instead of the counts of routes, and where the box then leads, by the code of its stop."""


def draw(found: TeamMap, frame: Frame, chosen: str = "", live: Live | None = None) -> Drawing:
    """The drawing in this frame; with a chosen stop, its arcs stand out and the others step back."""
    headings, boxes, y, group = [], [], 0, ""
    for stop in found.stops:
        if stop.group != group:
            group = stop.group
            headings.append(Heading(group, y + 24))
            y += GROUP_HEIGHT
        boxes.append(_box(stop, frame, y, chosen, live))
        y += boxes[-1].height + GAP
    places = {box.stop.code: number for number, box in enumerate(boxes)}
    arcs = tuple(_arc(way, places, boxes, frame, chosen) for way in found.ways)
    return Drawing(frame, y + 4, tuple(headings), tuple(boxes), arcs)


def _box(stop: Stop, frame: Frame, y: int, chosen: str, live: Live | None) -> Box:
    x, width = frame.left + 12 * stop.depth, frame.box - 12 * stop.depth
    found = wrap(stop.name, frame.letters - 2 * stop.depth)
    words = tuple((y + 3 + frame.line * number, line) for number, line in enumerate(found, 1))
    counts_y = y + 2 + frame.line * (len(found) + 1)
    height = frame.line * (len(found) + 1) + 9
    counts = f"{stop.receives} in, {stop.sends} out"
    if live is not None:
        counts, url = live.get(stop.code, ("", stop.url))
        stop = replace(stop, url=url)
    return Box(stop, x, y, width, height, words, counts, counts_y, stop.code == chosen)


def _arc(way: Way, places: dict[str, int], boxes: list[Box], frame: Frame, chosen: str) -> Arc:
    i, j = places[way.from_code], places[way.to_code]
    start, end = boxes[i], boxes[j]
    onward = j >= i
    edge = frame.left + frame.box if onward else frame.left
    room = (frame.right if onward else frame.left) - 16
    reach = 14 + (room - 14) * abs(j - i) / max(len(boxes) - 1, 1)
    way_out = 1 if onward else -1
    y1 = start.y + start.height / 2 + (4 if onward else -4)
    y2 = end.y + end.height / 2 + (-4 if onward else 4)
    if i == j:
        y1, y2, reach = start.y + 10, start.y + start.height - 10, 22
    bend = edge + way_out * reach * 4 / 3
    first, last = (edge, edge) if onward else (start.x, end.x)
    path = f"M{first} {y1:.0f} C{bend:.0f} {y1:.0f} {bend:.0f} {y2:.0f} {last + way_out * 2} {y2:.0f}"
    is_chosen = bool(chosen) and chosen in (way.from_code, way.to_code)
    return Arc(way, path, round(edge + way_out * reach, 1), round((y1 + y2) / 2 + 4, 1), not way.moves, is_chosen,
               bool(chosen) and not is_chosen, 1 + min(way.number, 10) / 6)  # fmt: skip
