"""The examples that an update learns from."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NoData
from app.nn import batches, passes
from app.nn.passes import StepTrace
from app.nn.spec import Floats, Ints
from app.services.records import Data, Moment, Setting


@dataclass(frozen=True, slots=True)
class Examples:
    """One batch: `rows` are the places of its examples in the data."""

    rows: Ints
    inputs: Floats
    targets: Floats


def next_batch(setting: Setting, step: int) -> Examples:
    """The batch of update `step + 1`. Raises NoData."""
    data = data_of(setting)
    rows = batches.rows(setting.spec, len(data.inputs), step)
    if len(rows) == len(data.inputs) and not setting.spec.batch.shuffle:
        return Examples(rows, data.inputs, data.targets)
    return Examples(rows, data.inputs[rows], data.targets[rows])


def trace_of(moment: Moment) -> StepTrace:
    """The update that comes after a moment, with everything on the way to it. Raises NoData."""
    batch = next_batch(moment.setting, moment.step)
    path = moment.setting.path
    return passes.step(moment.spec, moment.state, batch.inputs, batch.targets, path=path)


def data_of(setting: Setting) -> Data:
    if setting.data is None:
        raise NoData(
            "This network has no data. Give it some with "
            'PATCH {"data": {"inputs": [[…]], "targets": [[…]]}}, or send inputs and targets.'
        )
    return setting.data
