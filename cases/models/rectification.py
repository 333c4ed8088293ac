"""A wrong identity detail in the record of a closed case, put right because everybody has a right to that."""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.child import Child
from teams.models import Person


class IdentityDetail(models.TextChoices):
    """What says who a child is. Nothing else of a closed record is ever changed."""

    GIVEN_NAME = "given_name", "Given name"
    FAMILY_NAME = "family_name", "Family name"
    ALSO_KNOWN_AS = "also_known_as", "Also known as"
    DATE_OF_BIRTH = "date_of_birth", "Date of birth"
    SEX = "sex", "Sex"


class Rectification(models.Model):
    """What the record said, what it says now, who put it right and why, in words as they are read. Never changed."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="rectifications")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rectifications")
    detail = models.CharField(max_length=20, choices=IdentityDetail.choices)
    was = models.CharField(max_length=200, blank=True)
    now_is = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=300)
    rectified_at = models.DateTimeField()
    rectified_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-rectified_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(detail__in=IdentityDetail.values), name="rectification_is_of_an_identity_detail"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="rectification_has_a_reason"),
            models.CheckConstraint(condition=~Q(was=F("now_is")), name="rectification_changes_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_detail_display()} of {self.case}"
