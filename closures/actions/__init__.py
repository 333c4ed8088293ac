"""The only writes of this room. Each says who does it (`by`) and when (`at`)."""

from closures.actions.checks import Given, answer_line, save_checks
from closures.actions.closing import end_with_case, send_back, start_closure, take_turn, withdraw
from closures.actions.destroying import destroy_record, propose_destruction
from closures.actions.endings import decide_otherwise, record_step_down, reopen_case, undo_closing
from closures.actions.returns import accept_return, record_return, refuse_return, send_normal_way

__all__ = [
    "Given",
    "accept_return",
    "answer_line",
    "decide_otherwise",
    "destroy_record",
    "end_with_case",
    "propose_destruction",
    "record_return",
    "record_step_down",
    "refuse_return",
    "reopen_case",
    "save_checks",
    "send_back",
    "send_normal_way",
    "start_closure",
    "take_turn",
    "undo_closing",
    "withdraw",
]
