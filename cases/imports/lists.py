"""The rows of Annex A, list by list: which columns each has, under which headers, and what must be true of a row."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from cases.imports import values


class Column:
    """A column of a list: its official header first, then the others by which it goes."""

    def __init__(self, *headers: str, needed: bool = False):
        self.header, self.headers, self.needed = headers[0], headers, needed


Words = Annotated[str, BeforeValidator(values.words)]
Day = Annotated[date | None, BeforeValidator(values.day)]
Answer = Annotated[bool | None, BeforeValidator(values.yes_or_no)]

NUMBER = Column(
    "Child Unique ID", "Child ID", "Unique ID", "Child Unique Identifier", "LA Child ID", "Person ID", "Child",
    needed=True,
)  # fmt: skip
TEAM = Column("Allocated Team", "Team", "Allocated Team Name", "Case Team")
WORKER = Column("Allocated Worker", "Worker", "Allocated Social Worker", "Allocated Case Worker", "Social Worker")
DISABILITY = Column("Does the Child have a Disability", "Disability", "Disabled")


class Row(BaseModel):
    """What every list says of a child. A workbook holds no names; where a council adds them, they are taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, BeforeValidator(values.number_of_child), NUMBER]
    given_name: Annotated[Words, Column("Forename", "First Name", "Given Name", "Child Forename")] = ""
    family_name: Annotated[Words, Column("Surname", "Last Name", "Family Name", "Child Surname")] = ""
    sex: Annotated[str, BeforeValidator(values.sex), Column("Gender", "Sex")] = "unknown"
    born: Annotated[Day, Column("Date of Birth", "DOB", "Birth Date", "Date of birth (or expected)")] = None


class Held(Row):
    """A list that names who works with the child."""

    team: Annotated[Words, TEAM] = ""
    worker: Annotated[Words, WORKER] = ""


class Contact(Row):
    on: Annotated[Day, Column("Date of Contact", "Contact Date", needed=True)] = None
    source: Annotated[str, BeforeValidator(values.contact_source), Column("Contact Source", "Source of Contact")] = (
        "other"
    )


class EarlyHelp(Row):
    started_on: Annotated[Day, Column("Assessment start date", needed=True)] = None
    completed_on: Annotated[Day, Column("Assessment completion date")] = None
    organisation: Annotated[Words, Column("Organisation completing assessment")] = ""


class Referral(Held):
    on: Annotated[Day, Column("Date of referral", "Referral Date", needed=True)] = None
    source: Annotated[str, BeforeValidator(values.contact_source), Column("Referral Source", "Source of Referral")] = (
        "other"
    )
    no_further_action: Annotated[Answer, Column("Referral NFA?", "Referral NFA", "NFA")] = None


class Assessment(Held):
    started_on: Annotated[
        Day, Column("Continuous Assessment Start Date", "Assessment Start Date", "CA Start Date", needed=True)
    ] = None
    authorised_on: Annotated[
        Day,
        Column("Continuous Assessment Date of Authorisation", "Date of Authorisation", "Assessment Authorised Date"),
    ] = None
    factors: Annotated[
        tuple[str, ...],
        BeforeValidator(values.factors),
        Column("Assessment Factors", "Factors Identified at the End of Assessment", "Factors Identified", "Factors"),
    ] = ()


class Enquiry(Held):
    discussed_on: Annotated[
        Day,
        Column(
            "Strategy discussion initiating Section 47 Enquiry Start Date", "Section 47 Start Date",
            "Strategy Discussion Date", needed=True,
        ),
    ] = None  # fmt: skip
    conference_on: Annotated[
        Day, Column("Date of Initial Child Protection Conference", "ICPC Date", "Date of ICPC")
    ] = None
    led_to_plan: Annotated[
        Answer,
        Column(
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
            "Did the ICPC Result in a Child Protection Plan",
        ),
    ] = None


class InNeed(Held):
    opened_on: Annotated[
        Day, Column("CIN Start Date", "Child in Need Start Date", "CiN Start", "Start Date", needed=True)
    ] = None
    closed_on: Annotated[
        Day, Column("CIN Closure Date", "CIN End Date", "Closure Date", "Child in Need Closure Date")
    ] = None
    reason: Annotated[str, BeforeValidator(values.closure_reason), Column("Reason for Closure", "Closure Reason")] = ""
    status: Annotated[str, BeforeValidator(values.case_status), Column("Case status", "CIN Case Status", "Status")] = ""


class Protection(Held):
    started_on: Annotated[
        Day, Column("Child Protection Plan Start Date", "CP Plan Start Date", "CPP Start Date", needed=True)
    ] = None
    ended_on: Annotated[Day, Column("Child Protection Plan End Date", "CP Plan End Date", "CPP End Date")] = None
    category: Annotated[Words, Column("Latest Category of Abuse", "Category of Abuse")] = ""


class LookedAfter(Held):
    started_on: Annotated[
        Day,
        Column("Date Started to be Looked After", "Date Became Looked After", "LAC Start Date", "CLA Start Date",
               needed=True),
    ] = None  # fmt: skip
    ended_on: Annotated[Day, Column("Date Ceased to be Looked After", "LAC End Date", "CLA End Date")] = None
    uasc: Annotated[
        Answer,
        Column("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months",
               "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months?", "UASC"),
    ] = None  # fmt: skip
    legal: Annotated[str, BeforeValidator(values.legal_status), Column("Child's Legal Status", "Legal Status")] = ""
    legal_on: Annotated[Day, Column("Start date of current legal status", "Legal Status Start Date")] = None
    placement: Annotated[str, BeforeValidator(values.placement), Column("Placement Type")] = ""
    placed_on: Annotated[Day, Column("Start Date of Most Recent Placement", "Placement Start Date")] = None


class CareLeaver(Held):
    eligibility: Annotated[Words, Column("Eligibility Category", "Care Leaver Eligibility", needed=True)] = ""


LISTS: dict[int, tuple[str, type[Row]]] = {
    1: ("Contacts", Contact), 2: ("Early help assessments", EarlyHelp), 3: ("Referrals", Referral),
    4: ("Assessments", Assessment), 5: ("Section 47 enquiries", Enquiry), 6: ("Children in need", InNeed),
    7: ("Child protection plans", Protection), 8: ("Looked-after children", LookedAfter),
    9: ("Care leavers", CareLeaver),
}  # fmt: skip


def columns_of(number: int) -> dict[str, Column]:
    """Field of the row -> its column."""
    fields = LISTS[number][1].model_fields
    return {name: next(one for one in field.metadata if isinstance(one, Column)) for name, field in fields.items()}


def read_row(number: int, cells: dict[str, Any], today: date) -> tuple[Row | None, str, list[str]]:
    """A row of a list from its cells by field: the row, the child's number if it can be told, and what is wrong."""
    columns, kind = columns_of(number), LISTS[number][1]
    child = "" if isinstance(cells.get("number"), values.Formula) else values.text(cells.get("number"))[:50]
    try:
        row = kind(**cells)
    except ValidationError as wrong:
        return None, child, [_sentence(error, columns) for error in wrong.errors()]
    problems = _missing(row, columns) + _contradictions(row, today)
    return (None if problems else row), child, problems


def _sentence(error: Any, columns: dict[str, Column]) -> str:
    header = columns[str(error["loc"][0])].header if error["loc"] else "The row"
    return f"{header} {error['msg'].removeprefix('Value error, ')}."


def _missing(row: Row, columns: dict[str, Column]) -> list[str]:
    return [
        f"{column.header} is missing." for name, column in columns.items() if column.needed and not getattr(row, name)
    ]


ENDS = {"closed_on": "opened_on", "ended_on": "started_on", "authorised_on": "started_on", "completed_on": "started_on"}
ALWAYS_PAST = {"on", "opened_on", "closed_on", "started_on", "ended_on", "authorised_on", "discussed_on", "legal_on",
               "placed_on", "completed_on"}  # fmt: skip


def _contradictions(row: Row, today: date) -> list[str]:
    """Dates that cannot be, and the rules of the statutory return that make a row unusable, by their numbers."""
    columns = columns_of(next(number for number, (_, kind) in LISTS.items() if isinstance(row, kind)))
    said = {name: value for name, value in row if isinstance(value, date)}
    found = [f"{columns[name].header} is in the future." for name in said if name in ALWAYS_PAST and said[name] > today]
    if row.born and (row.born - today).days > 300:
        found.append("Date of Birth is more than ten months in the future.")
    if row.born and (today - row.born).days > 27 * 366:
        found.append("Date of Birth is too long ago for a child or care leaver.")
    for end, start in ENDS.items():
        if end in said and start in said and said[end] < said[start]:
            rule = " (rule 8630)" if isinstance(row, InNeed) else ""
            found.append(f"{columns[end].header} is before {columns[start].header}{rule}.")
    return found + (_closure_problems(row) if isinstance(row, InNeed) else [])


def _closure_problems(row: InNeed) -> list[str]:
    if row.closed_on and not row.reason:
        return ["CIN Closure Date is given without a Reason for Closure (rule 8805)."]
    if row.reason and not row.closed_on:
        return ["Reason for Closure is given without a CIN Closure Date (rule 8810)."]
    if row.status == "closed" and not row.closed_on:
        return ["Case status says closed, and there is no CIN Closure Date."]
    if row.closed_on and row.status not in ("closed", ""):
        return ["There is a CIN Closure Date, and Case status does not say closed."]
    return []
