"""A network with one or two inputs, seen over a grid."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.services.boundary import FARTHEST, Grid, Surface
from app.services.library import At
from app.web.schemas.base import Answer, AskedInQuery, Float, Floats1, Floats2, Step

Place = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST, allow_inf_nan=False)]


class BoundaryQuery(AskedInQuery):
    resolution: int = Field(
        default=50, ge=2, le=2_000, description="Points per axis, both ends included."
    )
    step: Step | None = Field(
        default=None, description="After so many updates, on the current line."
    )
    neurons: bool = Field(default=False, description="Each neuron's own map as well.")
    x_from: Place | None = Field(None, description="Without it: the data's smallest, less 10 %.")
    x_to: Place | None = None
    y_from: Place | None = None
    y_to: Place | None = None

    @property
    def at(self) -> At:
        return At(self.step)

    @property
    def grid(self) -> Grid:
        return Grid(self.resolution, (self.x_from, self.y_from), (self.x_to, self.y_to))


class AxisOut(Answer):
    input: str
    values: list[float]


class PrototypeOut(Answer):
    """The point at which an output is largest: what its class looks like to the network."""

    output: str
    at: list[float]
    value: Float


class BoundaryOut(Answer):
    """With two inputs point number j * resolution + i is at (x i, y j)."""

    step: int
    axes: list[AxisOut] = Field(description="x, and y if there are two inputs.")
    outputs: Floats2 = Field(description="(points, outputs)")
    prototypes: list[PrototypeOut]
    neurons: dict[str, Floats1] | None = Field(
        description="By name, hidden layers first; null unless asked for."
    )


def boundary_out(surface: Surface, *, neurons: bool) -> BoundaryOut:
    names = surface.names
    computed = [name for layer in names.neurons[1:] for name in layer]
    axes = zip(names.neurons[0], surface.axes, strict=True)
    maps = dict(zip(computed, surface.neurons.T.tolist(), strict=True)) if neurons else None
    return BoundaryOut(
        step=surface.step,
        axes=[AxisOut(input=name, values=values.tolist()) for name, values in axes],
        outputs=surface.outputs.tolist(),
        prototypes=[PrototypeOut.model_validate(each) for each in surface.prototypes],
        neurons=maps,
    )
