"""The audit: who read, changed, took out or was refused what, and who signed in. References only, never words.

A row is written in the transaction of the act. When that commits, the database itself links the row to the one before
by a hash (migration 0004), and refuses to change or delete either. `verify_audit` walks the chain."""

from django.db import models
from django.db.models import Q

from teams.models.house import Authority, Person


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, person: Person) -> "AuditQuerySet":
        return self.filter(authority=person.authority_id)

    def about(self, subject: str) -> "AuditQuerySet":
        return self.filter(subject=subject)


class AuditEntry(models.Model):
    """`subject` is a reference (CT-10234) or a kind and a number (teams.person 5); `page` the name of the address or
    of the act; `detail` holds numbers and codes. A failed sign-in has nobody in `by`."""

    class Kind(models.TextChoices):
        READ = "read", "Read"
        SEARCHED = "searched", "Searched or filtered a list"
        EXPORTED = "exported", "Took out"
        CHANGED = "changed", "Changed"
        REFUSED = "refused", "Was refused"
        SIGNED_IN = "signed_in", "Signed in"
        SIGNED_OUT = "signed_out", "Signed out"
        SIGN_IN_FAILED = "sign_in_failed", "Failed to sign in"
        LOCKED_OUT = "locked_out", "Was locked out"
        GRANTED = "granted", "Granted sight of a restricted record"
        GRANT_ENDED = "grant_ended", "Ended a grant"
        BROKE_GLASS = "broke_glass", "Opened a restricted record in an emergency"
        REVIEWED = "reviewed", "Reviewed an emergency opening"

    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=80, blank=True)
    page = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[
                    "read", "searched", "exported", "changed", "refused", "signed_in", "signed_out", "sign_in_failed",
                    "locked_out", "granted", "grant_ended", "broke_glass", "reviewed",
                ]),
                name="audit_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(subject__regex=r"^[A-Za-z0-9 .:_/-]*$") & Q(page__regex=r"^[A-Za-z0-9 .:_/-]*$"),
                name="audit_holds_references_only",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["authority", "-at"], name="audit_of_authority"),
            models.Index(fields=["subject", "-at"], name="audit_of_subject"),
            models.Index(fields=["by", "-at"], name="audit_by"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject or self.page}"


class AuditLink(models.Model):
    """The place of an entry in the chain. Written by the database when the act commits, never by us."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    position = models.BigIntegerField(unique=True, null=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"
