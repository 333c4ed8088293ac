from django.urls import path

from closures import views

app_name = "closures"
urlpatterns = [
    path("closures/", views.queue, name="queue"),
    path("closures/start/<str:reference>/", views.start, name="start"),
    path("closures/<str:reference>/", views.detail, name="detail"),
    path("closures/<str:reference>/part/", views.part, name="part"),
    path("closures/<str:reference>/send-back/", views.send_back, name="send_back"),
    path("closures/<str:reference>/withdraw/", views.withdraw, name="withdraw"),
]
