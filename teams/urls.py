from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from teams import views
from teams.forms import SignInForm

sign_in = LoginView.as_view(
    template_name="teams/sign_in.jinja", authentication_form=SignInForm, redirect_authenticated_user=True
)

app_name = "teams"
urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("settings/", views.settings, name="settings"),
    path("settings/teams/", views.team_list, name="team_list"),
    path("settings/teams/add/", views.add_team, name="add_team"),
    path("settings/teams/<int:pk>/", views.team_detail, name="team_detail"),
    path("settings/people/", views.people, name="people"),
    path("settings/people/add/", views.add_person, name="add_person"),
    path("settings/people/<int:pk>/", views.person, name="person"),
    path("settings/people/<int:pk>/password/", views.set_password, name="set_password"),
    path("settings/people/<int:pk>/add-role/", views.add_membership, name="add_membership"),
    path("settings/people/<int:pk>/record-absence/", views.record_absence, name="record_absence"),
    path("settings/people/<int:pk>/close/", views.close_account, name="close_account"),
    path("settings/roles/<int:pk>/end/", views.end_membership, name="end_membership"),
    path("settings/calendar/", views.calendar, name="calendar"),
    path("settings/calendar/add/", views.add_closure_day, name="add_closure_day"),
]
