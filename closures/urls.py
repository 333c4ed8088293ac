from django.urls import path

from closures import destruction_views, views

app_name = "closures"
urlpatterns = [
    path("closures/", views.queue, name="queue"),
    path("closures/begin/", views.begin, name="begin"),
    path("closures/lines/", views.lines, name="lines"),
    path("closures/lines/<str:code>/", views.line, name="line"),
    path("closures/start/<str:reference>/", views.start, name="start"),
    path("closures/reopen/<str:reference>/", views.reopen, name="reopen"),
    path("closures/come-back/", views.returns, name="returns"),
    path("closures/come-back/<int:pk>/", views.answer_return, name="answer_return"),
    path("closures/come-back/<str:reference>/", views.come_back, name="come_back"),
    path("closures/kept/", destruction_views.kept, name="kept"),
    path("closures/kept/<int:pk>/destroy/", destruction_views.destroy, name="destroy_record"),
    path("closures/kept/<str:reference>/propose/", destruction_views.propose, name="propose_destruction"),
    path("closures/<str:reference>/", views.detail, name="detail"),
    path("closures/<str:reference>/part/", views.part, name="part"),
    path("closures/<str:reference>/destroy-year/", views.destroy_year, name="destroy_year"),
    path("closures/<str:reference>/send-back/", views.send_back, name="send_back"),
    path("closures/<str:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("closures/<str:reference>/undo/", views.undo, name="undo"),
    path("closures/<str:reference>/step-down/", views.step_down, name="step_down"),
    path(
        "closures/<str:reference>/decide-otherwise/<slug:condition>/", views.decide_otherwise, name="decide_otherwise"
    ),
]
