"""What somebody weighs before they agree to a move or approve it: what the sender says, how the papers stand, what the
move does to the team, and how many workers the child has had."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases import words
from cases.models import Case, Involvement, Standing
from teams.models import Person
from transfers import permissions
from transfers.brief import ItemState
from transfers.machine import DECIDED
from transfers.models import Transfer
from transfers.presenters.figures import stands_of

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Weighing:
    """`facts`: term and value. `missing` and `waived`: each paper with why. `may_return`: it may be given back."""

    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    waived: tuple[str, ...]
    may_return: bool


def weighing_of(transfer: Transfer, person: Person, at: datetime) -> Weighing:
    papers = _papers(transfer)
    waived = [state for state in papers if state.waived and not state.is_answered]
    missing = [state for state in papers if not state.is_answered and not state.waived]
    returns = permissions.can(person, "send_back", transfer, Standing.of(person))
    return Weighing(
        facts=(
            ("What the sender says", transfer.note or "Nothing was written."),
            ("Papers", _counted(len(papers) - len(missing) - len(waived), len(missing), len(waived))),
            ("The team", _load(transfer)),
            ("Social workers so far", _workers(transfer.case, at)),
        ),
        missing=tuple(f"{state.item.what}: {state.why_missing}" for state in missing),
        waived=tuple(f"{state.item.what}: {state.waiver.reason}" for state in waived if state.waiver),
        may_return=returns and not transfer.blockers("send_back"),
    )


def _papers(transfer: Transfer) -> list[ItemState]:
    later = {"after"} if transfer.effect == "ends" else {"after", "closure"}
    return [state for state in transfer.brief.items if state.item.gate not in later]


def _counted(done: int, missing: int, waived: int) -> str:
    if not done + missing + waived:
        return "None are asked for."
    also = f", {waived} waived" if waived else ""
    return f"{done} done, {missing} missing{also}"


def _load(transfer: Transfer) -> str:
    """What the team that would hold the case holds now, and would."""
    team = transfer.receiving_team
    if team is None or transfer.effect != "moves":
        return ""
    held, waiting = stands_of([team]).get(team.pk, (0, 0))
    agreed = Transfer.objects.moving().filter(state__in=DECIDED, receiving_team=team).exclude(pk=transfer.pk).count()
    also = f" {agreed} more {'is' if agreed == 1 else 'are'} agreed to come." if agreed else ""
    unallocated = f", {waiting} of them without a worker" if waiting else ""
    return f"{team.name} holds {words.plural(held, 'case')}{unallocated}; with this one {held + 1}.{also}"


def _workers(case: Case, at: datetime) -> str:
    """How often the child had to get used to somebody new."""
    lines = Involvement.objects.standing().allocated().filter(case__child=case.child_id)
    found = list(lines.filter(period__overlap=(at - 2 * YEAR, at)).values_list("person", "period"))
    lately = {person for person, period in found if period.upper is None or period.upper > at - YEAR}
    every = {person for person, _ in found}
    return f"{len(lately)} in the last twelve months, {len(every)} in twenty-four" if every else "None yet"
