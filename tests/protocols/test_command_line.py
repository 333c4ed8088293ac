"""The command line is a contract: people, CI and outside checks call it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from casetransfer.protocols import loader
from casetransfer.protocols.__main__ import main
from tests.protocols.conftest import EXAMPLESHIRE, conference


@pytest.fixture(autouse=True)
def only_exampleshire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command line of an installation whose one authority is Exampleshire."""
    for module in ("loader", "scenarios", "check"):
        monkeypatch.setattr(f"casetransfer.protocols.{module}.PACKS", EXAMPLESHIRE.parent)
    monkeypatch.setattr("casetransfer.protocols.__main__.authorities", lambda: ["exampleshire"])
    loader.load.cache_clear()
    return tmp_path


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(list(words))
    printed = capsys.readouterr()
    return status, printed.out + printed.err


def facts_file(folder: Path, **facts: Any) -> str:
    path = folder / "facts.json"
    path.write_text(json.dumps(facts))
    return str(path)


CHILD = {"holder": "assess", "date_of_birth": "2016-05-02", "section_47": True, "events": [conference()]}
KEYS = {"code", "effect", "from", "to", "transfer_point", "point_reached", "earliest", "latest", "gaps", "approvals"}
KEYS |= {"attend", "checklist", "notices", "clauses", "basis"}


def test_route_answers_with_every_key_of_the_contract(capsys: Any, only_exampleshire: Path) -> None:
    facts = facts_file(only_exampleshire, **CHILD)
    status, text = asked(capsys, "route", "exampleshire", facts, "--at", "2026-11-23T09:30", "--json")

    answer = json.loads(text)
    assert status == 0
    assert {"authority", "version", "at", "holds", "recommended", "possible", "ruled_out"} <= answer.keys()
    assert answer["recommended"][0].keys() >= KEYS
    assert all("need_to_know" in route for route in answer["possible"])
    assert all(route["because"] for route in answer["ruled_out"])


def test_route_in_words_names_route_point_and_clause(capsys: Any, only_exampleshire: Path) -> None:
    facts = facts_file(only_exampleshire, **CHILD)
    _, text = asked(capsys, "route", "exampleshire", facts, "--at", "2026-11-23T09:30")

    assert "Recommended: Child protection plan at the conference" in text
    assert "EX-3" in text


def test_an_unknown_fact_is_an_error_with_the_nearest_key(capsys: Any, only_exampleshire: Path) -> None:
    status, text = asked(capsys, "route", "exampleshire", facts_file(only_exampleshire, hodler="assess"))

    assert status == 2
    assert 'unknown fact "hodler"; the nearest is "holder"' in text


def test_due_tells_the_day_and_shows_its_steps(capsys: Any) -> None:
    words = ("due", "exampleshire", "EX-T2", "--from", "2026-12-23T16:00")
    _, plain = asked(capsys, *words, "--show-steps")
    _, as_json = asked(capsys, *words, "--json")

    assert plain.startswith("2027-03-01")
    assert "Christmas Day, not counted" in plain
    assert json.loads(as_json)["due"] == "2027-03-01"


def test_due_in_hours_tells_the_moment(capsys: Any) -> None:
    _, text = asked(capsys, "due", "exampleshire", "EX-T1", "--from", "2026-12-23T16:00", "--json")

    assert json.loads(text)["due"] == "2026-12-23T20:00:00+00:00"


def test_due_takes_the_sooner_of_two(capsys: Any) -> None:
    words = ("due", "exampleshire", "EX-T3", "--from", "2026-12-01T10:00", "--or-from", "2026-12-03T10:00", "--json")
    _, text = asked(capsys, *words)

    assert json.loads(text)["due"] == "2026-12-03"


def test_explain_gives_a_row_in_plain_english_with_clauses_and_basis(capsys: Any) -> None:
    _, text = asked(capsys, "explain", "exampleshire", "EX-YOUNG-CP")

    assert "The case moves, from Assessment Team to Younger Children's Service." in text
    assert "The protocol states this." in text
    assert "EX-3: Child protection cases move at the conference, by age." in text


def test_every_row_can_be_explained(capsys: Any) -> None:
    pack = loader.read(EXAMPLESHIRE)
    for code in (*pack.by_code, *pack.clauses):
        status, text = asked(capsys, "explain", "exampleshire", code)
        assert (status, bool(text.strip())) == (0, True), code


def test_explaining_an_unknown_code_names_the_nearest(capsys: Any) -> None:
    status, text = asked(capsys, "explain", "exampleshire", "EX-YOUNG-PC")

    assert status == 2
    assert "EX-YOUNG-CP" in text


def test_check_counts_and_exits_with_the_mistakes(capsys: Any, only_exampleshire: Path, monkeypatch: Any) -> None:
    good, text = asked(capsys, "check")
    shutil.copytree(EXAMPLESHIRE, only_exampleshire / "exampleshire")
    (only_exampleshire / "exampleshire" / "notices.toml").write_text("")
    for module in ("loader", "scenarios", "check"):
        monkeypatch.setattr(f"casetransfer.protocols.{module}.PACKS", only_exampleshire)
    bad, told = asked(capsys, "check", "exampleshire", "--json")

    assert (good, bad) == (0, 1)
    assert "not carried 0" in text
    assert "EX-N1" in json.loads(told)[0]["problems"][0]


def test_the_vocabulary_lists_every_fact_with_type_values_and_a_sentence(capsys: Any) -> None:
    _, text = asked(capsys, "vocabulary", "--json")

    facts = {fact["name"]: fact for fact in json.loads(text)}
    assert facts["status"]["type"] == "choice"
    assert "child_protection" in facts["status"]["values"]
    assert all(fact["says"].endswith(".") for fact in facts.values())


def test_diff_says_what_changes_and_whose_answer_would_differ(capsys: Any, only_exampleshire: Path) -> None:
    new = Path(shutil.copytree(EXAMPLESHIRE, only_exampleshire / "exampleshire"))
    routes = new / "routes.toml"
    routes.write_text(routes.read_text().replace('age_under = "11y6m"', 'age_under = "10y"').replace("11y6m", "10y"))
    cases = only_exampleshire / "cases.json"
    cases.write_text(json.dumps([{"reference": "CT-1", "at": "2026-11-23T09:30", "facts": CHILD}]))

    _, text = asked(capsys, "diff", str(EXAMPLESHIRE), str(new), "--cases", str(cases))
    assert "route EX-YOUNG-CP: when was" in text
    assert "less than 11 years 6 months" in text
    assert "case CT-1: route was EX-YOUNG-CP, would be EX-OLDER-CP" in text
