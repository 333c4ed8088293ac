"""The only writes of this room. Each says who does it (`by`) and when (`at`)."""

from closures.actions.checks import Given, save_checks
from closures.actions.closing import send_back, start_closure, take_turn, withdraw

__all__ = ["Given", "save_checks", "send_back", "start_closure", "take_turn", "withdraw"]
