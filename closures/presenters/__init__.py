"""What the pages of this room show, ready made: one file for each kind of page."""

from closures.presenters.banner import Banner
from closures.presenters.closing import ClosurePage, PartPage, done_in_words, step_down_so_far, waivable_by
from closures.presenters.ended import EndedPage, ReturnPage, returns_for
from closures.presenters.queue import Queue
from closures.presenters.start import StartPage

__all__ = [
    "Banner",
    "ClosurePage",
    "EndedPage",
    "PartPage",
    "Queue",
    "ReturnPage",
    "StartPage",
    "done_in_words",
    "returns_for",
    "step_down_so_far",
    "waivable_by",
]
