"""One council of the demo: the cases that nothing has happened to yet, whose part each act is, and the acts that most
stories of an invented transfer begin with."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from functools import cached_property

from django.utils.timezone import localdate, localtime, make_aware

from cases.models import Case, Involvement
from casetransfer.calendars import default
from casetransfer.protocols import pack_for
from casetransfer.protocols.plans import engine_for
from teams.models import Authority, Membership, Person, Team
from teams.roles import Role
from transfers import actions
from transfers.actions import Given
from transfers.brief import ApprovalState, ItemState, steps_of, with_brief
from transfers.models import Says, Transfer
from transfers.permissions import can, can_approve
from transfers.presenters.choices import Choice, options_for
from transfers.presenters.people import workers_of
from transfers.routing import acts_of

ABOVE = [Role.TEAM_MANAGER, Role.GROUP_MANAGER, Role.SERVICE_MANAGER]
LINK = "https://records.example.org/paper/1"


Story = Callable[["Council", Case], set[int]]


class Unsuited(Exception):
    """This case does not fit the story."""


class Council:
    """One council, the cases that nothing has happened to yet, and its managers."""

    def __init__(self, authority: Authority, at: datetime) -> None:
        self.authority, self.at, self.used = authority, at, set[int]()
        self.coming: Counter[str] = Counter()
        self.choices: dict[int, list[Choice]] = {}
        cases = Case.objects.filter(authority=authority, state="open", child__restricted=False)
        self.cases = list(cases.select_related("child", "authority").order_by("pk"))
        lines = Involvement.objects.current().responsible().filter(case__in=[case.pk for case in self.cases])
        self.held_since = {line.case_id: line.started_at for line in lines}

    @property
    def left(self) -> list[Case]:
        return [case for case in self.cases if case.pk not in self.used]

    def ago(self, days: int, hour: int = 11) -> datetime:
        """A working moment so many days before now."""
        if not days:
            return self.at - timedelta(minutes=20)
        at = localtime(self.at - timedelta(days=days)).replace(hour=hour, minute=10, second=0)
        return at - timedelta(days=max(at.weekday() - 4, 0))

    def ahead(self, days: int) -> datetime:
        """Ten in the morning, so many working days from now."""
        day = default().add_working_days(localdate(self.at), days)
        return make_aware(datetime.combine(day, time(10)))

    @cached_property
    def managers(self) -> list[Person]:
        held = Membership.objects.current(localdate(self.at)).filter(team__authority=self.authority, role__in=ABOVE)
        return [
            one.person for one in sorted(held.select_related("person"), key=lambda one: ABOVE.index(Role(one.role)))
        ]

    def somebody(self, may: Callable[[Person], bool]) -> Person:
        """Whoever stands lowest of those who may."""
        person = next((person for person in self.managers if may(person)), None)
        if person is None:
            raise Unsuited
        return person

    @cached_property
    def keeper(self) -> Person:
        """Who writes the lists and minutes of meetings."""
        admins = Membership.objects.current(localdate(self.at)).filter(team__authority=self.authority, role=Role.ADMIN)
        return admins.select_related("person")[0].person

    def may(self, verb: str, transfer: Transfer) -> Person:
        return self.somebody(lambda person: can(person, verb, transfer))

    def routes_of(self, case: Case, step: str = "") -> list[Choice]:
        """The routes that lead the case to another team, best first; of equals the one that most others have taken.
        With a `step`, those that have it."""
        if case.pk not in self.choices:
            options = options_for(case, case.responsible_team, self.at)
            moving = [one for one in options.all if one.moves.startswith("Moves") and one.value.partition("|")[2]]
            moving = [one for one in moving if not any(need.startswith("Not yet") for need in one.needs)]
            self.choices[case.pk] = sorted(moving, key=lambda one: (not one.is_recommended, len(one.needs)))
        pack = pack_for(case.pack)
        plans = engine_for(pack).plans
        best = [
            one
            for one in self.choices[case.pk]
            if not step or step in steps_of(pack, plans[one.value.partition("|")[0]], has_team=True)
        ]
        return sorted(best, key=lambda one: -self.coming[one.value.partition("|")[2]] if one.is_recommended else 1)

    def can_come_true(self, choice: Choice) -> bool:
        """Whether its transfer point is reached, or is an act or an event that may have been an hour ago."""
        row = pack_for(self.authority.pack).routes[choice.value.partition("|")[0]]
        kinds = {point.kind for point in row.points}
        return "recorded as reached" in choice.moves or bool(acts_of(row)) or (kinds == {"event"} and not row.stages)

    def asked(self, case: Case, days: int, *, choice: Choice | None = None, pulled: bool = False) -> Transfer:
        if self.held_since[case.pk] > self.ago(days):
            raise Unsuited
        choice = choice or next(iter(self.routes_of(case)), None)
        if choice is None:
            raise Unsuited
        route, _, key = choice.value.partition("|")
        team = Team.objects.get(pk=key)
        by = self._manager_of(team) if pulled else case.allocated_social_worker
        transfer = actions.request_transfer(
            case=case, route=route, receiving_team=team, by=by, at=self.ago(days),
            asked_by_side="receiving" if pulled else "transferring",
        )  # fmt: skip
        if transfer.state != "requested":
            self.answer(transfer, self.ago(days), gates=("request",))
            transfer = actions.ask_transfer(transfer=transfer, by=by, at=self.ago(days))
        self.coming[key] += 1
        return transfer

    def _manager_of(self, team: Team) -> Person | None:
        held = Membership.objects.current(localdate(self.at)).filter(team=team, role=Role.TEAM_MANAGER)
        first = held.select_related("person").first()
        return first.person if first else None

    def answer(
        self, transfer: Transfer, at: datetime, *, gates: Iterable[str] = (), but: Iterable[str] = ()
    ) -> None:  # fmt: skip
        """Every paper there, `but` these; at the `gates` named, or at all up to the move."""
        states = with_brief(transfer, at).brief.items
        wanted = [one for one in states if one.item.code not in but and not one.is_answered]
        wanted = [one for one in wanted if (one.item.gate in gates if gates else one.item.gate != "after")]
        by = transfer.case.allocated_social_worker
        actions.answer_items(transfer=transfer, answers=[_given(one, at) for one in wanted], by=by, at=at)

    def approve(self, transfer: Transfer, at: datetime, *, leaves_one: bool = False) -> None:
        """Every approval, but for that of the manager who is to agree, where this one is left."""
        needs = list(with_brief(transfer, at).brief.approvals)
        own = next((need for need in needs if need.wants.side == "receiving"), None)
        for need in needs:
            if not (leaves_one and need is own):
                self._approve(transfer, need, at)

    def _approve(self, transfer: Transfer, need: ApprovalState, at: datetime) -> None:
        gave = set(transfer.approvals.filter(withdrawn_at=None).values_list("given_by", flat=True))
        may = [person for person in self.managers if person.pk not in gave and can_approve(person, transfer, need)]
        by, behalf = (may[0], "") if may else (None, "Invented panel")
        actions.give_approval(transfer=transfer, place=need.place, by=by, at=at, on_behalf_of=behalf)

    def agree(self, transfer: Transfer, days: int) -> Transfer:
        at = self.ago(days, 15)
        self.answer(transfer, at)
        self.approve(transfer, at)
        worker = (
            workers_of(transfer, localdate(at)).filter(memberships__role=Role.SOCIAL_WORKER).order_by("held").first()
        )
        return actions.agree_transfer(
            transfer=transfer, receiving_worker=worker, planned_on=self.ahead(4).date(), at=at,
            by=self.may("agree", transfer), note="As soon as the worker is free.",
        )  # fmt: skip

    def waivable(self, transfer: Transfer) -> str:
        """One paper that managers may do without, where the route has one."""
        states = with_brief(transfer, self.at).brief.items
        found = next(
            (one for one in states if one.item.policy == "waivable" and not one.recorded and one.applies), None
        )
        if found is None:
            raise Unsuited
        return found.item.code


def _given(state: ItemState, at: datetime) -> Given:
    item, day = state.item, localdate(at) - timedelta(days=3)
    if item.evidence == "date":
        return Given(item.code, Says.YES, dated_on=day)
    if item.evidence == "link":
        return Given(item.code, Says.YES, link=LINK)
    text = {"tick": "", "name": "Invented Worker"}.get(item.evidence, "As agreed")
    return Given(item.code, Says.YES, text=item.options[0] if item.evidence == "choice" and item.options else text)
