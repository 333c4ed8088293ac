from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from teams.forms import SignInForm

app_name = "teams"
urlpatterns = [
    path(
        "sign-in/",
        LoginView.as_view(
            template_name="teams/sign_in.jinja", authentication_form=SignInForm, redirect_authenticated_user=True
        ),
        name="sign_in",
    ),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
]
