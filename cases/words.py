"""How the record is said in plain English: days, moments, ages, and the vocabulary's codes in words."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from casetransfer.calendars import MONTHS, gestation_days, in_full, months_between
from casetransfer.protocols.vocabulary import common_facts, event_kinds

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
LABELS = {
    "uasc": "unaccompanied asylum-seeking or separated child",
    "early_help": "early help",
    "section_47": "section 47 enquiry",
}


def day(on: date) -> str:
    """3 March 2026"""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime) -> str:
    """3 March 2026 at 17:40"""
    local = localtime(at)
    return f"{day(local.date())} at {local:%H:%M}"


def lately(at: datetime, today: date) -> str:
    """today at 09:10; yesterday at 17:40; Thursday 19 November 2026 at 08:00"""
    local = localtime(at)
    on = {0: "today", 1: "yesterday"}.get((today - local.date()).days, in_full(local.date()))
    return f"{on} at {local:%H:%M}"


def weekday(on: date) -> str:
    """Tuesday 3 March 2026"""
    return in_full(on)


def span(first: datetime, last: datetime | None) -> str:
    """3 March 2026 to 4 May 2026; with the hours where both are on one day"""
    if last is None:
        return f"{day(localtime(first).date())} to now"
    one, other = localtime(first), localtime(last)
    if one.date() == other.date():
        return f"{day(one.date())}, {one:%H:%M} to {other:%H:%M}"
    return f"{day(one.date())} to {day(other.date())}"


def label(code: str) -> str:
    """A code of the vocabulary in words, in the middle of a sentence: "interim care order"."""
    return LABELS.get(code, code.replace("_", " "))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def ordinal(number: int) -> str:
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}th"


def event(kind: str, number: int | None = None) -> str:
    """ "second looked-after review" """
    known = event_kinds().get(kind)
    name = known.says if known else label(kind)
    return f"{ordinal(number)} {name}" if number and known and known.numbered else name


def occasion(event_row: Any) -> str:
    """ "Second looked-after review" """
    return capital(event(event_row.kind, event_row.ordinal))


def named(spell: Any) -> str:
    """ "Interim care order", "Plan: return home", "Homeless: yes" """
    if spell.kind == "circumstance":
        return f"{capital(label(spell.code))}: {label(spell.value)}"
    if spell.kind in ("plan", "placement", "proceedings"):
        return f"{capital(spell.kind)}: {label(spell.code)}"
    return capital(label(spell.code))


def fact(name: str) -> str:
    """What a fact says, as a sentence of the vocabulary."""
    known = common_facts().get(name)
    return known.says if known else capital(label(name))


def age(born: date | None, expected: date | None, on: date, died_on: date | None = None) -> str:
    """ "11 years 4 months", "3 weeks", "due 4 May 2026 (32 weeks)" """
    if born is None:
        return _unborn(expected, on)
    if died_on:
        return f"died {day(died_on)}"
    months = months_between(born, on)
    if months < 1:
        return plural((on - born).days // 7, "week") if (on - born).days >= 7 else plural((on - born).days, "day")
    years, left = divmod(months, 12)
    if not years:
        return plural(left, "month")
    return plural(years, "year") + (f" {plural(left, 'month')}" if left else "")


def _unborn(expected: date | None, on: date) -> str:
    if expected is None:
        return "date of birth not known"
    weeks = gestation_days(expected, on) // 7
    return f"unborn, due {day(expected)}" + (f" ({weeks} weeks)" if 0 < weeks <= 42 else "")


def plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
