"""A pack's own scenarios as real cases: the record is made to say what the scenario says."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from cases import actions as case_actions
from cases.models import Answer, Case, Event
from casetransfer.protocols import pack_for
from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.routes import decide
from casetransfer.protocols.scenarios import scenarios_of, whole
from casetransfer.protocols.vocabulary import ORDINALS, event_kinds
from teams.models import Team
from tests.factories import AuthorityFactory, ChildFactory, TeamFactory
from transfers.routing import acts_of, name_of, receivers_of, takes

LONDON = ZoneInfo("Europe/London")
ON_CHILD = ("date_of_birth", "expected_delivery_date", "year_11_ends_on")
ELSEWHERE = {"events", "acts_done", "decided_route", "dispute_open", "managers_agree", *ON_CHILD}


@dataclass(frozen=True)
class Situation:
    """A scenario in which a route is recommended."""

    pack: str
    route: str
    facts: dict[str, Any]
    at: datetime


@cache
def situations(authority: str) -> dict[str, Situation]:
    """For each route the scenario that recommends it, one with its point reached if there is one."""
    pack, found = pack_for(authority), {}
    scenarios, _ = scenarios_of(pack)
    named = {scenario.name: scenario for scenario in scenarios}
    for scenario in scenarios:
        facts, at = whole(scenario, named) if scenario.expect else ({}, None)
        if at is None or facts.get("decided_route"):
            continue
        for one in decide(pack, read_facts(facts, pack, at)).recommended:
            ready = bool(one.point and one.point.reached and not one.gaps)
            if one.code not in found or (ready and not found[one.code][0]):
                found[one.code] = (ready, Situation(authority, one.code, facts, at))
    return {code: situation for code, (_, situation) in found.items()}


def moment(value: Any) -> datetime | None:
    value = datetime.fromisoformat(value) if isinstance(value, str) and value else value
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, datetime.min.time())
    return value.replace(tzinfo=LONDON) if value and value.tzinfo is None else value or None


def on_record(situation: Situation) -> tuple[Case, Team | None, datetime]:
    """The case of a situation, the team that its route leads to, and its moment. The act at which the route moves is
    left for somebody to record."""
    facts, pack = situation.facts, pack_for(situation.pack)
    at = moment(situation.at).astimezone(UTC)
    row = pack.routes[situation.route]
    council = AuthorityFactory(code=situation.pack.replace("_", "-"), pack=situation.pack)
    here = facts.get("holder")
    inside = here in pack.teams and not pack.teams[here].outside
    holder = TeamFactory(authority=council, code=here if inside else "elsewhere", name="The team that holds it")
    child = ChildFactory(
        authority=council, **{"date_of_birth": None} | {name: day(facts.get(name)) for name in ON_CHILD}
    )
    case = case_actions.open_case(child=child, team=holder, by=None, at=at, opened_at=_opened(facts, child, at))
    known = {name: value for name, value in facts.items() if name not in ELSEWHERE and value is not None}
    Answer.objects.bulk_create(
        Answer(case=case, fact=name, value=plain(value), answered_at=at)
        for name, value in known.items()
        if name != "holder" or not inside
    )
    left = {name_of(point) for point in acts_of(row)}
    acts = facts.get("acts_done", [])
    for act in [acts] if isinstance(acts, str) else acts:
        if act not in left:
            case_actions.add_journal(case, act, f"Recorded: {act}.", by=None, at=at)
    for event in facts.get("events", []):
        _event(case, event, at)
    return case, _receiving(council, pack, row, holder), at


def _receiving(council, pack, row, holder) -> Team | None:
    if not receivers_of(pack, row):
        return None
    for team in pack.team:
        candidate = Team(authority=council, code=team.code, name="The team that takes it")
        if not team.outside and team.code != holder.code and takes(pack, row, candidate):
            candidate.save()
            return candidate
    return holder if row.effect == "joins" and takes(pack, row, holder) else None


def _opened(facts, child, at) -> datetime:
    """Before everything that happened in it, and after the child was born."""
    moments = [moment(event.get(key)) for event in facts.get("events", []) for key in ("planned", "held")]
    opened = min([at, *filter(None, moments)]) - timedelta(days=90)
    born = child.date_of_birth
    if born and opened.date() <= born:
        opened = datetime.combine(born, datetime.min.time(), UTC) + timedelta(hours=1)
    return opened


def _event(case, event, at) -> None:
    kind, ordinal = event["kind"], event.get("ordinal")
    word, _, rest = kind.partition("_")
    if kind not in event_kinds() and word in ORDINALS:
        kind, ordinal = rest, ordinal or ORDINALS[word]
    held, planned = moment(event.get("held")), moment(event.get("planned"))
    held = held if held and held <= at else None
    hold(case, kind, planned or held or moment(event.get("held")), held, event.get("outcome") or "", ordinal)


def hold(case, kind, planned, held, outcome="", ordinal=None) -> Event:
    """As an import writes it: the past of a case, without the questions that a person is asked."""
    return Event.objects.create(
        case=case, kind=kind, ordinal=ordinal, planned_at=planned, held_at=held, outcome=outcome if held else "",
        recorded_at=case.opened_at, held_recorded_at=held,
    )  # fmt: skip


def day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def plain(value: Any) -> Any:
    if isinstance(value, set | frozenset | tuple):
        return sorted(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
