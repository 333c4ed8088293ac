from django.urls import path

from cases import notice_views as views

app_name = "notices"
urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
]
