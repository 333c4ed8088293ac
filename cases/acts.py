"""What a person says has happened, where no other part of the record holds it, and the protocol wants it told: an
application that came in, a plan in preparation, a call that waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from casetransfer.protocols import Facts, Pack
from casetransfer.protocols.explain import recipients_in_words
from casetransfer.protocols.pack import ById
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import NO
from casetransfer.protocols.rows import Notice, Timer

ON = "person_acts"


@dataclass(frozen=True, slots=True)
class Act:
    """`code` is the pack's word for it; the notices and clocks that it starts."""

    code: str
    notices: tuple[Notice, ...]
    timers: tuple[Timer, ...]

    @property
    def rows(self) -> tuple[Notice | Timer, ...]:
        return (*self.notices, *self.timers)

    @property
    def says(self) -> str:
        return self.rows[0].what.rstrip(".")

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause for row in self.rows for clause in row.clauses))

    def follows(self, pack: Pack) -> str:
        """Who hears it, and what else begins with it, with the clauses."""
        heard = "; ".join(dict.fromkeys(recipients_in_words(pack, row) for row in self.notices))
        others = [f"{row.what.rstrip('.')}." for row in self.rows[1:]]
        return " ".join([*([f"Heard by: {heard}."] if heard else []), *others, ", ".join(self.clauses)])


def acts_of(pack: Pack) -> tuple[Act, ...]:
    return _acts_of(ById(pack))


def acts_for(pack: Pack, facts: Facts) -> Iterator[Act]:
    """Those of which something may follow for this child."""
    engine = engine_for(pack)
    for act in acts_of(pack):
        if any(engine.holds_for(engine.tables(row.when))(facts) is not NO for row in act.rows):
            yield act


@cache
def _acts_of(key: ById) -> tuple[Act, ...]:
    pack = key.pack
    rows: list[Notice | Timer] = [*pack.notice, *pack.timer]
    codes = dict.fromkeys(row.starts.of for row in rows if row.starts.on == ON)
    return tuple(
        Act(
            code,
            tuple(row for row in pack.notice if (row.starts.on, row.starts.of) == (ON, code)),
            tuple(row for row in pack.timer if (row.starts.on, row.starts.of) == (ON, code)),
        )
        for code in codes
    )
