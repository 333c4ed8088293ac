"""The authority (the tenant), its teams, its people, and who works where in which role between which days."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Lower
from django.utils.timezone import localdate
from simple_history.models import HistoricalRecords

from teams.roles import PERMISSIONS_OF, Permission, Role

a_colour = RegexValidator(r"^#[0-9a-f]{6}$", "A colour is written like #1d70b8.")


def days(first: str, last: str) -> Func:
    """The days from first to last, both included; no last day means for ever."""
    return Func(F(first), F(last), Value("[]"), function="daterange")


def in_order(name: str, first: str, last: str) -> models.CheckConstraint:
    condition = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message="It ends before it starts.")


def refuse_reversed(first: date | None, last: date | None) -> None:
    """Said at its box, and before the database is asked about days that it cannot read."""
    if first and last and last < first:
        raise ValidationError({"ends_on": "The last day is before the first day."})


class Authority(models.Model):
    """A council: the tenant. Nobody sees anything of another one."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    pack = models.SlugField(help_text="The protocol pack that this authority works by.")
    colour = models.CharField(max_length=7, default="#1d70b8", validators=[a_colour])
    logo_text = models.CharField(max_length=60)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "authorities"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(colour__regex=r"^#[0-9a-f]{6}$"), name="authority_colour_is_a_colour"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(logo_text=""), name="authority_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def text_colour(self) -> str:
        """Black or white, whichever can be read on the council's colour (WCAG relative luminance)."""
        shares = [int(self.colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        return "#ffffff" if luminance < 0.179 else "#0b0c0c"


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, person: "Person") -> "TeamQuerySet":
        return self.filter(authority=person.authority_id)

    def in_use(self) -> "TeamQuerySet":
        return self.filter(is_in_use=True)

    def of(self, person: "Person", on: date) -> "TeamQuerySet":
        """The teams this person works in on that day, their own or as somebody's deputy."""
        return self.filter(memberships__in=Membership.objects.standing_for(person, on)).distinct()


class Team(models.Model):
    """A team or service. `code` is what the protocol pack calls it; several teams may share one."""

    class Kind(models.TextChoices):
        CASES = "cases", "Holds cases"
        FRONT_DOOR = "front_door", "Front door"
        SUPPORT = "support", "Supports other teams, holds no cases"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="teams")
    code = models.SlugField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CASES)
    email = models.EmailField(blank=True, help_text="The team's shared mailbox, for notices.")
    is_in_use = models.BooleanField(default=True)
    history = HistoricalRecords()

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["authority", "name"]
        constraints = [
            models.UniqueConstraint("authority", Lower("name"), name="team_name_unique_in_authority"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="team_is_named"),
            models.CheckConstraint(condition=Q(kind__in=["cases", "front_door", "support"]), name="team_kind_is_known"),
        ]
        indexes = [models.Index(fields=["authority", "code"])]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, person: "Person") -> "PersonQuerySet":
        return self.filter(authority=person.authority_id)

    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)

    def dormant(self) -> "PersonQuerySet":
        return self.filter(is_active=False, dormant_on__isnull=False)

    def unused_since(self, moment: datetime) -> "PersonQuerySet":
        """Open accounts that nobody signed in to since then, nor were made, changed or opened again since. A system
        administrator's stays open: it is the way in when the directory does not answer."""
        changed = Person.history.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")[:1]
        found = self.active().annotate(changed_at=Subquery(changed)).filter(changed_at__lt=moment)
        found = found.filter(Q(last_login__lt=moment) | Q(last_login=None))
        kept = Membership.objects.filter(role=Role.SYSTEM_ADMINISTRATOR, ends_on=None).values("person")
        return found.exclude(pk__in=kept)

    def working_in(self, team: Team, on: date) -> "PersonQuerySet":
        return self.filter(memberships__in=Membership.objects.current(on).filter(team=team)).distinct()


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


HeldRole = tuple[int, str, bool]


class Person(AbstractBaseUser):
    """Somebody who signs in. The e-mail address is the user name."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="people")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    registration = models.CharField(
        "professional registration", max_length=10, blank=True, validators=[RegexValidator(r"^SW\d{1,8}$")]
    )
    is_active = models.BooleanField(default=True)
    sessions_from = models.DateTimeField(null=True, blank=True, help_text="Every session from before this has ended.")
    uses_keys = models.BooleanField(default=True, help_text="Single keys move about the pages.")
    dormant_on = models.DateField(null=True, blank=True, help_text="Closed on this day because nobody used it.")
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "authority"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_unique"),
            models.UniqueConstraint("registration", name="person_registration_unique", condition=~Q(registration="")),
            models.CheckConstraint(condition=~Q(name="") & ~Q(email=""), name="person_is_named"),
        ]

    roles_read: dict[date, tuple[HeldRole, ...]] | None = None  # by day, where a page keeps them

    if TYPE_CHECKING:
        memberships: "MembershipQuerySet"

    def __str__(self) -> str:
        return self.name

    def roles_on(self, on: date) -> tuple[HeldRole, ...]:
        """(team, role, whether it is their own or held as deputy): nothing for somebody who has left."""
        kept = {} if self.roles_read is None else self.roles_read
        if on not in kept:
            held = Membership.objects.standing_for(self, on).values_list("team_id", "role", "person_id").distinct()
            rows = held if self.is_active else ()
            kept[on] = tuple((team, role, owner == self.pk) for team, role, owner in rows)
        return kept[on]

    def permissions(self, on: date | None = None) -> frozenset[Permission]:
        """Everything this person's roles allow on that day, in whichever team."""
        return frozenset().union(*(PERMISSIONS_OF[role] for _, role, _ in self.roles_on(on or localdate())))

    def may(self, permission: Permission, *, team: Team | None = None, on: date | None = None) -> bool:
        """Does a role allow this? With a team: a role in that team."""
        if team is None:
            return permission in self.permissions(on)
        held = self.roles_on(on or localdate())
        return any(permission in PERMISSIONS_OF[role] for where, role, _ in held if where == team.pk)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> "MembershipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def visible_to(self, person: Person) -> "MembershipQuerySet":
        return self.filter(team__authority=person.authority_id)

    def standing_for(self, person: Person, on: date) -> "MembershipQuerySet":
        """A person's own, and those of colleagues who are away and named this person as deputy."""
        away = Absence.objects.current(on).filter(deputy=person).values("person")
        return self.current(on).filter(Q(person=person) | Q(person__in=away)).order_by()


class Membership(models.Model):
    """A person works in a team in a role, from one day to another (the last day included)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    from_directory = models.BooleanField(default=False, help_text="It comes and goes with a group of the directory.")
    history = HistoricalRecords()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["team", "role", "starts_on"]
        constraints = [
            in_order("membership_ends_after_it_starts", "starts_on", "ends_on"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
            ExclusionConstraint(
                name="membership_does_not_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("team", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person already has this role in this team on some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} in {self.team}"

    def clean(self) -> None:
        refuse_reversed(self.starts_on, self.ends_on)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def current(self, on: date) -> "AbsenceQuerySet":
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def visible_to(self, person: Person) -> "AbsenceQuerySet":
        return self.filter(person__authority=person.authority_id)


class Absence(models.Model):
    """A person is away; their deputy, if named, stands in for them in every role."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputising", null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    history = HistoricalRecords()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            in_order("absence_ends_after_it_starts", "starts_on", "ends_on"),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="absence_deputy_is_somebody_else"),
            ExclusionConstraint(
                name="absence_does_not_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person is already away on some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away {self.starts_on} to {self.ends_on}"

    def clean(self) -> None:
        refuse_reversed(self.starts_on, self.ends_on)


class ClosureDay(models.Model):
    """A day on which the authority's offices are closed, besides weekends and bank holidays."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="closure_days")
    on = models.DateField()
    reason = models.CharField(max_length=100)
    history = HistoricalRecords()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "on"], name="closure_day_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="closure_day_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.reason}"
