from django.urls import path

from transfers import radar_views as views

app_name = "radar"
urlpatterns = [path("radar/", views.radar, name="list")]
