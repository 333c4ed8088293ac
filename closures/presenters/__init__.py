"""What the pages of this room show, ready made: one file for each kind of page."""

from closures.presenters.banner import Banner
from closures.presenters.batch import LinePage, line_for, lines_for, ticked_in_words
from closures.presenters.closing import (
    ClosurePage,
    DestroyYearPage,
    PartPage,
    done_in_words,
    goes_back_to,
    stands_in_the_way,
    step_down_so_far,
    undone_until,
    waivable_by,
)
from closures.presenters.ended import EndedPage, ReturnPage, came_back_in_words, returns_for, returns_in_words
from closures.presenters.queue import QUEUE, queue_of, queue_page
from closures.presenters.start import StartPage

__all__ = [
    "QUEUE",
    "Banner",
    "ClosurePage",
    "DestroyYearPage",
    "EndedPage",
    "LinePage",
    "PartPage",
    "ReturnPage",
    "StartPage",
    "came_back_in_words",
    "done_in_words",
    "goes_back_to",
    "line_for",
    "lines_for",
    "queue_of",
    "queue_page",
    "returns_for",
    "returns_in_words",
    "stands_in_the_way",
    "step_down_so_far",
    "ticked_in_words",
    "undone_until",
    "waivable_by",
]
