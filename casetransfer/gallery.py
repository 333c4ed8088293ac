"""Samples for the page of components: every component in the states in which people meet it. All invented."""

from datetime import date
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.core.paginator import Paginator

from cases.presenters.drawing import Stretch, journey_from
from casetransfer.govuk import fields
from casetransfer.protocol_pages.presenters.map_drawing import NARROW, WIDE, draw
from casetransfer.protocol_pages.presenters.team_map import Stop, TeamMap, Way
from teams.listing import Cell, Column, Head, Listing
from teams.models import SavedView
from transfers.presenters.dashboard import Row, Section

LONG = (
    "A very long line, as they come when a protocol names three teams, two meetings and the people who must be told "
    "before anything moves at all"
)
TODAY = date(2026, 11, 23)


class GalleryForm(forms.Form):
    """Every field, as it is asked."""

    words = fields.TextField(label="A few words", help_text="A hint says what is meant.", required=False)
    secret = fields.PasswordField(label="A secret", required=False)
    story = fields.LongTextField(label="Many words", required=False)
    one = fields.SelectField(label="One of many", choices=[("", "Choose"), ("a", "Assessment")], required=False)
    few = fields.RadiosField(
        label="One of a few", choices=[("a", "This"), ("b", "That")], hints={"b": "With a second line."}, required=False
    )
    many = fields.CheckboxesField(label="Several", choices=[("a", "This"), ("b", "That")], required=False)
    tick = fields.TickField(label="I have read it", required=False)
    day = fields.DateField(label="A day", required=False)
    file = fields.FileField(label="A file", required=False, accept=".xlsx")


class RefusedForm(forms.Form):
    """As a form comes back that was not in order."""

    name = fields.TextField(label="Name of the team")
    since = fields.DateField(label="First day")
    why = fields.RadiosField(label="Why?", choices=[("a", "The family moved"), ("b", "Another reason")])


class LineForm(forms.Form):
    done = fields.TickField(label="Chronology brought up to date", required=False)
    evidence = fields.TextField(label="Link to it in the record", required=False)
    other = fields.RadiosField(label="Otherwise", choices=[("not_done", "Not done")], required=False)
    reason = fields.TextField(label="Why", required=False)


class SmallRounds(fields.RadiosField):
    template_name = "components/fields/radios_small.jinja"


class SmallBoxes(fields.CheckboxesField):
    template_name = "components/fields/checkboxes_small.jinja"


class SmallForm(forms.Form):
    """Small boxes and rounds, as the checklists have them."""

    rounds = SmallRounds(label="Small rounds", choices=[("a", "This"), ("b", "That")], required=False)
    boxes = SmallBoxes(label="Small boxes", choices=[("a", "This"), ("b", "That")], required=False)

    def __init__(self) -> None:
        super().__init__(prefix="small")


class FilterForm(forms.Form):
    stage = fields.FilterField(label="Stage", choices=[("", "Any"), ("new", "New")])


def _listing(place: str, rows: tuple[tuple[Cell, ...], ...], views: bool = False) -> Listing:
    columns = (Column("child", "Child", "name", quiet_head="Case"), Column("due", "Next to be done"))
    heads = (Head("Child", "child", "?order=name", "ascending"), Head("Next to be done", "due", "", ""))
    kept = ((SavedView(pk=1, name="Late in my team", query="due=overdue"), True),) if views else ()
    return Listing(
        place=place, caption=f"Sample {place}", heads=heads, rows=rows, choice=((columns[1], True),), views=kept,
        query="", found=f"{len(rows)} cases", nothing="No case is like that. Take a filter away.", page=1,
        previous_url="", next_url="?page=2" if rows else "", file_url="?file=csv" if rows else "",
    )  # fmt: skip


def _map() -> TeamMap:
    stops = (
        Stop("a", "Assessment", "Teams", 0, 2, 0, "#a"), Stop("b", "Under 12", "Teams", 0, 0, 1, "#b"),
        Stop("c", "Closed", "Where cases go", 0, 0, 1, "#c"),
    )  # fmt: skip
    ways = (
        Way("a", "b", "Assessment", "Under 12", 4, 4, "#ab"),
        Way("b", "a", "Under 12", "Assessment", 1, 0, "#ba"),
    )
    return TeamMap(stops, ways, ())


def _journey() -> Any:
    return journey_from(
        [
            Stretch("Team", "Assessment", date(2026, 1, 12), date(2026, 5, 4)),
            Stretch("Team", "Under 12", date(2026, 5, 4), None),
            Stretch("Worker", "Robin Worker", date(2026, 1, 14), None),
            Stretch("Status", "Child protection", date(2026, 2, 20), None),
            Stretch("Meetings", "Initial child protection conference", date(2026, 2, 20), date(2026, 2, 20), True),
            Stretch("Meetings", "Review child protection conference", date(2026, 12, 3), date(2026, 12, 3), True, True),
        ],
        TODAY,
    )


def _contact(reference: str, **more: Any) -> Thing:
    card = Thing(
        reference=reference, name="Testcase Larch", stage="Being looked into", team="Front door", rating="Red",
        scale="Contacts", colour="red", time_left="Late by 25 minutes",
    )  # fmt: skip
    return Thing(**{"card": card, "born": "4 May 2016", "limit": "4 hours", "case": "", "case_url": ""} | more)


def _day() -> list[Section]:
    """Parts of a first page: with more than is shown, one late; and an empty one."""
    rows = (
        Row("Police", "#contact", "Sample Larch", "Being looked into, red", "Late by 25 minutes", is_late=True),
        Row("", "#team", LONG, "Holds cases", "3 people"),
    )
    waiting = Section("day-waiting", "Contacts to decide", "", rows, 12, "#all")
    return [waiting, Section("day-empty", "Returned", "Nothing came back to be put right.", (), 0)]


def samples() -> dict[str, Any]:
    """What the page of components shows, by name."""
    row = (
        Cell("Testcase Larch", "#larch", "CT-1042"),
        Cell("Child seen", quiet="by Tuesday", tag="Overdue", colour="red"),
    )
    guarded = (Cell("Sample Larch", "#larch", "CT-1043", flag="Restricted"), Cell(LONG))
    line, answered = LineForm(prefix="one"), LineForm(prefix="two", initial={"done": True, "evidence": "In the file"})
    lines = [
        (_boxes(line, "Chronology"), {"strength": "Mandatory", "who": "The worker", "clauses": ["XX-1"]}),
        (_boxes(answered, "Genogram", is_open=True), {"strength": "May be waived", "who": "", "clauses": []}),
    ]
    return {
        "long": LONG, "day": _day(),
        "listings": [_listing("cases", (row, guarded), views=True), _listing("contacts", ())],
        "maps": [("wide", draw(_map(), WIDE, "a")), ("narrow", draw(_map(), NARROW, "a"))],
        "journey_drawn": _journey(), "contact": _contact("CO-1042"), "lines": lines, "filter_form": FilterForm(),
        "sheet": Paginator(range(60), 25).get_page(2), "small": SmallForm(),
    }  # fmt: skip


def _boxes(form: LineForm, what: str, *, is_open: bool = False) -> Thing:
    return Thing(
        done=form["done"], evidence=form["evidence"], other=form["other"], reason=form["reason"], what=what,
        is_open=is_open,
    )  # fmt: skip
