"""What the pages of this app ask for."""

import re
from binascii import unhexlify
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django_otp import match_token, user_has_device
from django_otp.oath import TOTP

from casetransfer.govuk import fields
from teams.models import AuditEntry, Person, Team
from teams.roles import Role

REFERENCE = re.compile(r"[A-Za-z]{2}-\d+")


class SignInForm(AuthenticationForm):
    username = fields.EmailField(label="E-mail address", autocomplete="username")
    password = fields.PasswordField(label="Password", autocomplete="current-password")
    code = fields.TextField(
        label="Security code", required=False, width=10, autocomplete="one-time-code",
        help_text="Six digits, if you have set up an authenticator app.",
    )  # fmt: skip

    error_messages = {
        "invalid_login": "The e-mail address or the password is not right. Check that capitals are off, and try again.",
        "inactive": "This account is closed. Ask your system administrator.",
    }
    device = None

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        person = self.get_user()
        if person is not None and user_has_device(person):
            self.device = match_token(person, answers.get("code", "").strip())
            if self.device is None:
                raise ValidationError(
                    {"code": "Enter your password again, and the six digits that your authenticator app shows now"}
                )
        return answers


class OfAuthority(forms.Form):
    """A form about one council: `by` is the person who fills it in."""

    def __init__(self, *args: Any, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by = by
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.visible_to(by)  # type: ignore[union-attr]

    def refuse(self, refused: ValidationError) -> None:
        """What the rows refuse, each at its box where the form has one."""
        by_field = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
        for name, sentences in by_field.items():
            self.add_error(name if name in self.fields else None, sentences)


class ChangeTeamForm(OfAuthority):
    name = fields.TextField(label="Name of the team", max_length=100)
    email = fields.EmailField(label="Shared mailbox", required=False, help_text="Notices to the team go here.")


class TeamForm(ChangeTeamForm):
    code = fields.SelectField(label="What the protocol calls it")
    kind = fields.RadiosField(label="Kind of team", choices=Team.Kind.choices)
    field_order = ["name", "code", "kind", "email"]

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "Choose"), *codes]  # type: ignore[attr-defined]


class PersonForm(OfAuthority):
    name = fields.TextField(label="Full name", max_length=150)
    email = fields.EmailField(label="E-mail address", max_length=254)
    registration = fields.TextField(
        label="Professional registration", required=False, width=10, help_text="Like SW123456."
    )


class PasswordForm(OfAuthority):
    password = fields.PasswordField(
        label="New password", autocomplete="new-password",
        help_text="12 characters or more. Four words that do not belong together are easy to remember.",
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class OwnPasswordForm(PasswordForm):
    current = fields.PasswordField(label="Current password", autocomplete="current-password")
    field_order = ["current", "password"]

    def clean_current(self) -> str:
        if not self.person.check_password(self.cleaned_data["current"]):
            raise ValidationError("This is not your current password")
        return self.cleaned_data["current"]


class SecondFactorForm(OfAuthority):
    """`key` is the secret that the authenticator app was just given."""

    code = fields.TextField(label="Security code", width=10, autocomplete="one-time-code")

    def __init__(self, *args: Any, key: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.key = key

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].replace(" ", "")
        if not (code.isdecimal() and TOTP(unhexlify(self.key)).verify(int(code), tolerance=1)):
            raise ValidationError("Enter the six digits that your authenticator app shows now")
        return code


class MembershipForm(OfAuthority):
    team = fields.ModelSelectField(label="Team", queryset=Team.objects.in_use(), empty_label="Choose")
    role = fields.SelectField(label="Role", choices=[("", "Choose"), *Role.choices])
    starts_on = fields.DateField(label="First day")
    ends_on = fields.DateField(label="Last day", required=False)


class NumberField(fields.TextField):
    """A number as directories write them: 8-4-4-4-12 letters and digits."""

    def clean(self, value: Any) -> UUID:
        try:
            return UUID(super().clean(value))
        except ValueError:
            raise ValidationError(f"{self.label} is written like 1b4e28ba-2fa1-11d2-883f-0016d3cca427") from None


class TenantForm(OfAuthority):
    tenant = NumberField(label="Number of the directory", help_text="Its tenant ID.")


class IdentityForm(OfAuthority):
    object_id = NumberField(
        label="Number of the person", help_text="Their object ID in the directory, never their e-mail address."
    )


class GroupForm(OfAuthority):
    group = NumberField(label="Number of the group", help_text="Its object ID in the directory.")
    team = fields.ModelSelectField(label="Team", queryset=Team.objects.in_use(), empty_label="Choose")
    role = fields.SelectField(label="Role", choices=[("", "Choose"), *Role.choices])


class EndMembershipForm(OfAuthority):
    ends_on = fields.DateField(label="Last day")


class AbsenceForm(OfAuthority):
    starts_on = fields.DateField(label="First day away")
    ends_on = fields.DateField(label="Last day away")
    deputy = fields.ModelSelectField(
        label="Deputy", queryset=Person.objects.active(), required=False, empty_label="Nobody",
        help_text="May do everything that the absent person may, on these days.",
    )  # fmt: skip


class ClosureDayForm(OfAuthority):
    on = fields.DateField(label="Which day is it?")
    reason = fields.TextField(label="Reason", max_length=100)


class Filter(fields.Shown):
    """It narrows a list: nobody has to fill it in, and nothing needs to say so."""

    def heading(self, bound: forms.BoundField) -> dict[str, Any]:
        return super().heading(bound) | {"text": bound.label}


class FilterText(Filter, fields.TextField):
    pass


class FilterSelect(Filter, fields.SelectField):
    pass


class FilterPerson(Filter, fields.ModelSelectField):
    pass


class FilterDate(Filter, fields.DateField):
    pass


class AuditForm(OfAuthority):
    """Read from the address: it holds references and numbers only."""

    subject = FilterText(label="Record", required=False, width=10, help_text="Like CT-10234")
    person = FilterPerson(label="Who", queryset=Person.objects.all(), required=False, empty_label="Anybody")
    kind = FilterSelect(label="What", choices=[("", "Anything"), *AuditEntry.Kind.choices], required=False)
    since = FilterDate(label="From", required=False)
    until = FilterDate(label="To", required=False)

    def clean_subject(self) -> str:
        words = self.cleaned_data["subject"].strip()
        return words.upper() if REFERENCE.fullmatch(words) else words


class ConfirmForm(OfAuthority):
    """Nothing to fill in: the button is the answer."""


class KeysForm(OfAuthority):
    uses_keys = fields.TickField(
        label="Use single keys to move about", required=False,
        help_text="Leave it empty if you speak to your computer, or if keys that you press by accident get in the way.",
    )  # fmt: skip


class LookForm(OfAuthority):
    logo_text = fields.TextField(label="Name at the head of every page", max_length=60)
    colour = fields.TextField(
        label="Colour behind it", max_length=7, width=10,
        help_text="A number like #1d70b8, as your council's style guide gives it. The words on it become black or "
        "white so that they can be read.",
    )  # fmt: skip
