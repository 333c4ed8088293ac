"""The head of every page about a case or a transfer, and the links between the pages of a case."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.models import Case, Involvement, Part
from cases.slots import CaseContext, next_point_of

HOLDERS = (Part.RESPONSIBLE_TEAM, Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY)
PLACES = (
    ("What matters now", "cases:case"),
    ("Journey", "cases:journey"),
    ("Years ahead", "cases:horizon"),
    ("Family", "cases:family"),
    ("Meetings", "cases:events"),
    ("Who holds it", "cases:involvement"),
    ("Documents", "cases:documents"),
    ("Facts", "cases:facts"),
    ("History", "cases:history"),
)


@dataclass(frozen=True, slots=True)
class Place:
    text: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Banner:
    """What `components/case_banner.jinja` takes, and the links to the pages of the case."""

    child: str
    age: str
    reference: str
    holder: str
    worker: str
    next_point: str
    warnings: tuple[str, ...]
    url: str
    places: tuple[Place, ...]


def banner_of(context: CaseContext, place: str = "") -> Banner:
    """`place` is the address name of the page it is shown on, as in PLACES."""
    case, child = context.case, context.case.child
    today = localdate(context.at)
    lines = {line.role: line for line in context.facts.record.current_lines if line.role in HOLDERS}
    return Banner(
        child=child.name,
        age=words.age(child.date_of_birth, child.expected_delivery_date, today, child.died_on),
        reference=case.reference,
        holder=lines[Part.RESPONSIBLE_TEAM].team.name if lines else _closed(case),
        worker=_worker(lines),
        next_point=next_point_of(context) if case.is_held else "",
        warnings=tuple(_warnings(context)),
        url=case.get_absolute_url(),
        places=tuple(
            Place(text, reverse(name, kwargs={"ref": case.reference}), name == place) for text, name in PLACES
        ),
    )


def _closed(case: Case) -> str:
    on = f" on {words.day(localdate(case.closed_at))}" if case.closed_at else ""
    return f"Nobody: the case was closed{on}"


def _worker(lines: dict[str, Involvement]) -> str:
    if not lines:
        return "None"
    allocated, duty = lines.get(Part.ALLOCATED_SOCIAL_WORKER), lines.get(Part.DUTY)
    if allocated and allocated.person:
        return allocated.person.name
    return (
        f"On duty, to be looked at again on {words.day(duty.review_on)}" if duty and duty.review_on else "Not allocated"
    )


def _warnings(context: CaseContext) -> list[str]:
    child, today = context.case.child, localdate(context.at)
    said = [] if not child.restricted else ["This record is restricted."]
    for warning in context.warnings:
        late = "" if warning.review_on >= today else f" (to be looked at again since {words.day(warning.review_on)})"
        said.append(f"{warning.says}{late}")
    return said
