"""Who a person is in their council's own directory."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from teams.models.house import Authority, Person, Team
from teams.roles import Role


class Tenant(models.Model):
    """The directory of a council: tokens of any other are refused."""

    authority = models.OneToOneField(Authority, on_delete=models.PROTECT, related_name="tenant")
    tenant = models.UUIDField(unique=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"Directory of {self.authority}"


class Identity(models.Model):
    """The object of the directory that is this person. An e-mail address may be given to somebody else one day; this
    number never is."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="identity")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="identities")
    object_id = models.UUIDField()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["tenant", "object_id"], name="identity_is_one_persons")]

    def __str__(self) -> str:
        return f"{self.person} in the directory"


class DirectoryGroupQuerySet(models.QuerySet["DirectoryGroup"]):
    def visible_to(self, person: Person) -> "DirectoryGroupQuerySet":
        return self.filter(tenant__authority=person.authority_id)


class DirectoryGroup(models.Model):
    """Whoever is in this group of the directory has this role in this team, from their next sign-in on; and no longer,
    once they are not."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="groups")
    group = models.UUIDField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices)
    history = HistoricalRecords()

    objects = DirectoryGroupQuerySet.as_manager()

    class Meta:
        ordering = ["team__name", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "group", "team", "role"], name="directory_group_once",
                violation_error_message="This group has this role in this team already.",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="directory_group_role_is_known"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_role_display()} in {self.team}"
