from closures.models.closure import Answer, Check, Closure, TurnDone, serves_all
from closures.models.ending import Departure, Return, StepDown

__all__ = ["Answer", "Check", "Closure", "Departure", "Return", "StepDown", "TurnDone", "serves_all"]
