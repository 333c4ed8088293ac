"""The only writes to transfers, by noun. Each says who does it (`by`; nobody: the clock, the seed) and when (`at`)."""

from transfers.actions.approvals import give_approval, withdraw_approval
from transfers.actions.checklist import (
    Given,
    answer_item,
    answer_items,
    check_item,
    close_practice_issues,
    end_waiver,
    sign_waiver,
    waive_item,
)
from transfers.actions.completion import complete_otherwise, complete_transfer, record_point, start_handover
from transfers.actions.decisions import agree_transfer, name_worker, return_transfer
from transfers.actions.delays import plan_anew, record_delay
from transfers.actions.departures import depart_from_protocol, end_departure
from transfers.actions.disputes import decide_dispute, pass_on_dispute, raise_dispute
from transfers.actions.duties import meet_duty, tell_of_late_duties
from transfers.actions.escalation import climb, escalate_silence, unanswered
from transfers.actions.meetings import close_minutes, decide_item, fill_list, list_for_meeting, open_list, take_off_list
from transfers.actions.radar import ask_for_radar, look_ahead, look_through_a_slice, tell_radar, tell_radars
from transfers.actions.requests import (
    ask_transfer,
    change_route,
    lapse_transfer,
    mend_transfer,
    request_transfer,
    withdraw_transfer,
)
from transfers.actions.seen import act_as_seen
from transfers.actions.together import Together, agree_together, request_together

__all__ = [
    "Given",
    "Together",
    "act_as_seen",
    "agree_together",
    "agree_transfer",
    "answer_item",
    "answer_items",
    "ask_for_radar",
    "ask_transfer",
    "change_route",
    "check_item",
    "climb",
    "close_minutes",
    "close_practice_issues",
    "complete_otherwise",
    "complete_transfer",
    "decide_dispute",
    "decide_item",
    "depart_from_protocol",
    "end_departure",
    "end_waiver",
    "escalate_silence",
    "fill_list",
    "give_approval",
    "lapse_transfer",
    "list_for_meeting",
    "look_ahead",
    "look_through_a_slice",
    "meet_duty",
    "mend_transfer",
    "name_worker",
    "open_list",
    "pass_on_dispute",
    "plan_anew",
    "raise_dispute",
    "record_delay",
    "record_point",
    "request_together",
    "request_transfer",
    "return_transfer",
    "sign_waiver",
    "start_handover",
    "take_off_list",
    "tell_of_late_duties",
    "tell_radar",
    "tell_radars",
    "unanswered",
    "waive_item",
    "withdraw_approval",
    "withdraw_transfer",
]
