"""What a network is, apart from its numbers: sizes, functions, optimizer, order of updates.

Everything here is frozen. Where its parameters live is `layout.py`, what may be wrong with it
`checks.py`; both are reached through this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from app.nn.arrays import Floats, Ints
from app.nn.checks import MAX_SEED, check
from app.nn.layout import Layout, biases_of, flatten, trainable_mask, weights_of
from app.nn.optimizers import OPTIMIZERS
from app.nn.registry import Value, filled

__all__ = [
    "MAX_SEED",
    "Arithmetic",
    "Batch",
    "Bias",
    "BiasMode",
    "Choice",
    "Floats",
    "Ints",
    "Layout",
    "NetworkSpec",
    "Reduction",
    "UpdateOrder",
    "arithmetic",
    "biases_of",
    "check",
    "flatten",
    "trainable_mask",
    "weights_of",
]  # fmt: skip

BiasMode: TypeAlias = Literal["per_neuron", "shared", "none"]
Reduction: TypeAlias = Literal["mean", "sum"]
UpdateOrder: TypeAlias = Literal["simultaneous", "sequential"]
Arithmetic: TypeAlias = Literal["scalar", "lanes", "blas"]

# Where one path becomes faster than another (measured; see docs/decisions/0001-one-kernel.md):
# examples from which on lanes pay, and weights x examples above which BLAS multiplies faster than
# the loops, and than the lanes.
FEWEST_LANES = 4
LARGE = 40_000
LARGE_IN_LANES = 100_000


@dataclass(frozen=True, slots=True)
class Bias:
    mode: BiasMode = "per_neuron"
    trainable: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A registry entry by name, with its options: an optimizer or an initializer.

    Options take no part in the hash (a mapping has none), only in comparison.
    """

    name: str
    options: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Batch:
    size: int | None = None
    shuffle: bool = False


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A fully connected feed-forward network with layers 0..L; layer 0 is the input.

    `sizes` has L+1 entries, `activations` has L: `activations[l - 1]` belongs to layer l.
    `optimizer_since` is the step at which the optimizer took over: its own count begins there.
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
    optimizer_since: int = 0

    @property
    def depth(self) -> int:
        """L, the number of layers that compute (the input layer does not)."""
        return len(self.sizes) - 1

    @property
    def layout(self) -> Layout:
        return Layout.of(self)

    @property
    def optimizer_options(self) -> dict[str, Value]:
        """Every option of the optimizer, defaults filled in, in the order of its entry."""
        return filled(OPTIMIZERS[self.optimizer.name].options, self.optimizer.options)

    @property
    def memory(self) -> tuple[str, ...]:
        """What the optimizer remembers for each parameter, e.g. ("velocity",)."""
        return OPTIMIZERS[self.optimizer.name].memory(self.optimizer_options)

    @property
    def clips(self) -> bool:
        """Whether an update may use a shorter gradient than the true one."""
        return self.optimizer.options.get("gradient_clip_norm") is not None


def arithmetic(spec: NetworkSpec, batch_size: int) -> Arithmetic:
    """The path that computes this network: a function of its sizes and batch size alone."""
    in_lanes = batch_size >= FEWEST_LANES
    if spec.layout.n_weights * batch_size > (LARGE_IN_LANES if in_lanes else LARGE):
        return "blas"
    return "lanes" if in_lanes else "scalar"
