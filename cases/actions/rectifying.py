"""The one thing that changes in a closed record: a wrong identity detail, which the law gives everybody the right to
have put right (UK GDPR, article 16). The old value stays beside the new one."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from cases import guards, words
from cases.actions.journal import add_journal
from cases.actions.ledger import lock
from cases.actions.rows import save
from cases.models import Case, Child, IdentityDetail, Rectification, Sex
from cases.permissions import check_can_rectify
from teams.actions import record_audit
from teams.models import AuditEntry, Person
from teams.refusals import Gap, refuse_if


@transaction.atomic
def rectify_child(*, case: Case, because: str, by: Person, at: datetime, **details: Any) -> list[Rectification]:
    """A manager puts right who the child of a closed case is. `details` are some of `IdentityDetail`."""
    case = lock(case)
    check_can_rectify(by, case)
    child = Child.objects.select_for_update(of=("self",), no_key=True).get(pk=case.child_id)
    before = {name: getattr(child, name) for name in IdentityDetail.values}
    changed = {name: value for name, value in details.items() if name not in before or before[name] != value}
    refuse_if(_gaps(case, before, changed, because))
    for name, value in changed.items():
        setattr(child, name, value)
    refuse_if(guards.birth_gaps(child, localdate(at)))
    save(child, by)
    made = [
        Rectification(
            child=child, case=case, detail=name, was=_said(before[name]), now_is=_said(value), because=because.strip(),
            rectified_at=at, rectified_by=by,
        )
        for name, value in changed.items()
    ]  # fmt: skip
    Rectification.objects.bulk_create(made)
    what = words.capital(" and ".join(one.get_detail_display().lower() for one in made))
    says = f"{what} put right in the closed record: {because.strip()}"
    add_journal(case, "identity_put_right", says, by=by, at=at, subject=child, fields=sorted(changed))
    record_audit(
        kind=AuditEntry.Kind.CHANGED, by=by, at=at, subject=case.reference, page="rectified",
        fields=", ".join(sorted(changed)),
    )  # fmt: skip
    return made


def _gaps(case: Case, before: dict[str, Any], changed: dict[str, Any], because: str) -> list[Gap]:
    gaps = [] if because.strip() else [Gap("Say what shows what is right.", field="because")]
    if case.is_held:
        gaps.append(Gap(f"Case {case.reference} is open: change the child's details there."))
    other = case.child.cases.held().exclude(pk=case.pk).first()
    if other:
        gaps.append(Gap(f"The child has an open case, {other.reference}: change the child's details there."))
    if not changed:
        gaps.append(Gap("Nothing is different from what the record says."))
    if changed.keys() - before.keys():
        gaps.append(Gap("Only who the child is can be put right in a closed record."))
    if "given_name" in changed and not str(changed["given_name"]).strip():
        gaps.append(Gap("Give the child's name.", field="given_name"))
    if "date_of_birth" in changed and changed["date_of_birth"] is None:
        gaps.append(Gap("Give the date of birth: a closed record does not lose it.", field="date_of_birth"))
    if "sex" in changed and changed["sex"] not in Sex.values:
        gaps.append(Gap("Choose from the list.", field="sex"))
    return gaps


def _said(value: Any) -> str:
    """As people read it."""
    if isinstance(value, date):
        return words.day(value)
    return str(Sex(value).label) if value in Sex.values else str(value or "")
