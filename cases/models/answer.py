"""Answers: facts that only a person can say ("is there a viable plan to return home?"). The latest one counts."""

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from teams.models import Person


class AnswerQuerySet(models.QuerySet["Answer"]):
    def latest_of_each(self) -> "AnswerQuerySet":
        """The last answer to each question of each case."""
        return self.order_by("case_id", "fact", "-answered_at", "-pk").distinct("case_id", "fact")


class Answer(models.Model):
    """`value` is a value of the fact as the vocabulary has it (true, false, a word, a date); null takes the answer back
    to unknown. Nothing is overwritten: a later answer names the one it replaces."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers", db_index=False)
    fact = models.SlugField(max_length=60, db_index=False)
    value = models.JSONField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "fact", "answered_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(fact=""), name="answer_is_about_a_fact")]
        indexes = [models.Index(fields=["case", "fact", "-answered_at"], name="answer_of_case")]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"
