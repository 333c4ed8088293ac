"""Settings, imports: upload a workbook, look at what it holds, say who is meant, apply it, compare."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from cases import actions
from cases.imports import forms, presenters, tasks
from cases.imports.machine import ImportState
from cases.models import Import
from teams.csv_files import csv_file
from teams.loading import needs, with_one
from teams.refusals import Refused
from teams.requests import SignedInRequest
from teams.roles import Permission

import_records = needs(Permission.IMPORT_RECORDS)
AT_ONCE = 20  # children; more are applied by a worker


@import_records
def import_list(request: SignedInRequest) -> HttpResponse:
    show = "open" if request.GET.get("show") == "open" else "all"
    shown = presenters.imports_of(request.user, request.GET.get("page"), show)
    return render(request, "imports/list.jinja", {"shown": shown, "show": show})


@import_records
def upload(request: SignedInRequest) -> HttpResponse:
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        form = forms.WorkbookForm()
    elif form.is_valid():
        file: Any = form.cleaned_data["workbook"]
        try:
            imported = actions.receive_workbook(
                authority=request.user.authority, filename=file.name, content=file, by=request.user, at=now()
            )
        except Refused as refused:
            form.add_error("workbook", refused.sentences)
        else:
            if imported.state == ImportState.READING:
                transaction.on_commit(partial(tasks.read_import.delay, imported.pk))
            return redirect("imports:detail", imported.pk)
    return render(request, "imports/upload.jinja", {"form": form}, status=422 if form.errors else 200)


def show(request: SignedInRequest, imported: Import, *, gaps: Any = (), status: int = 200) -> HttpResponse:
    page = presenters.ImportPage.of_import(imported, localdate())
    return render(
        request, "imports/detail.jinja", {"page": page, "pk": imported.pk, "refused": gaps}, status=status
    )  # fmt: skip


@import_records
@with_one(Import)
def detail(request: SignedInRequest, imported: Import) -> HttpResponse:
    return show(request, imported)


@import_records
@with_one(Import)
def rejects(request: SignedInRequest, imported: Import) -> HttpResponse:
    sheet = request.GET.get("sheet", "")
    shown = presenters.rejects_of(imported, sheet, request.GET.get("page"))
    names = [one["name"] for one in imported.sheets]
    return render(
        request, "imports/rejects.jinja", {"shown": shown, "imported": imported, "sheet": sheet, "sheets": names}
    )  # fmt: skip


@import_records
@with_one(Import)
def rejects_file(request: SignedInRequest, imported: Import) -> HttpResponse:
    """The rejected rows as a file for the data team: where they are and why, not what they say."""
    rejects = presenters.all_rejects(imported)
    rows = ((row.sheet, row.row_number, row.child_number, " ".join(row.problems)) for row in rejects)
    return csv_file(f"rejected-rows-{imported.pk}.csv", ["Sheet", "Row", "Child Unique ID", "Reason"], rows)


@import_records
@with_one(Import)
def match(request: SignedInRequest, imported: Import) -> HttpResponse:
    matching = presenters.Matching.of_import(imported)
    form = forms.MatchingForm(request.POST if request.method == "POST" else None, matching=matching)
    if form.is_valid():
        choices = form.choices(*presenters.people_and_teams(imported))
        try:
            actions.match_names(imported=imported, choices=choices, by=request.user, at=now())
        except Refused as refused:
            form.add_error(None, refused.sentences)
        else:
            messages.success(request, "The names are matched.")
            return redirect("imports:detail", imported.pk)
    return render(
        request, "imports/match.jinja", {"form": form, "imported": imported, "matching": matching},
        status=422 if form.errors else 200,
    )  # fmt: skip


@import_records
@with_one(Import)
def apply(request: SignedInRequest, imported: Import) -> HttpResponse:
    if request.method != "POST":
        page = presenters.ImportPage.of_import(imported, localdate())
        return render(request, "imports/apply.jinja", {"form": forms.ConfirmForm(), "page": page, "imported": imported})
    at = now()
    try:
        with transaction.atomic():
            actions.start_applying(imported=imported, by=request.user, at=at)
            if presenters.children_in(imported) <= AT_ONCE:
                actions.apply_import(imported=imported, by=request.user, at=at)
                messages.success(request, "The workbook is in the record.")
            else:
                transaction.on_commit(partial(tasks.apply_import.delay, imported.pk))
    except Refused as refused:
        return show(request, imported, gaps=refused.gaps, status=409)
    return redirect("imports:detail", imported.pk)


@import_records
@with_one(Import)
def discard(request: SignedInRequest, imported: Import) -> HttpResponse:
    if request.method != "POST":
        return render(request, "imports/discard.jinja", {"form": forms.ConfirmForm(), "imported": imported})
    try:
        actions.discard_import(imported=imported, by=request.user, at=now())
    except Refused as refused:
        return show(request, imported, gaps=refused.gaps, status=409)
    messages.success(request, "The import is discarded and its rows are deleted.")
    return redirect("imports:list")


@import_records
@with_one(Import)
def report(request: SignedInRequest, imported: Import) -> HttpResponse:
    page = presenters.ReportPage.of_import(imported, now(), request.GET.get("page"))
    return render(request, "imports/report.jinja", {"page": page, "pk": imported.pk})


@import_records
def headers(request: SignedInRequest) -> HttpResponse:
    choices = presenters.column_choices()
    form = forms.HeaderForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        number, field = form.cleaned_data["column"].split(":")
        actions.name_header(
            authority=request.user.authority, list_number=int(number), field=field,
            header=form.cleaned_data["header"], by=request.user, at=now(),
        )  # fmt: skip
        messages.success(request, "The header is saved.")
        return redirect("imports:headers")
    rows = presenters.header_rows(request.user)
    return render(
        request, "imports/headers.jinja", {"form": form, "rows": rows}, status=422 if form.errors else 200
    )  # fmt: skip
