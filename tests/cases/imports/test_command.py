"""The same import from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, Import
from tests.cases.imports.sample import Sample

pytestmark = pytest.mark.usefixtures("cast_of_workbook")


@pytest.fixture
def run(tmp_path, importer):
    def run_it(content, *words):
        file = tmp_path / "annex-a.xlsx"
        file.write_bytes(content.bytes() if isinstance(content, Sample) else content)
        said = StringIO()
        call_command("import_annex_a", str(file), "--as", importer.email, *words, stdout=said)
        return said.getvalue()

    return run_it


def test_without_apply_it_shows_what_there_is_and_changes_nothing(run, sample):
    said = run(sample.in_need(1, "2026-06-01").in_need(2, "soon"))

    assert "1 ready, 1 rejected" in said
    assert 'row 4, child 2: CIN Start Date is not a date: "soon".' in said
    assert "Nothing was changed." in said
    assert not Case.objects.exists()


def test_with_apply_it_takes_the_names_that_are_the_same_and_those_it_is_told(run, sample, social_worker):
    said = run(sample.in_need(1, "2026-06-01", worker="S. Wkr"), "--apply", "--match", "S. Wkr=Sam Worker")

    assert Case.objects.get().allocated_social_worker == social_worker
    assert "Applied. 1 of 1 children agree with the record" in said


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [(b"x", (), "not an Excel workbook"), (None, ("--apply", "--match", "Sam Worker=Nobody"), "Nobody here is called Nobody")],
)  # fmt: skip
def test_it_ends_with_a_sentence(run, sample, content, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(content or sample.in_need(1, "2026-06-01"), *words)

    assert not Case.objects.exists()


def test_a_stranger_cannot_import(importer, tmp_path):
    with pytest.raises(CommandError, match="Nobody here has the e-mail address"):
        call_command("import_annex_a", str(tmp_path / "x.xlsx"), "--as", "nobody@example.org")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_annex_a", str(tmp_path / "x.xlsx"), "--as", importer.email)

    assert not Import.objects.exists()
