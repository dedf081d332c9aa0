"""What a network is, apart from its numbers: sizes, functions, optimizer, order of updates.

Everything here is frozen. `Layout` says where each parameter lives in the one flat vector
that engine, history and storage share: first every weight (w1, w2, … in order), then every
bias. A shared bias is one number per layer there, and is only spread over its neurons where
a person reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

BiasMode: TypeAlias = Literal["per_neuron", "shared", "none"]
Reduction: TypeAlias = Literal["mean", "sum"]
UpdateOrder: TypeAlias = Literal["simultaneous", "sequential"]
Arithmetic: TypeAlias = Literal["scalar", "blas"]

MAX_SEED = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Bias:
    mode: BiasMode = "per_neuron"
    trainable: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A registry entry by name, with its options: an optimizer or an initializer."""

    name: str
    options: Mapping[str, float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    size: int | None = None
    shuffle: bool = False


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A fully connected feed-forward network with layers 0..L; layer 0 is the input.

    `sizes` has L+1 entries, `activations` has L: `activations[l - 1]` belongs to layer l.
    Building one only stores it; `check(spec)` says what is wrong with it.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str = "half_squared_error"
    reduction: Reduction = "mean"
    bias: Bias = Bias()
    optimizer: Choice = Choice("sgd", {"learning_rate": 0.5})
    update_order: UpdateOrder = "simultaneous"
    initializer: Choice = Choice("xavier_uniform")
    seed: int = 0
    batch: Batch = Batch()

    @property
    def depth(self) -> int:
        """L, the number of layers that compute (the input layer does not)."""
        return len(self.sizes) - 1
