"""Wait until a page answers that all is well: python -m casetransfer.wait ADDRESS [SECONDS]"""

import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable


def is_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310  (the address of our own health page)
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def until_well(address: str, seconds: float, meanwhile: Callable[[], object] = lambda: None) -> bool:
    deadline = time.monotonic() + seconds
    while not is_well(address):
        if time.monotonic() > deadline:
            return False
        meanwhile()
        time.sleep(0.2)
    return True


if __name__ == "__main__":
    sys.exit(0 if until_well(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0) else 1)
