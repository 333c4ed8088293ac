"""What the protocol asks of one transfer at one moment: the route as the engine sees it now, each item with its answer,
each approval with who gave it, and the steps that this route has. Guards and pages read the same brief."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate

from cases import words
from cases.facts import BuiltFacts, facts_of
from casetransfer.protocols import Decision, Found, Pack, pack_for, rows
from casetransfer.protocols.answers import items_for
from casetransfer.protocols.explain import roles_in_words
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.plans import Plan, StagePlan, compile_route, engine_for, stages_of
from casetransfer.protocols.predicates import YES
from teams.models import Team
from transfers.elsewhere import from_elsewhere
from transfers.machine import FINAL, State
from transfers.models import Approval, ChecklistAnswer, Says, Transfer, Waiver

LOST = "A route that the protocol no longer has"
STOPPING = {"blocking", "waivable"}


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item with its answer. `applies`: the record is sure that it applies to this child. `recorded`: the record
    itself answers it."""

    item: rows.Item
    answer: ChecklistAnswer | None
    waiver: Waiver | None
    applies: bool
    recorded: bool
    waived: bool

    @property
    def is_answered(self) -> bool:
        if self.answer:
            return self.answer.says != Says.NO and not self.answer.found_wanting
        return self.recorded

    @property
    def stops(self) -> bool:
        return self.item.policy in STOPPING and not self.is_answered and not self.waived

    @property
    def wants_reason(self) -> bool:
        """Only asked for: it may be missing, and then somebody says why."""
        return self.item.policy == "advisory" and not self.is_answered and self.answer is None

    @property
    def opens_issue(self) -> bool:
        return self.item.policy == "practice_issue" and not self.is_answered

    @property
    def why_missing(self) -> str:
        if self.answer and self.answer.found_wanting:
            return f"not in order: {self.answer.found_wanting}"
        if self.answer:
            return f"missing: {self.answer.text}"
        if self.waiver and not self.waived:
            return (
                "not answered, and its waiver has expired"
                if self.waiver.signed_at
                else "its waiver waits for the \
other manager's name"
            )
        return "not answered"


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """One approval that the route asks for, and who gave it."""

    place: int
    wants: rows.Approval
    by_in_words: str
    given: Approval | None

    @property
    def what(self) -> str:
        return self.wants.what[:1].lower() + self.wants.what[1:]

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.wants.clauses

    @property
    def is_missing(self) -> bool:
        return self.given is None and self.wants.strength == "must"


@dataclass(frozen=True)
class Brief:
    """Each part is worked out when it is first asked for: an approval needs no facts of the child."""

    transfer: Transfer
    at: datetime
    missing_because: str | None = None

    @cached_property
    def pack(self) -> Pack:
        return pack_for(self.transfer.case.pack)

    @cached_property
    def facts(self) -> BuiltFacts:
        return _seen_from(self.transfer, from_elsewhere(facts_of(self.transfer.case, self.at)))

    @cached_property
    def decision(self) -> Decision:
        return self.facts.decide()

    @cached_property
    def found(self) -> Found | None:
        return self.decision.find(self.transfer.route)

    @cached_property
    def holder(self) -> Team | None:
        return self.transfer.case.responsible_team

    @cached_property
    def items(self) -> tuple[ItemState, ...]:
        return _items(self.transfer, self.decision, self.at)

    @cached_property
    def approvals(self) -> tuple[ApprovalState, ...]:
        return _approvals(self.transfer, self.pack)

    @cached_property
    def plan(self) -> Plan:
        engine = engine_for(self.pack)
        return engine.plans.get(self.transfer.route) or compile_route(engine, lost_route(self.transfer))

    @property
    def route(self) -> rows.Route:
        return self.plan.route

    @cached_property
    def steps(self) -> tuple[str, ...]:
        return steps_of(self.pack, self.plan, has_team=self.transfer.receiving_team_id is not None)

    @cached_property
    def joining(self) -> StagePlan | None:
        """The first of the two acts of a route in stages: somebody joins, and the case stays until the second."""
        stages = stages_of(engine_for(self.pack), self.route) if self.route.effect == "moves" else []
        return next((one for one in stages if one.stage.effect == "joins"), None)

    @property
    def next_approval(self) -> ApprovalState | None:
        return next((need for need in self.approvals if need.given is None), None)


def lost_route(transfer: Transfer) -> rows.Route:
    """In the place of a route that a newer version of the protocol has no more: nothing completes along it, and the
    transfer can be led along another or withdrawn."""
    more: dict[str, Any] = {"from": ("any",), "to": ("chosen",), "clauses": tuple(transfer.clause.split(", "))}
    return rows.Route(code=transfer.route, name=LOST, effect=transfer.effect, **more)


def steps_of(pack: Pack, plan: Plan, *, has_team: bool) -> tuple[str, ...]:
    """The steps of a route, in order: those that the pack does not name are not there."""
    steps = [State.REQUESTED.value]
    if desk_of(pack, plan):
        steps.append(State.LISTED.value)
    passes = plan.route.effect in ("moves", "joins") and has_team
    if passes or plan.asks.approvals or _waits_for_agreement(plan.route):
        steps.append(State.AGREED.value)
        if plan.route.joint or plan.route.stages:
            steps.append(State.HANDOVER.value)
    return (*steps, State.COMPLETED.value)


def _waits_for_agreement(route: rows.Route) -> bool:
    return any(point.kind == "agreement" for point in route.points)


def desk_of(pack: Pack, plan: Plan) -> rows.Meeting | None:
    """The transfer meeting on whose list the route puts a case. Conferences and reviews are events of the child."""
    meeting = next((row for row in pack.meeting if row.code == plan.asks.meeting), None)
    return meeting if meeting and meeting.event == "transfer_meeting" else None


def with_brief(transfer: Transfer, at: datetime, *, missing_because: str | None = None) -> Transfer:
    """The transfer with its brief of this moment, as every guard wants it. `missing_because` is what was said of the
    papers that are only asked for: nothing yet, where nobody has been asked."""
    transfer.brief = Brief(transfer, at, missing_because)
    return transfer


ALLOCATED = "case_allocated"


def _seen_from(transfer: Transfer, facts: BuiltFacts) -> BuiltFacts:
    """Where a route moves once a worker is allocated, the receiving team's is meant, not the one who has the case."""
    acts = set(facts.values.get("acts_done", ()))
    seen = acts | {ALLOCATED} if transfer.receiving_worker_id else acts - {ALLOCATED}
    return facts if seen == acts else replace(facts, values=facts.values | {"acts_done": sorted(seen)})


def _items(transfer: Transfer, decision: Decision, at: datetime) -> tuple[ItemState, ...]:
    engine = engine_for(decision.pack)
    plan = engine.plans.get(transfer.route)
    if plan is None:
        return ()
    answers = {answer.item: answer for answer in transfer.answers.select_related("answered_by", "checked_by")}
    signed = transfer.waivers.filter(ended_at=None).select_related("asked_by", "signed_by")
    waivers = {waiver.item: waiver for waiver in signed}
    day = localdate(at)
    return tuple(
        ItemState(
            item,
            answers.get(item.code),
            waiver := waivers.get(item.code),
            applies=engine.holds_for(engine.tables(item.when))(decision.facts) is YES,
            recorded=is_recorded(decision, item.fills_from),
            waived=waiver is not None and waiver.counts_on(day),
        )
        for item in items_for(plan, decision)
    )


def is_recorded(decision: Decision, fact: str) -> bool:
    """Whether the record already answers an item: a flag that is true, anything else that is known."""
    known = vocabulary_of(decision.pack).get(fact)
    if known is None:
        return False
    asks: dict[str, object] = {fact: True} if known.type == "flag" else {fact: [v for v in known.values if v != "none"]}
    if known.type == "date":
        asks = {f"{fact}_known": True}
    engine = engine_for(decision.pack)
    return engine.holds_for(engine.tables((asks,)))(decision.facts) is YES


def _approvals(transfer: Transfer, pack: Pack) -> tuple[ApprovalState, ...]:
    plan = engine_for(pack).plans.get(transfer.route)
    standing = Approval.objects.filter(transfer=transfer, withdrawn_at=None).prefetch_related("given_by")
    given = {one.place: one for one in standing}
    wanted: Iterable[rows.Approval] = plan.asks.approvals if plan else ()
    return tuple(
        ApprovalState(place, wants, approver(pack, wants), given.get(place)) for place, wants in enumerate(wanted, 1)
    )


def approver(pack: Pack, wants: rows.Approval) -> str:
    """ "the team manager of the receiving team" """
    name = words.capital(roles_in_words(pack, wants.by))
    of = {"transferring": " of the transferring team", "receiving": " of the receiving team"}.get(wants.side, "")
    return f"{name}{of}"


def is_over(transfer: Transfer) -> bool:
    return transfer.state in FINAL
