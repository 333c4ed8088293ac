"""A record for every address that has a part to fill in: address name -> what fills it.

An app adds its own: `SAMPLES["transfers:detail"] = lambda house: {"ref": house.transfer.ref}`. The record must belong
to the authority of the cast, so that Charlie, of another one, has something to be refused.
"""

from collections.abc import Callable
from typing import Any

SAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {}

# Open to somebody who has not signed in
PUBLIC = {"teams:sign_in", "health", "health_live", "health_ready"}
