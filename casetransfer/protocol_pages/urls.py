from django.urls import path

from casetransfer.protocol_pages import views

app_name = "protocol"
urlpatterns = [
    path("", views.own, name="own"),
    path("find/", views.own_finder, name="own_finder"),
    path("why/<str:code>/", views.why, name="why"),
    path("<slug:authority>/", views.overview, name="overview"),
    path("<slug:authority>/find/", views.find, name="find"),
    path("<slug:authority>/search/", views.search, name="search"),
    path("<slug:authority>/code/<str:code>/", views.code, name="code"),
    path("<slug:authority>/<slug:chapter>/", views.chapter, name="chapter"),
]
