"""Form fields that show themselves as GOV.UK components: in a template, `{{ form.name.as_field_group() }}`.

Each is Django's own field with a page template of its own, and takes three more words: `width` (of the box),
`label_size` ("s", "m", "l": where the label is the question of the page) and `autocomplete`.
"""

import calendar
import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone


class Shown(forms.Field):
    """Mixed into a field: how it looks. Each method answers in the words of the GOV.UK macros."""

    LEGEND = False
    template_name = ""

    def __init__(
        self, *args: Any, width: int | None = None, label_size: str = "", autocomplete: str = "", **kwargs: Any
    ):
        super().__init__(*args, template_name=self.template_name, **kwargs)
        if self.label and "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = self.missing
        self.width = width
        self.label_size = label_size
        self.autocomplete = autocomplete

    @property
    def missing(self) -> str:
        """What to say when there is no answer."""
        verb = "Choose" if isinstance(self, Chosen) else "Enter"
        label = str(self.label)
        return f"Answer: {label}" if label.endswith("?") else f"{verb} {label[:1].lower()}{label[1:]}"

    def shown(self, bound: BoundField) -> dict[str, Any]:
        """What every component takes alike."""
        return {
            "id": bound.id_for_label,
            "name": bound.html_name,
            "hint": {"text": bound.help_text} if bound.help_text else None,
            "errorMessage": {"text": bound.errors[0]} if bound.errors else None,
        }

    def heading(self, bound: BoundField) -> dict[str, Any]:
        kind = "fieldset__legend" if self.LEGEND else "label"
        optional = "" if bound.field.required else " (optional)"
        size = f"govuk-{kind}--{self.label_size}" if self.label_size else ""
        return {"text": f"{bound.label}{optional}", "classes": size}

    def width_class(self) -> str:
        return f"govuk-input--width-{self.width}" if self.width else ""

    def anchor(self, id_of_field: str) -> str:
        """The box that an error leads to."""
        return id_of_field


class Chosen(Shown):
    """A field that offers choices."""

    LEGEND = True
    inline = False
    hints: dict[str, str] = {}

    def items(self, bound: BoundField) -> list[dict[str, Any]]:
        value = bound.value()
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
        return [self._item(str(key), str(words), chosen) for key, words in bound.field.choices]  # type: ignore[attr-defined]

    def _item(self, key: str, words: str, chosen: set[str]) -> dict[str, Any]:
        on = key in chosen
        hint = {"text": self.hints[key]} if key in self.hints else None
        return {"value": key, "text": words, "checked": on, "selected": on, "hint": hint}


class TextField(Shown, forms.CharField):
    template_name = "components/fields/input.jinja"
    kind = "text"


class EmailField(Shown, forms.EmailField):
    template_name = "components/fields/input.jinja"
    kind = "email"


class PasswordField(Shown, forms.CharField):
    template_name = "components/fields/password.jinja"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, strip=False, **kwargs)


class NumberField(Shown, forms.IntegerField):
    template_name = "components/fields/input.jinja"
    kind = "number"


class LongTextField(Shown, forms.CharField):
    template_name = "components/fields/textarea.jinja"
    rows = 5


class SelectField(Chosen, forms.ChoiceField):
    template_name = "components/fields/select.jinja"
    LEGEND = False


class FilterField(SelectField):
    """A choice that narrows a list: nobody has to make it, and nothing needs to say so."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, required=False, **kwargs)

    def heading(self, bound: BoundField) -> dict[str, Any]:
        return super().heading(bound) | {"text": bound.label}


class RadiosField(Chosen, forms.ChoiceField):
    """`hints` gives a choice a second line."""

    template_name = "components/fields/radios.jinja"
    widget = forms.RadioSelect

    def __init__(self, *args: Any, hints: dict[str, str] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}


class YesNoField(RadiosField):
    """A question that must be answered: nothing is ticked beforehand."""

    inline = True

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, choices=[("yes", "Yes"), ("no", "No")], **kwargs)

    def clean(self, value: Any) -> bool | None:
        answer = super().clean(value)
        return {"yes": True, "no": False}.get(answer)


class CheckboxesField(Chosen, forms.MultipleChoiceField):
    template_name = "components/fields/checkboxes.jinja"
    widget = forms.CheckboxSelectMultiple


class TickField(Shown, forms.BooleanField):
    template_name = "components/fields/tick.jinja"


class ModelSelectField(Chosen, forms.ModelChoiceField):
    template_name = "components/fields/select.jinja"
    LEGEND = False


class ModelRadiosField(Chosen, forms.ModelChoiceField):
    template_name = "components/fields/radios.jinja"
    widget = forms.RadioSelect

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, empty_label=None, **kwargs)


class FileField(Shown, forms.FileField):
    """`accept` names the kinds of file, as a browser's file box takes them."""

    template_name = "components/fields/file.jinja"

    def __init__(self, *args: Any, accept: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.accept = accept


class PartsWidget(forms.Widget):
    """Several boxes of one answer: name-day, name-month, name-year."""

    parts: tuple[str, ...] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in self.parts}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in self.parts)


class DateWidget(PartsWidget):
    parts = ("day", "month", "year")


class MomentWidget(PartsWidget):
    parts = ("day", "month", "year", "time")


WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


class DateField(Shown, forms.Field):
    """A date in three boxes. A month may be a word: 3, Mar, March."""

    template_name = "components/fields/date.jinja"
    widget: type[PartsWidget] = DateWidget
    LEGEND = True

    def anchor(self, id_of_field: str) -> str:
        return f"{id_of_field}-day"

    def items(self, bound: BoundField) -> list[dict[str, Any]]:
        boxes = self.prepare_value(bound.value())
        wrong = " govuk-input--error" if bound.errors else ""
        return [
            {"name": part, "value": boxes[part], "classes": f"govuk-input--width-{WIDTHS[part]}{wrong}"}
            | ({"inputmode": "text"} if part == "time" else {})
            for part in self.widget.parts
        ]

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value is None:
            return value
        return self.date_of(value) if any(value.values()) else None

    def date_of(self, boxes: dict[str, str]) -> date:
        missing = [part for part in DateWidget.parts if not boxes[part]]
        if missing:
            raise ValidationError(f"{self.label} must include a {' and a '.join(missing)}")
        try:
            month = MONTHS.get(boxes["month"][:3].lower()) or int(boxes["month"])
            return date(int(boxes["year"]), month, int(boxes["day"]))
        except ValueError:
            raise ValidationError(f"{self.label} must be a real date") from None

    def prepare_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value or dict.fromkeys(self.widget.parts, "")


class MomentField(DateField):
    """A date and a time of day, in the time of the place: 9:30, 09.30, 16:05."""

    template_name = "components/fields/date.jinja"
    widget = MomentWidget

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) or value is None:
            return value
        if not any(value.values()):
            return None
        return timezone.make_aware(datetime.combine(self.date_of(value), self._time_of(value["time"])))

    def _time_of(self, words: str) -> time:
        try:
            hour, minute = re.fullmatch(r"(\d{1,2})[:.](\d\d)", words).groups()  # type: ignore[union-attr]
            return time(int(hour), int(minute))
        except (AttributeError, ValueError):
            raise ValidationError(f"{self.label} must include a time, like 9:30 or 16:05") from None

    def prepare_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, datetime):
            local = timezone.localtime(value)
            return super().prepare_value(local.date()) | {"time": f"{local:%H:%M}"}
        return super().prepare_value(value) if value else dict.fromkeys(self.widget.parts, "")
