"""Closing a case in a browser."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases import actions as case_actions
from cases.models import Case
from closures.actions.returns import windows_of
from teams.models import Team
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import a_person
from tests.closures.walkers import LINK, at_turn, started
from tests.factories import AuthorityFactory, TeamFactory
from tests.journeys.desk import DESKTOP, PHONE
from tests.journeys.scenes import all_is_told


@pytest.fixture
def team(site):
    return TeamFactory(authority=AuthorityFactory(), code="assess", name="Assessment")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_three_people_close_a_case_one_after_the_other(desk, team, size):
    """HAV-CLS-1 to HAV-CLS-5"""
    case = open_case(team, given_name="Testcase", family_name="Maple")
    worker = a_person("Sam Worker", team, Role.SOCIAL_WORKER)
    manager = a_person("Tess Manager", team, Role.TEAM_MANAGER)
    admin = a_person("Ada Support", team, Role.ADMIN)
    wide = size[0]

    sam = desk(worker, size)
    sam.open(f"/closures/start/{case.reference}/").picture(f"closing-start-{wide}").choose(
        "Closing a case in the record"
    )
    sam.press("Begin").sees("Write the supervision case note.").picture(f"closing-propose-{wide}")
    sam.press("Propose closing").sees("There is a problem", "Not answered: Supervision case note written.")
    sam.picture(f"closing-refused-{wide}")
    sam.choose("Supervision case note written").press("Save and go on later").sees("What you have answered is saved.")
    sam.choose("Case closure note written, with its extra questions and the closing summary")
    for box in sam.page.get_by_label("Link to it in the record").all():
        box.fill(LINK)
    sam.select("Reason for closure", "Any other reason, including no longer in need")
    sam.fill("Why the case can close", "The plan is achieved and the family copes.")
    sam.press("Propose closing").sees("It now waits for: Practice manager or deputy team manager.")

    tess = desk(manager, size)
    tess.open("/closures/").sees("Testcase Maple").picture(f"closing-queue-{wide}").follow("Testcase Maple")
    tess.press("Authorise closing").sees("Open it in the record")
    tess.choose("Manager has authorised the closure").fill("Comment", "Agreed. Please close.")
    tess.press("Authorise closing").sees("It now waits for: Admin.")

    ada = desk(admin, size)
    ada.open("/closures/").follow("Testcase Maple").picture(f"closing-detail-{wide}").press("Close the case")
    ada.sees("Agreed. Please close.").picture(f"closing-checklist-{wide}")
    ada.choose("Admin's closing checklist worked through").press("Close the case").sees("The case is closed.")
    ada.picture(f"closing-closed-{wide}")

    assert Case.objects.get(pk=case.pk).closure_reason == "RC7"


def staff(team):
    return {
        role: a_person(name, team, role)
        for name, role in (
            ("Sam Worker", Role.SOCIAL_WORKER),
            ("Tess Manager", Role.TEAM_MANAGER),
            ("Ada Support", Role.ADMIN),
        )
    }


def both(at_desk, name):
    """The page at both widths: looked at by axe, and kept as a picture."""
    for size in (PHONE, DESKTOP):
        at_desk.page.set_viewport_size({"width": size[0], "height": size[1]})
        at_desk.look().picture(f"{name}-{size[0]}")


def tick_every_line(at_desk):
    """Every line done, each with what proves it."""
    for box in at_desk.page.locator(".app-lines__done input[type=checkbox]").all():
        box.check()
    for box in at_desk.page.locator(".app-lines__evidence input").all():
        box.fill(LINK)
    return at_desk


def the_reason(at_desk, reason="Any other reason, including no longer in need"):
    at_desk.select("Reason for closure", reason)
    return at_desk.fill("Why the case can close", "The work with the family is done.")


def a_team(pack, code, name):
    return TeamFactory(authority=AuthorityFactory(code=pack.replace("_", "-"), pack=pack), code=code, name=name)


def test_a_private_fostering_case_of_a_child_who_moves_abroad(desk, site):
    """NN-4.2.p2, NN-4.4.p1a"""
    team = a_team("northamptonshire", "csst", "Support and Safeguarding")
    people, case = staff(team), open_case(team, given_name="Testcase", family_name="Aspen")
    case_actions.answer_question(case=case, fact="privately_fostered", value=True, by=None, at=case.opened_at)

    tess = desk(people[Role.TEAM_MANAGER])
    tess.open(f"/closures/start/{case.reference}/").choose("Closing a case")
    tess.choose("Closing because a child moves abroad or out of the county").press("Begin")
    the_reason(tess).press("Authorise closing")
    tess.sees("It now waits for: Allocated social worker.")

    sam = desk(people[Role.SOCIAL_WORKER])
    sam.open("/closures/").follow("Testcase Aspen").press("This part is done")
    sam.sees("The team for children missing education has the closure e-mail")
    tick_every_line(sam).press("This part is done").sees("It now waits for: Team manager.")

    all_is_told(case.notices, people[Role.SOCIAL_WORKER])
    tess.open("/closures/").follow("Testcase Aspen").press("Close the case")
    tess.sees("The extra CareFirst steps for private fostering are done", "The file destruction year form is done")
    tick_every_line(tess).press("Close the case").sees("The case is closed.", "Destroy year: 2041")


def test_a_closing_with_no_further_action_is_undone_the_same_day(desk, site):
    """SHR-4.29"""
    team = a_team("shropshire", "assessment", "Assessment")
    people, case = staff(team), open_case(team, given_name="Testcase", family_name="Alder")
    case_actions.start_spell(
        case=case, kind="status", code="assessment", starts_on=localdate() - timedelta(days=30), by=None, at=now()
    )
    for fact, value in (("assessment_outcome", "no_further_action"), ("assessment_complete", True)):
        case_actions.answer_question(case=case, fact=fact, value=value, by=None, at=now())

    sam = desk(people[Role.SOCIAL_WORKER])
    sam.open(f"/closures/start/{case.reference}/").choose("Assessment closes with no further action").press("Begin")
    sam.sees("An assessment is open since", "complete and authorise it (census 8867).")
    case_actions.end_spell(spell=case.spells.get(), ends_on=localdate(), by=None, at=now())
    tick_every_line(sam)
    the_reason(sam, "Closed after assessment, no further action").press("Propose closing")
    sam.sees("It now waits for: Team manager.")

    tess = desk(people[Role.TEAM_MANAGER])
    tess.open("/closures/").follow("Testcase Alder").press("Close the case").press("Close the case")
    tess.sees("The case is closed.").follow("Undo the closing")
    tess.fill("Why is the closing undone?", "It was the wrong child.").press("Undo the closing")
    tess.sees("The closing is undone: the case is open.")

    assert Case.objects.get(pk=case.pk).is_held


def test_a_step_down_names_who_goes_on_with_the_family(desk, site):
    """SHR-4.30 to SHR-4.32"""
    team = a_team("shropshire", "assessment", "Assessment")
    people, case = staff(team), open_case(team, given_name="Testcase", family_name="Hazel")
    case_actions.answer_question(case=case, fact="assessment_outcome", value="early_help", by=None, at=now())

    sam = desk(people[Role.SOCIAL_WORKER])
    sam.open(f"/closures/start/{case.reference}/").choose("Assessment steps down to early help").press("Begin")
    tick_every_line(sam)
    the_reason(sam).press("Propose closing").sees("It now waits for:")

    tess = desk(people[Role.TEAM_MANAGER])
    tess.open("/closures/").follow("Testcase Hazel").press("Authorise closing")
    tess.fill("Comment", "Talked over at the handover meeting.").press("Authorise closing").sees("It now waits for:")

    second = desk(a_person("Max Manager", team, Role.TEAM_MANAGER))
    second.open("/closures/").follow("Testcase Hazel").press("Close the case").press("Close the case")
    second.sees("Record the step-down: the lead professional, or who keeps looking for one.").follow(
        re.compile("^Closing CL-")
    )
    second.follow("Record the step-down")
    both(second, "closing-step-down")
    second.fill("Lead professional (optional)", "Lee Dunmore")
    second.fill("Their organisation (optional)", "Hazel Primary School").press("Save")
    second.sees("Lee Dunmore, Hazel Primary School", "Formal step-down to the named lead professional")
    second.sees("Not sent yet")
    all_is_told(case.notices, people[Role.TEAM_MANAGER])
    second.press("Close the case").press("Close the case")
    second.sees("The case is closed.")
    both(second, "closing-stepped-down")


CONTACT, COURT = "A contact about the child", "A request of the court for a report"
WINDOWS = [  # pack, team before, what comes, who has the child on the last day
    ("havering", "assess", CONTACT, "It waits for a manager of Before."),
    ("havering", "assess", COURT, "The child is back with Before: the case is open again."),
    ("northamptonshire", "csst", CONTACT, "It waits for"),
    ("northamptonshire", "csst", COURT, "It waits for"),
    ("shropshire", "case_mgmt", CONTACT, "The child is back with Before: the case is open again."),
]


def test_on_the_first_day_out_of_each_window_a_child_goes_the_normal_way_and_on_the_last_day_in_to_the_team_before(
    desk, site
):
    """HAV-GP-12, HAV-CRT-13, NN-2.3.b10, SHR-5.36a: as each protocol counts its own days"""
    for number, (pack, code, what, goes) in enumerate(WINDOWS):
        team = Team.objects.filter(authority__pack=pack, code=code).first() or a_team(pack, code, "Before")
        case = open_case(team, given_name="Testcase", family_name="Rowan", opened_at=now() - timedelta(days=300))
        case = case_actions.close_case(case=case, reason="RC7", by=None, at=now() - timedelta(days=200))
        kind = "contact" if what == CONTACT else "court_report"
        last = max(window.last_day for window in windows_of(case, kind, now()))
        door = Team.objects.filter(authority=team.authority, kind="front_door").first()
        door = door or TeamFactory(authority=team.authority, code="door", name="Front door", kind="front_door")

        fay = desk(a_person(f"Fay Door{number}", door, Role.FRONT_DOOR))
        fay.open(f"/closures/come-back/{case.reference}/").choose(what)
        fay.fill("Why the child comes back", "The same neglect as before.").choose("Yes")
        fay.fill_date("The day it came", last + timedelta(days=1)).press("Record it")
        fay.sees(f"The window ended on {last:%-d %B %Y}: the child goes the way of every new case.")
        if not number:
            both(fay, "come-back-too-late")
        fay.fill_date("The day it came", last).press("Record it").sees(goes)
        assert case.returns.get().came_on == last


def test_an_admin_ticks_the_same_line_of_several_cases_at_once(desk, team):
    """HAV-CLS-5"""
    cases = [open_case(team, given_name="Testcase", family_name=name) for name in ("Maple", "Rowan", "Willow")]
    admin = a_person("Ada Support", team, Role.ADMIN)
    for case in cases:
        at_turn(3, started(case, at=now()), at=now())

    ada = desk(admin)
    ada.open("/closures/").follow("Line by line, for many cases at once").sees(
        "Admin's closing checklist worked through"
    )
    both(ada, "closing-lines")
    ada.follow("Admin's closing checklist worked through")
    for case in cases[:2]:
        ada.choose(f"{case.child.name}, case {case.reference}")
    both(ada, "closing-line")
    ada.press("Record as done").sees("Recorded in 2 cases.", cases[2].reference).does_not_see(cases[0].reference)


def test_a_child_who_comes_back_is_taken_by_the_team_before(desk, team):
    """HAV-RR-1 to HAV-RR-4"""
    people = staff(team)
    case = open_case(team, given_name="Testcase", family_name="Willow")
    case_actions.close_case(case=case, reason="RC7", by=None, at=now())
    door = TeamFactory(authority=team.authority, code="tmash", name="Front door", kind="front_door")

    fay = desk(a_person("Fay Door", door, Role.FRONT_DOOR))
    fay.open(f"/closures/come-back/{case.reference}/").sees("Team before", "Assessment")
    fay.choose("A contact about the child").fill_date("The day it came", localdate())
    fay.fill("Why the child comes back", "The same neglect as before.").choose("Yes")
    fay.press("Record it").sees("It waits for a manager of Assessment.")

    tess = desk(people[Role.TEAM_MANAGER])
    tess.open("/closures/come-back/").follow("Testcase Willow")
    tess.choose("Take the child back: open the case again").press("Answer").sees("It is recorded.")

    assert Case.objects.get(pk=case.pk).responsible_team == team
