"""Notices: what must be told to whom. The outbox that everything goes through."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models.around import Relationship
from cases.models.case import Case
from cases.models.rules import at_with_by, known
from cases.models.scope import must_not_see
from teams.models import Authority, Membership, Person, Team

if TYPE_CHECKING:
    from cases.models.scope import Standing


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    TASK = "task", "Task"
    IN_APP = "in_app", "Shown here"
    PHONE = "phone", "Phone call"
    IN_PERSON = "in_person", "In person"
    RECORD = "record", "Written in the record"


SENT_BY_US = {Channel.EMAIL}
BY_HAND = {Channel.LETTER, Channel.PHONE, Channel.IN_PERSON, Channel.RECORD}


class Delivery(models.TextChoices):
    """In the order a good notice passes them. Only e-mail is ever `waiting` for a worker."""

    WAITING = "waiting", "Waiting to be sent"
    TO_DO = "to_do", "To be done by a person"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    CANCELLED = "cancelled", "No longer needed"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self, at: datetime) -> "NoticeQuerySet":
        return self.filter(delivery=Delivery.WAITING, send_after__lte=at)

    def given_by(self, at: datetime) -> "NoticeQuerySet":
        """Those that somebody had been given by then; what came back was not."""
        return self.filter(delivery=Delivery.SENT, sent_at__lte=at)

    def failed(self) -> "NoticeQuerySet":
        return self.filter(delivery=Delivery.FAILED)

    def visible_to(self, person: Person, standing: "Standing | None" = None) -> "NoticeQuerySet":
        """One's own, those of one's teams, and those about a case one may see."""
        teams = Membership.objects.filter(person=person).values("team")
        mine = Q(person=person) | Q(team__in=teams, case=None)
        of_cases = Q(case__in=Case.objects.visible_to(person, standing).values("pk"))
        kept_out = Q(case__child__in=must_not_see(person))
        return self.filter(mine | of_cases, authority=person.authority_id).exclude(kept_out)


class Notice(models.Model):
    """One message to one recipient about one occasion, written in the same transaction as its cause. `occasion` makes
    it unique: however often the cause is looked at, the recipient is told once. The recipient is a person, a team's
    shared mailbox, or somebody outside (one of the people around the child, or a party named in words)."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="notices", db_index=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="notices", null=True, blank=True, db_index=False
    )
    code = models.CharField(max_length=60)
    pack = models.SlugField(blank=True, db_index=False)
    version = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=60, help_text="The reference of what it is about.")
    occasion = models.CharField(max_length=200)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    party = models.CharField(max_length=60, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True, help_text="In whose role the protocol sends it.")
    title = models.CharField(max_length=200)
    lines = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    link = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True, help_text="What a letter says, in the words of whoever writes it.")
    must_act = models.BooleanField(default=False)
    act_by = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    delivery = models.CharField(max_length=20, choices=Delivery.choices, default=Delivery.WAITING)
    send_after = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    sent_to = models.CharField(max_length=254, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True, help_text="When the other side sent it back.")
    wants_check = models.BooleanField(default=False, help_text="A second person looks at it before it is sent.")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    acted_at = models.DateTimeField(null=True, blank=True)
    acted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    recipient = models.CharField(max_length=100, help_text="Who it is for, as one word: person:5, team:3, party:court.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        constraints = [
            known("channel", Channel, of="notice"),
            known("delivery", Delivery, of="notice"),
            models.UniqueConstraint(
                fields=["subject", "code", "recipient", "occasion", "authority"], name="notice_once"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(subject="") & ~Q(recipient="") & ~Q(occasion="") & ~Q(title=""),
                name="notice_says_what_to_whom",
            ),
            models.CheckConstraint(
                condition=~Q(delivery=Delivery.SENT) | Q(sent_at__isnull=False), name="notice_sent_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(delivery=Delivery.FAILED) | ~Q(trouble=""), name="notice_failed_says_why"
            ),
            at_with_by("sent_at", "sent_by", of="notice"),
            models.CheckConstraint(
                condition=Q(wants_check=False) | ~Q(delivery=Delivery.SENT) | Q(checked_at__isnull=False),
                name="notice_checked_before_it_is_sent",
            ),
            at_with_by("checked_at", "checked_by", of="notice"),
            at_with_by("acknowledged_at", "acknowledged_by", of="notice"),
            at_with_by("acted_at", "acted_by", of="notice"),
        ]
        indexes = [
            models.Index(fields=["send_after"], condition=Q(delivery=Delivery.WAITING), name="notice_waiting"),
            models.Index(fields=["authority", "-queued_at"], name="notice_of_authority"),
            models.Index(
                fields=["authority", "delivery"],
                condition=Q(delivery__in=[Delivery.FAILED, Delivery.TO_DO]),
                name="notice_to_mend",
            ),
            models.Index(fields=["message_id"], condition=~Q(message_id=""), name="notice_message"),
            models.Index(fields=["case", "-queued_at"], condition=Q(case__isnull=False), name="notice_of_case"),
            models.Index(fields=["person", "-queued_at"], condition=Q(person__isnull=False), name="notice_of_person"),
            models.Index(fields=["team", "-queued_at"], condition=Q(team__isnull=False), name="notice_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"

    @property
    def address(self) -> str:
        """Where an e-mail to this recipient goes now."""
        if self.person_id and self.person:
            return self.person.email if self.person.is_active else ""
        return self.team.email if self.team_id and self.team else ""

    @property
    def to_whom(self) -> str:
        """The recipient in words."""
        for thing in (self.person, self.team, self.relationship):
            if thing is not None:
                return str(thing)
        return self.party.replace("_", " ")


class MailboxQuerySet(models.QuerySet["MailboxMessage"]):
    def visible_to(self, person: Person) -> "MailboxQuerySet":
        """Messages to the people and the teams of one's own council."""
        people = Person.objects.filter(authority=person.authority_id).values_list("email", flat=True)
        teams = Team.objects.filter(authority=person.authority_id).exclude(email="").values_list("email", flat=True)
        return self.filter(to__overlap=[*people, *teams])


class MailboxMessage(models.Model):
    """What would have been sent, where no mail server is set: a mailbox to look at."""

    kept_at = models.DateTimeField()
    sender = models.CharField(max_length=254)
    to = ArrayField(models.EmailField())
    title = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=200, unique=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        indexes = [models.Index(fields=["-kept_at"], name="mailbox_newest")]

    def __str__(self) -> str:
        return self.title
