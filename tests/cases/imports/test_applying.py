"""From a workbook to the record."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from cases import actions
from cases.imports.reconciling import reconcile
from cases.models import Case, Child, Event, Identifier, Import, ImportRow, Involvement, JournalEntry, RowState, Spell
from teams.refusals import Refused
from teams.roles import NotAllowed
from tests.cases.imports.conftest import TODAY
from tests.cases.imports.sample import Sample, a_caseload
from tests.cast import NOON

pytestmark = pytest.mark.usefixtures("cast_of_workbook")
OPENED = date(2026, 6, 1)


def problems(imported: Import) -> list[str]:
    return [sentence for row in imported.rows.rejected() for sentence in row.problems]


def counts() -> list[int]:
    return [model.objects.count() for model in (Child, Identifier, Case, Spell, Event, Involvement, JournalEntry)]


def case_of(number) -> Case:
    return Child.objects.get(identifiers__value=str(number)).cases.get()


def test_an_open_row_of_list_6_becomes_a_child_with_a_case(applied, sample, transferring_team, social_worker):
    applied(sample.in_need(9212044, OPENED))

    case = case_of(9212044)
    assert case.responsible_team == transferring_team
    assert case.allocated_social_worker == social_worker
    assert localdate(case.opened_at) == OPENED
    assert [(spell.code, spell.starts_on) for spell in case.spells.all()] == [("child_in_need", OPENED)]


def test_the_journal_says_who_brought_it_in(applied, sample, importer):
    applied(sample.in_need(1, OPENED))

    entry = JournalEntry.objects.get(kind="case_imported")
    assert entry.by == importer
    assert "annex-a.xlsx" in entry.says


def test_a_closed_row_becomes_a_closed_case(applied, sample):
    closed = date(2026, 11, 2)
    applied(sample.in_need(1, OPENED, status="e) Closed episode", closed=closed, reason="RC7 - Any other reason"))

    case = case_of(1)
    assert (case.state, case.closure_reason, localdate(case.closed_at)) == ("closed", "RC7", closed)


def test_plans_and_orders_come_with_their_dates(applied, sample):
    since = date(2026, 7, 1)
    cells = {"Date Started to be Looked After": since, "Child's Legal Status": "C1: ICO",
             "Start date of current legal status": since, "Placement Type": "U4", "Start Date of Most Recent Placement": since}  # fmt: skip
    sample.in_need(1, OPENED, status="a) Looked after child").add(8, 1, cells=cells)
    sample.add(7, 1, cells={"Child Protection Plan Start Date": OPENED, "Child Protection Plan End Date": since})

    applied(sample)

    found = {(spell.kind, spell.code, spell.starts_on, spell.ends_on) for spell in case_of(1).spells.all()}
    assert found == {
        ("status", "looked_after", since, None), ("legal", "interim_care_order", since, None),
        ("placement", "foster_care", since, None), ("status", "child_protection", OPENED, since),
    }  # fmt: skip


def test_a_referral_that_goes_on_opens_a_case_and_one_that_does_not_makes_no_child(applied, sample):
    goes_on = {"Date of referral": OPENED, "Referral NFA?": "b) No", "Allocated Team": "Under 12"}
    sample.add(3, 1, cells=goes_on).add(3, 2, cells=goes_on | {"Referral NFA?": "a) Yes"})

    applied(sample)

    assert [spell.code for spell in case_of(1).spells.all()] == ["referral"]
    assert Child.objects.count() == 1


def test_a_care_leaver_is_held_from_the_day_of_the_import(applied, sample):
    born = date(2007, 5, 4)
    sample.add(9, 1, born, cells={"Eligibility Category": "b) Former relevant child", "Allocated Team": "Under 12"})

    applied(sample)

    case = case_of(1)
    assert localdate(case.opened_at) == TODAY
    assert case.spells.get().code == "care_leaver"


def test_an_unborn_child_has_an_expected_date(applied, sample):
    applied(sample.in_need(1, OPENED, born=TODAY + timedelta(days=60)))

    assert case_of(1).child.is_unborn


def test_a_case_opened_before_birth_is_taken(applied, sample):
    applied(sample.in_need(1, OPENED, born=OPENED + timedelta(days=40)))

    assert case_of(1).child.date_of_birth == OPENED + timedelta(days=40)


def test_applying_twice_changes_nothing_the_second_time(applied):
    applied(a_caseload(TODAY, 60))
    before = counts()

    second = applied(a_caseload(TODAY, 60), at=NOON + timedelta(days=1))

    assert counts() == before
    assert not second.rows.rejected().exists()


def test_the_record_says_what_the_generated_workbook_says(applied):
    imported = applied(a_caseload(TODAY, 60))

    report = reconcile(imported, NOON)

    assert report.with_case > 40
    assert report.agreeing == report.with_case
    assert report.left_out == 0


def test_a_later_workbook_closes_what_it_says_is_closed(applied):
    applied(Sample(TODAY).in_need(1, OPENED))
    applied(
        Sample(TODAY).in_need(1, OPENED, status="e) Closed episode", closed=TODAY - timedelta(days=1), reason="RC8")
    )

    assert case_of(1).closure_reason == "RC8"


def test_what_the_record_knows_otherwise_stays_and_is_reported(applied, receiving_team):
    applied(Sample(TODAY).in_need(1, OPENED))
    second = applied(
        Sample(TODAY).in_need(1, OPENED, team="Under 12", worker="Ravi Manager"), at=NOON + timedelta(days=1)
    )

    report = reconcile(second, NOON)

    assert case_of(1).responsible_team != receiving_team
    assert [(one.about, one.workbook, one.record) for one in report.differences] == [
        ("Team", "Under 12", "Assessment"), ("Worker", "Ravi Manager", "Sam Worker"),
    ]  # fmt: skip


def test_a_row_without_a_team_is_left_out_unless_somebody_says_who_holds_it(applied, sample):
    imported = applied(sample.in_need(1, OPENED, team="#N/A", worker="#N/A"))

    assert not Child.objects.exists()
    assert "nobody would hold the case" in problems(imported)[0]


def test_a_worker_who_is_nobody_here_leaves_the_case_to_be_allocated(applied, sample):
    applied(sample.in_need(1, OPENED, worker="Nobody Known"))

    assert case_of(1).allocated_social_worker is None


def test_a_worker_of_another_team_is_not_allocated(applied, sample):
    applied(sample.in_need(1, OPENED, worker="Ravi Manager"))

    assert case_of(1).allocated_social_worker is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"opened": "31/02/2026"}, 'CIN Start Date is an impossible date: "31/02/2026".'),
        ({"opened": TODAY + timedelta(days=1)}, "CIN Start Date is in the future."),
        ({"opened": None}, "CIN Start Date is missing."),
        ({"opened": "=TODAY()"}, "CIN Start Date is a formula. Paste its value in its place."),
        ({"opened": OPENED, "born": date(1990, 1, 1)}, "Date of Birth is too long ago for a child or care leaver."),
        ({"opened": OPENED, "status": "z) Other"}, 'Case status is not in the list: "z) Other".'),
        ({"opened": OPENED, "closed": OPENED}, "CIN Closure Date is given without a Reason for Closure (rule 8805)."),
        ({"opened": OPENED, "reason": "RC7"}, "Reason for Closure is given without a CIN Closure Date (rule 8810)."),
        ({"opened": OPENED, "closed": date(2026, 5, 1), "reason": "RC7", "status": "e)"}, "CIN Closure Date is before CIN Start Date (rule 8630)."),
        ({"opened": OPENED, "reason": "RC77", "closed": TODAY, "status": ""}, 'Reason for Closure is not one of RC1 to RC9: "RC77".'),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_rejected_with_its_reason(receive, sample, said, sentence):
    opened = said.pop("opened")

    imported = receive(sample.in_need(1, opened, **said))

    row = imported.rows.get()
    assert (row.sheet, row.row_number, row.state) == ("List 6", 3, RowState.REJECTED)
    assert row.problems == [sentence]


def test_a_row_without_a_number_is_rejected(receive, sample):
    assert problems(receive(sample.in_need(None, OPENED))) == ["Child Unique ID is missing."]


def test_two_birthdays_of_one_child_leave_the_child_out(applied, sample):
    sample.in_need(1, OPENED).add(7, 1, date(2015, 5, 4), cells={"Child Protection Plan Start Date": OPENED})

    assert "2 dates of birth" in problems(applied(sample))[0]


def test_text_that_looks_like_a_formula_is_a_name_like_any_other(receive, sample):
    book = sample.in_need(1, OPENED, team="x").workbook()
    book["List 6"].cell(row=3, column=13).value = "+SUM(1)"

    imported = receive(_file(book))

    assert [name.written for name in imported.names.filter(kind="team")] == ["+SUM(1)"]


def _file(book):
    import io

    content = io.BytesIO()
    book.save(content)
    return content


def test_an_order_before_birth_is_not_taken_and_the_rest_is(applied, sample):
    born = date(2026, 8, 1)
    cells = {
        "Date Started to be Looked After": born,
        "Child's Legal Status": "C1",
        "Start date of current legal status": OPENED,
    }
    imported = applied(sample.in_need(1, OPENED, born=born, status="a)").add(8, 1, born, cells=cells))

    assert "cannot start before the child was born" in ImportRow.objects.filter(of=imported).first().outcome
    assert [spell.code for spell in case_of(1).spells.all()] == ["looked_after"]


def test_nothing_is_applied_before_every_name_is_matched(receive, sample, importer):
    imported = receive(sample.in_need(1, OPENED))

    with pytest.raises(Refused, match="2 names of teams and workers have not been matched"):
        actions.start_applying(imported=imported, by=importer, at=NOON)


def test_what_a_person_said_once_is_offered_for_the_next_workbook(receive, importer, social_worker, transferring_team):
    from cases.imports.presenters import Matching

    first = receive(Sample(TODAY).in_need(1, OPENED, worker="S. Wkr"))
    names = {name.kind: name for name in first.names.all()}
    choices = {names["worker"]: social_worker, names["team"]: transferring_team}
    actions.match_names(imported=first, choices=choices, by=importer, at=NOON)

    second = Matching.of_import(receive(Sample(TODAY).in_need(2, OPENED, worker="S Wkr")))

    assert second.workers[0].chosen == str(social_worker.pk)


def test_a_failure_in_the_middle_leaves_the_record_untouched(applied, sample, receive, monkeypatch):
    sample.in_need(1, OPENED).in_need(2, OPENED)

    def breaks(done, of):
        raise RuntimeError("the lights went out")

    imported = receive(sample)
    for name in imported.names.all():
        actions.match_names(imported=imported, choices={name: None}, by=None, at=NOON)
    actions.start_applying(imported=imported, by=None, at=NOON)
    with pytest.raises(RuntimeError):
        actions.apply_import(imported=imported, by=None, at=NOON, progress=breaks)

    assert not Child.objects.exists()
    imported.refresh_from_db()
    assert imported.state == "applying"
    assert actions.give_back_import(imported=imported, by=None, at=NOON).state == "staged"


def test_only_those_who_import_may(authority, social_worker, charlie, sample):
    for person in (social_worker, charlie):
        with pytest.raises(NotAllowed):
            actions.receive_workbook(authority=authority, filename="x.xlsx", content=sample.file(), by=person, at=NOON)


def test_discarding_deletes_what_was_read(receive, sample, importer):
    imported = actions.discard_import(imported=receive(sample.in_need(1, OPENED)), by=importer, at=NOON)

    assert imported.state == "discarded"
    assert not ImportRow.objects.exists()


def test_the_file_itself_is_not_kept_once_it_is_read(receive, sample):
    assert receive(sample.in_need(1, OPENED)).content is None
