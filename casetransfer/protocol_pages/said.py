"""What somebody has said of a child, as it stands in the address of the route finder: facts only, never who it is.

An age stands there in whole years and months (`age=11y4m`), a pregnancy in whole weeks (`pregnancy=22w`): a date
of birth never does. Every answer counts from one day, `on`, so that a link gives the same answer whenever it is opened.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from casetransfer.calendars import GESTATION_DAYS, add_months, gestation_days, months_between, year_11_end
from casetransfer.protocol_pages.words import (
    AGE,
    AGO,
    CIRCUMSTANCES,
    PREGNANCY,
    answer_words,
    circumstance_words,
    title_of,
)
from casetransfer.protocols import FactError, Pack, read_facts
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import Event, vocabulary_of
from casetransfer.protocols.questions import BIRTH, PLACE, SaidFacts, places, question_about, said_facts
from casetransfer.protocols.sentences import capital, team_name
from casetransfer.protocols.vocabulary import event_kinds, event_named

RESERVED = frozenset({"on", "unknown", "ask", AGE, PREGNANCY, CIRCUMSTANCES})
PLACE_FACTS = ("holder", "contact_at", "source")
NOON = time(12)


@dataclass(frozen=True)
class Answer:
    """One thing said, in words: what it is about, the question and the answer."""

    about: str
    question: str
    words: str


@dataclass(frozen=True)
class Said:
    """`given` are the parts of the address that could be read, in order; `unread` names the others."""

    pack: Pack
    on: date
    given: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    told_circumstances: bool = False
    unread: tuple[str, ...] = ()

    @classmethod
    def of(cls, pack: Pack, query: Mapping[str, str], today: date) -> "Said":
        """What the address says. What cannot be read is left out and named."""
        given: list[tuple[str, str]] = []
        unread: list[str] = []
        on = _day(query.get("on", ""), today) or today
        for name, text in query.items():
            if name in RESERVED - {AGE, PREGNANCY} or not text:
                continue
            try:
                _values_of(pack, name, text, on)
                given.append((name, text))
            except (ValueError, OverflowError):
                unread.append(name)
        unknown = tuple(
            about for about in query.get("unknown", "").split(",") if about == PLACE or question_about(pack, about)
        )
        return cls(pack, on, tuple(given), unknown, bool(query.get(CIRCUMSTANCES)), tuple(unread))

    # --- as facts ---

    def facts(self) -> SaidFacts:
        values: dict[str, Any] = {}
        events: list[Event] = []
        for name, text in self.given:
            for fact, value in _values_of(self.pack, name, text, self.on).items():
                if fact == "events":
                    events += value
                else:
                    values[fact] = value
        if events:
            values["events"] = events
        if "date_of_birth" in values and "year_11_finished" not in values:
            values |= _year_11(values["date_of_birth"], self.on)
        return said_facts(self.pack, values, datetime.combine(self.on, NOON))

    # --- as words ---

    def answers(self) -> Iterator[Answer]:
        """Everything said, in the order it was said; what is not known comes last."""
        named = dict(self.given)
        if any(name in named for name in PLACE_FACTS):
            yield Answer(PLACE, title_of(self.pack, PLACE), self._place(named))
        if circumstances := self._circumstances(named):
            yield Answer(CIRCUMSTANCES, title_of(self.pack, CIRCUMSTANCES), circumstances)
        for name, text in self.given:
            if name not in PLACE_FACTS and not self._is_circumstance(name):
                about = BIRTH if name in (AGE, PREGNANCY) else name
                yield Answer(about, title_of(self.pack, about), answer_words(self.pack, name, text, self.on))
        for about in self.unknown:
            yield Answer(about, title_of(self.pack, about), "I do not know")

    def _place(self, named: Mapping[str, str]) -> str:
        holder, contact, source = (named.get(name, "") for name in PLACE_FACTS)
        found = [
            f"{team_name(self.pack, source)} brings it" if source and source != "none" else "",
            f"a contact is with {team_name(self.pack, contact)}" if contact and contact != "none" else "",
            f"the case is with {team_name(self.pack, holder)}" if holder and holder != "none" else "",
            "no case is open" if holder == "none" else "",
        ]
        return capital(", ".join(words for words in found if words))

    def _is_circumstance(self, name: str) -> bool:
        fact = vocabulary_of(self.pack).get(name)
        return fact is not None and fact.absent is not None

    def _circumstances(self, named: Mapping[str, str]) -> str:
        found = [
            circumstance_words(self.pack, name, text)
            for name, text in named.items()
            if name not in PLACE_FACTS and self._is_circumstance(name)
        ]
        return "; ".join(found) or ("None of these" if self.told_circumstances else "")

    # --- as an address ---

    def query(self, **more: str) -> str:
        pairs = [*self.given, *([(CIRCUMSTANCES, "told")] if self.told_circumstances else [])]
        pairs += [("unknown", ",".join(self.unknown))] if self.unknown else []
        return urlencode([*pairs, ("on", self.on.isoformat()), *more.items()])

    def with_answer(self, about: str, parts: Mapping[str, str]) -> "Said":
        """The same with another answer to one question. No parts: it is not known."""
        kept = self.without(about)
        if about == CIRCUMSTANCES:
            return replace(kept, given=(*kept.given, *parts.items()), told_circumstances=True)
        if not parts:
            return replace(kept, unknown=(*kept.unknown, about))
        others = tuple(pair for pair in kept.given if pair[0] not in parts)
        return replace(kept, given=(*others, *parts.items()))

    def without(self, about: str) -> "Said":
        gone = {PLACE: PLACE_FACTS, BIRTH: (AGE, PREGNANCY)}.get(about, (about,))
        given = tuple(pair for pair in self.given if pair[0] not in gone)
        if about == CIRCUMSTANCES:
            given = tuple(pair for pair in given if pair[0] in PLACE_FACTS or not self._is_circumstance(pair[0]))
        unknown = tuple(name for name in self.unknown if name != about)
        return replace(self, given=given, unknown=unknown)


def _day(text: str, otherwise: date) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise if not text else None


# --- one part of an address as values of facts: raises ValueError ---


def _values_of(pack: Pack, name: str, text: str, on: date) -> dict[str, Any]:
    if name == AGE:
        return {"date_of_birth": add_months(on, -_whole(text, "m"))}
    if name == PREGNANCY:
        return {"expected_delivery_date": on + timedelta(days=GESTATION_DAYS - _whole(text, "w"))}
    if event_named(name)[0] in event_kinds():
        return {"events": [_event(name, text)]}
    fact = vocabulary_of(pack).get(name)
    if fact is None or fact.type in ("text", "events", "length") or question_about(pack, name) is None:
        raise ValueError(f"nothing is asked about {name}")
    return {name: _value(pack, name, fact.type, text, on)}


def _whole(text: str, unit: str) -> int:
    """Months of "11y4m", days of "22w"."""
    duration = Duration.parse(text)
    if (unit == "m") != (duration.unit == "months") or (unit == "w" and not duration.is_gestation):
        raise ValueError(f"{text} is not such a length")
    if duration.count > (12 * 30 if unit == "m" else 7 * 45):
        raise ValueError(f"{text} is too long")
    return duration.count


def _event(name: str, text: str) -> Event:
    kind, ordinal = event_named(name)
    state, _, rest = text.partition(".")
    day, _, outcome = rest.partition(".")
    if outcome and outcome not in event_kinds()[kind].outcomes:
        raise ValueError(f"{outcome} is no outcome")
    if state == "none":
        return Event(kind, ordinal=ordinal)
    moment = datetime.combine(date.fromisoformat(day), time())
    if state == "booked":
        return Event(kind, planned=moment, ordinal=ordinal)
    if state == "held":
        return Event(kind, planned=moment, held=moment, outcome=outcome, ordinal=ordinal)
    raise ValueError(f"{state} is nothing that becomes of an event")


def _value(pack: Pack, name: str, fact_type: str, text: str, on: date) -> Any:
    given: Any = text
    if fact_type == "flag":
        given = {"yes": True, "no": False}.get(text)
        if given is None:
            raise ValueError("yes or no")
    elif fact_type in ("choices", "teams"):
        given = text.split(",")
    elif fact_type == "number":
        given = float(text)
    elif fact_type == "date":
        given = _ago(text, on) or date.fromisoformat(text)
    try:
        return read_facts({name: given}, pack, datetime.combine(on, NOON)).values[name]
    except FactError as error:
        raise ValueError(str(error)) from error


def _ago(text: str, on: date) -> date | None:
    """The day of "5-weeks-ago"."""
    if not text.endswith(AGO):
        return None
    length = Duration.parse(text.removesuffix(AGO).replace("-", " "))
    if length.unit == "months":
        return add_months(on, -length.count)
    if length.unit != "days":
        raise ValueError("days, weeks, months or years ago")
    return on - timedelta(days=length.count)


def _year_11(born: date, on: date) -> dict[str, Any]:
    """An age in whole months leaves a month of birthdays: where they fall into two school years nothing is known."""
    earliest = add_months(born, -1) + timedelta(days=1)
    answers = {on >= year_11_end(day) for day in (born, earliest)}
    return {"year_11_finished": answers.pop() if len(answers) == 1 else None}


# --- dates of a birth as what may stand in an address ---


def age_of(born: date, on: date) -> str:
    years, months = divmod(months_between(born, on), 12)
    return f"{years}y{months}m"


def pregnancy_of(expected: date, on: date) -> str:
    return f"{gestation_days(expected, on) // 7}w"


def place_parts(pack: Pack, choice: str) -> dict[str, str]:
    """The parts of an address for one choice of place ("contact:front_door")."""
    found = {f"{place.kind}:{place.code}": place for place in places(pack)}
    return {name: yes_or_no(value) for name, value in found[choice].values}


def yes_or_no(value: Any) -> str:
    """A value as it stands in an address."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
