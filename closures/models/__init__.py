from closures.models.closure import Answer, Check, Closure, TurnDone, serves_all
from closures.models.destruction import Destruction
from closures.models.ending import Departure, Return, StepDown

__all__ = ["Answer", "Check", "Closure", "Departure", "Destruction", "Return", "StepDown", "TurnDone", "serves_all"]
