"""What the pages of this app ask for."""

from binascii import unhexlify
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django_otp import match_token, user_has_device
from django_otp.oath import TOTP

from casetransfer.govuk import fields
from teams.models import Person, Team
from teams.roles import Role


class SignInForm(AuthenticationForm):
    username = fields.EmailField(label="E-mail address", autocomplete="username")
    password = fields.PasswordField(label="Password", autocomplete="current-password")
    code = fields.TextField(
        label="Security code", required=False, width=10, autocomplete="one-time-code",
        help_text="Six digits, if you have set up an authenticator app.",
    )  # fmt: skip

    error_messages = {
        "invalid_login": "The e-mail address or the password is not right.",
        "inactive": "This account is closed. Ask your system administrator.",
    }
    device = None

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        person = self.get_user()
        if person is not None and user_has_device(person):
            self.device = match_token(person, answers.get("code", "").strip())
            if self.device is None:
                raise ValidationError({"code": "Enter the six digits that your authenticator app shows now"})
        return answers


class OfAuthority(forms.Form):
    """A form about one council: `by` is the person who fills it in."""

    def __init__(self, *args: Any, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by = by
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.visible_to(by)  # type: ignore[union-attr]


class TeamForm(OfAuthority):
    name = fields.TextField(label="Name of the team", max_length=100)
    code = fields.SelectField(label="What the protocol calls it")
    kind = fields.RadiosField(label="Kind of team", choices=Team.Kind.choices)
    email = fields.EmailField(label="Shared mailbox", required=False, help_text="Notices to the team go here.")

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
    password = fields.PasswordField(label="New password", autocomplete="new-password", help_text="12 letters or more.")

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
    on = fields.DateField(label="Day")
    reason = fields.TextField(label="Reason", max_length=100)


class ConfirmForm(OfAuthority):
    """Nothing to fill in: the button is the answer."""
