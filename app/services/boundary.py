"""What a network with one or two inputs answers everywhere: its outputs over a grid."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from app.errors import BadInput, TooMuchWork
from app.nn.names import Names
from app.nn.passes import ForwardTrace, forward
from app.nn.spec import Floats, NetworkSpec
from app.services.records import Entry, Setting
from app.settings import Limits

AXES = ("x", "y")
MARGIN = 0.1  # of the data's width, on either side
WITHOUT_DATA = (-1.0, 1.0)
# Beyond this a margin could overflow.
FARTHEST = 1e300


@dataclass(frozen=True, slots=True)
class Grid:
    """What to look at. `low` and `high` are for x and y; None takes the data's."""

    resolution: int = 50
    low: tuple[float | None, float | None] = field(default=(None, None))
    high: tuple[float | None, float | None] = field(default=(None, None))


@dataclass(frozen=True, slots=True)
class Prototype:
    """The point of a grid at which an output is largest: what its class looks like."""

    output: str
    at: tuple[float, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Surface:
    """M points, `resolution` of them for one input, its square for two, where x runs faster."""

    step: int
    names: Names
    axes: tuple[Floats, ...]
    trace: ForwardTrace

    @property
    def outputs(self) -> Floats:
        """(M, K)"""
        return self.trace.outputs

    @property
    def neurons(self) -> Floats:
        """(M, all neurons but the inputs), from the first hidden layer to the output layer."""
        return np.hstack([layer.out for layer in self.trace.layers])

    @property
    def prototypes(self) -> list[Prototype]:
        """One per output; the first point where several are equal."""
        finite = np.where(np.isnan(self.outputs), -np.inf, self.outputs)
        places = np.argmax(finite, axis=0)
        return [
            Prototype(
                name,
                tuple(self.trace.inputs[place].tolist()),
                float(self.outputs[place, column]),
            )
            for column, (name, place) in enumerate(
                zip(self.names.neurons[-1], places.tolist(), strict=True)
            )
        ]


def surface(entry: Entry, grid: Grid, limits: Limits) -> Surface:
    """Raises BadInput for a network with more inputs or an empty axis, TooMuchWork."""
    setting = entry.setting
    check_inputs(setting.spec, grid)
    check_points(setting.spec, grid, limits)
    axes = tuple(axis(setting, grid, at) for at in range(setting.spec.sizes[0]))
    trace = forward(setting.spec, entry.theta, points(axes), path=setting.path)
    return Surface(entry.step, Names.of(setting.spec), axes, trace)


def check_inputs(spec: NetworkSpec, grid: Grid) -> None:
    inputs = spec.sizes[0]
    if inputs > len(AXES):
        detail = f"A boundary is drawn over one or two inputs; this network has {inputs}."
        raise BadInput.at("", "too-many-inputs", detail)
    if inputs == 1 and (grid.low[1], grid.high[1]) != (None, None):
        pointer = "/y_from" if grid.low[1] is not None else "/y_to"
        detail = "This network has one input, so there is no y: leave it out."
        raise BadInput.at(pointer, "too-many-inputs", detail)


def check_points(spec: NetworkSpec, grid: Grid, limits: Limits) -> None:
    """Raises TooMuchWork before anything is computed."""
    inputs, numbers = spec.sizes[0], sum(spec.sizes)
    most = min(limits.traced_numbers // numbers, limits.request_work // spec.layout.size)
    if grid.resolution**inputs > most:
        finest = max(2, int(most ** (1 / inputs)))
        detail = f"This network can be shown with a resolution of at most {finest} in one answer."
        raise TooMuchWork.at("/resolution", TooMuchWork.code, detail)


def axis(setting: Setting, grid: Grid, at: int) -> Floats:
    """(resolution,): from the data's smallest to its largest with a margin, unless given."""
    low, high = width(setting, at)
    given = grid.low[at], grid.high[at]
    low = low if given[0] is None else given[0]
    high = high if given[1] is None else given[1]
    if low >= high:
        name = AXES[at]
        detail = f"{name} would run from {low:g} to {high:g}; {name}_from must be below {name}_to."
        raise BadInput.at(f"/{name}_{'from' if given[0] is not None else 'to'}", "empty", detail)
    return np.linspace(low, high, grid.resolution)


def width(setting: Setting, at: int) -> tuple[float, float]:
    if setting.data is None:
        return WITHOUT_DATA
    column = np.clip(setting.data.inputs[:, at], -FARTHEST, FARTHEST)
    low, high = float(column.min()), float(column.max())
    margin = MARGIN * (high - low) or max(1.0, abs(low))
    return low - margin, high + margin


def points(axes: tuple[Floats, ...]) -> Floats:
    """(M, inputs)"""
    meshes = np.meshgrid(*axes)  # rows of y, columns of x
    return np.column_stack([mesh.ravel() for mesh in meshes])
