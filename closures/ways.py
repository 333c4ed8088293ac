"""The ways in which an authority's protocol closes a case or steps it down, and the hands it passes through. Pure.

A way is one closing row of the pack, together with the rows that add to it: those that work on the same checklists
and apply to this child as well (a private fostering closure is the usual closure and something more). Consecutive
steps of one hand are one turn: one person does them, in one act. What the pack leaves out follows the general path,
and says so: a social worker proposes, a manager authorises.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from casetransfer.protocols import Facts, Pack
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import NO, UNKNOWN, Answer
from casetransfer.protocols.rows import Closure, ClosureStep, Item
from casetransfer.protocols.sentences import says_condition

KINDS = ("closure", "step_down")
MANAGERS = ("team_manager", "group_manager", "service_manager")
GENERAL_WORKER, GENERAL_MANAGER = ("general_worker",), ("general_manager",)
GENERAL_NAMES = {"general_worker": "Social worker", "general_manager": "Team manager"}
GENERAL_ACTS_AS = {"general_worker": "social_worker", "general_manager": "team_manager"}
NO_LOCAL_RULE = "No local rule: the general path."


@dataclass(frozen=True)
class Turn:
    """What one hand does before the next: its steps, the lines it answers, the letters it sends."""

    number: int
    hand: tuple[str, ...]
    steps: tuple[ClosureStep, ...]
    makes: str
    different_person: bool
    items: tuple[Item, ...] = ()
    notices: tuple[str, ...] = ()
    is_general: bool = False

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause for step in self.steps for clause in step.clauses))


@dataclass(frozen=True)
class Way:
    """A way of closing, ready to be walked: the base row, what is added, the turns in order."""

    pack: Pack
    row: Closure
    added: tuple[Closure, ...] = ()

    @property
    def rows(self) -> tuple[Closure, ...]:
        return (self.row, *self.added)

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def is_step_down(self) -> bool:
        return self.row.kind == "step_down"

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        steps = (clause for row in self.rows for step in row.steps for clause in step.clauses)
        return tuple(dict.fromkeys([*(clause for row in self.rows for clause in row.clauses), *steps]))

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        turns = _completed(list(_turns(_steps(self))), self.pack)
        numbered = [replace(turn, number=number) for number, turn in enumerate(turns, start=1)]
        return tuple(replace(turn, items=tuple(self._items_of(turn, numbered))) for turn in numbered)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The lines of the way's checklists. A checklist that serves several ways is divided by its clauses."""
        named = [code for row in self.rows for code in row.checklists]
        return tuple(item for code in dict.fromkeys(named) for item in self._lines_of(code))

    def _lines_of(self, checklist: str) -> tuple[Item, ...]:
        items = self.pack.checklists[checklist].items
        shared = tuple(item for item in items if set(item.clauses) & set(self.clauses))
        return shared or items

    def turn(self, number: int) -> Turn:
        return self.turns[number - 1]

    def hand_names(self, turn: Turn) -> str:
        """ "Practice manager or deputy team manager" """
        names = [hand_name(self.pack, code) for code in turn.hand]
        first, *others = list(dict.fromkeys(names))
        return " or ".join([first, *(other[:1].lower() + other[1:] for other in others)])

    def acts_as(self, turn: Turn) -> set[str]:
        return {acts_as(self.pack, code) for code in turn.hand}

    def asks(self, item: Item, facts: Facts) -> bool:
        """Whether a line is asked of this child. Where that is not known, it is."""
        engine = engine_for(self.pack)
        return engine.holds_for(engine.tables(item.when))(facts) is not NO

    def service_name(self, code: str) -> str:
        """A team of the pack in words; what only the pack's own words name, in those."""
        return self.pack.teams[code].name if code in self.pack.teams else code.replace("_", " ")

    @property
    def needs_lead(self) -> bool:
        """Whether the protocol knows a lead professional who goes on after a step-down."""
        return self.is_step_down and "lead_professional_identified" in vocabulary_of(self.pack)

    def _items_of(self, turn: Turn, turns: list[Turn]) -> Iterator[Item]:
        for item in self.items:
            if _place_of(item, turns, self.pack).number == turn.number:
                yield item


def ways_for(pack: Pack, facts: Facts, kind: str) -> list[tuple[Way, Answer]]:
    """The ways that this child's case may take, with whether what they ask for is known to be so. A row that only adds
    to another is no way of its own."""
    rows = [(row, applies(pack, row, facts)) for row in pack.closure if row.kind == kind and _is_from(pack, row, facts)]
    return [(Way(pack, row), answer) for row, answer in rows if answer is not NO and not _only_adds(pack, row)]


def additions_to(pack: Pack, row: Closure, facts: Facts) -> list[tuple[Closure, Answer]]:
    """The rows that may be added to this one for this child."""
    found = [(other, applies(pack, other, facts)) for other in pack.closure if _adds_to(other, row)]
    return [(other, answer) for other, answer in found if answer is not NO and _is_from(pack, other, facts)]


def applies(pack: Pack, row: Closure, facts: Facts) -> Answer:
    """Whether a row's conditions hold: yes, no, or not known. That somebody asks to close is the decision to."""
    engine = engine_for(pack)
    return engine.holds_for(engine.tables(row.when))(_deciding(row, facts))


def _deciding(row: Closure, facts: Facts) -> Facts:
    asked = "decision_to_step_down" if row.kind == "step_down" else "decision_to_close"
    return Facts({**facts.values, asked: True}, facts.at)


def unsettled(pack: Pack, row: Closure, facts: Facts) -> list[str]:
    """What is not known and would settle whether a row applies, as conditions in words."""
    engine, known = engine_for(pack), _deciding(row, facts)
    found = [
        says_condition(pack, key, argument)
        for numbers, table in zip(engine.tables(row.when), row.when or ({},), strict=True)
        for number, (key, argument) in zip(numbers, table.items(), strict=True)
        if engine.predicates[number].test(known) is UNKNOWN
    ]
    return list(dict.fromkeys(found))


def way_of(pack: Pack, code: str, added: Iterable[str] = ()) -> Way:
    """The way that a closure was started on."""
    rows = {row.code: row for row in pack.closure}
    return Way(pack, rows[code], tuple(rows[one] for one in added))


def hand_name(pack: Pack, code: str) -> str:
    if code in GENERAL_NAMES:
        return GENERAL_NAMES[code]
    return pack.roles[code].name if code in pack.roles else f"Worker in {pack.teams[code].name}"


def acts_as(pack: Pack, code: str) -> str:
    """Which of the product's roles a local hand uses; a team as a hand is any worker of it."""
    if code in GENERAL_ACTS_AS:
        return GENERAL_ACTS_AS[code]
    return pack.roles[code].acts_as if code in pack.roles else "social_worker"


def _general(hand: tuple[str, ...], makes: str) -> Turn:
    return Turn(0, hand, (), makes, different_person=True, is_general=True)


def _is_from(pack: Pack, row: Closure, facts: Facts) -> bool:
    holder = facts.values.get("holder")
    return "any" in row.from_teams or any(pack.is_within(str(holder), code) for code in row.from_teams)


def _adds_to(other: Closure, row: Closure) -> bool:
    """It works on the same checklists, is of the same kind and has fewer steps of its own."""
    same = other.kind == row.kind and bool(set(other.checklists) & set(row.checklists))
    return (
        other is not row and same and len(other.steps) < len(row.steps) and set(row.checklists) <= set(other.checklists)
    )


def _only_adds(pack: Pack, row: Closure) -> bool:
    return any(_adds_to(row, other) for other in pack.closure)


def _completed(turns: list[Turn], pack: Pack) -> list[Turn]:
    """What the protocol leaves out follows the general path: somebody proposes, a manager authorises, the last hand
    closes."""
    if not turns:
        return [_general(GENERAL_WORKER, "proposed"), _general(GENERAL_MANAGER, "closed")]
    managed = any(acts_as(pack, code) in MANAGERS for turn in turns for code in turn.hand)
    if not managed and len(turns) == 1:
        return [replace(turns[0], makes="proposed"), _general(GENERAL_MANAGER, "closed")]
    if not managed:
        turns.insert(-1, _general(GENERAL_MANAGER, "authorised"))
    return [*turns[:-1], replace(turns[-1], makes="closed")]


def _steps(way: Way) -> list[ClosureStep]:
    """The base row's steps with those added: what proposes comes first; any other stands beside its hand's last."""
    steps = sorted(way.row.steps, key=lambda step: step.order)
    for row in way.added:
        for step in sorted(row.steps, key=lambda step: step.order):
            if step.makes == "proposed":
                steps.insert(0, step)
            else:
                steps.insert(_place_beside(step, steps), _as_preparation(step))
    return steps


def _place_beside(step: ClosureStep, steps: list[ClosureStep]) -> int:
    """Before the step that closes, if that is of the same hand, else after the hand's last one."""
    last = len(steps) - 1
    if steps[last].hand == step.hand:
        return last
    return max((place + 1 for place, other in enumerate(steps) if other.hand == step.hand), default=last)


def _as_preparation(step: ClosureStep) -> ClosureStep:
    return step.model_copy(update={"makes": "", "different_person": False})


def _turns(steps: list[ClosureStep]) -> Iterator[Turn]:
    """Consecutive steps of one hand; a step that makes nothing and leads nowhere is checking."""
    run: list[ClosureStep] = []
    for step in steps:
        if run and step.hand != run[0].hand:
            yield _turn(run)
            run = []
        run.append(step)
    if run:
        yield _turn(run)


def _turn(run: list[ClosureStep]) -> Turn:
    makes = next((step.makes for step in reversed(run) if step.makes), "checked")
    notices = tuple(dict.fromkeys(notice for step in run for notice in step.notices))
    return Turn(0, run[0].hand, tuple(run), makes, any(step.different_person for step in run), (), notices)


def _place_of(item: Item, turns: list[Turn], pack: Pack) -> Turn:
    """The turn in which a line is answered: by whoever the line names, at the step that says the same."""
    mine = [turn for turn in turns if set(turn.hand) & set(item.who)] or [
        turn for turn in turns if {acts_as(pack, one) for one in turn.hand} & {acts_as(pack, one) for one in item.who}
    ]
    for turn in mine:
        if set(turn.clauses) & set(item.clauses):
            return turn
    for turn in mine:
        if any(step.checklist and item in pack.checklists[step.checklist].items for step in turn.steps):
            return turn
    return (mine or [turns[-1]])[0]
