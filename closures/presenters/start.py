"""The page on which a closing begins: the ways that the protocol has for this child."""

from dataclasses import dataclass
from datetime import datetime

from cases.facts import facts_of
from cases.models import Case
from casetransfer.protocols import pack_for
from casetransfer.protocols.predicates import UNKNOWN, YES
from closures.presenters.banner import Banner
from closures.ways import Way, additions_to, unsettled, ways_for


@dataclass(frozen=True)
class StartPage:
    case: Case
    banner: Banner
    ways: list[tuple[str, str, str]]
    additions: list[tuple[str, str]]

    @classmethod
    def of(cls, case: Case, at: datetime) -> "StartPage":
        pack, facts = pack_for(case.pack), facts_of(case, at).read()
        ways, additions = [], {}
        for kind in ("closure", "step_down"):
            for way, answer in ways_for(pack, facts, kind):
                hint = f"Only if: {'; '.join(unsettled(pack, way.row, facts))}." if answer is UNKNOWN else ""
                ways.append((way.code, way.row.name, hint or _hands_of(way)))
                for row, found in additions_to(pack, way.row, facts):
                    if found is not YES:
                        additions[row.code] = row.name
        return cls(case, Banner.of(case, at), ways, list(additions.items()))


def _hands_of(way: Way) -> str:
    hands = ", then ".join(dict.fromkeys(way.hand_names(turn).lower() for turn in way.turns))
    return f"By the {hands}."
