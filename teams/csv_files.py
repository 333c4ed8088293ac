"""Tables taken out as files. A cell that a spreadsheet would run as a formula is written as words."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_words(cell: object) -> str:
    words = str(cell)
    return f"'{words}" if words.lstrip(" ").startswith(RUNS) else words


def csv_file(name: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(heads)
    writer.writerows([as_words(cell) for cell in row] for row in rows)
    return answer
