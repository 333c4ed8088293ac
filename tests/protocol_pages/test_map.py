import pytest

from casetransfer.protocol_pages.presenters.book import Book
from casetransfer.protocol_pages.presenters.map_drawing import NARROW, WIDE, draw
from casetransfer.protocol_pages.presenters.team_map import team_map
from casetransfer.protocols import authorities, pack_for


def test_teams_stand_in_the_order_a_case_passes_them_with_parts_after_their_service(book):
    groups = [(stop.group, stop.code) for stop in team_map(book).stops]

    assert groups == [
        ("Where cases come from", "other_council"),
        ("Where cases come from", "any"),
        ("Front door", "door"),
        ("Teams", "assess"),
        ("Teams", "young"),
        ("Teams", "older"),
        ("Teams", "disability"),
    ]


def test_the_routes_between_two_teams_are_one_way_with_their_number(book):
    ways = {(way.from_code, way.to_code): way for way in team_map(book).ways}

    assert ways["assess", "young"].says == "3 routes"
    assert ways["any", "older"].says == "1 route without moving the case"
    assert ways["assess", "young"].url.endswith("/routes/?from=assess&to=young")


def test_a_team_without_a_route_is_named_apart(book):
    assert team_map(book).apart == ("Younger Children's East Pod",)


@pytest.mark.parametrize("authority", authorities())
def test_every_route_of_a_protocol_is_counted_in_its_map(authority):
    pack = pack_for(authority)
    expected = sum(
        len(("any",) if "any" in route.from_teams else route.from_teams) * len(route.to or ("none",))
        for route in pack.route
    )

    assert sum(way.number for way in team_map(Book(pack)).ways) == expected


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("authority", authorities())
def test_no_two_numbers_fall_on_one_spot_and_all_lie_inside(authority, frame):
    drawing = draw(team_map(Book(pack_for(authority))), frame)
    spots = [(arc.x, arc.y) for arc in drawing.arcs]

    assert len(set(spots)) == len(spots)
    assert all(0 < x < frame.width and 0 < y < drawing.height for x, y in spots)


@pytest.mark.parametrize("authority", authorities())
def test_boxes_do_not_overlap_and_hold_the_whole_name(authority):
    drawing = draw(team_map(Book(pack_for(authority))), NARROW)

    for above, below in zip(drawing.boxes, drawing.boxes[1:], strict=False):
        assert above.y + above.height < below.y
    assert all(" ".join(words for _, words in box.words) == box.stop.name for box in drawing.boxes)


def test_a_chosen_team_stands_out_and_the_others_step_back(book):
    drawing = draw(team_map(book), WIDE, "young")

    assert [box.stop.code for box in drawing.boxes if box.is_chosen] == ["young"]
    assert all("young" in (arc.way.from_code, arc.way.to_code) for arc in drawing.arcs if arc.is_chosen)
    assert all(arc.is_faint != arc.is_chosen for arc in drawing.arcs)
