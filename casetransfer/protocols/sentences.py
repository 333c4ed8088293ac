"""Parts of rows as words that people read: teams, people, conditions, starts of clocks. No code is ever in them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.pack import Pack
from casetransfer.protocols.predicates import WORDS, split
from casetransfer.protocols.vocabulary import ORDINAL_WORDS, Fact, event_kinds, event_named

PLACES = {
    "any": "any team that holds cases",
    "none": "no team",
    "closed": "closed",
    "chosen": "the team that the managers choose",
    "holder": "the team that holds the case",
    "previous_team": "the team that closed the case",
}
SIDES = {"transferring": "the transferring team", "receiving": "the receiving team", "both": "both teams"}
PARTIES = {
    "child": "the child",
    "parents": "the parents",
    "family": "the family",
    "referrer": "whoever referred the child",
    "professionals": "the professionals involved",
    "independent_reviewing_officer": "the independent reviewing officer",
    "other_authority": "the other authority",
    "court": "the court",
    "legal_services": "legal services",
    "police": "the police",
    "carers": "the carers",
}
STARTS = {
    "contact_recorded": "the contact is recorded",
    "contact_rated": "the contact is rated",
    "contact_became_referral": "the contact becomes a referral",
    "contact_decided": "the front door has decided about the contact",
    "assessment_started": "the assessment starts",
    "assessment_completed": "the assessment is complete",
    "proceedings_issued": "care proceedings are issued",
    "proceedings_ended": "care proceedings end",
    "looked_after_started": "the child becomes looked after",
    "looked_after_ended": "the child stops being looked after",
    "placement_started": "the placement starts",
    "transfer_expected": "a transfer is expected",
    "transfer_decided": "the transfer is decided",
    "transfer_requested": "the transfer is asked for",
    "transfer_listed": "the case is on the list for transfer",
    "transfer_agreed": "the transfer is agreed",
    "transfer_completed": "the case has transferred",
    "transfer_returned": "the case is sent back to the transferring team",
    "transfer_delayed": "the transfer is delayed",
    "transfer_disputed": "the transfer is disputed",
    "dispute_escalated": "the dispute goes a step up",
    "dispute_decided": "the dispute is decided",
    "case_unallocated": "the case has no allocated worker",
    "worker_absent": "the worker is away",
    "worker_left": "the worker leaves",
    "closure_proposed": "closure is proposed",
    "closure_authorised": "closure is authorised",
    "case_closed": "the case is closed",
    "step_down_agreed": "the step-down is agreed",
}
DATED = {"_known": "recorded", "_passed": "reached"}
EVENTS = {"event_booked": "is booked", "event_planned": "is planned for", "event_held": "is held"}


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a row: what must hold in every case, and the groups of which one must hold besides."""

    every: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()


def conditions(pack: Pack, when: rows.Conditions) -> Conditions:
    """The conditions in sentences; what all tables share is said once."""
    tables = [[says_condition(pack, key, argument) for key, argument in table.items()] for table in when]
    if not tables:
        return Conditions()
    shared = [says for says in tables[0] if all(says in table for table in tables)]
    rest = [tuple(says for says in table if says not in shared) for table in tables]
    return Conditions(tuple(shared), tuple(rest) if all(rest) else ())


def says_condition(pack: Pack, key: str, argument: Any) -> str:
    """One condition as a sentence: "The case is with Under 12", "Age: less than 11 years 6 months"."""
    known = vocabulary_of(pack)
    name, suffix = split(key, known)
    fact = known[name]
    if fact.type == "flag":
        return says_flag(fact, argument)
    if suffix in DATED:
        return f"{capital(plain(name))}: {says_words(pack, key, argument)}"
    return f"{label(fact)}: {says_words(pack, key, argument)}"


def says_words(pack: Pack, key: str, argument: Any) -> str:
    """What a condition compares its fact with: "less than 18 years", "looked after or child protection"."""
    known = vocabulary_of(pack)
    name, suffix = split(key, known)
    if suffix in DATED:
        return DATED[suffix] if argument else f"not {DATED[suffix]}"
    items = argument if isinstance(argument, list) else [argument]
    return WORDS.get(suffix, "{}").format(" or ".join(says_value(pack, known[name], item) for item in items))


def says_is_so(pack: Pack, fact: Fact, value: Any) -> str:
    """What is so instead of what a condition asks for, in words; of a yes-or-no fact the denial says it already."""
    if value is None or isinstance(value, bool | date):
        return ""
    if fact.type == "length":
        return str(value)
    values = sorted(value) if isinstance(value, frozenset) else [value]
    return ", ".join(says_value(pack, fact, one) for one in values)


def label(fact: Fact) -> str:
    """The fact in a word or two: "Age", "Who holds the case", "First looked-after review"."""
    if fact.name in LABELS:
        return LABELS[fact.name]
    if fact.name.endswith("_outcome") and fact.derived:
        kind, ordinal = event_named(fact.name.removesuffix("_outcome"))
        return capital(event_says(kind, ordinal)) if kind in event_kinds() else capital(plain(fact.name))
    return capital(plain(fact.name))


LABELS = {
    "holder": "The case is with",
    "contact_at": "A contact is with",
    "source": "It comes from",
    "previous_team": "Last held by",
    "sibling_holder": "A brother's or sister's case is with",
    "tier": "Tier of need",
    "closed_for": "Closed for",
    "looked_after_for": "Looked after for",
    "order_made_for": "Time since the order",
    "legal_status": "Order or legal basis",
    "former_legal_status": "Order or legal basis that has ended",
}


DENIALS = {
    "unborn": "The child is born",
    "case_open": "No team has an open case of the child",
    "assessment_complete": "The assessment is not complete",
    "known_before": "The authority has not held this child's case before",
    "homeless": "The child or young person is not homeless",
    "year_11_finished": "Year 11 is not finished",
}
SHORT = {
    "unborn": "The child is not born yet",
    "case_open": "A team has an open case of the child",
    "year_11_finished": "Year 11 is finished: 30 June of the school year in which the child turns 16 has passed",
}


def says_flag(fact: Fact, is_so: Any) -> str:
    """A yes-or-no fact as the sentence of the vocabulary, or its denial."""
    says = SHORT.get(fact.name) or fact.says.removesuffix(".")
    return says if is_so else DENIALS.get(fact.name) or f"Not so: {lower(says)}"


def says_value(pack: Pack, fact: Fact, value: Any) -> str:
    """One value of a fact in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    names_teams = fact.type in ("team", "teams") or (fact.values and all(code in pack.teams for code in fact.values))
    if names_teams:
        return team_name(pack, str(value))
    if fact.type == "length":
        return str(Duration.parse(str(value)))
    return plain(str(value))


def team_name(pack: Pack, code: str) -> str:
    return pack.teams[code].name if code in pack.teams else PLACES.get(code, plain(code))


def teams_named(pack: Pack, codes: tuple[str, ...]) -> str:
    """ "any team" swallows the others named beside it."""
    return " or ".join(team_name(pack, code) for code in (("any",) if "any" in codes else codes))


def who(pack: Pack, codes: tuple[str, ...], joiner: str = " or ") -> str:
    """Roles, teams and sides by name."""
    return joiner.join(_person(pack, code) for code in codes)


def _person(pack: Pack, code: str) -> str:
    if code in pack.roles:
        return pack.roles[code].name
    return SIDES.get(code) or team_name(pack, code)


def recipients(pack: Pack, notice: rows.Notice) -> tuple[str, ...]:
    """Everybody a notice goes to."""
    return tuple(_recipient(pack, to) for to in notice.to)


def _recipient(pack: Pack, to: rows.Recipient) -> str:
    person = who(pack, to.role) or PARTIES.get(to.party, "")
    place = " or ".join(team_name(pack, code) for code in to.team) or SIDES.get(to.side or "", "")
    return f"{person}, {place}" if person and place and place not in person else person or place


def says_start(pack: Pack, start: rows.Start) -> str:
    """What starts a clock or a notice: "the first looked-after review is held", "the child reaches 18 years"."""
    words = _start(pack, start)
    if start.value is None or start.on == "fact_became":
        return words
    value = plain(str(start.value).lower())
    return f"{words}, rated {value}" if value in ("red", "amber", "green") else f"{words} ({value})"


def _start(pack: Pack, start: rows.Start) -> str:
    of = start.of
    if start.on in EVENTS:
        kind, ordinal = event_named(of)
        return f"the {event_says(kind, start.ordinal or ordinal)} {EVENTS[start.on]}"
    match start.on:
        case "order_made":
            return f"the {plain(of) or 'order'} is made"
        case "plan_started" | "status_started":
            return f"the {plain(of) or 'plan'} starts"
        case "age_reached":
            return _age(of)
        case "date_reached":
            return _date(pack, of)
        case "fact_became":
            return _became(pack, start)
        case "timer_ended":
            return f"the time is up for: {_what(pack.timers, of)}"
        case "notice_sent":
            return f"this notice is sent: {_what(pack.notices, of)}"
        case "cycle":
            return f"each {plain(of)}" if of else "each time round"
        case "case_allocated":
            return f"the case is allocated in {team_name(pack, of)}" if of else "the case is allocated to a worker"
        case "worker_absent" if of == "call":
            return "somebody rings about the case while its worker is away"
        case "person_acts":
            return plain(of) or "somebody acts"
        case _:
            return STARTS[start.on]


def _age(of: str) -> str:
    if of in ("gestation", "expected_delivery_date"):
        return "the expected date of delivery"
    return f"the child reaches {Duration.parse(of)}" if of else "the date of birth"


def _date(pack: Pack, of: str) -> str:
    fact = vocabulary_of(pack).get(of)
    return lower(fact.says.removesuffix(".")) if fact else plain(of)


def _became(pack: Pack, start: rows.Start) -> str:
    fact = vocabulary_of(pack)[start.of]
    if start.value is None:
        return f"this is recorded: {lower(fact.says.removesuffix('.'))}"
    if isinstance(start.value, bool):
        return f"this is recorded: {lower(says_flag(fact, start.value))}"
    return f"{lower(label(fact))} becomes: {says_value(pack, fact, start.value)}"


def _what(coded: dict[str, Any], code: str) -> str:
    return coded[code].what.removesuffix(".") if code in coded else plain(code)


def event_says(kind: str, ordinal: int | None = None) -> str:
    word = ORDINAL_WORDS[ordinal] if ordinal else ""
    says = event_kinds()[kind].says if kind in event_kinds() else plain(kind)
    return f"{word} {says}".strip()


def plain(code: str) -> str:
    return code.replace("_", " ")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def lower(words: str) -> str:
    """With a small first letter, unless the first word is a name or an abbreviation."""
    first = words.partition(" ")[0]
    is_name = any(letter.isupper() for letter in first[1:])
    return words if is_name else words[:1].lower() + words[1:]
