"""Sixty and more packs with one mistake each: `check` names file, row and reason."""

import shutil
from pathlib import Path

import pytest

from casetransfer.protocols.check import check
from tests.protocols.conftest import EXAMPLESHIRE

R, T, C, N, X = "routes.toml", "timers.toml", "checklists.toml", "notices.toml", "clauses.toml"

BROKEN: list[tuple[str, str, str, str, str]] = [
    # file, what stands there, what is put there, the row named, the reason named
    ("pack.toml", 'prefix = "EX"', 'prefx = "EX"', "pack.toml", "unknown key"),
    ("pack.toml", 'version = "1"', "", "pack.toml", "missing"),
    ("pack.toml", "2026-01-01", '"soon"', "effective_from", "date"),
    ("pack.toml", 'clauses = ["EX-0"]', "", "clause EX-0", "no row carries it"),
    ("teams.toml", 'code = "assess"', 'code = "door"', "team door", "used twice"),
    ("teams.toml", 'part_of = "young"', 'part_of = "yonug"', "team young_east", '"yonug", which is not in this pack'),
    ("teams.toml", 'age_under = "11y6m"', 'age_under = "11 and a half"', "team young", "not a length of time"),
    ("teams.toml", 'front_door = true', 'frontdoor = true', "team door", "unknown key"),
    ("roles.toml", 'acts_as = "admin"', 'acts_as = "boss"', "role clerk", "Input should be"),
    ("roles.toml", "level = 5", 'level = "high"', "role head", "valid integer"),
    ("ratings.toml", 'limit = "4 hours"', 'limit = "4h"', "scale contact", "not a length of time"),
    ("ratings.toml", 'colour = "red"', 'colour = "purple"', "scale contact", "Input should be"),
    (T, 'offset = "7 working days"', 'offset = "7 workdays"', "timer EX-T4", "not a length of time"),
    (T, 'kind = "backward"', 'kind = "backwards"', "timer EX-T4", "Input should be"),
    (T, 'of = "initial_child_protection_conference"', 'of = "icpc"', "timer EX-T4", "no kind of event"),
    (T, 'of = "court_hearing"', 'of = "first_day"', "timer EX-T3", "no kind of event"),
    (T, 'of = "looked_after_review", ordinal = 1', 'of = "first_looked_after_review"', "timer EX-T3",
     'Write of = "looked_after_review", ordinal = 1.'),
    (T, 'starts = { on = "transfer_returned" }', "", "timer EX-T5", "missing"),
    (T, 'owed_by = ["assess"]', 'owed_by = ["asess"]', "timer EX-T2", '"asess", which is not in this pack'),
    (T, 'reading = ["EX-A1"]', 'reading = ["EX-A2"]', "timer EX-T2", '"EX-A2", which is not in this pack'),
    (T, '"45 {assessment_day}"', '"45 {assesment_day}"', "timer EX-T2", "not a length of time"),
    (T, 'code = "EX-T5"', 'code = "EX-T4"', "timer EX-T4", "used twice"),
    (T, "strength = \"must\"", 'strength = "shall"', "timer EX-T1", "Input should be"),
    (R, 'to = "assess"', 'to = "asess"', "route EX-DOOR-ASSESS", '"asess", which is not in this pack'),
    (R, 'from = "door"', 'from = "dor"', "route EX-DOOR-ASSESS", '"dor", which is not in this pack'),
    (R, 'effect = "joins"', 'effect = "adds"', "route EX-ADVISER", "Input should be"),
    (R, "section_47 = true, initial", "section47 = true, initial", "route EX-YOUNG-CP", 'unknown fact "section47"'),
    (R, 'contact_outcome = "assessment"', 'contact_outcome = "asess"', "route EX-DOOR-ASSESS", "cannot be asess"),
    (R, "disabled = true", 'disabled = "yes"', "route EX-DISABILITY", "true or false"),
    (R, 'age_at_least = "15y6m"', 'age_at_least = "15.5"', "route EX-ADVISER", "not a length of time"),
    (R, 'age_at_least = "15y6m"', 'age = "15y6m"', "route EX-ADVISER", "is a length of time"),
    (R, "transfer_in = true", "date_of_birth = true", "route EX-IN", "ask date_of_birth_known"),
    (R, 'threshold_met = true', 'threshold_met_over = 3', "route EX-IN", "compares numbers"),
    (R, 'holder = "none" }', 'holder = "nobody" }', "route EX-DOOR-ASSESS", "no team nobody"),
    (R, 'waits_for = "assessment_complete"', 'waits_for = "disabledness"', "route EX-DISABILITY", "which is no fact"),
    (R, 'waits_for = "assessment_complete"', 'waits_for = "homeless"', "route EX-DISABILITY", "do not use"),
    (R, '{ kind = "event", event = "pre_birth_conference" }', '{ kind = "event", event = "prebirth" }',
     "route EX-UNBORN", "no kind of event"),
    (R, '{ kind = "event", event = "pre_birth_conference" }', '{ kind = "event" }', "route EX-UNBORN", "names none"),
    (R, '{ kind = "event", event = "pre_birth_conference" }',
     '{ kind = "event", event = "pre_birth_conference", outcome = "cp" }', "route EX-UNBORN", 'the outcome "cp"'),
    (R, '{ kind = "age", age = "15y6m" }', '{ kind = "age" }', "route EX-ADVISER", "names none"),
    (R, 'kind = "decision", by', 'kind = "verdict", by', "route EX-IN", "Input should be"),
    (R, 'bundles = ["EX-STANDARD"]\ntimers', 'bundles = ["EX-STANDRD"]\ntimers', "route EX-YOUNG-CP", "EX-STANDRD"),
    (R, 'timers = ["EX-T4"]', 'timers = ["EX-T44"]', "route EX-YOUNG-CP", '"EX-T44", which is not in this pack'),
    (R, 'latest_timer = "EX-T3"', 'latest_timer = "EX-T33"', "route EX-YOUNG-S20", "EX-T33"),
    (R, 'checklists = ["EX-C1"]', 'checklists = ["EX-C9"]', "bundle EX-STANDARD", "EX-C9"),
    (R, 'by = ["manager"], side', 'by = ["managr"], side', "bundle EX-STANDARD", "managr"),
    (R, 'notices = ["EX-N1"]', 'notices = ["EX-N9"]', "bundle EX-STANDARD", "EX-N9"),
    (R, 'clauses = ["EX-2"]', "clauses = []", "route EX-DOOR-ASSESS", "carries no clause"),
    (R, 'clauses = ["EX-2"]', 'clauses = ["EX-22"]', "route EX-DOOR-ASSESS", '"EX-22", which is not in this pack'),
    (R, 'rating = "contact"', 'basis = "inferred"', "route EX-DOOR-ASSESS", "names no reading"),
    (R, 'rating = "contact"', 'only_if = { no_such = true }\nclauses_ = 1', "route EX-DOOR-ASSESS", "unknown key"),
    (R, 'suppresses = ["EX-YOUNG-S20"]', 'suppresses = ["EX-YOUNG-S2O"]', "hold EX-HOLD-HOME", "names no route"),
    (R, 'suppresses = ["EX-YOUNG-S20"]', "suppresses = []", "hold EX-HOLD-HOME", "suppresses nothing"),
    (R, 'lifted_by = ["head"]', 'lifted_by = ["boss"]', "hold EX-HOLD-HOME", '"boss", which is not in this pack'),
    (R, '["EX-UNBORN"], ', '["EX-UNBON"], ', "precedence EX-ORDER", "names no route"),
    (R, '["EX-YOUNG-S20"], ["EX-*-CP"]]', '["EX-YOUNG-S20"]]', "EX-YOUNG-CP", "comes first"),
    (R, 'age_under = "11y6m" }\npoints = [{ kind = "event", event = "initial', 'age_under = "11y7m" }\npoints = [{ kind = "event", event = "initial', "route EX-YOUNG-CP", "one child can match it and EX-OLDER-CP"),
    (R, 'status = "looked_after", age_at_least = "15y6m"', 'age_under = "15y", age_at_least = "15y6m"', "route EX-ADVISER", "contradict"),
    (R, "unborn = true, pre", 'unborn = true, age_over = "1y", pre', "route EX-UNBORN", "contradict"),
    (R, 'from = "young"\nto = "older"', 'from = "older"\nto = "older"', "route EX-OLDER-AGE", "same team"),
    (R, "section_47 = true, initial", "assessment_complete = true, disabled = true, initial", "route EX-YOUNG-CP", "always matches"),
    (C, 'policy = "blocking"\nclauses = ["EX-6"]', 'policy = "hard"\nclauses = ["EX-6"]', "checklist EX-C1", "Input should be"),
    (C, 'who = "worker"\npolicy = "waivable"', 'who = "wrker"\npolicy = "waivable"', "item EX-I2", "wrker"),
    (C, 'waived_by = ["manager", "head"]', 'waived_by = ["manger", "head"]', "item EX-I2", "manger"),
    (C, 'mend_timer = "EX-T5"', 'mend_timer = "EX-T55"', "checklist EX-C1", "EX-T55"),
    (C, 'when = { status = "looked_after" }', 'when = { status = "lac" }', "item EX-I3", "cannot be lac"),
    (N, 'to = [{ role = "manager", side = "receiving" }]', "to = []", "notice EX-N1", "no recipient"),
    (N, 'role = "manager"', 'role = "managr"', "notice EX-N1", "managr"),
    (N, 'channel = "email"', 'channel = "pigeon"', "notice EX-N1", "Input should be"),
    (N, 'on = "transfer_expected"', 'on = "transfer_looms"', "notice EX-N1", "Input should be"),
    ("meetings.toml", 'chair = ["head"]', 'chair = ["boss"]', "meeting EX-M1", "boss"),
    ("meetings.toml", 'weekday = "tuesday"', 'weekday = "Tues"', "meeting EX-M1", "Input should be"),
    ("disputes.toml", 'limit = "24 hours"', 'limit = "a day"', "dispute_step EX-D1", "not a length of time"),
    ("rereferral.toml", 'window = "3 months"', 'window = "quarter"', "rereferral EX-R1", "not a length of time"),
    ("closures.toml", 'hand = ["manager"]', 'hand = ["managr"]', "closure step EX-CLOSE-2", "managr"),
    ("closures.toml", 'checklists = ["EX-C2"]', "", "checklist EX-C2", "uses it"),
    ("ambiguities.toml", 'settings = ["assessment_day"]', "", "setting assessment_day", "uses it"),
    (X, 'id = "EX-9"', 'id = "EX-8"', "clause EX-8", "used twice"),
    (X, 'kind = "guidance"', 'kind = "ambiguous"', "clause EX-10", "names no reading"),
    (X, 'kind = "guidance"', "", "clause EX-10", "no row carries it"),
    (X, "[[clause]]\nid = \"EX-10\"", "[[claus]]\nid = \"EX-10\"", "clauses.toml", 'unknown table "claus"'),
    (X, 'id = "EX-10"', "id = EX-10", "clauses.toml", "not readable as TOML"),
    ("scenarios/all.toml", "2015-05-23", "2015-05-24", "At eleven and a half", "not in recommended"),
    ("scenarios/all.toml", "due = 2027-04-07", "due = 2027-04-06", "Ten working days", "due is 2027-04-07"),
    ("scenarios/all.toml", "inside = false", "inside = true", "The day after it", "outside the window"),
    ("scenarios/all.toml", 'policy = "blocking"', 'policy = "advisory"', "A move waits", "the policy is blocking"),
    ("scenarios/all.toml", 'about = "EX-T3"', 'about = "EX-T9"', "Ten working days", "is no row of this pack"),
    ("scenarios/all.toml", "due = 2026-10-25T11:00:00", "due = 2026-10-25T12:00:00", "A dispute", "expected"),
]  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLESHIRE, tmp_path / "exampleshire"))


def test_the_unbroken_pack_has_no_mistakes(copy: Path) -> None:
    assert check("exampleshire", copy).problems == ()


@pytest.mark.parametrize(("file", "old", "new", "row", "reason"), BROKEN, ids=[f"{r[3]}: {r[4]}" for r in BROKEN])
def test_a_broken_pack_is_named_by_file_row_and_reason(
    copy: Path, file: str, old: str, new: str, row: str, reason: str
) -> None:
    path = copy / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))

    problems = check("exampleshire", copy).problems

    named = [p for p in problems if row in p and reason in p and (file.split("/")[0] in p or row in p)]
    assert named, "\n".join(problems) or "nothing was found"


def test_a_file_that_is_no_part_of_a_pack_is_named(copy: Path) -> None:
    (copy / "route.toml").write_text("")

    assert "not a file of a pack" in check("exampleshire", copy).problems[0]


def test_a_missing_pack_is_named_with_those_there_are(tmp_path: Path) -> None:
    assert "no protocol pack" in check("nowhere", tmp_path / "nowhere").problems[0]


def test_every_mistake_is_told_at_once(copy: Path) -> None:
    for file, old, new in (("teams.toml", 'part_of = "young"', 'part_of = "x"'), (X, 'kind = "guidance"', "")):
        path = copy / file
        path.write_text(path.read_text().replace(old, new, 1))

    assert len(check("exampleshire", copy).problems) == 2
