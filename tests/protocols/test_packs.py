"""Every authority's pack: no mistakes, every scenario true, every route and clause covered."""

from functools import cache

import pytest

from casetransfer.protocols import rows
from casetransfer.protocols.check import Report, check
from casetransfer.protocols.explain import explain
from casetransfer.protocols.facts import read_facts
from casetransfer.protocols.loader import PackError, authorities, load
from casetransfer.protocols.routes import Found, decide
from casetransfer.protocols.scenarios import Scenario, scenarios_of, whole

AUTHORITIES = authorities()
REPORT = cache(check)


@cache
def scenarios(authority: str) -> list[Scenario]:
    return scenarios_of(load(authority))[0]


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_a_pack_has_no_mistakes_and_its_scenarios_are_true(authority: str) -> None:
    report: Report = REPORT(authority)

    assert report.problems == ()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_route_is_selected_by_a_scenario(authority: str) -> None:
    selected = {code for s in scenarios(authority) if s.expect for code in s.expect.recommended}

    assert set(load(authority).routes) - selected == set()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_route_has_a_near_miss(authority: str) -> None:
    missed = {s.about for s in scenarios(authority) if s.like and s.expect and not s.expect.recommended.count(s.about)}

    assert set(load(authority).routes) - missed == set()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_hold_applies_in_a_scenario(authority: str) -> None:
    held = {code for s in scenarios(authority) if s.expect for code in s.expect.holds}

    assert set(load(authority).holds) - held == set()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_timer_has_an_exact_date(authority: str) -> None:
    timed = {s.about for s in scenarios(authority)}

    assert set(load(authority).timers) - timed == set()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_window_is_tried_on_its_last_day_in_and_first_day_out(authority: str) -> None:
    sides: dict[str, set[bool | None]] = {}
    for scenario in scenarios(authority):
        sides.setdefault(scenario.about, set()).add(scenario.inside)

    windows = [row.code for row in load(authority).rereferral]
    assert [code for code in windows if sides.get(code, set()) < {True, False}] == []


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_checklist_policy_in_use_is_tried(authority: str) -> None:
    tried = {s.policy for s in scenarios(authority) if s.policy}

    assert {item.policy for item in load(authority).items.values()} - tried == set()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_dispute_step_with_a_limit_has_a_scenario(authority: str) -> None:
    pack = load(authority)
    tried = {s.about for s in scenarios(authority)}

    assert {step.code for step in pack.dispute_step if step.limit} - tried == set()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_inferred_row_says_what_it_rests_on(authority: str) -> None:
    routes: list[rows.Route] = [r for r in load(authority).route if r.basis == "inferred"]

    assert [r.code for r in routes if not (r.reading or r.note)] == []


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_row_and_clause_can_be_explained(authority: str) -> None:
    pack = load(authority)

    assert all(explain(pack, code).strip() for code in (*pack.by_code, *pack.clauses))


def told(found: Found) -> tuple[object, ...]:
    reasons = [(one.fact, one.says, one.clauses, one.on) for one in (*found.gaps, *found.needs)]
    return found.code, found.point, reasons, found.earliest, found.comes_first, found.departure


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_without_the_reasons_why_not_the_answer_is_the_same(authority: str) -> None:
    pack, named = load(authority), {scenario.name: scenario for scenario in scenarios(authority)}
    asked = [whole(one, named) for one in named.values() if one.expect]
    for given, at in asked:
        if at:
            facts = read_facts(given, pack, at)
            whole_answer, quick = decide(pack, facts), decide(pack, facts, why_not=False)

            assert quick.holds == whole_answer.holds
            for part in ("recommended", "possible"):
                assert [told(one) for one in getattr(quick, part)] == [told(one) for one in getattr(whole_answer, part)]


def read_with(settings: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str | bool]:
    monkeypatch.setenv("PROTOCOL_SETTINGS", settings)
    return {setting.name: setting.default for setting in load.__wrapped__("tower_hamlets").setting}


def test_a_deployment_reads_a_protocol_as_it_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = read_with("", monkeypatch)

    here = read_with('{"tower_hamlets": {"rlh_cla_proc": false}, "durham": {}}', monkeypatch)

    assert usual["rlh_cla_proc"] is True
    assert here == usual | {"rlh_cla_proc": False}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("rlh_cla_proc=false", "write it as JSON"),
        ('{"tower_hamlets": {"rlh_cla": false}}', 'setting "rlh_cla" is not one of this pack'),
        ('{"tower_hamlets": {"rlh_cla_proc": "perhaps"}}', "choose one of"),
    ],
)
def test_a_wrong_setting_of_a_deployment_says_what_is_wrong(
    given: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PackError, match=says):
        read_with(given, monkeypatch)
