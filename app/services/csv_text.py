"""Text of comma-separated values as a table: delimiter, decimal mark and header are found.

Nothing in it is ever evaluated: a formula is just text that is no number.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from app.errors import BadInput
from app.services.cells import mark_of, tidy
from app.services.tables import Row, Table, with_header

POINTER = "/data/csv"
# In order of preference: with a decimal comma, commas are found beside the real delimiter.
DELIMITERS = ("\t", ";", ",")
LOOKED_AT = 50
BYTE_ORDER_MARK = "\ufeff"


def read(text: str, *, header: bool | None = None) -> Table:
    """Raises BadInput for text that holds no table."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    delimiter = delimiter_of(text)
    rows = list(filled_rows(text, delimiter))
    return with_header(rows, POINTER, decimal_of(rows, delimiter), header)


def decimal_of(rows: Sequence[Row], delimiter: str) -> str:
    """That of the first number that has one; between commas only a point can be meant."""
    if delimiter == ",":
        return "."
    return next((mark for row in rows for cell in row.cells if (mark := mark_of(cell))), ".")


def filled_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Each row that is not blank, with the number that a spreadsheet would give it."""
    for number, cells in enumerate(records(text, delimiter), 1):
        if any(cells):
            yield Row(number, cells)


def records(text: str, delimiter: str) -> Iterator[tuple[str, ...]]:
    """Raises BadInput where quotes do not match."""
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for record in reader:
            yield tuple(tidy(cell) for cell in record)
    except csv.Error as error:
        detail = f"Line {reader.line_num} cannot be read: {error}."
        raise BadInput.at(POINTER, "malformed-csv", detail) from None


def delimiter_of(text: str) -> str:
    """The one that cuts most of the first rows into equally many cells, at least two."""
    shares = {delimiter: regularity(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: shares[delimiter])
    return best if shares[best] else ","


def regularity(text: str, delimiter: str) -> float:
    """The share of rows that have the commonest width; 0 when that is one cell."""
    try:
        widths = [len(row.cells) for row in islice(filled_rows(text, delimiter), LOOKED_AT)]
    except BadInput:
        return 0.0
    width, times = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return times / len(widths) if width > 1 else 0.0
