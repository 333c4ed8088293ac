from django.urls import path

from cases.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="list"),
    path("upload/", views.upload, name="upload"),
    path("headers/", views.headers, name="headers"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/rejected/", views.rejects, name="rejects"),
    path("<int:pk>/rejected.csv", views.rejects_file, name="rejects_file"),
    path("<int:pk>/match/", views.match, name="match"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/report/", views.report, name="report"),
]
