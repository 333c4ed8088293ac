"""The site map of the record."""

from django.urls import path

from cases.views import events, pages, people, spells, worklist

app_name = "cases"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("search/", worklist.search, name="search"),
    path("found/", worklist.found, name="found"),
    path("<str:ref>/", pages.case, name="case"),
    path("<str:ref>/journey/", pages.journey, name="journey"),
    path("<str:ref>/horizon/", pages.horizon, name="horizon"),
    path("<str:ref>/family/", pages.family, name="family"),
    path("<str:ref>/events/", pages.events, name="events"),
    path("<str:ref>/involvement/", pages.involvement, name="involvement"),
    path("<str:ref>/held/", pages.held_at, name="held_at"),
    path("<str:ref>/documents/", pages.documents, name="documents"),
    path("<str:ref>/facts/", pages.facts, name="facts"),
    path("<str:ref>/history/", pages.history, name="history"),
    path("<str:ref>/events/book/", events.book, name="book_event"),
    path("<str:ref>/events/record/", events.record_past, name="record_event"),
    path("<str:ref>/events/<int:pk>/move/", events.move, name="move_event"),
    path("<str:ref>/events/<int:pk>/hold/", events.hold, name="hold_event"),
    path("<str:ref>/events/<int:pk>/cancel/", events.cancel, name="cancel_event"),
    path("<str:ref>/events/<int:pk>/correct/", events.correct, name="correct_event"),
    path("<str:ref>/record/<slug:kind>/", spells.start, name="start_spell"),
    path("<str:ref>/spells/<int:pk>/end/", spells.end, name="end_spell"),
    path("<str:ref>/spells/<int:pk>/correct/", spells.correct, name="correct_spell"),
    path("<str:ref>/questions/<slug:fact>/", spells.answer, name="answer"),
    path("<str:ref>/happened/", spells.act, name="act"),
    path("<str:ref>/allocate/", people.allocate, name="allocate"),
    path("<str:ref>/duty/", people.duty, name="duty"),
    path("<str:ref>/involvement/add/", people.add_involvement, name="add_involvement"),
    path("<str:ref>/involvement/<int:pk>/end/", people.end_involvement, name="end_involvement"),
    path("<str:ref>/involvement/<int:pk>/correct/", people.correct_move, name="correct_move"),
    path("<str:ref>/child/", people.change_child, name="change_child"),
    path("<str:ref>/put-right/", people.rectify, name="rectify"),
    path("<str:ref>/family/add/", people.add_relationship, name="add_relationship"),
    path("<str:ref>/warnings/add/", people.add_warning, name="add_warning"),
    path("<str:ref>/warnings/<int:pk>/end/", people.end_warning, name="end_warning"),
    path("<str:ref>/documents/add/", people.add_document, name="add_document"),
]
