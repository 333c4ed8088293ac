from datetime import date

import pytest
from django.utils.timezone import localdate

from teams.roles import Role
from tests.cases.imports.sample import a_caseload
from tests.cast import a_person
from tests.journeys.desk import DESKTOP, PHONE


@pytest.mark.deep
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_business_support_brings_a_caseload_in(
    desk, transferring_team, social_worker, receiving_manager, tmp_path, size
):
    importer = a_person("Ima Importer", transferring_team, Role.ADMIN)
    workbook = a_caseload(localdate(), 40).in_need(90, "31/02/2026").in_need(91, date(2026, 6, 1), worker="Zed Quux")
    file = tmp_path / "annex-a.xlsx"
    file.write_bytes(workbook.bytes())
    at_desk, width = desk(importer, size), size[0]

    at_desk.open("/settings/imports/upload/").press("Read the workbook").sees("There is a problem")
    at_desk.picture(f"import-upload-{width}")
    at_desk.page.get_by_label("Annex A workbook").set_input_files(file)
    at_desk.press("Read the workbook").sees("Match the names").picture(f"import-preview-{width}")
    at_desk.follow("Rejected rows").sees("impossible date").picture(f"import-rejected-{width}")
    at_desk.follow("annex-a.xlsx").press("Match the names")
    at_desk.select("Zed Quux", "Nobody here: leave the case to be allocated").picture(f"import-match-{width}")
    at_desk.press("Confirm these names").press("Apply to the record").picture(f"import-apply-{width}")
    at_desk.press("Apply to the record").picture(f"import-applying-{width}")
    for _ in range(60):  # a worker applies it
        if at_desk.page.get_by_role("link", name="Compare the workbook").count():
            break
        at_desk.page.wait_for_timeout(1000)
        at_desk.page.reload()
    at_desk.look().picture(f"import-applied-{width}")
    at_desk.follow("Compare the workbook").sees("Differences: 1", "Zed Quux").picture(f"import-report-{width}")
    at_desk.open("/settings/imports/").picture(f"imports-{width}").open("/settings/imports/headers/")
