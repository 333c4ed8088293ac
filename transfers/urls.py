from django.urls import path

from transfers import checklist_views, meeting_views, views

app_name = "transfers"
urlpatterns = [
    path("transfers/", views.transfer_list, name="list"),
    path("transfers/ask-for/", views.ask_for, name="ask_for"),
    path("transfers/pull/<str:ref>/", views.pull, name="pull"),
    path("transfers/start/<str:ref>/", views.start, name="start"),
    path("transfers/<str:ref>/", views.detail, name="detail"),
    path("transfers/<str:ref>/request/", views.request, name="request"),
    path("transfers/<str:ref>/agree/", views.agree, name="agree"),
    path("transfers/<str:ref>/return/", views.send_back, name="return"),
    path("transfers/<str:ref>/mend/", views.mend, name="mend"),
    path("transfers/<str:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("transfers/<str:ref>/start-handover/", views.start_handover, name="start_handover"),
    path("transfers/<str:ref>/record-point/", views.record_point, name="record_point"),
    path("transfers/<str:ref>/name-worker/", views.name_worker, name="name_worker"),
    path("transfers/<str:ref>/change-route/", views.change_route, name="change_route"),
    path("transfers/depart/<str:ref>/", views.depart, name="depart"),
    path("transfers/<str:ref>/list/", views.list_for_meeting, name="list_for_meeting"),
    path("transfers/<str:ref>/dispute/", views.dispute, name="dispute"),
    path("transfers/<str:ref>/dispute/pass-on/", views.pass_on, name="pass_on"),
    path("transfers/<str:ref>/dispute/decide/", views.decide, name="decide"),
    path("transfers/<str:ref>/duties/<int:pk>/", views.meet_duty, name="meet_duty"),
    path("meetings/", meeting_views.meeting_list, name="meetings"),
    path("meetings/<int:pk>/", meeting_views.meeting, name="meeting"),
    path("meetings/<int:pk>/export/", meeting_views.export, name="export_meeting"),
    path("meetings/<int:pk>/items/<int:item>/", meeting_views.decide, name="decide_item"),
    path("meetings/<int:pk>/close/", meeting_views.close, name="close_minutes"),
    path("transfers/<str:ref>/complete/", views.complete, name="complete"),
    path("transfers/<str:ref>/approve/<int:place>/", views.approve, name="approve"),
    path("transfers/<str:ref>/checklist/", checklist_views.checklist, name="checklist"),
    path("transfers/<str:ref>/items/<str:code>/", views.item, name="item"),
    path("transfers/<str:ref>/items/<str:code>/check/", views.check, name="check"),
    path("transfers/<str:ref>/items/<str:code>/waive/", views.waive, name="waive"),
    path("transfers/<str:ref>/items/<str:code>/sign/", views.sign, name="sign"),
]
