"""The main job in the browser's words: asked for, approved, agreed, checked, held back, completed."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases import actions as case_actions
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.transfers.walkers import (
    CONFERENCE,
    a_case_for_conference,
    agreed,
    answered,
    approved,
    conference_held,
    named_as_in_the_pack,
    requested,
)
from transfers import actions
from transfers.brief import with_brief
from transfers.machine import State
from transfers.models import Transfer

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def case(transferring_team, receiving_team, social_worker):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    return a_case_for_conference(transferring_team, worker=social_worker)


def page(client, transfer, verb="detail", method="get", data=None, **more):
    address = reverse(f"transfers:{verb}", kwargs={"ref": transfer.reference, **more})
    return getattr(client, method)(address, data or {})


def test_the_main_job_from_request_to_completion(
    case, receiving_team, receiving_worker, receiving_manager, social_worker, group_manager, service_manager,
    transferring_manager, signed_in,
):  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        client = signed_in(social_worker)
        start = reverse("transfers:start", kwargs={"ref": case.reference})
        assert "Under 12" in client.get(start).text
        response = client.post(start, {"choice": f"{CONFERENCE}|{receiving_team.pk}", "reason": "TSPROC"})
        assert response.status_code == 302
        transfer = Transfer.objects.get(case=case)
        assert "Approve" not in page(client, transfer).text.split("Approvals")[0]

        for person, place in ((group_manager, 1), (service_manager, 2)):
            client = signed_in(person)
            assert page(client, transfer, "approve", place=place).status_code == 200
            assert page(client, transfer, "approve", "post", place=place).status_code == 302
        client = signed_in(receiving_manager)
        response = page(client, transfer, "agree", "post", {"receiving_worker": receiving_worker.pk})
        assert response.status_code == 302

        answered(transfer, at=LATER)
        response = page(client, transfer, "complete", "post")
        assert response.status_code == 422
        assert "The transfer point is not recorded as reached" in response.text
        assert "HAV-AST-3c" in response.text

        conference_held(case, at=NOON - timedelta(hours=1))
        response = page(client, transfer, "complete", "post")
        assert response.status_code == 302
        assert "Completed" in page(client, transfer).text

    assert case.responsible_team == receiving_team
    assert case.allocated_social_worker == receiving_worker


def test_who_agrees_sees_the_note_the_papers_and_what_everybody_holds(
    case, transferring_team, receiving_team, receiving_worker, receiving_manager, group_manager, signed_in
):
    for _ in range(2):
        open_case(receiving_team, worker=receiving_worker)
    other = a_person("Orla Idle", receiving_team, Role.SOCIAL_WORKER)
    named = agreed(requested(a_case_for_conference(transferring_team), receiving_team), worker=receiving_worker)
    transfer = requested(case, receiving_team, note="The mother works nights.", at=NOON)
    answered(transfer, at=NOON, but=("HAV-S05",))
    with time_machine.travel(LATER, tick=False):
        approving = page(signed_in(group_manager), transfer, "approve", place=1).text
        client = signed_in(receiving_manager)
        waiting = page(client, transfer, "agree").text
        approved(transfer, at=NOON)
        agreeing, naming = page(client, transfer, "agree").text, page(client, named, "name_worker").text

    assert "You can do this once these are settled" in waiting
    assert "Not yet approved by" in waiting
    assert "Who takes the case" not in waiting
    for text in (approving, waiting, agreeing):
        assert "The mother works nights." in text
        assert "Genogram done with every assessment: not answered" in " ".join(text.split())
        assert "Under 12 holds 2 cases; with this one 3. 1 more is agreed to come." in text
        assert "1 in the last twelve months, 1 in twenty-four" in text
        assert f"/transfers/{transfer.reference}/return/" in text
    assert f"{receiving_worker.name}: holds 2 cases, 1 coming" in agreeing
    assert f"{receiving_worker.name}: holds 2 cases<" in " ".join(naming.split()).replace(" <", "<")
    assert agreeing.index(other.name) < agreeing.index(receiving_worker.name)


def test_a_worker_with_a_conflict_of_interest_is_refused_when_named(
    case, receiving_team, receiving_worker, receiving_manager, signed_in
):
    transfer = approved(requested(case, receiving_team, at=NOON), at=NOON)
    case_actions.record_conflict(case=case, person=receiving_worker, by=None, at=NOON)
    with time_machine.travel(LATER, tick=False):
        response = page(
            signed_in(receiving_manager), transfer, "agree", "post", {"receiving_worker": receiving_worker.pk}
        )

    assert response.status_code == 422
    assert "has a conflict of interest with this family" in response.text


@pytest.mark.parametrize("verb", ["agree", "send_back", "withdraw", "complete", "change_route"])
def test_a_page_for_somebody_else_is_refused(case, receiving_team, admin, signed_in, verb):
    transfer = actions.request_transfer(case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=NOON)
    name = {"send_back": "return"}.get(verb, verb)

    with time_machine.travel(LATER, tick=False):
        response = page(signed_in(admin), transfer, name)

    assert response.status_code == 403
    assert Transfer.objects.get().state == State.REQUESTED


def test_the_checklist_takes_an_answer_with_its_evidence(case, receiving_team, social_worker, signed_in):
    transfer = actions.request_transfer(case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=NOON)
    with time_machine.travel(LATER, tick=False):
        client = signed_in(social_worker)
        assert page(client, transfer, "item", code="HAV-S04").status_code == 200
        missing = page(client, transfer, "item", "post", {"says": "yes"}, code="HAV-S04")
        link = "https://records.example.org/1"
        given = page(client, transfer, "item", "post", {"says": "yes", "link": link}, code="HAV-S04")

    assert "Give the link to it." in missing.text
    assert given.status_code == 302
    assert transfer.answers.get().link == link


def filled_in(client, transfer, **said):
    return page(client, transfer, "checklist", "post", {name.replace("__", "-"): value for name, value in said.items()})


def test_the_whole_checklist_is_filled_in_on_one_page(case, receiving_team, social_worker, signed_in):
    transfer = actions.request_transfer(case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=NOON)
    link = "https://records.example.org/1"
    with time_machine.travel(LATER, tick=False):
        client = signed_in(social_worker)
        form = page(client, transfer, "checklist").text
        response = filled_in(
            client,
            transfer,
            **{"HAV-S04-link": link, "HAV-S11-done": "on", "HAV-S05-says": "no", "HAV-S05-why": "Lost."},
        )

    assert form.count('class="app-lines__line"') > 15
    assert response.status_code == 302
    answers = {answer.item: (answer.says, answer.link or answer.text) for answer in transfer.answers.all()}
    assert answers == {"HAV-S04": ("yes", link), "HAV-S11": ("yes", ""), "HAV-S05": ("no", "Lost.")}


def test_a_line_of_the_checklist_without_its_evidence_or_reason_is_told_beside_its_box(
    case, receiving_team, social_worker, signed_in
):
    transfer = actions.request_transfer(case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=NOON)
    with time_machine.travel(LATER, tick=False):
        client = signed_in(social_worker)
        reasons = filled_in(client, transfer, **{"HAV-S05-says": "no", "HAV-S11-done": "on"})
        evidence = filled_in(client, transfer, **{"HAV-S04-done": "on", "HAV-S02-link": "http://plain"})

    assert "Say why: Genogram done with every assessment" in reasons.text
    assert 'href="#id_HAV-S04-link">Give the link to it.' in evidence.text
    assert 'href="#id_HAV-S02-link">The link must begin with https://.' in evidence.text
    assert not transfer.answers.exists()


def test_what_is_not_changed_on_the_checklist_keeps_its_check(
    case, receiving_team, social_worker, receiving_manager, signed_in
):
    transfer = actions.request_transfer(case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=NOON)
    actions.answer_item(transfer=transfer, item="HAV-S11", says="yes", by=social_worker, at=NOON)
    actions.check_item(transfer=transfer, item="HAV-S11", by=receiving_manager, at=NOON)
    with time_machine.travel(LATER, tick=False):
        client = signed_in(social_worker)
        filled_in(client, transfer, **{"HAV-S11-done": "on"})
        kept = transfer.answers.get()
        untick = filled_in(client, transfer)

    assert kept.checked_by == receiving_manager
    assert "Say whether it is missing or does not apply: Case files up to date" in untick.text


def test_the_case_page_leads_to_a_transfer_and_shows_it(case, receiving_team, social_worker, signed_in):
    with time_machine.travel(LATER, tick=False):
        client = signed_in(social_worker)
        before = client.get(case.get_absolute_url()).text
        transfer = actions.request_transfer(
            case=case, route=CONFERENCE, receiving_team=receiving_team, by=None, at=NOON
        )
        after = client.get(case.get_absolute_url()).text

    assert f"/transfers/start/{case.reference}/" in before
    assert transfer.get_absolute_url() in after


def test_a_waiver_is_ended_and_an_approval_withdrawn_on_pages_that_the_transfer_leads_to(
    case, receiving_team, transferring_manager, receiving_manager, group_manager, service_manager, signed_in
):
    """Also after the move, when a waiver stands in the way of closing."""
    transfer = requested(case, receiving_team, at=NOON)
    waivable = next(state.item for state in with_brief(transfer, NOON).brief.items if state.item.policy == "waivable")
    waiver = actions.waive_item(
        transfer=transfer, item=waivable.code, reason="Lost.", expires_on=LATER.date() + timedelta(days=9),
        by=transferring_manager, at=NOON,
    )  # fmt: skip
    actions.sign_waiver(waiver=waiver, by=receiving_manager, at=NOON)
    given = actions.give_approval(transfer=transfer, place=1, by=group_manager, at=NOON)
    with time_machine.travel(LATER, tick=False):
        client = signed_in(group_manager)
        before = page(client, transfer).text
        assert page(client, transfer, "withdraw_approval", place=1).status_code == 200
        assert page(client, transfer, "withdraw_approval", "post", place=1).status_code == 422
        done = page(client, transfer, "withdraw_approval", "post", {"why": "Too soon."}, place=1)
        assert page(client, transfer, "end_waiver", code=waivable.code).status_code == 200
        ended = page(client, transfer, "end_waiver", "post", {"why": "It is found."}, code=waivable.code)
        after = page(client, transfer).text

    given.refresh_from_db()
    waiver.refresh_from_db()
    assert (done.status_code, given.withdrawn_by) == (302, group_manager)
    assert (ended.status_code, waiver.ended_by) == (302, group_manager)
    for words in ("End the waiver", "Withdraw the approval"):
        assert words in before
        assert words not in after
    assert "It is found." in after


def test_who_works_with_cases_finds_the_way_to_a_restricted_record_in_an_emergency(
    social_worker, receiving_manager, admin, signed_in
):
    assert "/restricted/open/" in signed_in(social_worker).get("/help/").text
    assert "/restricted/open/" in signed_in(social_worker).post("/cases/search/", {"q": "Nobody"}, follow=True).text
    assert "/restricted/reviews/" in signed_in(receiving_manager).get("/help/").text
    assert "/restricted/" not in signed_in(admin).get("/help/").text
