"""The network specification: how one is asked for, and how a complete one is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import ConfigDict, Field

from app.errors import BadInput
from app.nn.registry import Value
from app.nn.spec import MAX_SEED, Batch, Bias, Choice, Floats, NetworkSpec
from app.services.creation import Draft
from app.services.presets import WORKED_EXAMPLE
from app.web.schemas.base import (
    Answer,
    Asked,
    Count,
    Floats1,
    Floats2,
    Matrix,
    Option,
    Text,
    Vector,
    example,
)
from app.web.schemas.data import DataIn, ragged_faults
from app.web.schemas.data_out import DataOut


class LayerIn(Asked):
    size: int
    activation: Text | None = Field(
        default=None, description="Default sigmoid; the input layer has none."
    )


class BiasIn(Asked):
    mode: Literal["per_neuron", "shared", "none"] = "per_neuron"
    trainable: bool = True


class ChoiceIn(Asked):
    """An entry of the catalog by name, with its options beside it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Option] = Field(init=False)

    @property
    def options(self) -> dict[str, Value]:
        return dict(self.__pydantic_extra__)


class OptimizerIn(ChoiceIn):
    model_config = example({"name": "sgd", "learning_rate": 0.5})
    name: Text = "sgd"


class InitializerIn(ChoiceIn):
    model_config = example({"name": "xavier_uniform"})
    name: Text = "xavier_uniform"


class BatchIn(Asked):
    size: Count | None = Field(default=None, description="Examples per update; null means all.")
    shuffle: bool = False


class ParametersIn(Asked):
    weights: Annotated[list[Matrix], Field(min_length=1)] = Field(
        description="One matrix per layer: a row per neuron, a column per source."
    )
    biases: Annotated[list[Vector], Field(min_length=1)] | None = Field(
        None, description="One number per neuron of each layer; left out with bias mode none."
    )


class SpecIn(Asked):
    """Only `layers` is required."""

    model_config = example(dict(WORKED_EXAMPLE))

    name: Text | None = None
    layers: Annotated[list[LayerIn], Field(min_length=2, max_length=1000)]
    loss: Text = "half_squared_error"
    reduction: Literal["mean", "sum"] = "mean"
    bias: BiasIn = BiasIn()
    optimizer: OptimizerIn = OptimizerIn()
    update_order: Literal["simultaneous", "sequential"] = "simultaneous"
    initializer: InitializerIn = InitializerIn()
    seed: int | None = Field(default=None, ge=0, le=MAX_SEED, description="Drawn when left out.")
    batch: BatchIn = BatchIn()
    parameters: ParametersIn | None = Field(
        default=None, description="These win over the initializer."
    )
    data: DataIn | None = None

    def draft(self) -> Draft:
        """Raises BadInput."""
        first = self.layers[0]
        if first.activation is not None:
            detail = "The input layer computes nothing, so it has no activation; leave it out."
            raise BadInput.at("/layers/0/activation", "unknown-key", detail)
        return Draft(
            spec=self.network_spec(),
            name=self.name,
            seeded=self.seed is not None,
            weights=None if self.parameters is None else self.parameters.weights,
            biases=None if self.parameters is None else self.parameters.biases,
            data=None if self.data is None else self.data.data(),
        )

    def network_spec(self) -> NetworkSpec:
        return NetworkSpec(
            sizes=tuple(layer.size for layer in self.layers),
            activations=tuple(layer.activation or "sigmoid" for layer in self.layers[1:]),
            loss=self.loss,
            reduction=self.reduction,
            bias=Bias(self.bias.mode, self.bias.trainable),
            optimizer=Choice(self.optimizer.name, self.optimizer.options),
            update_order=self.update_order,
            initializer=Choice(self.initializer.name, self.initializer.options),
            seed=self.seed or 0,
            batch=Batch(self.batch.size, self.batch.shuffle),
        )


def to_array(rows: Matrix | None, pointer: str) -> Floats | None:
    """Raises BadInput for rows of different lengths."""
    if rows is None:
        return None
    faults = ragged_faults(rows, pointer)
    if faults:
        raise BadInput(faults)
    return np.array(rows, dtype=np.float64)


def is_none(value: object) -> bool:
    return value is None


class LayerOut(Answer):
    size: int
    activation: str | None = Field(default=None, exclude_if=is_none)


class BiasOut(Answer):
    mode: Literal["per_neuron", "shared", "none"]
    trainable: bool


class ChoiceOut(Answer):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Value] = Field(init=False)
    name: str


class BatchOut(Answer):
    size: int | None
    shuffle: bool


class ParametersOut(Answer):
    """Above 10 000 numbers only `href`, where they are found.

    Not a union of two models: pydantic forgets how to write NaN inside one.
    """

    weights: list[Floats2] | None = Field(default=None, exclude_if=is_none)
    biases: list[Floats1] | None = Field(default=None, exclude_if=is_none)
    href: str | None = Field(default=None, exclude_if=is_none)


class SpecOut(Answer):
    """Complete, defaults filled in: posting it creates an equal network."""

    name: str | None
    layers: list[LayerOut]
    loss: str
    reduction: Literal["mean", "sum"]
    bias: BiasOut
    optimizer: ChoiceOut
    update_order: Literal["simultaneous", "sequential"]
    initializer: ChoiceOut
    seed: int
    batch: BatchOut
    parameters: ParametersOut
    data: DataOut | None


def choice_out(name: str, options: Mapping[str, Value]) -> ChoiceOut:
    return ChoiceOut.model_validate({"name": name, **options})


def layers_out(spec: NetworkSpec) -> list[LayerOut]:
    activations: list[Any] = [None, *spec.activations]
    return [
        LayerOut(size=size, activation=activation)
        for size, activation in zip(spec.sizes, activations, strict=True)
    ]
