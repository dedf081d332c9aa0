"""Where each parameter lives in the one flat vector that engine, history and storage share.

First every weight (w1, w2, … in order), then every bias. A shared bias is one number per layer
there, and is only spread over its neurons where a person reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.errors import BadInput, Fault
from app.nn.arrays import Floats

if TYPE_CHECKING:  # a spec is asked for its layout, so spec.py imports this module
    from app.nn.spec import NetworkSpec


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parameters of layer l = 1..L are: entry l-1 of each tuple.

    `weight_offsets[l-1]` starts W[l] of `shapes[l-1]` = (n_l, n_{l-1}), row by row;
    `bias_offsets[l-1]` starts `bias_counts[l-1]` biases: n_l, 1 when shared, 0 with mode none.
    """

    shapes: tuple[tuple[int, int], ...]
    weight_offsets: tuple[int, ...]
    bias_offsets: tuple[int, ...]
    bias_counts: tuple[int, ...]
    n_weights: int
    n_biases: int

    @property
    def size(self) -> int:
        """P, the number of parameters."""
        return self.n_weights + self.n_biases

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, spec: NetworkSpec) -> Layout:
        shapes = tuple((n, m) for m, n in pairwise(spec.sizes))
        per_layer = {"per_neuron": None, "shared": 1, "none": 0}[spec.bias.mode]
        counts = tuple(n if per_layer is None else per_layer for n, _ in shapes)
        weights = offsets(0, (n * m for n, m in shapes))
        biases = offsets(weights[-1], counts)
        return cls(shapes, weights[:-1], biases[:-1], counts, weights[-1], biases[-1] - weights[-1])


def offsets(start: int, counts: Iterable[int]) -> tuple[int, ...]:
    """Where each of several neighbours begins, and where the last one ends."""
    return tuple(accumulate(counts, initial=start))


def weights_of(spec: NetworkSpec, theta: Floats) -> tuple[Floats, ...]:
    """W[1]..W[L] as views of a flat vector (P,), each (n_l, n_{l-1})."""
    layout = spec.layout
    return tuple(
        theta[at : at + n * m].reshape(n, m)
        for at, (n, m) in zip(layout.weight_offsets, layout.shapes, strict=True)
    )


def biases_of(spec: NetworkSpec, theta: Floats) -> tuple[Floats, ...] | None:
    """b[1]..b[L], each (n_l,), a shared one spread over its layer; None with bias mode none."""
    if spec.bias.mode == "none":
        return None
    layout = spec.layout
    return tuple(
        np.broadcast_to(theta[at : at + count], (n,))
        for at, count, (n, _) in zip(
            layout.bias_offsets, layout.bias_counts, layout.shapes, strict=True
        )
    )


def trainable_mask(spec: NetworkSpec) -> npt.NDArray[np.bool_]:
    """(P,) which parameters an update moves."""
    layout = spec.layout
    mask = np.ones(layout.size, dtype=np.bool_)
    mask[layout.n_weights :] = spec.bias.trainable
    return mask


def flatten(
    spec: NetworkSpec,
    weights: Sequence[npt.ArrayLike],
    biases: Sequence[npt.ArrayLike] | None = None,
) -> Floats:
    """One matrix and one vector per layer, as people write them, as the flat vector (P,).

    Raises BadInput, pointing into {"parameters": {"weights", "biases"}}, when a shape is wrong,
    when there are biases although the mode is none or the other way round, and when the biases
    of a layer differ although they are shared.
    """
    layout = spec.layout
    faults = [*shape_faults("/parameters/weights", weights, layout.shapes)]
    faults += bias_faults(spec, biases)
    if faults:
        raise BadInput(faults)
    kept = [
        np.asarray(given, dtype=np.float64)[:count]
        for given, count in zip(biases or (), layout.bias_counts, strict=False)
    ]
    return np.concatenate([*(np.ravel(np.asarray(w, dtype=np.float64)) for w in weights), *kept])


def bias_faults(spec: NetworkSpec, biases: Sequence[npt.ArrayLike] | None) -> Iterator[Fault]:
    pointer = "/parameters/biases"
    if spec.bias.mode == "none":
        if biases is not None:
            yield Fault(pointer, "wrong-shape", "This network has no biases: leave them out.")
        return
    if biases is None:
        yield Fault(pointer, "missing", "Give one bias per neuron, or the bias mode 'none'.")
        return
    faults = [*shape_faults(pointer, biases, [(n,) for n, _ in spec.layout.shapes])]
    yield from faults
    if spec.bias.mode == "shared" and not faults:
        yield from unequal_faults(pointer, biases)


def shape_faults(
    pointer: str, given: Sequence[npt.ArrayLike], shapes: Sequence[tuple[int, ...]]
) -> Iterator[Fault]:
    """A fault for the number of layers, or for every layer whose array has another shape."""
    if len(given) != len(shapes):
        detail = f"{len(given)} layers were given; this network has {len(shapes)}."
        yield Fault(pointer, "wrong-shape", detail)
        return
    for index, (values, shape) in enumerate(zip(given, shapes, strict=True)):
        if found := shape_of(values):
            if found != shape:
                detail = f"The shape is {list(found)}; it must be {list(shape)}."
                yield Fault(f"{pointer}/{index}", "wrong-shape", detail)
        else:
            detail = f"Rows of different lengths or no numbers; it must be {list(shape)} numbers."
            yield Fault(f"{pointer}/{index}", "wrong-shape", detail)


def shape_of(values: npt.ArrayLike) -> tuple[int, ...] | None:
    """The shape of an array of numbers; None when it is ragged, a single number or not numeric."""
    try:
        return np.asarray(values, dtype=np.float64).shape or None
    except (TypeError, ValueError):
        return None


def unequal_faults(pointer: str, biases: Sequence[npt.ArrayLike]) -> Iterator[Fault]:
    for index, values in enumerate(biases):
        if np.ptp(np.asarray(values, dtype=np.float64)) != 0.0:
            detail = "A shared bias is written once per neuron and is equal within its layer."
            yield Fault(f"{pointer}/{index}", "unequal", detail)
