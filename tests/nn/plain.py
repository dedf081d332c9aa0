"""A second engine, written from the formulas of the conventions in plain NumPy, to compare with.

It knows nothing of boards and kernels, and of the engine only what a network is (`NetworkSpec`).
Every array has one row per example; sums are made in whatever order NumPy likes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from app.nn.spec import NetworkSpec, trainable_mask

Floats: TypeAlias = npt.NDArray[np.float64]
Memory: TypeAlias = dict[str, Floats]
Options: TypeAlias = Mapping[str, Any]
Rule: TypeAlias = Callable[[Floats, Floats, Memory, int, Options], Floats]
Pair: TypeAlias = tuple[Callable[..., Any], Callable[..., Any]]


def sigmoid(z: Floats) -> Floats:
    return np.exp(-np.logaddexp(0.0, -z))


def share_below(z: Floats) -> Floats:
    """Phi(z)."""
    return np.array([0.5 * math.erfc(-x / math.sqrt(2.0)) for x in z.ravel()]).reshape(z.shape)


def density(z: Floats) -> Floats:
    return np.exp(-(z**2) / 2.0) / math.sqrt(2.0 * math.pi)


def softmax(z: Floats) -> Floats:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# f(z) and the slope df/dnet, a function of z alone.
ACTIVATIONS: dict[str, Pair] = {
    "linear": (lambda z: z, np.ones_like),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": (np.tanh, lambda z: np.cosh(z) ** -2.0),
    "relu": (lambda z: np.maximum(z, 0.0), lambda z: np.where(z > 0.0, 1.0, 0.0)),
    "leaky_relu": (lambda z: np.maximum(z, 0.01 * z), lambda z: np.where(z > 0.0, 1.0, 0.01)),
    "elu": (lambda z: np.where(z > 0.0, z, np.expm1(z)), lambda z: np.exp(np.minimum(z, 0.0))),
    "softplus": (lambda z: np.logaddexp(0.0, z), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1.0 + z * sigmoid(-z))),
    "gelu": (lambda z: z * share_below(z), lambda z: share_below(z) + z * density(z)),
    "softmax": (softmax, lambda z: softmax(z) * (1.0 - softmax(z))),  # the diagonals
}

# E of every output and dE/dout, from target, output and net input (N, K).
LOSSES: dict[str, Pair] = {
    "half_squared_error": (lambda t, o, _z: (o - t) ** 2 / 2.0, lambda t, o: o - t),
    "squared_error": (lambda t, o, _z: (o - t) ** 2, lambda t, o: 2.0 * (o - t)),
    "mean_squared_error": (
        lambda t, o, _z: (o - t) ** 2 / t.shape[1], lambda t, o: 2.0 * (o - t) / t.shape[1],
    ),
    "mean_absolute_error": (
        lambda t, o, _z: np.abs(o - t) / t.shape[1], lambda t, o: np.sign(o - t) / t.shape[1],
    ),
    "huber": (
        lambda t, o, _z: np.where(
            np.abs(o - t) <= 1.0, (o - t) ** 2 / 2.0, np.abs(o - t) - 0.5
        ) / t.shape[1],
        lambda t, o: np.clip(o - t, -1.0, 1.0) / t.shape[1],
    ),
    "binary_cross_entropy": (
        lambda t, _o, z: t * np.logaddexp(0.0, -z) + (1.0 - t) * np.logaddexp(0.0, z),
        lambda t, o: (o - t) / (o * (1.0 - o)),
    ),
    "cross_entropy": (
        lambda t, _o, z: t * (np.logaddexp.reduce(z, axis=1, keepdims=True) - z),
        lambda t, o: -t / o,
    ),
}  # fmt: skip

# delta of the output layer where dE/dout and the slope collapse into one.
COLLAPSED: dict[str, Callable[..., Floats]] = {
    "binary_cross_entropy": lambda t, z: (1.0 - t) * sigmoid(z) - t * sigmoid(-z),
    "cross_entropy": lambda t, z: softmax(z) * t.sum(axis=1, keepdims=True) - t,
}


@dataclass(frozen=True)
class Step:
    """Everything one update computes; lists have one entry per layer 1..L."""

    net: list[Floats]
    out: list[Floats]
    errors: Floats  # (N, K)
    error: float  # E_batch
    gap: list[Floats]  # dE/dout
    slope: list[Floats]
    delta: list[Floats]
    gradient: Floats  # (P,)
    theta: Floats  # (P,) after the update
    memory: Floats  # (slots, P) after the update


@dataclass
class Pass:
    """A network's parameters in layers, and one batch on its way through them."""

    spec: NetworkSpec
    theta: Floats
    inputs: Floats
    targets: Floats

    @property
    def counts(self) -> list[int]:
        """How many weights each layer 1..L has."""
        return [n * m for m, n in pairwise(self.spec.sizes)]

    def weights(self, layer: int, theta: Floats) -> Floats:
        """W[layer], (n, m); weights come first, layer by layer."""
        n, m = self.spec.sizes[layer], self.spec.sizes[layer - 1]
        start = sum(self.counts[: layer - 1])
        return theta[start : start + n * m].reshape(n, m)

    def biases(self, layer: int) -> slice:
        """Where the biases of a layer are: one per neuron, one for all, or none."""
        depth = self.spec.depth
        per_layer = {
            "per_neuron": self.spec.sizes[1:], "shared": (1,) * depth, "none": (0,) * depth,
        }[self.spec.bias.mode]  # fmt: skip
        start = sum(self.counts) + sum(per_layer[: layer - 1])
        return slice(start, start + per_layer[layer - 1])

    def forward(self) -> tuple[list[Floats], list[Floats]]:
        net, out = [], [self.inputs]
        for layer, name in enumerate(self.spec.activations, start=1):
            bias = self.theta[self.biases(layer)] if self.spec.bias.mode != "none" else 0.0
            net.append(out[-1] @ self.weights(layer, self.theta).T + bias)
            out.append(ACTIVATIONS[name][0](net[-1]))
        return net, out[1:]

    def output_delta(self, net: Floats, out: Floats, gap: Floats) -> Floats:
        loss, name = self.spec.loss, self.spec.activations[-1]
        if loss in COLLAPSED:
            return COLLAPSED[loss](self.targets, net)
        if name == "softmax":
            jacobian = np.einsum("ni,ij->nij", out, np.eye(out.shape[1]))
            jacobian -= np.einsum("ni,nj->nij", out, out)
            return np.einsum("ni,nij->nj", gap, jacobian)
        return gap * ACTIVATIONS[name][1](net)


def step(
    spec: NetworkSpec, theta: Floats, memory: Floats, number: int, inputs: Floats, targets: Floats
) -> Step:
    """Update number+1, on one batch."""
    with np.errstate(all="ignore"):
        return _step(Pass(spec, theta, inputs, targets), memory, number)


def _step(run: Pass, memory: Floats, number: int) -> Step:
    spec, depth = run.spec, run.spec.depth
    net, out = run.forward()
    factor = 1.0 / len(run.inputs) if spec.reduction == "mean" else 1.0
    term, slope_of_loss = LOSSES[spec.loss]
    errors = term(run.targets, out[-1], net[-1])
    gaps, deltas = [np.empty(0)] * depth, [np.empty(0)] * depth
    slopes = [ACTIVATIONS[name][1](z) for name, z in zip(spec.activations, net, strict=True)]
    gradient, after, kept = np.zeros_like(run.theta), run.theta.copy(), memory.copy()
    for layer in range(depth, 0, -1):
        at = layer - 1
        if layer == depth:
            gaps[at] = slope_of_loss(run.targets, out[at])
            deltas[at] = run.output_delta(net[at], out[at], gaps[at])
        else:
            flow = after if spec.update_order == "sequential" else run.theta
            gaps[at] = deltas[layer] @ run.weights(layer + 1, flow)
            deltas[at] = gaps[at] * slopes[at]
        below = out[at - 1] if at else run.inputs
        run.weights(layer, gradient)[:] = deltas[at].T @ below * factor
        biases = deltas[at].sum(axis=0) * factor
        gradient[run.biases(layer)] = biases.sum() if spec.bias.mode == "shared" else (
            biases if spec.bias.mode == "per_neuron" else 0.0
        )  # fmt: skip
        if spec.update_order == "sequential":
            after, kept = moved(spec, run.theta, memory, number, gradient)
    after, kept = moved(spec, run.theta, memory, number, gradient)
    return Step(
        net, out, errors, float(errors.sum() * factor), gaps, slopes, deltas, gradient, after, kept
    )


def moved(
    spec: NetworkSpec, theta: Floats, memory: Floats, number: int, gradient: Floats
) -> tuple[Floats, Floats]:
    """Parameters and memory after update number+1, given the gradient; what is frozen stays."""
    mask = trainable_mask(spec)
    given = spec.optimizer_options
    g = gradient[mask]
    limit = given["gradient_clip_norm"]
    if limit is not None:
        g = g * min(1.0, limit / (np.linalg.norm(g) + 1e-6))
    kinds = {kind: memory[at][mask] for at, kind in enumerate(spec.memory)}
    after, kept = theta.copy(), memory.copy()
    rule = RULES[spec.optimizer.name]
    after[mask] = rule(theta[mask], g, kinds, number + 1 - spec.optimizer_since, given)
    for at, kind in enumerate(spec.memory):
        kept[at][mask] = kinds[kind]
    return after, kept


def sgd(w: Floats, g: Floats, memory: Memory, t: int, given: Options) -> Floats:  # noqa: ARG001
    g = g + given["weight_decay"] * w
    mu = given["momentum"]
    memory["velocity"] = velocity = mu * memory.get("velocity", np.zeros_like(w)) + g
    return w - given["learning_rate"] * (g + mu * velocity if given["nesterov"] else velocity)


def adagrad(w: Floats, g: Floats, memory: Memory, t: int, given: Options) -> Floats:  # noqa: ARG001
    memory["s"] = memory["s"] + g**2
    return w - given["learning_rate"] * g / (np.sqrt(memory["s"]) + given["epsilon"])


def rmsprop(w: Floats, g: Floats, memory: Memory, t: int, given: Options) -> Floats:  # noqa: ARG001
    memory["s"] = given["rho"] * memory["s"] + (1 - given["rho"]) * g**2
    return w - given["learning_rate"] * g / (np.sqrt(memory["s"]) + given["epsilon"])


def adam(w: Floats, g: Floats, memory: Memory, t: int, given: Options) -> Floats:
    return adam_move(w, g + given["weight_decay"] * w, memory, t, given)


def adamw(w: Floats, g: Floats, memory: Memory, t: int, given: Options) -> Floats:
    decayed = w * (1 - given["learning_rate"] * given["weight_decay"])
    return adam_move(decayed, g, memory, t, given)


def adam_move(w: Floats, g: Floats, memory: Memory, t: int, given: Options) -> Floats:
    b1, b2 = given["beta1"], given["beta2"]
    memory["m"] = b1 * memory["m"] + (1 - b1) * g
    memory["v"] = b2 * memory["v"] + (1 - b2) * g**2
    m_hat, v_hat = memory["m"] / (1 - b1**t), memory["v"] / (1 - b2**t)
    return w - given["learning_rate"] * m_hat / (np.sqrt(v_hat) + given["epsilon"])


RULES: dict[str, Rule] = {
    "sgd": sgd, "adagrad": adagrad, "rmsprop": rmsprop, "adam": adam, "adamw": adamw,
}  # fmt: skip
