"""Who a person is in their council's own directory."""

from django.db import models
from simple_history.models import HistoricalRecords

from teams.models.house import Authority, Person


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
