"""Contacts: what comes in at the front door about a child, known or not."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.contacts.machine import UNDECIDED, ContactMachine, ContactState
from cases.models.case import Case
from cases.models.child import Child, is_restricted
from cases.models.rules import at_with_by, known, reference_from
from cases.models.scope import Standing, must_not_see
from casetransfer.protocols import pack_for
from casetransfer.protocols.rows import Rating, Scale
from teams.models import Authority, Person, Team
from teams.roles import Permission


class ContactChannel(models.TextChoices):
    """The vocabulary's words for how a contact came in; not said only of what a workbook brought in."""

    PHONE = "phone", "By phone"
    WRITTEN = "written", "In writing"
    IN_PERSON = "in_person", "In person"
    ELECTRONIC = "electronic", "By e-mail or online form"
    NOT_SAID = "not_said", "Not said"


class ContactSource(models.TextChoices):
    """Who made the contact: the statutory list, in groups."""

    FAMILY = "family", "Child, family or carer"
    INDIVIDUAL = "individual", "Neighbour or other individual"
    SCHOOL = "school", "School"
    EDUCATION = "education", "Education services"
    HEALTH = "health", "Health services"
    HOUSING = "housing", "Housing"
    LOCAL_AUTHORITY = "local_authority", "Local authority service"
    POLICE = "police", "Police"
    LEGAL = "legal", "Court, probation or other legal agency"
    OTHER = "other", "Other"
    ANONYMOUS = "anonymous", "Anonymous"


class Tier(models.TextChoices):
    ONE = "1", "Tier 1, universal"
    TWO = "2", "Tier 2"
    THREE = "3", "Tier 3"
    FOUR = "4", "Tier 4, in need or at risk of significant harm"


class ContactOutcome(models.TextChoices):
    """The vocabulary's words for what the front door decides."""

    CLARIFY = "clarify", "Information gathered, nothing more"
    SIGNPOST = "signpost", "Advice, or shown to another service"
    LETTER = "letter", "Letter with information or a warning"
    EARLY_HELP_ASSESSMENT = "early_help_assessment", "Early help assessment"
    EARLY_HELP_SERVICE = "early_help_service", "Early help service"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    ASSESSMENT = "assessment", "Referral: a team takes the child on"


class Reasons(models.TextChoices):
    SAME = "same", "The same reasons as at the last closing"
    DIFFERENT = "different", "Different reasons"


class ContactQuerySet(models.QuerySet["Contact"]):
    def undecided(self) -> "ContactQuerySet":
        return self.filter(state__in=UNDECIDED)

    def visible_to(self, person: Person, standing: Standing | None = None) -> "ContactQuerySet":
        """Those of one's teams, one's own, and those about a case one may see; restricted children only so."""
        standing = standing or Standing.of(person)
        cases = Case.objects.visible_to(person, standing).values("pk")
        seen = ~is_restricted("child") & ~Q(child__in=must_not_see(person))
        if not standing.allows(Permission.SEE_ALL_CASES):
            mine = Q(team__in=standing.teams_with(Permission.SEE_TEAM_CASES))
            seen &= mine | Q(recorded_by=person) if standing.roles else mine
        return self.filter(seen | Q(case__in=cases), authority=person.authority_id)


class Contact(ContactMachine):
    """`child` is None until the child is known here; the name and birthday as given stay with the contact. A colour
    counts only with its scale. `due_at`: when the clock of that rating runs out, where it has one."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    reference = models.CharField(
        max_length=20, unique=True, db_default=reference_from("CO-", "cases_contact_reference"), editable=False
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="contacts")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="contacts", null=True, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts", null=True, blank=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=ContactChannel.choices)
    source = models.CharField(max_length=20, choices=ContactSource.choices)
    referrer = models.CharField(max_length=200, blank=True)
    says = models.TextField()
    tier = models.CharField(max_length=1, choices=Tier.choices, blank=True)
    reasons = models.CharField(max_length=10, choices=Reasons.choices, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    scale = models.CharField(max_length=60, blank=True)
    colour = models.CharField(max_length=10, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    rated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=30, choices=ContactOutcome.choices, blank=True)
    decision = models.TextField(blank=True)
    route = models.CharField(max_length=60, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    information = models.TextField(blank=True)
    information_at = models.DateTimeField(null=True, blank=True)
    information_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    history = HistoricalRecords()

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            known("state", ContactState, of="contact"),
            known("channel", ContactChannel, of="contact"),
            known("source", ContactSource, of="contact"),
            models.CheckConstraint(condition=~Q(given_name="") & ~Q(says=""), name="contact_says_of_whom_and_what"),
            models.CheckConstraint(condition=Q(colour="") | ~Q(scale=""), name="contact_colour_has_its_scale"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNDECIDED), decided_at=None)
                | ~Q(state__in=sorted(UNDECIDED)) & Q(decided_at__isnull=False),
                name="contact_decided_with_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["referred", "passed_on"]) | Q(case__isnull=False), name="contact_taken_has_case"
            ),
            at_with_by("rated_at", "rated_by", of="contact"),
            at_with_by("decided_at", "decided_by", of="contact"),
            at_with_by("information_at", "information_by", of="contact"),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "due_at"], name="contact_board"),
            models.Index(fields=["authority", "-received_at"], name="contact_list"),
            models.Index(fields=["authority", "decided_at"], name="contact_decided"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"/contacts/{self.reference}/"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED

    @property
    def rating_scale(self) -> Scale | None:
        """The protocol's scale for contacts, where it has one."""
        return next((scale for scale in pack_for(self.authority.pack).scale if scale.rates == "contact"), None)

    @property
    def needs_rating(self) -> bool:
        return self.rating_scale is not None

    @property
    def rating(self) -> Rating | None:
        scale = self.rating_scale
        return next((one for one in scale.ratings if one.colour == self.colour), None) if scale else None
