from closures.models.closure import Answer, Check, Closure, TurnDone, serves_all

__all__ = ["Answer", "Check", "Closure", "TurnDone", "serves_all"]
