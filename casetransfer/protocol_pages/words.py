"""Questions and answers of the route finder in words."""

from datetime import date

from casetransfer.calendars import in_full
from casetransfer.protocols import Pack
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.questions import BIRTH, PLACE
from casetransfer.protocols.sentences import capital, event_says, says_value, team_name
from casetransfer.protocols.vocabulary import event_kinds, event_named

AGE, PREGNANCY, CIRCUMSTANCES = "age", "pregnancy", "circumstances"
AGO = "-ago"


def title_of(pack: Pack, about: str) -> str:
    """The question, or where the vocabulary has none, the statement to agree with."""
    fixed = {
        PLACE: "Where is the case, or the request, now?",
        BIRTH: "How old is the child?",
        CIRCUMSTANCES: "Is any of this so?",
    }
    if about in fixed:
        return fixed[about]
    kind, ordinal = event_named(about)
    if kind in event_kinds():
        return f"What has become of the {event_says(kind, ordinal)}?"
    fact = vocabulary_of(pack)[about]
    return fact.question or capital(fact.says.removesuffix("."))


def answer_words(pack: Pack, name: str, text: str, on: date) -> str:
    if name == AGE:
        return str(Duration.parse(text))
    if name == PREGNANCY:
        return f"Not born yet, {Duration.parse(text)} of pregnancy"
    if event_named(name)[0] in event_kinds():
        return event_words(text)
    fact = vocabulary_of(pack)[name]
    if text.endswith(AGO):
        return f"About {text.removesuffix(AGO).replace('-', ' ')} ago"
    if fact.type == "date":
        return in_full(date.fromisoformat(text))
    if fact.type == "flag":
        return capital(text)
    return capital(", ".join(says_value(pack, fact, value) for value in text.split(",")))


def event_words(text: str) -> str:
    state, _, rest = text.partition(".")
    day, _, outcome = rest.partition(".")
    if state == "none":
        return "Not booked"
    on = in_full(date.fromisoformat(day))
    if state == "booked":
        return f"Booked for {on}"
    held, _, decided = held_words(outcome).partition(": ")
    return f"{held} on {on}{': ' + decided if decided else ''}"


def held_words(outcome: str) -> str:
    """ "Held", "Held: child protection plan", "Adjourned"."""
    if outcome == "adjourned":
        return "Adjourned"
    return f"Held: {outcome.replace('_', ' ')}" if outcome not in ("", "held") else "Held"


def circumstance_words(pack: Pack, name: str, text: str) -> str:
    """ "Another authority asks for the case to be taken over", "Court report: section 7"."""
    fact = vocabulary_of(pack)[name]
    if fact.type == "flag":
        says = fact.says.removesuffix(".")
        return says if text == "yes" else f"Not so: {says[:1].lower()}{says[1:]}"
    return f"{capital(name.replace('_', ' '))}: {says_value(pack, fact, text)}"


def place_words(pack: Pack, kind: str, code: str) -> str:
    name = team_name(pack, code)
    return {
        "holder": f"{name} holds the case",
        "contact": f"A new contact at {name}, no case is open",
        "contact_open": f"A contact at {name} about a child whose case is open",
        "source": f"From outside: {name}",
    }[kind]
