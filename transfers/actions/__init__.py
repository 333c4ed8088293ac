"""The only writes to transfers, by noun. Each says who does it (`by`; nobody: the clock, the seed) and when (`at`)."""

from transfers.actions.approvals import give_approval, withdraw_approval
from transfers.actions.checklist import answer_item, check_item, close_practice_issue, sign_waiver, waive_item
from transfers.actions.completion import complete_transfer, record_point, start_handover
from transfers.actions.decisions import agree_transfer, name_worker, return_transfer
from transfers.actions.radar import look_ahead, tell_radar
from transfers.actions.requests import change_route, lapse_transfer, mend_transfer, request_transfer, withdraw_transfer

__all__ = [
    "agree_transfer",
    "answer_item",
    "change_route",
    "check_item",
    "close_practice_issue",
    "complete_transfer",
    "give_approval",
    "lapse_transfer",
    "look_ahead",
    "mend_transfer",
    "name_worker",
    "record_point",
    "request_transfer",
    "return_transfer",
    "sign_waiver",
    "start_handover",
    "tell_radar",
    "waive_item",
    "withdraw_approval",
    "withdraw_transfer",
]
