"""The protocol browser and the route finder. They read packs only: nothing here is about a child on record."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from casetransfer.protocol_pages import forms
from casetransfer.protocol_pages.due_form import DueForm
from casetransfer.protocol_pages.presenters import finder, pages
from casetransfer.protocol_pages.presenters.book import Book
from casetransfer.protocol_pages.presenters.cards import card
from casetransfer.protocol_pages.presenters.due import can_be_due, due_answer
from casetransfer.protocol_pages.presenters.sections import BY_SLUG, size
from casetransfer.protocol_pages.said import Said
from casetransfer.protocol_pages.words import CIRCUMSTANCES
from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.questions import Question, question_about
from casetransfer.protocols.rows import Timer
from teams.requests import SignedInRequest

View = Callable[..., HttpResponse]


def with_book(view: View) -> View:
    """Opens the protocol that the address names. Protocols are published: any member of staff may read any of them."""

    @wraps(view)
    def opened(request: SignedInRequest, authority: str, **parts: Any) -> HttpResponse:
        if authority not in authorities():
            raise Http404
        return view(request, Book(pack_for(authority)), **parts)

    return opened


def page(request: SignedInRequest, name: str, book: Book, **shown: Any) -> HttpResponse:
    """A page of the book with its chapters beside it; 422 where what was asked is not in order."""
    form = shown.get("form")
    context = {"book": book, "contents": pages.contents(book), **shown}
    return render(request, f"protocol/{name}.jinja", context, status=422 if form and form.errors else 200)


@require_GET
def own(request: SignedInRequest) -> HttpResponse:
    """To the protocol of the reader's own council; to the list of all where it has none."""
    if request.user.authority.pack in authorities():
        return redirect("protocol:overview", authority=request.user.authority.pack)
    return render(request, "protocol/shelf.jinja", {"others": pages.others()})


@require_GET
def own_finder(request: SignedInRequest) -> HttpResponse:
    if request.user.authority.pack in authorities():
        return redirect("protocol:find", authority=request.user.authority.pack)
    return redirect("protocol:own")


@require_GET
def why(request: SignedInRequest, code: str) -> HttpResponse:
    """From a clause named on any page to what it says, in the protocol of the reader's own council."""
    pack = request.user.authority.pack
    if pack not in authorities() or not Book(pack_for(pack)).has(code):
        raise Http404
    return redirect("protocol:code", authority=pack, code=code)


@require_GET
@with_book
def overview(request: SignedInRequest, book: Book) -> HttpResponse:
    return page(request, "overview", book, shown=pages.overview(book, request.GET.get("team", "")))


@require_GET
@with_book
def chapter(request: SignedInRequest, book: Book, chapter: str) -> HttpResponse:
    found = BY_SLUG.get(chapter)
    if found is None or not size(book, found):
        raise Http404
    shown = pages.chapter_page(book, found, request.GET.dict())
    return page(request, "chapter", book, shown=shown)


@require_GET
@with_book
def search(request: SignedInRequest, book: Book) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    return page(request, "search", book, words=words, hits=pages.hits(book, request.GET.dict()))


@require_http_methods(["GET", "POST"])
@with_book
def code(request: SignedInRequest, book: Book, code: str) -> HttpResponse:
    """One row. A timer can be asked when it is due; the days it is asked about go by post, not into an address."""
    if not book.has(code):
        raise Http404
    row = book.row(code)
    if not isinstance(row, Timer) or not can_be_due(row):
        return page(request, "code", book, card=card(book, code, full=True))
    form = DueForm(request.POST if request.method == "POST" else None, pack=book.pack, timer=row)
    answer = due_answer(book.pack, code, form.moments()) if form.is_bound and form.is_valid() else None
    return page(request, "timer", book, card=card(book, code, full=True), form=form, answer=answer)


@require_http_methods(["GET", "POST"])
@with_book
def find(request: SignedInRequest, book: Book) -> HttpResponse:
    """The route finder: what was said stands in the address, the answer to one question comes by post."""
    told = Said.of(book.pack, request.GET.dict(), localdate())
    facts = told.facts()
    questions = finder.questions_for(book, told, facts)
    asked = _asked(book, request.POST.get("about") or request.GET.get("ask", ""), questions)
    form = forms.form_for(asked, book.pack, facts, told.on, request.POST or None) if asked else None
    if form and form.is_bound and form.is_valid():
        answered = told.with_answer(form.subject, form.parts())
        return redirect(f"{book.url('find')}?{answered.query()}")
    shown = finder.finder_page(book, told, facts, questions)
    return page(request, "find", book, shown=shown, form=form, is_chosen=bool(request.GET.get("ask")))


def _asked(book: Book, about: str, questions: list[Question]) -> Question | None:
    """The question that was chosen, else the most decisive one."""
    if about == CIRCUMSTANCES:
        return Question(CIRCUMSTANCES, "choices")
    return question_about(book.pack, about) or (questions[0] if questions else None)
