"""What the pages ask: one question of the route finder, or the start of a timer. They check shape and save nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casetransfer.govuk.fields import (
    CheckboxesField,
    DateField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from casetransfer.protocol_pages.said import age_of, place_parts, pregnancy_of, yes_or_no
from casetransfer.protocol_pages.words import CIRCUMSTANCES, circumstance_words, held_words, place_words, title_of
from casetransfer.protocols import Pack
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.questions import Question, SaidFacts, assumptions, places
from casetransfer.protocols.sentences import capital, says_value, team_name
from casetransfer.protocols.vocabulary import event_kinds, event_named

UNKNOWN = "unknown"
NOT_KNOWN = (UNKNOWN, "I do not know")
UNITS = [("days", "days ago"), ("weeks", "weeks ago"), ("months", "months ago"), ("years", "years ago")]


class Bare:
    """Mixed into a field: one of several ways to answer, so nothing is said of its being optional."""

    def heading(self, bound: forms.BoundField) -> dict[str, Any]:
        heading: dict[str, Any] = super().heading(bound)  # type: ignore[misc]
        return heading | {"text": str(bound.label)}


class BareNumber(Bare, NumberField):
    pass


class BareDate(Bare, DateField):
    pass


class BareText(Bare, TextField):
    pass


class SmallRadios(RadiosField):
    template_name = "components/fields/radios_small.jinja"


class SmallCheckboxes(Bare, CheckboxesField):
    template_name = "components/fields/checkboxes_small.jinja"


class Asked(forms.Form):
    """One question. `parts()` is what its answer puts into the address; nothing when it is not known."""

    has_many_boxes = False
    together: tuple[str, ...] = ()

    def __init__(self, data: Any, *, pack: Pack, about: str, on: date):
        super().__init__(data)
        self.pack, self.subject, self.on = pack, about, on
        self.title = title_of(pack, about)

    def parts(self) -> dict[str, str]:
        answer = str(self.cleaned_data["answer"])
        return {} if answer == UNKNOWN else {self.subject: answer}


class PlaceForm(Asked):
    def __init__(self, data: Any, **more: Any):
        super().__init__(data, **more)
        choices = [
            (f"{place.kind}:{place.code}", place_words(self.pack, place.kind, place.code))
            for place in places(self.pack)
        ]
        self.fields["answer"] = SmallRadios(label=self.title, label_size="m", choices=choices)

    def parts(self) -> dict[str, str]:
        return place_parts(self.pack, self.cleaned_data["answer"])


class OneOfForm(Asked):
    """Yes or no, one of several values, or a team."""

    def __init__(self, data: Any, **more: Any):
        super().__init__(data, **more)
        self.fields["answer"] = SmallRadios(label=self.title, label_size="m", choices=[*self._choices(), NOT_KNOWN])

    def _choices(self) -> list[tuple[str, str]]:
        fact = vocabulary_of(self.pack)[self.subject]
        if fact.type == "flag":
            return [("yes", "Yes" if fact.question else "Yes, this is so"), ("no", "No")]
        if fact.type in ("team", "teams"):
            teams = [team for team in self.pack.team if team.holds_cases and not team.outside]
            return [(team.code, team.name) for team in teams] + [("none", capital(team_name(self.pack, "none")))]
        return [(value, capital(says_value(self.pack, fact, value))) for value in fact.values]


class SeveralForm(Asked):
    def __init__(self, data: Any, **more: Any):
        super().__init__(data, **more)
        fact = vocabulary_of(self.pack)[self.subject]
        choices = [(value, capital(says_value(self.pack, fact, value))) for value in fact.values]
        self.fields["answer"] = SmallCheckboxes(
            label=self.title, label_size="m", choices=[*choices, NOT_KNOWN], help_text="Choose all that apply."
        )

    def clean_answer(self) -> list[str]:
        answer: list[str] = self.cleaned_data["answer"]
        if len(answer) > 1 and (UNKNOWN in answer or "none" in answer):
            raise ValidationError("Choose what applies, or “None”, or “I do not know”")
        return answer

    def parts(self) -> dict[str, str]:
        answer = self.cleaned_data["answer"]
        return {} if UNKNOWN in answer else {self.subject: ",".join(answer)}


class BirthForm(Asked):
    """An age in years and months, a date of birth (kept as an age), or how far a pregnancy has come."""

    has_many_boxes = True
    together = ("years", "months")
    years = BareNumber(label="Years", required=False, min_value=0, max_value=25, width=2)
    months = BareNumber(label="Months", required=False, min_value=0, max_value=11, width=2)
    date_of_birth = BareDate(
        label="Or the date of birth",
        required=False,
        help_text="It is turned into an age, so that the address of the page does not hold it.",
    )
    weeks = BareNumber(label="Or, not born yet: weeks of pregnancy", required=False, min_value=0, max_value=44, width=2)
    expected_delivery_date = BareDate(label="Or the expected date of delivery", required=False)
    unknown = TickField(label="I do not know", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        born, expected = cleaned.get("date_of_birth"), cleaned.get("expected_delivery_date")
        has_age = cleaned.get("years") is not None or cleaned.get("months") is not None
        ways = [has_age, bool(born), cleaned.get("weeks") is not None, bool(expected), bool(cleaned.get("unknown"))]
        if not self.errors and sum(ways) != 1:
            self.add_error("years", "Answer in one way: an age, a date, weeks of pregnancy, or “I do not know”")
        if born and born > self.on:
            self.add_error("date_of_birth", "The date of birth must be in the past")
        if expected and not -30 < (expected - self.on).days < 281:
            self.add_error("expected_delivery_date", "The expected date of delivery must be within the next 40 weeks")
        return cleaned

    def parts(self) -> dict[str, str]:
        said = self.cleaned_data
        if said["unknown"]:
            return {}
        if said["date_of_birth"]:
            return {"age": age_of(said["date_of_birth"], self.on)}
        if said["expected_delivery_date"]:
            return {"pregnancy": pregnancy_of(said["expected_delivery_date"], self.on)}
        if said["weeks"] is not None:
            return {"pregnancy": f"{said['weeks']}w"}
        return {"age": f"{said['years'] or 0}y{said['months'] or 0}m"}


class EventForm(Asked):
    day = BareDate(label="On which day?", required=False, help_text="Where it is booked or held.")

    def __init__(self, data: Any, **more: Any):
        super().__init__(data, **more)
        kind, _ = event_named(self.subject)
        held = [(f"held:{outcome}", held_words(outcome)) for outcome in event_kinds()[kind].outcomes]
        choices = [("none", "Not booked"), ("booked", "Booked"), *(held or [("held:", "Held")]), NOT_KNOWN]
        self.fields["answer"] = SmallRadios(label=self.title, label_size="m", choices=choices)
        self.order_fields(["answer", "day"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answer, day = str(cleaned.get("answer", "")), cleaned.get("day")
        needs_day = answer == "booked" or answer.startswith("held")
        if needs_day and not day and not self.errors:
            self.add_error(
                "day", "Enter the day it is booked for" if answer == "booked" else "Enter the day it was held"
            )
        if answer.startswith("held") and day and day > self.on:
            self.add_error("day", "The day it was held must be in the past")
        return cleaned

    def parts(self) -> dict[str, str]:
        state, _, outcome = self.cleaned_data["answer"].partition(":")
        if state == UNKNOWN:
            return {}
        day = f".{self.cleaned_data['day'].isoformat()}" if state != "none" else ""
        return {self.subject: f"{state}{day}{'.' + outcome if outcome else ''}"}


class NumberForm(Asked):
    def __init__(self, data: Any, **more: Any):
        super().__init__(data, **more)
        self.fields["answer"] = BareText(label=self.title, label_size="m", required=False, width=5)
        self.fields["unknown"] = TickField(label="I do not know", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            float(cleaned.get("answer") or "0")
        except ValueError:
            self.add_error("answer", "Enter a number, like 17 or 17.5")
        if not self.errors and bool(cleaned.get("answer")) == bool(cleaned.get("unknown")):
            self.add_error("answer", "Enter a number or tick “I do not know”")
        return cleaned

    def parts(self) -> dict[str, str]:
        return {} if self.cleaned_data["unknown"] else {self.subject: self.cleaned_data["answer"]}


class DayForm(Asked):
    """A day, or about how long ago."""

    together = ("ago", "unit")

    ago = BareNumber(label="About how long ago?", required=False, min_value=0, max_value=400, width=3)
    unit = SelectField(label="Counted in", choices=UNITS)
    unknown = TickField(label="I do not know", required=False)

    def __init__(self, data: Any, **more: Any):
        super().__init__(data, **more)
        self.fields["answer"] = BareDate(label=self.title, label_size="m", required=False)
        self.order_fields(["answer", "ago", "unit", "unknown"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ways = [bool(cleaned.get("answer")), cleaned.get("ago") is not None, bool(cleaned.get("unknown"))]
        if not self.errors and sum(ways) != 1:
            self.add_error("answer", "Answer in one way: a day, how long ago, or “I do not know”")
        return cleaned

    def parts(self) -> dict[str, str]:
        said = self.cleaned_data
        if said["unknown"]:
            return {}
        if said["answer"]:
            return {self.subject: said["answer"].isoformat()}
        return {self.subject: f"{said['ago']}-{said['unit']}-ago"}


class CircumstancesForm(Asked):
    """What is taken as not so unless somebody says otherwise."""

    def __init__(self, data: Any, *, facts: SaidFacts, **more: Any):
        super().__init__(data, **more)
        found = assumptions(self.pack, facts)
        self.choices = {f"{name}={yes_or_no(value)}": (name, yes_or_no(value)) for name, value in found}
        choices = [(key, circumstance_words(self.pack, *pair)) for key, pair in self.choices.items()]
        self.fields["answer"] = SmallCheckboxes(
            label=self.title,
            label_size="m",
            choices=choices,
            required=False,
            help_text="Leave out what is not so, or what you do not know.",
        )

    def clean_answer(self) -> list[str]:
        answer: list[str] = self.cleaned_data["answer"]
        names = [self.choices[key][0] for key in answer]
        if len(set(names)) < len(names):
            raise ValidationError("Two of these answers cannot both be so")
        return answer

    def parts(self) -> dict[str, str]:
        return dict(self.choices[key] for key in self.cleaned_data["answer"])


FORMS: dict[str, type[Asked]] = {
    "place": PlaceForm,
    "birth": BirthForm,
    "event": EventForm,
    "flag": OneOfForm,
    "choice": OneOfForm,
    "team": OneOfForm,
    "choices": SeveralForm,
    "number": NumberForm,
    "date": DayForm,
}


def form_for(
    question: Question, pack: Pack, facts: SaidFacts, on: date, data: Mapping[str, Any] | None = None
) -> Asked:
    """The form that asks this question."""
    if question.about == CIRCUMSTANCES:
        return CircumstancesForm(data, pack=pack, about=CIRCUMSTANCES, on=on, facts=facts)
    return FORMS[question.kind](data, pack=pack, about=question.about, on=on)
