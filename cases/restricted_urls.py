from django.urls import path

from cases import restricted_views as views

app_name = "restricted"
urlpatterns = [
    path("open/", views.break_glass, name="open"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("<str:ref>/", views.who, name="who"),
    path("<str:ref>/change/", views.change, name="change"),
    path("<str:ref>/grant/", views.grant, name="grant"),
    path("<str:ref>/grants/<int:pk>/end/", views.end_grant, name="end_grant"),
    path("<str:ref>/record/", views.subject_access, name="subject_access"),
    path("<str:ref>/conflict/", views.conflict, name="conflict"),
]
