"""A transfer: one case, one route of the protocol, two teams, from the radar to the handover."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast, JSONObject
from simple_history.models import HistoricalRecords

from cases import words
from cases.models import Case, JournalEntry, Reason, Standing
from cases.models.rules import at_with_by, known, reference_from
from cases.models.scope import must_not_see
from teams.models import Person, Team
from teams.roles import Permission
from transfers.machine import DECIDED, UNDER_WAY, WAITING, State, TransferMachine

if TYPE_CHECKING:
    from transfers.brief import Brief


class Effect(models.TextChoices):
    """What a route does to who holds the case."""

    MOVES = "moves", "Moves the case"
    JOINS = "joins", "Adds a worker or team; the case does not move"
    REFERS = "refers", "Refers the matter; the case does not move"
    STAYS = "stays", "Stays where it is"
    ENDS = "ends", "Ends involvement"


MOVING = [Effect.MOVES, Effect.ENDS]
ACT_OF_STATE = {
    State.REQUESTED: "requested", State.AGREED: "agreed", State.HANDOVER: "handover", State.RETURNED: "returned",
    State.COMPLETED: "finished", State.WITHDRAWN: "finished", State.LAPSED: "finished",
}  # fmt: skip
DELAYED = "transfer_delayed"
VERBS = ("requested", "agreed", "handover", "joined", "returned", "finished")


class Side(models.TextChoices):
    TRANSFERRING = "transferring", "Transferring team"
    RECEIVING = "receiving", "Receiving team"


ON_A_LINE = ("case__child", "transferring_team", "receiving_team", "receiving_worker")


class TransferQuerySet(models.QuerySet["Transfer"]):
    def under_way(self) -> "TransferQuerySet":
        return self.filter(state__in=UNDER_WAY)

    def together_with(self, transfer: "Transfer") -> "TransferQuerySet":
        """The other brothers and sisters of the same decision."""
        first = transfer.asked_with_id or transfer.pk
        return self.filter(Q(pk=first) | Q(asked_with=first)).exclude(pk=transfer.pk)

    def unanswered(self, at: datetime) -> "TransferQuerySet":
        """Somebody was asked at least a working day ago, has not answered, and nobody above was told."""
        waiting = self.filter(state__in=WAITING, finished_at=None, escalated_at=None)
        waiting = waiting.filter(requested_at__lt=at - timedelta(days=1))
        return waiting.select_related("case").order_by("requested_at", "pk")

    def slipped(self, on: date) -> "TransferQuerySet":
        """Those whose agreed day has gone by, and of whose delay past that day the case does not tell yet."""
        told = JournalEntry.objects.filter(
            case=OuterRef("case"), kind=DELAYED, detail__contains=JSONObject(
                transfer=OuterRef("reference"), planned=Cast(OuterRef("planned_on"), models.CharField())
            ),
        )  # fmt: skip
        late = self.filter(~Exists(told), state__in=DECIDED, planned_on__lt=on)
        return late.select_related("case").order_by("planned_on", "pk")

    def moving(self) -> "TransferQuerySet":
        """Those that would take the case from its holder."""
        return self.filter(effect__in=MOVING)

    def of_teams(self, teams: set[int]) -> "TransferQuerySet":
        """Those in which one of these teams has a side."""
        return self.filter(Q(transferring_team__in=teams) | Q(receiving_team__in=teams))

    def visible_to(self, person: Person, standing: Standing | None = None) -> "TransferQuerySet":
        """Those of cases that this person may open; and, for managers who must answer, those that come to their team.
        A restricted child's transfer is for those who may open the record, and the receiving team's own managers."""
        standing = standing or Standing.of(person)
        rows = self.filter(transferring_team__authority=person.authority_id)
        rows = rows.exclude(case__in=Case.objects.filter(child__in=must_not_see(person)).values("pk"))
        mine = Transfer.objects.filter(case__in=Case.objects.visible_to(person, standing).values("pk"))
        if not standing.allows(Permission.SEE_ALL_CASES):
            return rows.filter(pk__in=_either(mine, _coming_to(standing)))
        restricted = Exists(Case.objects.filter(pk=OuterRef("case"), child__restricted=True))
        return rows.filter(~restricted | Q(pk__in=_either(mine.filter(restricted), _coming_to(standing))))

    def with_people(self) -> "TransferQuerySet":
        """All that a page about one shows."""
        return self.select_related(*ON_A_LINE, "case__authority", "requested_by")

    def read(self, first: int = 0, most: int = 500) -> list["Transfer"]:
        """So many of these, in their order, with all that a line of a list shows. Found first and read afterwards:
        planned as one, whose they are and what they show take the database longer than both together."""
        keys = list(self.values_list("pk", flat=True)[first : first + most])
        found = Transfer.objects.select_related(*ON_A_LINE).in_bulk(keys)
        return [found[key] for key in keys]


def _either(some: TransferQuerySet, others: TransferQuerySet) -> models.QuerySet[Any, Any]:
    """The numbers of both: a union, so that the database begins with what somebody has and not with every transfer."""
    return some.order_by().values("pk").union(others.order_by().values("pk"), all=True)


def _coming_to(standing: Standing) -> TransferQuerySet:
    """Those that somebody in the receiving team must answer, whose case they may not open yet."""
    managed = standing.teams_with(Permission.DECIDE_TRANSFER, own_only=True)
    mine = standing.teams_with(Permission.SEE_TEAM_CASES)
    to_answer = Q(receiving_team__in=mine, case__child__restricted=False) | Q(receiving_team__in=managed)
    return Transfer.objects.under_way().filter(to_answer)


class Transfer(TransferMachine):
    """`route`, `pack` and `version` say by which row of which protocol; `clause` where that is written. Without a
    `receiving_team` the case ends here or goes to somebody outside, who is named in `receiver`. Brothers and sisters in
    one decision are `asked_with` the first of them. `escalated_at`: nobody answered, and those above were told."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    reference = models.CharField(
        max_length=20, unique=True, db_default=reference_from("TR-", "transfers_transfer_reference"), editable=False
    )
    route = models.CharField(max_length=60, db_index=False)
    pack = models.SlugField(db_index=False)
    version = models.CharField(max_length=20)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    clause = models.CharField(max_length=200, blank=True)
    asked_by_side = models.CharField(max_length=20, choices=Side.choices, default=Side.TRANSFERRING)
    transferring_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="transfers_out")
    receiving_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="transfers_in", null=True, blank=True
    )
    receiver = models.CharField(max_length=150, blank=True)
    receiving_worker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.CharField(max_length=6, choices=Reason.choices, default=Reason.STANDARD_TRANSFER)
    note = models.CharField(max_length=500, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    requested_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    handover_at = models.DateTimeField(null=True, blank=True)
    handover_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    joined_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    returned_for = models.CharField(max_length=1000, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    asked_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="asked_together", null=True, blank=True
    )
    point_reached_on = models.DateField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    finished_because = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords()

    objects = TransferQuerySet.as_manager()

    brief: "Brief"

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            known("state", State, of="transfer"),
            known("effect", Effect, of="transfer"),
            known("asked_by_side", Side, of="transfer"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=sorted(UNDER_WAY), effect__in=MOVING),
                name="transfer_one_under_way_moves_a_case",
            ),
            models.CheckConstraint(condition=~Q(route="") & ~Q(pack=""), name="transfer_follows_a_route"),
            models.CheckConstraint(
                condition=Q(receiving_team__isnull=True)
                | ~Q(effect=Effect.MOVES)
                | ~Q(receiving_team=models.F("transferring_team")),
                name="transfer_goes_to_another_team",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ON_RADAR)
                | Q(state__in=[State.WITHDRAWN, State.LAPSED])
                | Q(requested_at__isnull=False),
                name="transfer_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["completed", "withdrawn", "lapsed"], finished_at__isnull=False)
                | ~Q(state__in=["completed", "withdrawn", "lapsed"]) & Q(finished_at__isnull=True),
                name="transfer_that_is_over_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.AGREED, State.HANDOVER]) | Q(agreed_at__isnull=False),
                name="transfer_agreed_has_a_date",
            ),
            *(at_with_by(f"{verb}_at", f"{verb}_by", of="transfer") for verb in VERBS),
        ]
        indexes = [
            models.Index(fields=["case", "-requested_at"], name="transfer_of_case"),
            models.Index(fields=["receiving_team", "state"], condition=Q(finished_at=None), name="transfer_coming"),
            models.Index(fields=["transferring_team", "state"], condition=Q(finished_at=None), name="transfer_going"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"/transfers/{self.reference}/"

    @property
    def is_pull(self) -> bool:
        """The receiving team asked for the case."""
        return self.asked_by_side == Side.RECEIVING

    @property
    def asking_team(self) -> Team:
        return self.receiving_team if self.is_pull and self.receiving_team else self.transferring_team

    @property
    def answering_team(self) -> Team:
        """The team that must agree: the receiving one, or the holder when it is asked to give a case."""
        if self.is_pull or self.receiving_team is None:
            return self.transferring_team
        return self.receiving_team

    @property
    def receiver_name(self) -> str:
        return self.receiving_team.name if self.receiving_team else self.receiver

    def brought_by(self) -> str:
        at, by = self._last_act()
        return f"{by.name if by else 'the system'}, {words.moment(at)}" if at else ""

    def _last_act(self) -> tuple[datetime | None, Person | None]:
        if self.state == State.DISPUTED:
            raised = self.disputes.select_related("raised_by").order_by("-raised_at").first()
            return (raised.raised_at, raised.raised_by) if raised else (None, None)
        verb = ACT_OF_STATE.get(State(self.state))
        return (getattr(self, f"{verb}_at"), getattr(self, f"{verb}_by")) if verb else (None, None)

    def story(self) -> "models.QuerySet[JournalEntry]":
        """What the journal of the case tells of this transfer, but for its papers."""
        told = self.case.journal.filter(detail__transfer=self.reference).exclude(kind__startswith="checklist_")
        return told.exclude(kind="practice_issue_opened").select_related("by")

    def side_of(self, side: str) -> list[Team]:
        """The teams that a word of the pack means: transferring, receiving, both, other (nobody of the two)."""
        receiving = [self.receiving_team] if self.receiving_team else []
        sides: dict[str, list[Any]] = {"transferring": [self.transferring_team], "receiving": receiving}
        return sides.get(side, [self.transferring_team, *receiving])
