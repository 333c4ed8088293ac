"""What belongs to an ending: a manager's departure from the net, a step-down, a child who comes back."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.models import Case, Contact, Standing, must_not_see
from cases.models.rules import at_with_by, known
from casetransfer.protocols import pack_for
from casetransfer.protocols.rows import ReReferral
from closures.machine import ReturnMachine, ReturnState
from closures.models.closure import Closure
from teams.models import Person, Team
from teams.roles import Permission


class Departure(models.Model):
    """A group or service manager decided that a case may close although a condition of the safety net stands."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="departures")
    condition = models.SlugField(max_length=40)
    because = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["closure", "condition"], name="departure_once_for_a_condition"),
            models.CheckConstraint(condition=~Q(because=""), name="departure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.closure}: {self.condition}"


class StepDown(models.Model):
    """Who goes on with the family: the service, and the lead professional or whoever keeps looking for one."""

    closure = models.OneToOneField(Closure, on_delete=models.PROTECT, related_name="step_down")
    service = models.SlugField(max_length=60)
    lead_professional = models.CharField(max_length=150, blank=True)
    lead_organisation = models.CharField(max_length=150, blank=True)
    sought_by = models.CharField(max_length=150, blank=True, help_text="Who keeps looking for a lead professional.")
    consent_of = models.CharField(max_length=150, blank=True, help_text="Who in the family agreed.")
    consent_on = models.DateField(null=True, blank=True)
    handover_on = models.DateField(null=True, blank=True, help_text="The meeting at which it was handed over.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lead_professional="") | Q(sought_by=""), name="step_down_lead_is_named_or_sought"
            ),
            models.CheckConstraint(
                condition=Q(consent_on=None, consent_of="") | Q(consent_on__isnull=False) & ~Q(consent_of=""),
                name="step_down_consent_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closure} to {self.service}"


class ReturnQuerySet(models.QuerySet["Return"]):
    def waiting(self) -> "ReturnQuerySet":
        return self.filter(state__in=[ReturnState.OFFERED, ReturnState.ESCALATED])

    def visible_to(self, person: Person, standing: Standing | None = None) -> "ReturnQuerySet":
        """Of the cases this person may see; and those offered to a team of theirs, or recorded by them; for whoever
        decides at the front door, all. A restricted child's return is for those who may open the record, and the
        managers of the team that it is offered to."""
        standing = standing or Standing.of(person)
        teams = {team for team, _, _ in standing.roles}
        theirs = Q(to_team__in=standing.teams_with(Permission.REOPEN_CASE, own_only=True))
        deciding = standing.teams_with(Permission.DECIDE_CONTACT)
        at_front_door = Team.objects.filter(pk__in=deciding, kind=Team.Kind.FRONT_DOOR).exists()
        mine = Q() if at_front_door else Q(to_team__in=teams) | Q(came_by=person)
        open_to_all = mine & Q(case__child__restricted=False)
        seen = Q(case__in=Case.objects.visible_to(person, standing)) | theirs | open_to_all
        return self.filter(seen, case__authority=person.authority_id).exclude(case__child__in=must_not_see(person))


class Return(ReturnMachine):
    """A child comes back after closing, within a window of the protocol: offered to the team and worker before."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="returns")
    row = models.CharField(max_length=60, help_text="The pack's window.")
    pack = models.SlugField(db_index=False)
    pack_version = models.CharField(max_length=20)
    contact = models.OneToOneField(
        Contact, on_delete=models.PROTECT, related_name="came_back", null=True, blank=True,
        help_text="What came in at the front door, where it did.",
    )  # fmt: skip
    came_on = models.DateField()
    came_at = models.DateTimeField()
    came_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason_now = models.TextField()
    same_reasons = models.BooleanField(null=True, blank=True)
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_because = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-came_at", "-pk"]
        constraints = [
            known("state", ReturnState, of="return"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[ReturnState.OFFERED, ReturnState.ESCALATED]),
                name="return_one_waiting_for_a_case",
            ),
            models.CheckConstraint(condition=~Q(reason_now=""), name="return_says_why"),
            at_with_by("decided_at", "decided_by", of="return"),
        ]

    def __str__(self) -> str:
        return f"{self.case} came back on {self.came_on}"

    @property
    def window(self) -> ReReferral:
        """The pack's row: who says whether the child is taken back, and on which terms."""
        return next(row for row in pack_for(self.pack).rereferral if row.code == self.row)
