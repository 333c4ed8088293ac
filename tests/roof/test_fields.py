from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from casetransfer.govuk import fields


class Everything(forms.Form):
    name = fields.TextField(label="Name", help_text="As it is said.", width=20)
    pages = fields.NumberField(label="Pages", width=3)
    words = fields.LongTextField(label="Reason", required=False)
    team = fields.SelectField(label="Team", choices=[("", "Choose"), ("a", "Team A")])
    outcome = fields.RadiosField(
        label="Outcome", choices=[("x", "A plan"), ("y", "No plan")], hints={"x": "With a review"}
    )
    told = fields.YesNoField(label="Has the family been told?")
    papers = fields.CheckboxesField(label="Papers", choices=[("1", "Chronology"), ("2", "Genogram")])
    sure = fields.TickField(label="I have read it")
    held = fields.DateField(label="Day of the conference")
    at = fields.MomentField(label="Start")
    workbook = fields.FileField(label="Workbook", accept=".xlsx")


ANSWERS = {
    "name": "Robin", "pages": "3", "team": "a", "outcome": "x", "told": "no", "sure": "on",
    "held-day": "24", "held-month": "Nov", "held-year": "2026",
    "at-day": "1", "at-month": "7", "at-year": "2026", "at-time": "9.30",
}  # fmt: skip


def sent(**changes):
    data = MultiValueDict({name: [value] for name, value in (ANSWERS | changes).items()} | {"papers": ["1", "2"]})
    return Everything(data)


def test_every_field_draws_its_component():
    page = "".join(field.as_field_group() for field in Everything())

    for part in ("govuk-input--width-20", "govuk-textarea", "govuk-select", "govuk-radios--inline", "With a review",
                 "govuk-checkboxes", "govuk-date-input", "govuk-file-upload", 'accept=".xlsx"', "Reason (optional)",
                 'id="id_held-day"', 'name="at-time"'):  # fmt: skip
        assert part in page
    assert page.count("<select") == page.count("</select>") == 1


def test_answers_become_values():
    form = sent()
    form.full_clean()

    assert form.cleaned_data["told"] is False
    assert form.cleaned_data["held"] == date(2026, 11, 24)
    assert form.cleaned_data["at"] == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert form.cleaned_data["papers"] == ["1", "2"]


def test_answers_are_shown_again_with_their_errors():
    form = sent(**{"held-month": "13", "outcome": "y"})

    page = "".join(field.as_field_group() for field in form)

    assert 'value="13"' in page
    assert "Day of the conference must be a real date" in page
    assert 'value="y" checked' in page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter name"),
        ({"outcome": ""}, "outcome", "Choose outcome"),
        ({"told": ""}, "told", "Answer: Has the family been told?"),
        ({"held-year": "", "held-month": ""}, "held", "Day of the conference must include a month and a year"),
        ({"held-day": "31"}, "held", "Day of the conference must be a real date"),
        ({"held-month": "Smarch"}, "held", "Day of the conference must be a real date"),
        ({"held-day": "", "held-year": "", "held-month": ""}, "held", "Enter day of the conference"),
        ({"at-time": "25:00"}, "at", "Start must include a time, like 9:30 or 16:05"),
        ({"at-time": "noon"}, "at", "Start must include a time, like 9:30 or 16:05"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(changes, field, sentence):
    assert sent(**changes).errors[field][0] == sentence


def test_values_given_beforehand_fill_the_boxes():
    form = Everything(initial={"held": date(2026, 1, 5), "at": datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "told": "yes"})

    page = "".join(form[name].as_field_group() for name in ("held", "at", "told"))

    assert 'value="9:30"' in page or 'value="09:30"' in page
    assert 'value="2026"' in page
    assert 'value="yes" checked' in page


def test_an_unanswered_moment_that_may_stay_empty_is_none():
    class Optional(forms.Form):
        at = fields.MomentField(label="Start", required=False)
        told = fields.YesNoField(label="Told?", required=False)

    form = Optional({})
    form.full_clean()

    assert form.cleaned_data == {"at": None, "told": None}
