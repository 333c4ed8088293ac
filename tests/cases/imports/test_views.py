"""The pages of imports, as business support walks them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.imports import tasks, workbook
from cases.models import Case, Child, Import, ImportHeader, ImportName
from tests.cases.imports.conftest import TODAY
from tests.cases.imports.sample import Sample, a_caseload

pytestmark = pytest.mark.usefixtures("cast_of_workbook")
BASE = "/settings/imports/"


@pytest.fixture
def at_desk(signed_in, importer):
    return signed_in(importer)


@pytest.fixture
def applying(client, importer):
    """The same person without the watch on queries: a workbook is written child by child, as every action is."""
    client.force_login(importer, backend="django.contrib.auth.backends.ModelBackend")
    return lambda imported: client.post(f"{BASE}{imported.pk}/apply/", follow=True)


def uploaded(at_desk, sample, name="annex-a.xlsx"):
    content = sample.bytes() if isinstance(sample, Sample) else sample
    return at_desk.post(f"{BASE}upload/", {"workbook": SimpleUploadedFile(name, content)}, follow=True)


def match_all(at_desk, imported, **chosen):
    page = f"{BASE}{imported.pk}/match/"
    from cases.imports.presenters import Matching

    matching = Matching.of_import(imported)
    answers = {line.key: line.chosen or "leave_out" for line in (*matching.teams, *matching.workers)}
    return at_desk.post(page, answers | chosen, follow=True)


def test_a_workbook_is_uploaded_previewed_matched_applied_and_compared(at_desk, applying, sample):
    sample.in_need(1, "2026-06-01").in_need(2, "31/02/2026")

    page = uploaded(at_desk, sample).text
    imported = Import.objects.get()
    assert "Children in the rows that can be used: 1. With something open or lately closed: 1." in page
    assert "Rejected rows: 1" in page
    assert "impossible date" in at_desk.get(f"{BASE}{imported.pk}/rejected/").text
    assert "The names are matched." in match_all(at_desk, imported).text
    assert "all at once or not at all" in at_desk.get(f"{BASE}{imported.pk}/apply/").text
    assert "The workbook is in the record." in applying(imported).text

    assert Case.objects.get().allocated_social_worker.name == "Sam Worker"
    assert "There is no difference." in at_desk.get(f"{BASE}{imported.pk}/report/").text


def test_a_wrong_file_is_refused_in_the_form(at_desk):
    response = uploaded(at_desk, b"not a workbook")

    assert response.status_code == 422
    assert "This is not an Excel workbook" in response.text
    assert not Import.objects.exists()


def test_applying_before_the_names_are_matched_says_why_not(at_desk, sample):
    uploaded(at_desk, sample.in_need(1, "2026-06-01"))

    response = at_desk.post(f"{BASE}{Import.objects.get().pk}/apply/")

    assert response.status_code == 409
    assert "have not been matched yet" in response.text


def test_a_name_like_nobody_must_be_chosen_or_left_out(at_desk, sample):
    uploaded(at_desk, sample.in_need(1, "2026-06-01", worker="Zebedee Quux"))

    response = at_desk.post(f"{BASE}{Import.objects.get().pk}/match/", {})

    assert response.status_code == 422
    assert "Choose who Zebedee Quux is, or leave it out" in response.text

    at_desk.post(f"{BASE}{Import.objects.get().pk}/match/", {"rest": "on"})
    assert ImportName.objects.get(written="Zebedee Quux").leave_out
    assert "Apply to the record" in at_desk.get(f"{BASE}{Import.objects.get().pk}/").text


def test_rejected_rows_are_downloaded_without_a_formula_in_them(at_desk, sample):
    uploaded(at_desk, sample.in_need("=1+1", "soon"))
    imported = Import.objects.get()
    imported.rows.update(child_number="=1+1")

    text = at_desk.get(f"{BASE}{imported.pk}/rejected.csv").text

    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_a_council_says_what_it_calls_a_column(at_desk, authority, sample):
    at_desk.post(f"{BASE}headers/", {"column": "6:opened_on", "header": "Episode began"})
    assert "Episode began" in at_desk.get(f"{BASE}headers/").text
    assert ImportHeader.objects.get().authority == authority

    at_desk.post(f"{BASE}headers/", {"column": "6:opened_on", "header": ""})

    assert not ImportHeader.objects.exists()


def test_discarding_asks_first(at_desk, sample):
    uploaded(at_desk, sample.in_need(1, "2026-06-01"))
    imported = Import.objects.get()
    assert "is deleted" in at_desk.get(f"{BASE}{imported.pk}/discard/").text

    at_desk.post(f"{BASE}{imported.pk}/discard/")

    imported.refresh_from_db()
    assert imported.state == "discarded"
    assert at_desk.get(f"{BASE}{imported.pk}/").status_code == 200


def test_a_large_workbook_is_read_and_applied_by_a_worker(
    at_desk, applying, monkeypatch, django_capture_on_commit_callbacks, importer
):
    sent = []
    monkeypatch.setattr(workbook, "LARGE", 10)
    monkeypatch.setattr("cases.imports.views.AT_ONCE", 3)
    monkeypatch.setattr(tasks.read_import, "delay", lambda pk: sent.append(("read", pk)))
    monkeypatch.setattr(tasks.apply_import, "delay", lambda pk: sent.append(("apply", pk)))

    with django_capture_on_commit_callbacks(execute=True):
        assert "It is waiting to be read." in uploaded(at_desk, a_caseload(TODAY, 12)).text
    imported = Import.objects.get()
    tasks.read_import(imported.pk)
    tasks.read_import(imported.pk)
    match_all(at_desk, imported)
    with django_capture_on_commit_callbacks(execute=True):
        assert "children done" in applying(imported).text
    tasks.apply_import(imported.pk)
    tasks.apply_import(imported.pk)

    imported.refresh_from_db()
    assert imported.state == "applied"
    assert imported.applied_by == importer
    assert Child.objects.count() > 8
    assert sent == [("read", imported.pk), ("apply", imported.pk)]


def test_what_breaks_in_a_worker_gives_the_import_back(at_desk, sample, monkeypatch):
    from cases import actions

    uploaded(at_desk, sample.in_need(1, "2026-06-01"))
    imported = Import.objects.get()
    match_all(at_desk, imported)
    actions.start_applying(imported=imported, by=None, at=imported.uploaded_at)

    def breaks(*words):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("cases.imports.progress.tell", breaks)
    with pytest.raises(RuntimeError):
        tasks.apply_import(imported.pk)

    imported.refresh_from_db()
    assert imported.state == "staged"


def test_only_those_who_import_find_the_pages(signed_in, social_worker):
    assert signed_in(social_worker).get(BASE).status_code == 403


def test_the_list_says_who_uploaded_what(at_desk, sample):
    uploaded(at_desk, sample.in_need(1, "2026-06-01"))

    page = at_desk.get(BASE).text

    assert "annex-a.xlsx" in page
    assert "Ima Importer" in page
    assert "Ready to be checked" in page
    assert f'href="{BASE}"' in at_desk.get("/settings/").text
