from datetime import date

import pytest

from casetransfer.protocol_pages.presenters.book import Book
from casetransfer.protocols.loader import read
from tests.protocols.conftest import EXAMPLESHIRE

TODAY = date(2026, 11, 23)  # a Monday


@pytest.fixture(scope="session")
def pack():
    """Exampleshire: an invented protocol small enough to read in one sitting."""
    return read(EXAMPLESHIRE)


@pytest.fixture(scope="session")
def book(pack):
    return Book(pack)
