"""Rows of cells as examples: which columns are targets, labels as one-hot, every fault in words.

All cells are text, also those that were sent as numbers: a float's text reads back to the same
float, and a label is a label however it was sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal, TypeAlias

import numpy as np

from app.errors import BadInput, Fault, unknown
from app.nn.arrays import Floats, frozen
from app.services.cells import (
    LONGEST_NAME,
    is_number,
    label_problem,
    number,
    number_problem,
    order,
    shown,
)

MOST_FAULTS = 20
MOST_COLUMNS = 2_048
MOST_LABELS = 1_024
MOST_NUMBERS = 2_000_000
LAST = (-1,)

Kind: TypeAlias = Literal["input", "numbers", "labels"]
"""What a column is read as."""

Values: TypeAlias = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """As a person counts, from 1, the header included."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; `pointer` is where they were sent, cell by cell or as one text."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    pointer: str
    decimal: str = "."
    by_cell: bool = False

    def cells(self, at: int) -> Iterator[str]:
        return (row.cells[at] for row in self.rows)

    def values(self, at: int) -> list[float | None]:
        """(N,) the numbers of a column, None for each cell that is none."""
        return [number(cell, self.decimal) for cell in self.cells(at)]

    def row_pointer(self, row: Row) -> str:
        return f"{self.pointer}/{row.number - 1}" if self.by_cell else self.pointer

    def cell_fault(self, row: Row, at: int, problem: str) -> Fault:
        pointer = self.row_pointer(row) + (f"/{at}" if self.by_cell else "")
        detail = f"Row {row.number}, column '{shown(self.columns[at])}': {problem}"
        return Fault(pointer, "bad-cell", detail)


@dataclass(frozen=True, slots=True)
class Columns:
    """Inputs (N, n) and targets (N, K), the names of their columns, and the labels in order."""

    inputs: Floats
    targets: Floats
    input_names: tuple[str, ...]
    target_names: tuple[str, ...]
    classes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Block:
    """What one column becomes: values (N, 1), the names of its numbers, the labels if it has some.

    The value of a label is its place in `labels`.
    """

    column: str
    values: Floats
    names: tuple[str, ...]
    labels: tuple[str, ...] = ()


def with_header(rows: Sequence[Row], pointer: str, decimal: str, header: bool | None) -> Table:
    """Without `header` the first row is one when none of its cells is a number.

    Raises BadInput for no rows.
    """
    if not rows:
        raise BadInput.at(pointer, "empty", "There are no rows; one line per example is needed.")
    first = rows[0].cells
    if len(first) > MOST_COLUMNS:
        detail = f"There are {len(first)} columns; at most {MOST_COLUMNS} work here."
        raise BadInput.at(pointer, "too-large", detail)
    if header is None:
        header = not any(is_number(cell) for cell in first)
    numbered = [f"column{at}" for at in range(1, len(first) + 1)]
    named = [cell or number for cell, number in zip(first, numbered, strict=True)]
    columns, left = (named, rows[1:]) if header else (numbered, rows)
    by_cell = pointer == "/data/rows"
    return Table(tuple(columns), tuple(left), pointer, decimal, by_cell)


def to_columns(table: Table, wanted: Sequence[str | int], *, one_hot: bool | None) -> Columns:
    """`wanted` are the target columns, by name or place from 0 (negative: from the end).

    A target column of labels becomes one column per label, sorted; with `one_hot` true so does
    one of numbers, with false labels are faults. Raises BadInput with up to 20 faults.
    """
    refuse(shape_faults(table))
    places = target_places(table, wanted)
    values = [table.values(at) for at in range(len(table.columns))]
    others = [at for at in range(len(table.columns)) if at not in places]
    if not others:
        detail = "Every column is a target, so there are no inputs; leave at least one out."
        raise BadInput.at("/data/targets", "no-inputs", detail)
    kinds: dict[int, Kind] = {
        at: "input"
        if at in others
        else "labels"
        if holds_labels(values[at], one_hot)
        else "numbers"
        for at in range(len(table.columns))
    }
    of_columns = {
        at: list(column_faults(table, at, kind, values[at])) for at, kind in kinds.items()
    }
    left = {at: kind for at, kind in kinds.items() if not of_columns[at]}
    refuse(chain(*of_columns.values(), cell_faults(table, left, values)))
    return joined(
        [numbers(table, at, values[at]) for at in others],
        [
            labelled(table, at) if kinds[at] == "labels" else numbers(table, at, values[at])
            for at in places
        ],
        table,
    )


def joined(inputs: Sequence[Block], targets: Sequence[Block], table: Table) -> Columns:
    """Raises BadInput for more numbers than are kept."""
    widths = sum(len(block.names) for block in (*inputs, *targets))
    if widths * len(table.rows) > MOST_NUMBERS:
        detail = (
            f"{len(table.rows)} rows of {widths} numbers are too many; "
            f"at most {MOST_NUMBERS} numbers work here."
        )
        raise BadInput.at(table.pointer, "too-large", detail)
    return Columns(
        frozen(np.hstack([block.values for block in inputs])),
        frozen(np.hstack([one_hot_of(block) for block in targets])),
        tuple(name for block in inputs for name in block.names),
        tuple(name for block in targets for name in block.names),
        {block.column: block.labels for block in targets if block.labels},
    )


def refuse(faults: Iterator[Fault]) -> None:
    """Raises BadInput with the first faults, the last of which says how many more there are."""
    found = list(islice(faults, MOST_FAULTS))
    more = sum(1 for _ in faults)
    if more:
        found.append(Fault(found[-1].pointer, "more", f"There are {more} more faults like these."))
    if found:
        raise BadInput(found)


def shape_faults(table: Table) -> Iterator[Fault]:
    """Faults of the table as a whole: no rows, one column, names twice, rows of other widths."""
    width = len(table.columns)
    if width < 2:
        detail = "There is only one column; inputs and a target need at least two."
        yield Fault(table.pointer, "one-column", detail)
    if not table.rows:
        yield Fault(table.pointer, "empty", "There are no rows under the header.")
    for at, name in enumerate(table.columns):
        if len(name) > LONGEST_NAME:
            detail = f"The name of column {at + 1} has over {LONGEST_NAME} characters; shorten it."
            yield Fault(table.pointer, "too-long", detail)
        if name in table.columns[:at]:
            detail = f"Two columns are called '{shown(name)}'; rename one of them."
            yield Fault(table.pointer, "repeated-name", detail)
    for row in table.rows:
        if len(row.cells) != width:
            cells = "1 cell" if len(row.cells) == 1 else f"{len(row.cells)} cells"
            detail = f"Row {row.number} has {cells}, but there are {width} columns."
            yield Fault(table.row_pointer(row), "ragged", detail)


def target_places(table: Table, wanted: Sequence[str | int]) -> list[int]:
    """Raises BadInput for a name or place that is not there, or twice."""
    faults: list[Fault] = []
    places: list[int] = []
    for place, name in enumerate(wanted):
        at = place_of(table, name)
        pointer = f"/data/targets/{place}"
        if at is None:
            faults.append(Fault(pointer, "unknown-column", unknown_column(table, name)))
        elif at in places:
            detail = f"Column '{shown(table.columns[at])}' is named twice; once is enough."
            faults.append(Fault(pointer, "repeated-column", detail))
        else:
            places.append(at)
    refuse(iter(faults))
    return places


def place_of(table: Table, name: str | int) -> int | None:
    width = len(table.columns)
    if isinstance(name, str):
        return table.columns.index(name) if name in table.columns else None
    return name % width if -width <= name < width else None


def unknown_column(table: Table, name: str | int) -> str:
    if isinstance(name, str):
        return unknown("column", name, map(shown, table.columns[:MOST_FAULTS]))
    last = len(table.columns) - 1
    return f"There is no column {name}; places go from 0 to {last}, or from -1 back to -{last + 1}."


def holds_labels(values: Values, one_hot: bool | None) -> bool:
    return all(value is None for value in values) if one_hot is None else one_hot


def column_faults(table: Table, at: int, kind: Kind, values: Values) -> Iterator[Fault]:
    """Faults of a column as a whole."""
    name = shown(table.columns[at])
    if kind == "input" and holds_labels(values, None):
        detail = f"Column '{name}' holds no numbers; make it a target, or take it out."
        yield Fault(table.pointer, "no-numbers", detail)
    labels = len(set(table.cells(at))) if kind == "labels" else 2
    if labels == 1:
        detail = f"Column '{name}' holds one label only; there is nothing to tell apart."
        yield Fault(table.pointer, "one-label", detail)
    if labels > MOST_LABELS:
        detail = f"Column '{name}' holds {labels} labels; at most {MOST_LABELS} work here."
        yield Fault(table.pointer, "too-large", detail)


def cell_faults(
    table: Table, kinds: Mapping[int, Kind], values: Sequence[Values]
) -> Iterator[Fault]:
    """Row by row, as a person would go through them."""
    for place, row in enumerate(table.rows):
        for at, kind in kinds.items():
            if kind == "labels":
                problem = label_problem(row.cells[at])
            else:
                problem = number_problem(row.cells[at], values[at][place], table.decimal)
            if problem is not None:
                yield table.cell_fault(row, at, problem)


def numbers(table: Table, at: int, values: Values) -> Block:
    name = table.columns[at]
    return Block(name, np.array(values, dtype=np.float64)[:, None], (name,))


def labelled(table: Table, at: int) -> Block:
    cells = list(table.cells(at))
    labels = sorted(set(cells), key=lambda label: order(label, table.decimal))
    places = {label: float(place) for place, label in enumerate(labels)}
    values = np.array([places[cell] for cell in cells])[:, None]
    name = table.columns[at]
    return Block(name, values, tuple(f"{name}={label}" for label in labels), tuple(labels))


def one_hot_of(block: Block) -> Floats:
    """(N, k): in each row of labels a 1 at its label's place; numbers as they are."""
    if not block.labels:
        return block.values
    return np.asarray(block.values == np.arange(len(block.labels)), dtype=np.float64)
