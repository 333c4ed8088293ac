"""What a cell means, in all the ways that real workbooks write it. Each reader answers None for "nothing there"."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from cases.factors import Factor, in_order
from casetransfer.calendars import MONTHS

NOTHING = {
    "",
    "#n/a",
    "n/a",
    "na",
    "null",
    "none",
    "nil",
    "-",
    "-1",
    "not known",
    "unknown",
    "#value!",
    "#ref!",
    "#name?",
}
OPEN_END = date(1900, 1, 1)  # some systems write this for "has not ended"
EARLIEST = date(1950, 1, 1)
FIRST_SERIAL, LAST_SERIAL = 18264, 73050  # 1 January 1950 to 31 December 2099, as Excel counts days
EXCEL_DAY_ZERO = date(1899, 12, 30)
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})
MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}


class Formula(str):
    """A cell that computes. What it computes is not ours to trust, so it counts as no value at all."""


def text(value: Any) -> str:
    """A cell as one clean line: no odd spaces, no curly quotes. Numbers that are whole lose their ".0"."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        raise ValueError("is a formula. Paste its value in its place")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plain = unicodedata.normalize("NFKC", str(value)).translate(QUOTES)
    plain = "".join(letter for letter in plain if letter.isprintable() or letter.isspace())
    return " ".join(plain.split())


def is_nothing(value: Any) -> bool:
    return not isinstance(value, Formula) and text(value).lower() in NOTHING


def words(value: Any) -> str:
    """Free text, or "" where there is nothing."""
    return "" if is_nothing(value) else text(value)[:300]


def number_of_child(value: Any) -> str:
    plain = words(value)
    if not plain:
        raise ValueError("is missing")
    if len(plain) > 50:
        raise ValueError("is longer than 50 characters")
    return plain


def day(value: Any) -> date | None:
    """A date: Excel's own, a serial number with or without a time, or words. Day before month, as here."""
    if is_nothing(value) or isinstance(value, time):  # a cell with 0 in it, shown as a date
        return None
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _from_serial(value)
    else:
        found = _from_words(text(value))
    if found == OPEN_END:
        return None
    if not EARLIEST <= found < date(2100, 1, 1):
        raise ValueError(f"is an impossible date: {found.isoformat()}")
    return found


def _from_serial(number: float) -> date:
    if number in (1, 2):
        return OPEN_END
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise ValueError(f"is not a date: {text(number)}")
    return EXCEL_DAY_ZERO + timedelta(days=int(number))


def _from_words(plain: str) -> date:
    known = re.sub(r"[T ]\d{1,2}:\d\d(:\d\d)?(\.\d+)?Z?$", "", plain)
    if re.fullmatch(r"\d{5}(\.\d+)?", known):
        return _from_serial(float(known))
    parts = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", known)
    if parts:
        year, month, number = parts.groups()
    else:
        parts = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4})", known)
        if not parts:
            raise ValueError(f'is not a date: "{plain[:40]}"')
        number, month, year = parts.groups()
    try:
        return date(int(year), MONTH_NUMBERS.get(month[:3].lower()) or int(month), int(number))
    except ValueError:
        raise ValueError(f'is an impossible date: "{plain[:40]}"') from None


def bare(value: Any) -> str:
    """Without the letter that some lists put before each code: "a) WBRI" is "WBRI"."""
    return re.sub(r"^[a-z]{1,2}\)\s*", "", words(value), flags=re.IGNORECASE)


def yes_or_no(value: Any) -> bool | None:
    plain = bare(value).lower()
    if plain in ("yes", "y", "true", "1"):
        return True
    if plain in ("no", "n", "false", "0"):
        return False
    return None


# The statutory codes of who referred, and words that stand for them, as the record knows them
SOURCE_CODES = {"1A": "family", "1B": "individual", "1C": "family", "1D": "individual", "2A": "school",
                "2B": "education", "4": "housing", "6": "police", "7": "legal", "8": "other", "9": "anonymous",
                "10": "other"}  # fmt: skip
SOURCE_WORDS = [("police", "police"), ("school", "school"), ("education", "education"), ("nursery", "education"),
                ("health", "health"), ("hospital", "health"), ("gp", "health"), ("housing", "housing"),
                ("court", "legal"), ("probation", "legal"), ("legal", "legal"), ("anonymous", "anonymous"),
                ("family", "family"), ("parent", "family"), ("carer", "family"), ("self", "family"),
                ("relative", "family"), ("neighbour", "individual"), ("individual", "individual"),
                ("authority", "local_authority"), ("social", "local_authority")]  # fmt: skip


def contact_source(value: Any) -> str:
    """Who made the contact: "q) 6: Police", "3D", "School". What is not in the list is "other"."""
    plain = bare(value)
    code = re.match(r"(10|[1-9])([A-F]?)\b", plain.upper())
    if code:
        groups = {"3": "health", "5": "local_authority"}
        known = SOURCE_CODES.get(code[0]) or groups.get(code[1])
        if known:
            return known
    return next((source for word, source in SOURCE_WORDS if word in plain.lower()), "other")


SEXES = {"male": "male", "m": "male", "1": "male", "female": "female", "f": "female", "2": "female",
         "indeterminate": "indeterminate", "i": "indeterminate"}  # fmt: skip


def sex(value: Any) -> str:
    return SEXES.get(bare(value).lower(), "unknown")


CASE_STATUSES = [("looked after", "looked_after"), ("child protection", "child_protection"),
                 ("in need", "child_in_need"), ("assessment", "assessment"), ("closed", "closed")]  # fmt: skip


def case_status(value: Any) -> str:
    """Of List 6: the code in the vocabulary's words."""
    plain = words(value).lower()
    if not plain:
        return ""
    for fragment, code in CASE_STATUSES:
        if fragment in plain:
            return code
    by_letter = dict(zip("abcde", (code for _, code in CASE_STATUSES), strict=True))
    if plain.rstrip(")") in by_letter:
        return by_letter[plain.rstrip(")")]
    raise ValueError(f'is not in the list: "{text(value)[:40]}"')


def closure_reason(value: Any) -> str:
    plain = bare(value).upper()
    if not plain:
        return ""
    found = re.match(r"RC\s?([1-9])\b", plain)
    if not found:
        raise ValueError(f'is not one of RC1 to RC9: "{text(value)[:40]}"')
    return f"RC{found[1]}"


def factors(value: Any) -> tuple[str, ...]:
    """The codes that an assessment found, however they are set apart: "2A, 4B" or "2A; 4B" or one to a line."""
    found = re.findall(r"[0-9]{1,2}[A-Z]?", words(value).upper())
    unknown = [code for code in found if code not in Factor.values]
    if unknown:
        raise ValueError(f"has a factor that is not in the list: {unknown[0]}")
    return tuple(in_order(found))


# The statutory codes of legal status, and the words of the vocabulary
LEGAL = {
    "C1": "interim_care_order", "C2": "care_order", "D1": "freeing_order", "E1": "placement_order",
    "V2": "section_20", "V3": "section_20", "V4": "section_20",
    "L1": "police_protection", "L2": "emergency_protection_order", "L3": "child_assessment_order",
    "J1": "remand", "J2": "remand", "J3": "remand",
}  # fmt: skip
NOT_KEPT = {"freeing_order", "child_assessment_order"}


def legal_status(value: Any) -> str:
    plain = bare(value).upper()
    if not plain:
        return ""
    code = LEGAL.get(plain[:2])
    if code is None:
        raise ValueError(f'is not a legal status code: "{text(value)[:40]}"')
    return "" if code in NOT_KEPT else code


def placement(value: Any) -> str:
    """Where the child lives, from the statutory placement codes."""
    plain = bare(value).upper()
    code = plain[:2]
    if not plain:
        return ""
    if code in ("U1", "U2", "U3"):
        return "connected_person"
    if code in ("U4", "U5", "U6"):
        return "foster_care"
    found = {"P1": "home_with_parents", "P2": "semi_independent", "K1": "residential", "K2": "registered_residential",
             "H5": "semi_independent", "R1": "residential", "R2": "hospital", "R3": "residential", "R5": "custody",
             "S1": "residential"}.get(code)  # fmt: skip
    if found:
        return found
    return "adoptive" if code in ("A3", "A4", "A5", "A6") else "other"
