from django.urls import path

from cases.contacts import views

app_name = "contacts"
urlpatterns = [
    path("", views.board, name="board"),
    path("list/", views.contact_list, name="list"),
    path("record/", views.record, name="record"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/known/", views.known, name="known"),
    path("<slug:reference>/rate/", views.rate, name="rate"),
    path("<slug:reference>/decide/", views.decide, name="decide"),
    path("<slug:reference>/information/", views.information, name="information"),
]
