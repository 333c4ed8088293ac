"""Decorators of this room's views: the record out of what the person may see, 404 if it is not theirs."""

from cases.models import Case
from closures.models import Closure
from teams.loading import with_one

with_case = with_one(Case, "reference")
with_closure = with_one(Closure, "reference")
