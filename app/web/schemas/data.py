"""Data as it is sent, in one of four forms; its key says which: inputs, dataset, csv or rows."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from app.errors import BadInput, Fault
from app.nn.preparation import Standardisation
from app.nn.registry import Value
from app.nn.spec import MAX_SEED
from app.services import csv_text
from app.services.cells import tidy
from app.services.data import (
    Preparation,
    check_lengths,
    of_dataset,
    of_table,
    prepared,
    source_of,
)
from app.services.records import About, Data
from app.services.tables import Row, with_header
from app.web.schemas.base import (
    Asked,
    Matrix,
    Option,
    Text,
    Vector,
    example,
    without_control_characters,
)

IRIS = "x1,x2,species\n5.1,3.5,setosa\n6.3,3.3,virginica\n"
ROWS = "/data/rows"


def column(given: object) -> str | int:
    if isinstance(given, str | int) and not isinstance(given, bool):
        return given[:200] if isinstance(given, str) else given
    raise PydanticCustomError("column", "Must be the name of a column, or its place from 0.")


def cell(given: object) -> str:
    """Numbers as their text, which reads back to the same number."""
    if isinstance(given, str):
        return tidy(given)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return str(given)
    raise PydanticCustomError("cell", "Must be a number or text.")


Column = Annotated[
    str | int,
    PlainValidator(column),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]
Cell = Annotated[
    str, PlainValidator(cell), WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]})
]
Name = Annotated[str, Field(max_length=500), AfterValidator(without_control_characters)]
"""Of a column or a label; a one-hot column is called by both."""

Names: TypeAlias = Annotated[list[Name], Field(min_length=1, max_length=1024)]


class StandardisationIn(Asked):
    """x becomes (x - mean) / std, column by column."""

    model_config = example({"mean": [5.84, 3.05], "std": [0.83, 0.43]})

    mean: Vector
    std: Annotated[list[Annotated[float, Field(gt=0, allow_inf_nan=False)]], Field(min_length=1)]

    def standardisation(self) -> Standardisation:
        """Raises BadInput for two different lengths."""
        if len(self.mean) != len(self.std):
            detail = f"There are {len(self.mean)} means, so as many deviations are needed."
            raise BadInput.at("/data/standardise_by/std", "wrong-shape", detail)
        return Standardisation(tuple(self.mean), tuple(self.std))


class PreparedIn(Asked):
    standardise: bool = Field(
        default=False,
        description="Inputs by the mean and standard deviation of the rows that are learnt from.",
    )
    standardise_by: StandardisationIn | None = Field(
        default=None, description="By those of other data, as its network's `standardised` says."
    )
    test_fraction: Annotated[float, Field(gt=0, lt=1)] | None = Field(
        default=None, description="The share of rows that no update ever sees."
    )
    split_seed: int = Field(default=1, ge=0, le=MAX_SEED)

    def preparation(self) -> Preparation:
        """Raises BadInput."""
        by = self.standardise_by
        if by is not None and self.standardise:
            detail = "Give standardise or standardise_by, not both."
            raise BadInput.at("/data/standardise_by", "one-of", detail)
        return Preparation(
            standardise=self.standardise,
            by=None if by is None else by.standardisation(),
            test_fraction=self.test_fraction,
            split_seed=self.split_seed,
        )


class DatasetIn(PreparedIn):
    """A data set of the catalog, with its options beside it."""

    model_config = ConfigDict(extra="allow", **example({"dataset": "xor"}))
    __pydantic_extra__: dict[str, Option] = Field(init=False)
    dataset: Text

    def data(self) -> Data:
        """Raises BadInput."""
        return of_dataset(self.dataset, self.__pydantic_extra__, self.preparation())

    def source(self) -> dict[str, Value | str]:
        """The same with all options, as a note. Raises BadInput."""
        given = self.__pydantic_extra__
        return source_of(self.dataset, given, self.preparation(), "/data/source")


class InlineIn(PreparedIn):
    """The numbers themselves. What is beside them is kept and answered, but changes nothing."""

    model_config = example({"inputs": [[0.05, 0.10]], "targets": [[0.01, 0.99]]})

    inputs: Matrix
    targets: Matrix
    test_inputs: Matrix | None = None
    test_targets: Matrix | None = None
    input_names: Names | None = None
    target_names: Names | None = None
    classes: dict[Name, Names] = Field(
        default={}, max_length=1024, description="The labels of each target that became one-hot."
    )
    standardised: StandardisationIn | None = Field(
        default=None, description="What was done to the inputs already."
    )
    source: DatasetIn | None = None

    def data(self) -> Data:
        """Raises BadInput."""
        about = About(
            input_names=self.input_names or (),
            target_names=self.target_names or (),
            classes=self.classes,
            standardised=None if self.standardised is None else self.standardised.standardisation(),
            source={} if self.source is None else self.source.source(),
        )
        refuse_ragged(self)
        test = self.test_part()
        made = Data(np.array(self.inputs), np.array(self.targets), test, about)
        check_lengths(made)
        return prepared(made, self.preparation())

    def test_part(self) -> tuple[Any, Any] | None:
        """Raises BadInput for one half without the other."""
        if self.test_inputs is None and self.test_targets is None:
            return None
        for name, given in (
            ("test_inputs", self.test_inputs),
            ("test_targets", self.test_targets),
        ):
            if given is None:
                raise BadInput.at(f"/data/{name}", "missing", "Missing, but required here.")
        return np.array(self.test_inputs), np.array(self.test_targets)


class TableIn(PreparedIn):
    targets: Annotated[list[Column], Field(min_length=1, max_length=1024)] | None = Field(
        default=None,
        description="Columns by name, or by place from 0, from the end if negative. "
        "Without it: the last.",
    )
    one_hot: bool | None = Field(
        default=None,
        description="A target of labels becomes one column per label, sorted. "
        "Null: if no cell of it is a number.",
    )
    header: bool | None = Field(
        default=None, description="Null: the first row is one if no cell of it is a number."
    )


class CsvIn(TableIn):
    """Text with commas, semicolons or tabs between the cells, which is found out."""

    model_config = example({"csv": IRIS, "targets": ["species"], "standardise": True})
    csv: str

    def data(self) -> Data:
        """Raises BadInput."""
        table = csv_text.read(self.csv, header=self.header)
        return of_table(table, self.targets, self.one_hot, self.preparation())


class RowsIn(TableIn):
    """The same as lists of cells."""

    model_config = example({"rows": [["x1", "x2", "y"], [0.5, 1.5, "a"], [1.0, 0.0, "b"]]})
    rows: Annotated[list[Annotated[list[Cell], Field(min_length=1)]], Field(min_length=1)]

    def data(self) -> Data:
        """Raises BadInput."""
        rows = [Row(at, tuple(cells)) for at, cells in enumerate(self.rows, 1)]
        table = with_header(rows, ROWS, ".", self.header)
        return of_table(table, self.targets, self.one_hot, self.preparation())


FORMS: dict[str, type[PreparedIn]] = {
    "inputs": InlineIn,
    "dataset": DatasetIn,
    "csv": CsvIn,
    "rows": RowsIn,
}


def by_its_key(given: object, _handler: object) -> object:
    """Faults of the form that is meant, not of all four."""
    if not isinstance(given, dict) or not (keys := FORMS.keys() & given.keys()):
        return InlineIn.model_validate(given)
    if len(keys) > 1:
        names = ", ".join(sorted(keys))
        told = f"Give one of inputs, dataset, csv, rows, not {names} together."
        raise PydanticCustomError("one_of", "{told}", {"told": told})
    return FORMS[keys.pop()].model_validate(given)


DataIn: TypeAlias = Annotated[InlineIn | DatasetIn | CsvIn | RowsIn, WrapValidator(by_its_key)]


def refuse_ragged(given: InlineIn) -> None:
    """Raises BadInput for rows of different lengths."""
    faults = [
        fault
        for name in ("inputs", "targets", "test_inputs", "test_targets")
        for fault in ragged_faults(getattr(given, name) or [], f"/data/{name}")
    ]
    if faults:
        raise BadInput(faults)


def ragged_faults(rows: Matrix, pointer: str) -> list[Fault]:
    """A fault for each row that is not as long as the first."""
    width = len(rows[0]) if rows else 0
    detail = "This row has {} numbers, the first has {}; all rows must be equally long."
    return [
        Fault(f"{pointer}/{at}", "ragged", detail.format(len(row), width))
        for at, row in enumerate(rows)
        if len(row) != width
    ]


class PreviewIn(Asked):
    model_config = example({"data": {"csv": IRIS, "targets": ["species"]}})
    data: DataIn
