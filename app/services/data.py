"""From what somebody sends as data to examples: a data set, a table, or the numbers themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.errors import BadInput, Fault
from app.nn.arrays import Floats, frozen
from app.nn.checks import target_faults
from app.nn.datasets import DATASETS, Dataset, dataset_faults, generate
from app.nn.preparation import Standardisation, split
from app.nn.registry import Value, filled, number
from app.nn.spec import NetworkSpec
from app.services.records import About, Data
from app.services.tables import LAST, Table, to_columns


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to do to examples. `by` standardises like other data, `standardise` by their own."""

    standardise: bool = False
    by: Standardisation | None = None
    test_fraction: float | None = None
    split_seed: int = 1


def of_dataset(name: str, options: Mapping[str, Value], preparation: Preparation) -> Data:
    """Raises BadInput for an unknown name or option."""
    source = source_of(name, options, preparation, "/data")
    entry = DATASETS[name]
    inputs, targets = generate(name, options)
    one_hot = len(entry.targets) > 1
    about = About(
        input_names=entry.inputs,
        target_names=entry.targets,
        classes={entry.targets[0].partition("=")[0]: entry.classes} if one_hot else {},
        source=source,
    )
    return prepared(Data(inputs, targets, about=about, key="dataset"), preparation)


def source_of(
    name: str, options: Mapping[str, Value], preparation: Preparation, pointer: str
) -> dict[str, Value | str]:
    """All that it takes to make the same examples again. Raises BadInput."""
    faults = list(dataset_faults(name, options, pointer))
    if faults:
        raise BadInput(faults)
    return {"dataset": name, **whole_options(DATASETS[name], options), **told(preparation)}


def whole_options(entry: Dataset, given: Mapping[str, Value]) -> dict[str, Value]:
    """All options, those that count things as whole numbers."""
    options = filled(entry.options, given)
    return {
        option.name: int(number(options[option.name])) if option.whole else options[option.name]
        for option in entry.options
    }


def told(preparation: Preparation) -> dict[str, Value]:
    """What of a preparation is not the default, by the names of the API."""
    said: dict[str, Value] = {}
    if preparation.standardise:
        said["standardise"] = True
    if preparation.test_fraction is not None:
        said["test_fraction"] = preparation.test_fraction
        said["split_seed"] = preparation.split_seed
    return said


def of_table(
    table: Table, targets: Sequence[str | int] | None, one_hot: bool | None, how: Preparation
) -> Data:
    """Without `targets` the last column is the target. Raises BadInput."""
    found = to_columns(table, LAST if targets is None else targets, one_hot=one_hot)
    about = About(found.input_names, found.target_names, found.classes)
    key = table.pointer.rpartition("/")[2]
    return prepared(Data(found.inputs, found.targets, about=about, key=key), how)


def prepared(data: Data, how: Preparation) -> Data:
    """Split first, so that the test rows take no part in the mean. Raises BadInput."""
    divided = data if how.test_fraction is None else split_off(data, how)
    by = Standardisation.of(divided.inputs) if how.standardise else how.by
    return divided if by is None else standardised(divided, by)


def split_off(data: Data, how: Preparation) -> Data:
    count = len(data.inputs)
    if count < 2 or data.test is not None or how.test_fraction is None:
        detail = "Only two or more rows that are not yet split can be split; leave this out."
        raise BadInput.at("/data/test_fraction", "cannot-split", detail)
    check_lengths(data)
    learn, test = split(count, how.test_fraction, how.split_seed)
    return replace(
        data,
        inputs=frozen(data.inputs[learn]),
        targets=frozen(data.targets[learn]),
        test=(frozen(data.inputs[test]), frozen(data.targets[test])),
    )


def standardised(data: Data, by: Standardisation) -> Data:
    if data.about.standardised is not None:
        detail = "These inputs are standardised already; leave out standardised, or this."
        raise BadInput.at("/data/standardise", "twice", detail)
    if len(by.mean) != data.inputs.shape[1]:
        detail = f"There are {data.inputs.shape[1]} inputs, so as many means and deviations."
        raise BadInput.at("/data/standardise_by", "wrong-shape", detail)
    inputs = by.apply(data.inputs)
    test = None if data.test is None else (by.apply(data.test[0]), data.test[1])
    every = [np.array([by.mean, by.std]), inputs, *([] if test is None else test[:1])]
    if not all(np.all(np.isfinite(array)) for array in every):
        detail = "Standardised, some inputs are no finite numbers: their spread is beyond float64."
        raise BadInput.at("/data/standardise", "not-finite", detail)
    return replace(data, inputs=inputs, test=test, about=replace(data.about, standardised=by))


def check_data(spec: NetworkSpec, data: Data | None) -> None:
    """Raises BadInput when the examples do not fit the network, or each other."""
    if data is None:
        return
    faults = fit_faults(spec, data)
    if faults:
        raise BadInput(faults)
    check_lengths(data)
    for fault in target_faults(spec.loss, data.targets, "/data/targets"):
        # Only numbers that were sent as such have a place of their own.
        pointer = fault.pointer if data.key == "inputs" else f"/data/{data.key}"
        raise BadInput.at(pointer, fault.code, fault.detail)


def fit_faults(spec: NetworkSpec, data: Data) -> list[Fault]:
    found, wanted = widths(data), (spec.sizes[0], spec.sizes[-1])
    if data.key == "inputs":
        pairs = zip(("inputs", "targets"), found, wanted, strict=True)
        return [
            Fault(f"/data/{name}", "wrong-shape", f"Each of the {name} has {need} numbers.")
            for name, have, need in pairs
            if have != need
        ]
    if found == wanted:
        return []
    detail = (
        f"This data has {found[0]} inputs and {found[1]} targets, the network {wanted[0]} and "
        f'{wanted[1]}. A first layer {{"size": {found[0]}}} and a last layer '
        f'{{"size": {found[1]}}} fit.'
    )
    return [Fault(f"/data/{data.key}", "wrong-shape", detail)]


def widths(data: Data) -> tuple[int, int]:
    return data.inputs.shape[1], data.targets.shape[1]


def check_lengths(data: Data) -> None:
    """Raises BadInput when inputs and targets are not in pairs, or notes do not match them."""
    faults = [
        *paired("inputs", data.inputs, "targets", data.targets),
        *([] if data.test is None else test_faults(data, *data.test)),
        *name_faults("input_names", data.about.input_names, data.inputs.shape[1]),
        *name_faults("target_names", data.about.target_names, data.targets.shape[1]),
    ]
    by = data.about.standardised
    if by is not None:
        faults += name_faults("standardised", by.mean, data.inputs.shape[1])
    if faults:
        raise BadInput(faults)


def paired(one: str, first: Floats, other: str, second: Floats) -> list[Fault]:
    if len(first) == len(second):
        return []
    detail = f"There are {len(first)} {one}, so {len(first)} {other} are needed."
    return [Fault(f"/data/{other}", "wrong-shape", detail)]


def test_faults(data: Data, inputs: Floats, targets: Floats) -> list[Fault]:
    widths = (("test_inputs", inputs, data.inputs), ("test_targets", targets, data.targets))
    return [
        *paired("test_inputs", inputs, "test_targets", targets),
        *(
            Fault(f"/data/{name}", "wrong-shape", f"Each has {like.shape[1]} numbers.")
            for name, array, like in widths
            if array.shape[1] != like.shape[1]
        ),
    ]


def name_faults(key: str, names: Sequence[object], width: int) -> list[Fault]:
    if not names or len(names) == width:
        return []
    return [Fault(f"/data/{key}", "wrong-shape", f"There are {width} of them, one per column.")]
