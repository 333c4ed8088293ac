"""The clocks of one case, as its overview shows them."""

from django.urls import reverse

from cases.actions import calendar_of
from cases.models import Deadline
from cases.notice_presenters import DeadlineLine
from cases.slots import CaseContext, Panel, panels


@panels
def deadline_panel(context: CaseContext) -> list[Panel]:
    """What is still to be met, the soonest first."""
    if not context.case.is_held:
        return []
    rows = Deadline.objects.open().filter(case=context.case).select_related("case").order_by("due_at", "pk")
    found, calendar = list(rows), calendar_of(context.case.authority)
    lines = [DeadlineLine.of(row, context.at, calendar) for row in found]
    content = {"lines": lines, "url": reverse("cases:deadlines", kwargs={"ref": context.case.reference})}
    return [Panel("Deadlines", "cases/_deadlines.jinja", content, rank=10)]
