from django.contrib.auth.views import LogoutView
from django.urls import path

from teams import draft_views, oidc_views, views

app_name = "teams"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-in/directory/", oidc_views.ToDirectory.as_view(), name="to_directory"),
    path("sign-in/directory/back/", oidc_views.FromDirectory.as_view(), name="from_directory"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("stay/", draft_views.stay, name="stay"),
    path("drafts/", draft_views.drafts, name="drafts"),
    path("drafts/<int:pk>/", draft_views.draft, name="draft"),
    path("drafts/<int:pk>/drop/", draft_views.drop_draft, name="drop_draft"),
    path("account/", views.account, name="account"),
    path("account/password/", views.own_password, name="own_password"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
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
    path("settings/people/<int:pk>/second-factor/", views.remove_second_factor, name="remove_second_factor"),
    path("settings/people/<int:pk>/close/", views.close_account, name="close_account"),
    path("settings/roles/<int:pk>/end/", views.end_membership, name="end_membership"),
    path("settings/calendar/", views.calendar, name="calendar"),
]
