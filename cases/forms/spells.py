"""What is asked about orders, plans, placements and circumstances, and about what only a person can say."""

from typing import Any

from django.forms import BoundField

from cases import words
from cases.acts import Act
from cases.factors import GROUPS, Factor
from cases.facts import Question
from cases.forms.base import RecordForm, choices_of
from cases.guards import CHOICES_OF_KIND, NOT_RECORDED
from cases.models import Spell, SpellKind
from casetransfer.govuk import fields
from casetransfer.protocols import Pack
from casetransfer.protocols.vocabulary import common_facts

CIRCUMSTANCES = (
    "disability_diagnosed", "disabled", "uasc", "age_disputed", "leave_to_remain", "homeless", "privately_fostered",
    "no_recourse_to_public_funds", "relinquished", "exploitation_risk", "return_home_plan", "assessment_outcome",
    "complex_needs", "court_report", "court_report_challenge", "permanent_plan_approved", "transfer_in",
    "status_elsewhere",
)  # fmt: skip
PLANNED = {SpellKind.PLAN, SpellKind.CIRCUMSTANCE}


def codes_of(kind: str) -> list[tuple[str, str]]:
    """What can be chosen: a code, or for a circumstance a code with its value ("homeless yes")."""
    facts = common_facts()
    if kind != SpellKind.CIRCUMSTANCE:
        known = [code for code in facts[CHOICES_OF_KIND[kind]].values if code not in NOT_RECORDED]
        return choices_of(known, empty="Choose")
    found = [("", "Choose")]
    for code in CIRCUMSTANCES:
        values = facts[code].values or ("yes", "no")
        name = words.capital(words.label(code))
        found += [(f"{code} {value}", f"{name}: {words.label(value)}") for value in values]
    return found


class StartSpellForm(RecordForm):
    code = fields.SelectField(label="What is it?")
    starts_on = fields.DateField(label="From which day?")
    ends_on = fields.DateField(label="Until which day?", required=False, help_text="Leave it empty while it goes on.")
    planned_on = fields.DateField(
        label="For which day is it planned?", required=False, help_text="For example, the day of the return home."
    )
    detail = fields.TextField(label="Anything to add", required=False, max_length=300)
    ends_running = fields.TickField(
        label="End on that day what it takes the place of", required=False, initial=True,
        help_text="For example, the order or placement before.",
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = codes_of(kind)  # type: ignore[attr-defined]
        if kind not in PLANNED:
            del self.fields["planned_on"]

    def given(self) -> dict[str, Any]:
        """What the action takes: the value of a circumstance apart from its code."""
        code, _, value = self.cleaned_data["code"].partition(" ")
        return self.cleaned_data | {"code": code, "value": value}


class EndSpellForm(RecordForm):
    ends_on = fields.DateField(label="On which day did it end?")


class Factors(fields.CheckboxesField):
    """One group of the list. Some box of all of them is ticked, so that none is called optional."""

    def heading(self, bound: BoundField) -> dict[str, Any]:
        return {"text": bound.label, "classes": "govuk-fieldset__legend--s"}


class FactorsForm(RecordForm):
    """Adds the factors of the statutory list, a box each, in groups. What is wrong with them stands at the first."""

    FIRST = "factors"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        found = set((kwargs.get("initial") or {}).get("found", ()))
        for number, (about, codes) in enumerate(GROUPS):
            mine = codes.split()
            self.fields[f"factors-{number}" if number else self.FIRST] = Factors(
                label=about, choices=[(code, Factor(code).label) for code in mine], required=False,
                initial=[code for code in mine if code in found],
            )  # fmt: skip
        first: Any = self.fields[self.FIRST]
        first.label = f"What the assessment found: {GROUPS[0][0].lower()}"
        first.help_text = "Tick all that apply, or at the end that no factor was identified."

    def factors(self) -> list[str]:
        return [code for name in self.factor_names for code in self.cleaned_data.get(name, ())]

    @property
    def factor_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(self.FIRST)]


class EndAssessmentForm(FactorsForm, EndSpellForm):
    ends_on = fields.DateField(label="On which day was it completed and authorised?")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.factors():
            self.add_error(self.FIRST, "Choose the factors that the assessment found, or that there was none.")
        return given

    def given(self) -> dict[str, Any]:
        return {"ends_on": self.cleaned_data["ends_on"], "factors": self.factors()}


class CorrectSpellForm(RecordForm):
    was = fields.RadiosField(
        label="What is right?", choices=[("yes", "Other dates"), ("never", "It was never so: take it out")]
    )
    starts_on = fields.DateField(label="From which day?", required=False)
    ends_on = fields.DateField(label="Until which day?", required=False)
    reason = fields.TextField(label="Why is this corrected?", max_length=300)

    def __init__(self, *args: Any, spell: Spell, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.spell = spell

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("was") == "yes" and not given.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", "Say from which day.")
        return given

    def changes(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given["was"] == "never":
            return {}
        return {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}


class CorrectAssessmentForm(FactorsForm, CorrectSpellForm):
    """Its dates, or what it found. The reason is asked last."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["was"].choices = [  # type: ignore[attr-defined]
            ("yes", "Other dates or factors"), ("never", "There was no such assessment: take it out"),
        ]  # fmt: skip
        self.order_fields([name for name in self.fields if name != "reason"])

    def changes(self) -> dict[str, Any]:
        changes = super().changes()
        return changes | {"factors": self.factors()} if changes else {}


UNKNOWN = ("unknown", "Not known")


class AnswerForm(RecordForm):
    because = fields.TextField(label="How do you know?", required=False, max_length=300)

    def __init__(self, *args: Any, question: Question, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["value"] = _answer_field(question)
        self.order_fields(["value", "because"])

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if self.question.type == "flag":
            return {"yes": True, "no": False}.get(value)
        return None if value == UNKNOWN[0] else value


class ActForm(RecordForm):
    act = fields.RadiosField(label="What has happened?", label_size="m")
    note = fields.TextField(
        label="Anything to add?", required=False, max_length=300,
        help_text="It stands in the history of the case. It is not in the messages.",
    )  # fmt: skip

    def __init__(self, *args: Any, acts: list[Act], pack: Pack, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["act"]
        field.choices = [(one.code, one.says) for one in acts]
        field.hints = {one.code: one.follows(pack) for one in acts}


def _answer_field(question: Question) -> Any:
    if question.type == "date":
        return fields.DateField(label=question.asks, label_size="m")
    listed = [("yes", "Yes"), ("no", "No")] if question.type == "flag" else choices_of(question.values)
    return fields.RadiosField(label=question.asks, label_size="m", choices=[*listed, UNKNOWN])
