from django.urls import path

from cases import notice_views as views

app_name = "notices"
urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("notices/", views.notice_list, name="list"),
    path("notices/deadlines/", views.deadline_list, name="deadlines"),
    path("settings/calendar/add/", views.add_closure_day, name="add_closure_day"),
    path("notices/<int:pk>/", views.detail, name="detail"),
    path("notices/<int:pk>/seen/", views.seen, name="seen"),
    path("notices/<int:pk>/done/", views.done, name="done"),
    path("notices/<int:pk>/send-again/", views.send_again, name="send_again"),
    path("notices/<int:pk>/sent-by-hand/", views.sent_by_hand, name="sent_by_hand"),
    path("notices/<int:pk>/check/", views.check, name="check"),
    path("notices/<int:pk>/write/", views.write, name="write"),
    path("notices/<int:pk>/letter.pdf", views.letter, name="letter"),
]
