"""Cases that move, in five councils, in a browser."""

from datetime import timedelta

from django.utils.timezone import localdate, now

from cases import actions as case_actions
from cases.models import Family, Part
from casetransfer.protocols import pack_for
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import a_person
from tests.journeys.transferring import (
    a_council,
    agrees,
    approvals_of,
    approves,
    asked_before,
    asks_for,
    at,
    completes,
    held,
    holder,
    lasting,
    papers_of,
    records,
    said,
)
from transfers import actions
from transfers.machine import State
from transfers.models import Transfer, TransferMeeting

NOT_REACHED = "The transfer point is not recorded as reached"


def name_of(pack, route):
    return pack_for(pack).routes[route].name


def test_a_plan_home_holds_a_section_20_child_and_the_first_review_moves_them(desk, site):
    """TH-4.2: a clear and feasible plan home keeps the child; without one the first looked-after review moves them"""
    council = a_council("tower_hamlets", "ai", "cla")
    case = council.opened()
    lasting(case, status="looked_after", legal="section_20")
    said(case, return_planned_within_six_weeks=False, return_home_plan="clear_and_feasible")

    sam = desk(council.sam).open(f"/transfers/start/{case.reference}/")
    sam.sees("The protocol holds this child where they are", "a clear and feasible plan home").picture("th-held")
    sam.open(f"{case.get_absolute_url()}questions/return_home_plan/").sees("Is there a viable plan to return home?")
    sam.choose("None").press("Continue").press("Save").sees("the answer is recorded")

    transfer = asks_for(sam, case, name_of("tower_hamlets", "TH-AI-CLA-S20"))
    papers_of(transfer)
    approves(desk(council.tess), transfer, 1)
    ravi = agrees(desk(council.ravi), transfer, council.rena)
    ravi.open(f"/transfers/{transfer.reference}/complete/").sees(NOT_REACHED, "TH-4.2").picture("th-not-yet")
    records(sam, case, "Looked-after review", "Remain looked after")
    completes(ravi, transfer, council.there).picture("th-moved")

    assert holder(case) == council.there


def test_an_interim_care_order_out_of_hours_moves_at_once_and_the_gateway_comes_afterwards(desk, site):
    """NN-3.3.1c: the case is presented to the gateway meeting after the order, by the team that had it"""
    council = a_council("northamptonshire", "daat", "cic")
    case = council.opened()
    said(case, urgent_application="abridged_interim_care_order")
    lasting(case, days=1, status="looked_after", legal="interim_care_order", proceedings="issued")

    sam = desk(council.sam)
    transfer = asks_for(sam, case, name_of("northamptonshire", "NN-DAAT-CIC-ICO"))
    sam.sees("The designated manager has approved the application").picture("nn-before-it-is-asked-for")
    papers_of(transfer)
    sam.open(f"/transfers/{transfer.reference}/request/").press("Ask for it").sees("The transfer is asked for.")
    for place, person in ((1, council.tess), (2, council.sol)):
        approves(desk(person), transfer, place)
    ravi = agrees(desk(council.ravi), transfer, council.rena)
    completes(ravi, transfer, council.there).picture("nn-moved")
    sam.open(f"/transfers/{transfer.reference}/").follow("Present the case to the gateway meeting after the order")
    sam.sees("NN-3.3.1c.9").fill("What shows that it is done?", "Presented on Monday, with Rena there.").press("Save")
    sam.sees("The duty is done.").picture("nn-gateway-afterwards")

    assert holder(case) == council.there
    assert transfer.duties.get(code="NN-DUTY-RETRO-GATEWAY").met_by == council.sam


def test_the_court_team_takes_a_case_within_ten_working_days_or_by_the_first_review(desk, site):
    """SHR-4.14: the sooner of the two; the first review comes sooner here"""
    council = a_council("shropshire", "assessment", "court")
    max_manager = a_person("Max Manager", council.there, Role.TEAM_MANAGER)
    case = council.opened()
    lasting(case, status="looked_after", proceedings="issued", plan="removal")
    said(case, prebirth_assessment=False)
    hearing, review = (now() + timedelta(days=days) for days in (3, 8))
    for kind, planned_at in (("court_hearing", hearing), ("looked_after_review", review)):
        case_actions.record_event(case=case, kind=kind, planned_at=planned_at, by=None, at=now())

    sam = desk(council.sam)
    transfer = asks_for(sam, case, name_of("shropshire", "SHR-ASSESS-COURT-REMOVAL"))
    limit = localdate(review)
    sam.sees("At the latest", f"{limit.day} {limit:%B %Y}", "an agreed date inside the limit")
    papers_of(transfer)
    approvals_of(transfer, council.tess, max_manager)
    ravi = desk(council.ravi).open(f"/transfers/{transfer.reference}/agree/")
    ravi.fill_date("Day of the transfer (optional)", limit + timedelta(days=1)).press("Agree")
    ravi.sees("Say in the note or the minutes why it is later", "SHR-4.14").picture("shr-too-late")
    ravi.fill_date("Day of the transfer (optional)", limit)
    ravi.select("Who takes the case (optional)", "Rena Worker").press("Agree").sees("The transfer is agreed.")
    completes(ravi, transfer, council.there).picture("shr-moved")

    assert holder(case) == council.there


def test_adoption_is_two_acts(desk, site):
    """DUR-ADO-7 to DUR-ADO-12: a co-worker joins, and the case moves when proceedings end"""
    council = a_council("durham", "ff", "lac3")
    max_manager = a_person("Max Manager", council.there, Role.TEAM_MANAGER)
    case = council.opened(days=200)
    lasting(case, days=100, status="looked_after", legal="interim_care_order", proceedings="issued", plan="adoption")
    transfer = asked_before(case, council.there, "DUR-FF-LAC3-ADOPT", days=3)
    papers_of(transfer)
    approvals_of(transfer, max_manager, council.tess)

    ravi = agrees(desk(council.ravi), transfer, council.rena)
    ravi.open(f"/transfers/{transfer.reference}/start-handover/")
    ravi.sees("A co-worker joins at", "not recorded yet", "DUR-ADO-7").picture("dur-not-yet")
    ravi.open(f"/transfers/{transfer.reference}/record-point/")
    at(ravi.choose("The co-worker's entry as a provision, which leaves the holder as it is"), "When it happened", now())
    ravi.press("Record").sees("It is recorded.")
    ravi.open(f"/transfers/{transfer.reference}/start-handover/").press("Start the handover")
    ravi.sees("keeps the case until it moves").picture("dur-co-worker")
    assert case.involvements.current().get(role=Part.CO_WORKER).person == council.rena
    assert holder(case) == council.here

    ravi.open(f"/transfers/{transfer.reference}/complete/").sees(NOT_REACHED)
    held(case, "final_hearing", "order_made")
    lasting(case, days=0, proceedings="concluded")
    completes(ravi, transfer, council.there).picture("dur-moved")

    assert holder(case) == council.there
    assert case.allocated_social_worker == council.rena


def test_a_dispute_climbs_by_itself_and_is_decided_within_forty_eight_hours(desk, site):
    """DUR-DIS-1: a day for the managers, a day for the Operations Managers; the case stays where it is"""
    council = a_council("durham", "ff", "lac3")
    case = council.opened(days=200)
    lasting(case, days=100, status="looked_after", legal="interim_care_order", proceedings="issued", plan="adoption")
    transfer = asked_before(case, council.there, "DUR-FF-LAC3-ADOPT", days=3)
    raised_at = now() - timedelta(hours=25)
    dispute = actions.raise_dispute(transfer=transfer, reason="Not ready.", by=council.ravi, at=raised_at)
    actions.pass_on_dispute(dispute=dispute, why="The managers disagree.", by=council.tess, at=raised_at)

    sol = desk(council.sol)
    for _ in range(40):  # the clock of the running site strikes every second
        if dispute.rungs.count() == 3:
            break
        sol.page.wait_for_timeout(250)
    assert dispute.rung.due_at == raised_at + timedelta(hours=48)
    sol.open(f"/transfers/{transfer.reference}/").sees("It was not settled by", "to be decided by")
    sol.picture("dur-dispute")
    assert holder(case) == council.here
    sol.follow("Decide the dispute").choose("The transfer goes ahead")
    sol.fill("The decision, with its reason", "The report is due.").press("Decide").sees("The dispute is decided.")
    sol.picture("dur-decided")

    assert Transfer.objects.get().state == State.AGREED
    assert holder(case) == council.here


def test_a_sibling_group_that_a_disability_parts(desk, site):
    """TH-5.1, TH-5.3: two with a diagnosis go to the disability team in one decision, the third stays"""
    council = a_council("tower_hamlets", "ai", "cwd")
    family = Family.objects.create(authority=council.here.authority)
    sister, brother, other = (
        open_case(
            council.here,
            worker=council.sam,
            opened_at=now() - timedelta(days=60),
            family=family,
            given_name=name,
            family_name="Maple",
        )
        for name in ("Sister", "Brother", "Sibling")
    )
    for case in (sister, brother):
        said(case, disability_diagnosed=True, disability_definition_met=True, only_one_sibling_disabled=False)
    said(other, disability_diagnosed=False, disability_definition_met=False, only_one_sibling_disabled=False)

    sam = desk(council.sam).open(f"/transfers/start/{sister.reference}/").sees("Ask for brothers and sisters too?")
    sam.choose(name_of("tower_hamlets", "TH-ANY-CWD-DIAG"))
    for name in ("Brother Maple,", "Sibling Maple,"):
        sam.page.get_by_label(name).check()
    sam.picture("th-siblings").press("Ask for it").sees("Asked for with it: Brother Maple.")
    sam.sees("Sibling Maple is parted from them", "Parts the family", "Together").picture("th-parted")
    transfer = Transfer.objects.get(case=sister)
    for one in Transfer.objects.all():
        papers_of(one)
        approvals_of(one, council.tess)
    ravi = desk(council.ravi).open(f"/transfers/{transfer.reference}/agree/").sees("Brother Maple")
    ravi.select("Who takes the case (optional)", "Rena Worker").press("Agree").sees("Agreed with it: Brother Maple.")
    for one in Transfer.objects.all():
        completes(ravi, one, council.there)
    ravi.picture("th-together")

    assert [holder(case) for case in (sister, brother, other)] == [council.there, council.there, council.here]
    assert sister.journal.filter(kind="siblings_parted").exists()


def test_a_transfer_meeting_from_its_list_to_its_minutes(desk, site):
    """HAV-GP-6, HAV-GP-9"""
    council = a_council("havering", "assess", "u12")
    ada = a_person("Ada Support", council.here, Role.ADMIN)
    gia = a_person("Gia Group", council.here, Role.GROUP_MANAGER)
    case = council.opened()
    said(case, section_47=True)
    case_actions.record_event(
        case=case, kind="initial_child_protection_conference", planned_at=now() + timedelta(days=3), by=None, at=now()
    )
    transfer = asked_before(case, council.there, "HAV-ASSESS-U12-CP", days=12)
    approvals_of(transfer, gia, council.sol)
    actions.list_for_meeting(transfer=transfer, by=ada, at=now() - timedelta(days=10))
    meeting = TransferMeeting.objects.get()

    at_desk = desk(ada).open("/meetings/").picture("meetings").follow("Transfer Meeting")
    at_desk.sees(case.child.name, "In the chair").picture("meeting-list").follow("Decide")
    at_desk.choose("Agreed").select("Manager who agreed (optional)", "Ravi Manager")
    at_desk.select("Who takes the case (optional)", "Rena Worker").press("Save")
    at_desk.sees("The decision is recorded.").follow("Write the minutes and close them")
    at_desk.fill("Minutes of the meeting (optional)", "One case, agreed.")
    at_desk.press("Close the minutes").sees("The minutes are closed.", "One case, agreed.").picture("meeting-minutes")
    with at_desk.page.expect_download() as file:
        at_desk.page.get_by_role("link", name="Take the list out as a file").click()

    assert transfer.reference in file.value.path().read_text()
    assert case.child.family_name not in file.value.path().read_text()
    assert Transfer.objects.get().state == State.AGREED
    assert TransferMeeting.objects.get(pk=meeting.pk).held_by == ada
