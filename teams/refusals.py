"""A refusal is a list of plain sentences: the same list in the page, the action and the test."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """One plain sentence why not yet, the clauses that say so, and the field of the form it is about, if any."""

    sentence: str
    clauses: tuple[str, ...] = ()
    field: str = ""

    def __str__(self) -> str:
        return self.sentence


class Refused(Exception):
    """An action cannot be done now. `gaps` names every reason at once."""

    def __init__(self, gaps: Iterable[Gap | str]) -> None:
        self.gaps = [Gap(gap) if isinstance(gap, str) else gap for gap in gaps]
        super().__init__(" ".join(self.sentences))

    @property
    def sentences(self) -> list[str]:
        return [gap.sentence for gap in self.gaps]


def refuse_if(gaps: Iterable[Gap | str]) -> None:
    found = list(gaps)
    if found:
        raise Refused(found)
