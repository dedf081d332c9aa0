"""Where the finite numbers end: the first quantity of a step that is NaN or infinite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from app.explain.anatomy import Neuron, Parameter
from app.explain.expressions import Number
from app.explain.scene import Scene
from app.nn.spec import Floats


@dataclass(frozen=True, slots=True)
class Lost:
    name: str
    number: Number


def first_lost(scene: Scene) -> Lost | None:
    """The first one in the order of computation, or None where nothing is made of a lost one."""
    number = next((number for number in _in_order(scene) if number is not None), None)
    return None if number is None else Lost(number.name or "", number)


def _in_order(scene: Scene) -> Iterator[Number | None]:
    trace, depth = scene.trace, scene.spec.depth
    yield _parameter(scene, trace.before.theta, scene.weight)
    for kind, row in zip(scene.spec.memory, trace.before.memory, strict=True):
        yield _parameter(scene, row, partial(scene.memory, kind))
    for layer in range(1, depth + 1):
        forward = trace.backward.forward.layers[layer - 1]
        yield _in_layer(scene, layer, forward.net[scene.example], scene.net)
        yield _in_layer(scene, layer, forward.out[scene.example], scene.out)
    yield _in_layer(scene, depth, scene.errors.per_output[scene.example], scene.error)
    yield None if np.isfinite(scene.total().value) else scene.total()
    yield None if np.isfinite(scene.batch_error().value) else scene.batch_error()
    for layer in range(depth, 0, -1):
        backward = trace.backward.layers[layer - 1]
        if not scene.collapsed(scene.anatomy.at(layer, 0)):
            yield _in_layer(scene, layer, backward.dE_dout[scene.example], scene.gap)
            yield _in_layer(scene, layer, backward.slope[scene.example], scene.slope)
        yield _in_layer(scene, layer, backward.delta[scene.example], scene.delta)
    yield _parameter(scene, trace.backward.gradient, scene.gradient)
    for kind, row in zip(scene.spec.memory, trace.after.memory, strict=True):
        yield _parameter(scene, row, partial(scene.new_memory, kind))
    yield _parameter(scene, trace.after.theta, scene.new_weight)


def _in_layer(
    scene: Scene,
    layer: int,
    values: Floats,
    number: Callable[[Neuron], Number],
) -> Number | None:
    lost = np.flatnonzero(~np.isfinite(values))
    return number(scene.anatomy.at(layer, int(lost[0]))) if len(lost) else None


def _parameter(
    scene: Scene,
    values: Floats,
    number: Callable[[Parameter], Number],
) -> Number | None:
    lost = np.flatnonzero(~np.isfinite(values))
    return number(scene.anatomy.parameter_at(int(lost[0]))) if len(lost) else None
