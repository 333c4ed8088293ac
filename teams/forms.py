"""What the pages of this app ask for."""

from django.contrib.auth.forms import AuthenticationForm

from casetransfer.govuk import fields


class SignInForm(AuthenticationForm):
    username = fields.EmailField(label="E-mail address", autocomplete="username")
    password = fields.PasswordField(label="Password", autocomplete="current-password")

    error_messages = {
        "invalid_login": "The e-mail address or the password is not right.",
        "inactive": "This account is closed. Ask your system administrator.",
    }
