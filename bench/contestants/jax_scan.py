"""JAX with everything it offers: the gradient derived, the whole run one compiled scan."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from bench.contestant import Made, Run
from bench.workloads import Floats, Workload, flat

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

ACTIVATIONS: dict[str, Any] = {"sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "relu": jax.nn.relu}
SMALL = 1_000  # weights x examples up to which sums that XLA can fuse beat its matrix products


class Scan:
    def version(self) -> str:
        if os.environ["OMP_NUM_THREADS"] == "1":
            os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
        return f"{jax.__version__} on {jax.default_backend()}"

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if record and workload.rows > 1:
            return None
        step = recorded_step(workload) if record else step_of(workload)
        begin = tuple(map(jnp.asarray, workload.weights)), tuple(map(jnp.asarray, workload.biases))

        @cache
        def compiled(steps: int) -> Any:
            return jax.jit(lambda state: jax.lax.scan(step, state, None, length=steps))

        def run(steps: int) -> Made:
            (weights, biases), rows = jax.block_until_ready(compiled(steps)(begin))
            after = map(np.asarray, weights), map(np.asarray, biases)
            row = (lambda: row_of(rows)) if record else None
            return Made(lambda: flat(*map(tuple, after)), row)

        return run


def layer(workload: Workload) -> Any:
    """net from (N, m), (n, m), (n,): as a product, or as a sum of products when that is small."""
    if workload.n_weights * workload.rows > SMALL:
        return lambda below, matrix, bias: below @ matrix.T + bias
    return lambda below, matrix, bias: (below[:, None, :] * matrix[None]).sum(-1) + bias


def step_of(workload: Workload) -> Any:
    net, inputs, targets = layer(workload), workload.inputs, workload.targets

    def loss(weights: Any, biases: Any) -> Any:
        out = inputs
        for matrix, bias, name in zip(weights, biases, workload.activations, strict=True):
            out = ACTIVATIONS[name](net(out, matrix, bias))
        return 0.5 * jnp.sum((targets - out) ** 2) / workload.rows

    derived = jax.grad(loss, argnums=(0, 1))

    def step(state: Any, _: None) -> Any:
        gradient = derived(*state)
        return moved(workload, state, gradient), None

    return step


def moved(workload: Workload, state: Any, gradient: Any) -> Any:
    weights = tuple(w - workload.rate * g for w, g in zip(state[0], gradient[0], strict=True))
    if not workload.train_biases:
        return weights, state[1]
    return weights, tuple(b - workload.rate * g for b, g in zip(state[1], gradient[1], strict=True))


def recorded_step(workload: Workload) -> Any:
    """Backward written out, because every value on the way is kept; sigmoid, one example."""
    net_of, targets = layer(workload), workload.targets

    def step(state: Any, _: None) -> Any:
        weights, biases = state
        nets, outs = [], [workload.inputs]
        for matrix, bias in zip(weights, biases, strict=True):
            nets.append(net_of(outs[-1], matrix, bias))
            outs.append(jax.nn.sigmoid(nets[-1]))
        slopes = [out * (1.0 - out) for out in outs[1:]]
        gaps = [outs[-1] - targets]
        deltas: list[Any] = []
        for index in range(len(weights) - 1, -1, -1):
            deltas.insert(0, gaps[0] * slopes[index])
            if index:
                gaps.insert(0, (deltas[0][:, :, None] * weights[index][None]).sum(1))
        gradient = tuple(d.T * below for d, below in zip(deltas, outs[:-1], strict=True))
        after = moved(workload, state, (gradient, None))
        errors = 0.5 * (targets - outs[-1]) ** 2
        return after, (
            nets,
            outs[1:],
            gaps,
            slopes,
            deltas,
            errors,
            errors.sum(),
            gradient,
            after[0],
        )

    return step


def row_of(rows: Any) -> Floats:
    return flat([np.asarray(leaf[-1]) for leaf in jax.tree.leaves(rows)], ())


CONTESTANT = Scan()
