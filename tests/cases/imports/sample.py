"""A generated Annex A workbook: invented children, and the dirt that real ones have. The same seed, the same workbook.

Run `python -m tests.cases.imports.sample FILE [CHILDREN]` to write one.
"""

import io
import random
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

WORKERS = {"Assessment": ["Sam\xa0Worker", "Worker, Sam"], "Under 12": ["Ravi Manager", "RAVI  MANAGER"]}
EXCEL_DAY_ZERO = date(1899, 12, 30)
CHILD = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
HEADERS: dict[int, list[str]] = {
    1: [*CHILD, "Date of Contact", "Contact Source"],
    2: [*CHILD, "Assessment start date", "Assessment completion date", "Organisation completing assessment"],
    3: [*CHILD, "Date of referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months",
        "Allocated Team", "Allocated Worker"],
    4: [*CHILD, "Does the Child have a Disability", "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment", "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children\u2019s social care support", "Allocated Team",
        "Allocated Worker", "Assessment Factors"],
    5: [*CHILD, "Does the Child have a Disability", "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan", "Allocated Team",
        "Allocated Worker"],
    6: [*CHILD, "Does the Child have a Disability", "CIN Start Date", "Primary Need Code",
        "Date Child Was Last Seen", "CIN Closure Date", "Reason for Closure", "Case status", "Allocated Team",
        "Allocated Worker"],
    7: [*CHILD, "Does the Child have a Disability", "Child Protection Plan Start Date", "Initial Category of Abuse",
        "Latest Category of Abuse", "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
        "Date of latest review conference", "Child Protection Plan End Date", "Allocated Team", "Allocated Worker"],
    8: [*CHILD, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months",
        "Does the Child have a Disability", "Date Started to be Looked After", "Child\u2019s Category of Need",
        "Start date of current legal status", "Child\u2019s Legal Status ", "Date Ceased to be Looked After ",
        "Start Date of Most Recent Placement", "Placement Type", "Allocated Team", "Allocated Worker"],
    9: [*CHILD, "Does the Child have a Disability", "Allocated Team", "Allocated Worker", "Eligibility Category",
        "LA In Touch "],
}  # fmt: skip


def serial(day: date) -> float:
    return float((day - EXCEL_DAY_ZERO).days)


def as_written(day: date | None, style: int) -> Any:
    """One date in the ways that workbooks write it."""
    if day is None:
        return [None, "", "#N/A", date(1900, 1, 1)][style % 4]
    return [day, serial(day), f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d} 00:00:00", f"{day:%d-%b-%Y}", day][style % 6]


class Sample:
    """Rows by list, written into a workbook at the end."""

    def __init__(self, today: date, *, seed: int = 1) -> None:
        self.today = today
        self.dice = random.Random(seed)
        self.rows: dict[int, list[list[Any]]] = {number: [] for number in HEADERS}

    def add(self, list_number: int, number: Any, born: date | None = date(2016, 5, 4), **said: Any) -> "Sample":
        """A row: said by header, in any letter case; the rest is empty."""
        wanted = {
            header.strip().lower().replace("\u2019", "'"): value for header, value in said.pop("cells", {}).items()
        }
        start = {"child unique id": number, "gender": self.dice.choice(["a) Male", "b) Female", "F", "M", "Female"]),
                 "ethnicity": "a) WBRI", "date of birth": as_written(born, self.dice.randrange(6)) if born else None,
                 "age of child (years)": round((self.today - born).days / 365.25, 6) if born else None}  # fmt: skip
        unknown = wanted.keys() - {header.strip().lower().replace("\u2019", "'") for header in HEADERS[list_number]}
        assert not unknown, unknown
        merged = start | wanted
        self.rows[list_number].append(
            [merged.get(header.strip().lower().replace("\u2019", "'")) for header in HEADERS[list_number]]
        )
        return self

    def in_need(self, number: Any, opened: Any, *, status: str = "c) Child in need plan", closed: Any = None,
                reason: str | None = None, team: Any = "Assessment", worker: Any = "Sam\xa0Worker",
                born: date | None = date(2016, 5, 4)) -> "Sample":  # fmt: skip
        cells = {"CIN Start Date": opened, "CIN Closure Date": closed, "Reason for Closure": reason,
                 "Case status": status, "Allocated Team": team, "Allocated Worker": worker,
                 "Primary Need Code": "N1 - Abuse or Neglect"}  # fmt: skip
        return self.add(6, number, born, cells=cells)

    def workbook(self) -> Workbook:
        """Names of sheets as they come: with a space, with an underscore; a title above the headers on some."""
        book = Workbook()
        book.remove(book.worksheets[0])
        book.create_sheet("Front_Sheet").append(["Invented children"])
        for number, rows in self.rows.items():
            sheet = book.create_sheet(f"List_{number}" if number % 2 else f"List {number}")
            if number % 3 == 0:
                sheet.append([f"List {number}: as sent"])
            headers: Sequence[str] = HEADERS[number]
            sheet.append(
                [header.replace("Age of Child (Years)", "Age") if number == 6 else header for header in headers]
            )
            for row in rows:
                sheet.append(row)
        return book

    def bytes(self) -> bytes:
        content = io.BytesIO()
        self.workbook().save(content)
        return content.getvalue()

    def file(self) -> io.BytesIO:
        return io.BytesIO(self.bytes())


def a_caseload(today: date, children: int, *, seed: int = 1) -> Sample:
    """Children in every state, with what is wrong in real workbooks sprinkled over them."""
    made = Sample(today, seed=seed)
    dice = made.dice

    def ago(first: int, last: int) -> date:
        return today - timedelta(days=dice.randint(last, first))

    for number in range(1, children + 1):
        born, opened = ago(16 * 365, 2 * 365), ago(700, 60)
        team = dice.choice(sorted(WORKERS))
        worker = dice.choice(WORKERS[team])
        held: dict[str, Any] = {"Allocated Team": team, "Allocated Worker": worker}
        life = number % 6
        later = opened + timedelta(days=20)
        if life == 0:
            made.in_need(number, as_written(opened, number), status="e) Closed episode",
                         closed=as_written(today - timedelta(days=dice.randint(1, 30)), number),
                         reason="RC7 - Any other reason", team=team, worker=worker, born=born)  # fmt: skip
        elif life == 1:
            made.in_need(number, as_written(opened, number), status="b) Child Protection plan", team=team,
                         worker=worker, born=born)  # fmt: skip
            cells = {
                "Child Protection Plan Start Date": as_written(later, number),
                "Latest Category of Abuse": "Neglect",
            }
            made.add(7, number, born, cells=cells | held)
        elif life == 2:
            made.in_need(number, as_written(opened, number), status="a) Looked after child", team=team, worker=worker,
                         born=born)  # fmt: skip
            cells = {"Date Started to be Looked After": as_written(later, number), "Child's Legal Status": "C1: ICO",
                     "Start date of current legal status": as_written(later, number),
                     "Placement Type": "d) U4: Foster placement - long term",
                     "Start Date of Most Recent Placement": as_written(later, number)}  # fmt: skip
            made.add(8, number, born, cells=cells | held)
        elif life == 3:
            cells = {"Date of referral": as_written(opened, number), "Referral NFA?": dice.choice(["a) Yes", "b) No"]),
                     "Referral Source": "q) 6: Police"}  # fmt: skip
            made.add(3, number, born, cells=cells | held)
            made.add(1, number, born, cells={"Date of Contact": opened, "Contact Source": "q) 6: Police"})
        elif life == 4:
            made.in_need(number, as_written(opened, number), status="d) Open assessment", team=team, worker=worker,
                         born=born)  # fmt: skip
            made.add(4, number, born, cells={"Continuous Assessment Start Date": as_written(opened, number)} | held)
        else:
            made.in_need(number, as_written(opened, number), team=team, worker="#N/A", born=born)
    return made


if __name__ == "__main__":
    target, *rest = sys.argv[1:]
    Path(target).write_bytes(a_caseload(date.today(), int(rest[0]) if rest else 60).bytes())  # noqa: DTZ011
