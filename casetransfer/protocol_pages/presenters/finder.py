"""The route finder's page: what was said, what to ask next, where the case goes and why not elsewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from casetransfer.calendars import in_full
from casetransfer.protocol_pages.presenters.book import Book, Line, Part, counted, said
from casetransfer.protocol_pages.presenters.going import Going, Maybe, going, maybe, sentence, unmet_part
from casetransfer.protocol_pages.said import Said
from casetransfer.protocol_pages.words import CIRCUMSTANCES, held_words, title_of
from casetransfer.protocols import Decision, Found, decide
from casetransfer.protocols.facts import Event, Facts, vocabulary_of
from casetransfer.protocols.predicates import split
from casetransfer.protocols.questions import (
    BIRTH,
    PLACE,
    Question,
    WhatIf,
    asks_about_point,
    assumptions,
    next_questions,
    question_about,
    starts_here,
    subject,
    what_if,
)
from casetransfer.protocols.sentences import capital, lower, says_value, teams_named

SHOWN_LATER = 6


@dataclass(frozen=True)
class Row:
    """One answer in the list of what was said, with the page that changes it."""

    question: str
    words: str
    change_url: str


@dataclass(frozen=True)
class Elsewhere:
    """The routes to one place that are ruled out, each with why."""

    to: str
    routes: tuple[tuple[Line, Part], ...]


@dataclass(frozen=True)
class Otherwise:
    """Another answer and what would then be so."""

    answer: str
    then: str


@dataclass(frozen=True)
class FinderPage:
    on: str
    rows: tuple[Row, ...]
    unread: tuple[str, ...]
    later: tuple[Line, ...]
    headline: str
    standing: str
    going: tuple[Going, ...]
    point_links: tuple[Line, ...]
    possible: tuple[Maybe, ...]
    holds: tuple[Part, ...]
    elsewhere: tuple[Elsewhere, ...]
    starts_elsewhere: int
    otherwise: tuple[tuple[str, tuple[Otherwise, ...]], ...]
    has_age_only: bool
    start_url: str
    share_url: str
    any_fact: tuple[tuple[str, str], ...]
    carried: tuple[tuple[str, str], ...]


def questions_for(book: Book, told: Said, facts: Facts) -> list[Question]:
    """What to ask, in order: the exceptions right after the place, then the most decisive first."""
    answered = {name for name, _ in told.given} | set(told.unknown)
    found = [q for q in next_questions(book.pack, facts, told.unknown) if q.about not in answered]
    has_place = any(name in ("holder", "contact_at", "source") for name, _ in told.given)
    if has_place and not told.told_circumstances and assumptions(book.pack, facts):
        found.insert(0, Question(CIRCUMSTANCES, "choices"))
    return found


def finder_page(book: Book, told: Said, facts: Facts, questions: list[Question]) -> FinderPage:
    decision = decide(book.pack, facts)
    here = [found for found in decision.ruled_out if starts_here(found)]
    finder = book.url("find")
    return FinderPage(
        on=in_full(told.on),
        rows=tuple(
            Row(answer.question, answer.words, f"{finder}?{told.query(ask=answer.about)}") for answer in told.answers()
        ),
        unread=told.unread,
        later=tuple(_ask_line(book, told, question.about) for question in questions[1 : 1 + SHOWN_LATER]),
        headline=_headline(book, told, decision),
        standing=_standing(decision, told),
        going=tuple(going(book, decision, found) for found in decision.recommended),
        point_links=tuple(_point_links(book, told, decision)),
        possible=tuple(maybe(book, decision, found) for found in _nearest(decision)) if told.given else (),
        holds=tuple(_hold(book, held.hold) for held in decision.holds),
        elsewhere=tuple(_elsewhere(book, decision, here)) if told.given else (),
        starts_elsewhere=len(decision.ruled_out) - len(here),
        otherwise=tuple(_otherwise(book, told, facts)) if told.given else (),
        has_age_only=any(name in ("age", "pregnancy") for name, _ in told.given),
        start_url=finder,
        share_url=f"{finder}?{told.query()}",
        any_fact=tuple(_any_fact(book)),
        carried=tuple(parse_qsl(told.query())),
    )


def _ask_line(book: Book, told: Said, about: str) -> Line:
    return Line(title_of(book.pack, about), f"{book.url('find')}?{told.query(ask=about)}")


def _headline(book: Book, told: Said, decision: Decision) -> str:
    if not told.given:
        return ""
    moving = [found for found in decision.recommended if found.plan.route.effect in ("moves", "ends")]
    if len(moving) == 1:
        return sentence(book, moving[0].plan.route)
    if moving:
        return "More than one move fits: the managers choose, or the first point reached decides"
    if decision.recommended:
        return sentence(book, decision.recommended[0].plan.route)
    if decision.possible:
        return "It is not settled yet where the case goes"
    return "No route of this protocol fits: the case stays where it is"


def _standing(decision: Decision, told: Said) -> str:
    if not told.given:
        return ""
    sure, maybe = len(decision.recommended), len(decision.possible)
    found = [counted(sure, "route fits", "routes fit"), f"{maybe} may fit", f"{len(decision.ruled_out)} are ruled out"]
    return ", ".join(found) + "."


def _point_links(book: Book, told: Said, decision: Decision) -> Iterator[Line]:
    """Questions about transfer points that are not reached, and have not been answered."""
    answered = {name for name, _ in told.given} | {BIRTH}
    wanted: dict[str, None] = {}
    for found in decision.recommended:
        if found.point and not found.point.reached:
            wanted |= dict.fromkeys(asks_about_point(book.pack, found.plan.route))
    yield from (_ask_line(book, told, about) for about in wanted if about not in answered)


def _nearest(decision: Decision) -> list[Found]:
    """The routes that may fit, those first that wait for the least."""
    return sorted(decision.possible, key=lambda found: len({need.says for need in found.needs}))


def _hold(book: Book, hold: Any) -> Part:
    until = f"Until: {lower(hold.ends.removesuffix('.'))}" if hold.ends else ""
    return Part(hold.name, (Line("", book.code_url(hold.code), hold.code), *said(until)))


def _elsewhere(book: Book, decision: Decision, ruled_out: Iterable[Found]) -> Iterator[Elsewhere]:
    by_place: dict[str, list[Found]] = {}
    for found in ruled_out:
        by_place.setdefault(capital(teams_named(book.pack, found.plan.route.to)) or "Nowhere", []).append(found)
    for place, routes in by_place.items():
        because = (unmet_part(book, decision, found, found.because) for found in routes)
        lines = (book.line(found.code) for found in routes)
        yield Elsewhere(place, tuple(zip(lines, because, strict=True)))


# --- what if ---


def _otherwise(book: Book, told: Said, facts: Facts) -> Iterator[tuple[str, tuple[Otherwise, ...]]]:
    for answer in told.answers():
        if answer.about in (PLACE, CIRCUMSTANCES):
            continue
        by_result: dict[str, list[str]] = {}
        for other in what_if(book.pack, facts, answer.about):
            by_result.setdefault(_then(book, other), []).append(_values_words(book, told, other))
        if by_result:
            found = tuple(Otherwise("; ".join(dict.fromkeys(words)), then) for then, words in by_result.items())
            yield answer.question, found


def _then(book: Book, other: WhatIf) -> str:
    if other.recommended:
        return "; ".join(book.line(code).text for code in other.recommended)
    if other.possible:
        return f"Not settled: {counted(len(other.possible), 'route')} may fit"
    return "No route fits: the case stays where it is"


def _values_words(book: Book, told: Said, other: WhatIf) -> str:
    name, value = other.values[0]
    if name == "date_of_birth":
        months = (told.on.year - value.year) * 12 + told.on.month - value.month
        years, odd = divmod(months, 12)
        return f"{years} years {odd} months" if odd else f"{years} years"
    if name == "expected_delivery_date":
        weeks, days = divmod(280 - (value - told.on).days, 7)
        return f"not born yet, {weeks} weeks{f' {days} days' if days else ''} of pregnancy"
    if name == "events":
        return _event_words(value[0])
    if hasattr(value, "isoformat"):
        return in_full(value)
    fact = vocabulary_of(book.pack)[name]
    values = sorted(value) if isinstance(value, frozenset) else [value]
    return capital(", ".join(says_value(book.pack, fact, one) for one in values))


def _event_words(event: Event) -> str:
    return held_words(event.outcome) if event.held else "Booked" if event.planned else "Not booked"


def _any_fact(book: Book) -> Iterator[tuple[str, str]]:
    """Everything the routes and rules of this protocol ask about, by question, in alphabetical order."""
    known = vocabulary_of(book.pack)
    rows_of: tuple[Any, ...] = (*book.pack.route, *book.pack.hold)
    wanted = {subject(book.pack, split(key, known)[0]) for row in rows_of for table in row.when for key in table}
    wanted |= {about for route in book.pack.route for about in asks_about_point(book.pack, route)}
    askable = {PLACE, *(about for about in wanted if question_about(book.pack, about))} - {"contact_at", "source"}
    yield from sorted(((about, title_of(book.pack, about)) for about in askable), key=lambda pair: pair[1].lower())
