"""The routes that a case may take now, with the reasons, as the page that asks for a transfer offers them."""

from dataclasses import dataclass, replace
from datetime import datetime

from cases import words
from cases.facts import facts_of
from cases.models import Case
from casetransfer.protocols import Decision, Found, Pack, pack_for
from casetransfer.protocols.points import PointState
from teams.models import Team
from transfers.elsewhere import from_elsewhere
from transfers.models import Transfer
from transfers.routing import receivers_of, takes


@dataclass(frozen=True, slots=True)
class Choice:
    """One route to one team. `value` is what the form sends."""

    value: str
    name: str
    to: str
    moves: str
    needs: tuple[str, ...]
    clauses: tuple[str, ...]
    is_recommended: bool

    @property
    def label(self) -> str:
        return f"{self.name}"

    @property
    def hint(self) -> str:
        needs = f" {' '.join(self.needs)}" if self.needs else ""
        return f"{self.to}. {self.moves}{needs} ({', '.join(self.clauses[:3])})"


@dataclass(frozen=True, slots=True)
class Options:
    recommended: tuple[Choice, ...]
    possible: tuple[Choice, ...]
    holds: tuple[str, ...]
    ruled_out: tuple[tuple[str, str, tuple[str, ...]], ...]

    def to_teams(self, teams: set[int]) -> "Options":
        """Those that lead to these teams: what a team may ask for."""
        keys = {str(team) for team in teams}

        def own(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
            return tuple(one for one in choices if one.value.partition("|")[2] in keys)

        return replace(self, recommended=own(self.recommended), possible=own(self.possible), ruled_out=())

    @property
    def all(self) -> tuple[Choice, ...]:
        return (*self.recommended, *self.possible)


def options_for(case: Case, holder: Team | None, at: datetime, decision: Decision | None = None) -> Options:
    decision = decision or from_elsewhere(facts_of(case, at)).decide()
    teams = list(Team.objects.in_use().filter(authority=case.authority_id).exclude(kind=Team.Kind.SUPPORT))
    teams = [team for team in teams if team != holder]

    def choices(found: tuple[Found, ...], recommended: bool) -> tuple[Choice, ...]:
        return tuple(one for route in found for one in _choices(decision.pack, route, teams, recommended))

    return Options(
        recommended=choices(decision.recommended, True),
        possible=choices(decision.possible, False),
        holds=tuple(f"Stays put: {held.hold.name}." for held in decision.holds),
        ruled_out=tuple(
            (found.plan.route.name, " ".join(reason.says for reason in found.because), found.plan.route.clauses)
            for found in decision.ruled_out
            if found.because and found.because[0].fact != "holder"
        ),
    )


NOTHING = Options((), (), (), ())


def options_otherwise(transfer: Transfer) -> Options:
    """Where what was decided rules out the route that was asked for: the routes that it leads along instead."""
    brief = transfer.brief
    if brief.found is None or not brief.found.because or transfer.finished_at:
        return NOTHING
    found = options_for(transfer.case, brief.holder, brief.at, brief.decision)
    return replace(found, possible=() if found.recommended else found.possible)


def _choices(pack: Pack, found: Found, teams: list[Team], recommended: bool) -> list[Choice]:
    row = found.plan.route
    found_teams = [team for team in teams if takes(pack, row, team)] if receivers_of(pack, row) else []
    if not found_teams and row.effect not in ("moves", "joins"):
        names = " or ".join(pack.teams[code].name if code in pack.teams else words.label(code) for code in row.to)
        receivers = [("", words.capital(names))]
    else:
        receivers = [(str(team.pk), f"To {team.name}") for team in found_teams]
    return [
        Choice(
            value=f"{row.code}|{key}",
            name=row.name,
            to=name,
            moves=moves_in_words(found.point, row.effect),
            needs=tuple(need.says for need in found.needs),
            clauses=row.clauses,
            is_recommended=recommended,
        )
        for key, name in receivers
    ]


VERBS = {
    "moves": "Moves at",
    "joins": "Joins at",
    "refers": "Referred at",
    "stays": "Stays; shown at",
    "ends": "Ends at",
}


def moves_in_words(point: PointState | None, effect: str) -> str:
    if point is None:
        return ""
    reached = "recorded as reached" if point.reached else "not reached yet"
    on = f" ({'expected ' if not point.reached else ''}{words.day(point.on)})" if point.on else ""
    return f"{VERBS[effect]}: {point.says}, {reached}{on}."


def routes_from(case: Case) -> list[tuple[str, str]]:
    """Every route that starts from the team that holds the case: what a departure may decide on."""
    pack, holder = pack_for(case.pack), case.responsible_team
    here = {code for code in pack.teams if holder and pack.is_within(holder.code, code)}
    return [
        (row.code, row.name) for row in pack.route if "any" in row.from_teams or here & set(row.from_teams)
    ]  # fmt: skip
