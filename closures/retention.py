"""How long a closed record is kept. Pure. The longest rule that applies decides.

Two rules are law in England; the others are common practice, said to be so, until the authority's own schedule."""

from dataclasses import dataclass
from datetime import date

LOOKED_AFTER = (
    "Looked after: until the 75th birthday, or 15 years after a death before 18 "
    "(Care Planning Regulations 2010, reg. 50)."
)
ADOPTED = "Adopted: 100 years from the adoption (Disclosure of Adoption Information Regulations 2005, reg. 6)."
OTHERWISE = "Until the 25th birthday, or 6 years after closing where that is later: common practice, not law."


@dataclass(frozen=True, slots=True)
class Retention:
    """The day until which a record is kept, and the rule that says so."""

    until: date
    rule: str


def retention(
    *, born: date | None, died: date | None, closed: date, was_looked_after: bool, adopted: bool
) -> Retention:
    """Until when the record of a case closed on that day is kept. An unborn child counts from the closing."""
    birth = born or closed
    rules = [Retention(max(_years_after(birth, 25), _years_after(closed, 6)), OTHERWISE)]
    if was_looked_after:
        early_death = died is not None and died < _years_after(birth, 18)
        until = _years_after(died, 15) if early_death and died else _years_after(birth, 75)
        rules.append(Retention(until, LOOKED_AFTER))
    if adopted:
        rules.append(Retention(_years_after(closed, 100), ADOPTED))
    return max(rules, key=lambda rule: rule.until)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
