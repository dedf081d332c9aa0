"""The two arithmetics agree as far as sums in another order can; each agrees with itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.nn import passes
from app.nn.names import Names
from app.nn.spec import Bias, BiasMode, Choice, NetworkSpec, UpdateOrder

SPEC = NetworkSpec(
    (20, 30, 10),
    ("tanh", "sigmoid"),
    optimizer=Choice("sgd", {"momentum": 0.9, "weight_decay": 0.1}),
)


@pytest.mark.parametrize("mode", ["per_neuron", "shared", "none"])
@pytest.mark.parametrize("order", ["simultaneous", "sequential"])
def test_both_paths_agree(mode: BiasMode, order: UpdateOrder, problem: Callable[..., Any]) -> None:
    spec = replace(SPEC, bias=Bias(mode), update_order=order)
    given = problem(spec, examples=7)
    scalar = passes.step(spec, *given, path="scalar")
    blas = passes.step(spec, *given, path="blas")
    # Compared cell by cell: the boards hold every value of the step.
    np.testing.assert_allclose(blas.board, scalar.board, rtol=1e-10, atol=1e-14)


def test_the_path_of_a_trace_may_be_fixed(problem: Callable[..., Any]) -> None:
    """A network's arithmetic is recorded: a single row of its batch is computed the same way."""
    state, inputs, _ = problem(SPEC, examples=200)
    assert np.array_equal(
        passes.forward(SPEC, state.theta, inputs, path="blas").outputs,
        passes.forward(SPEC, state.theta, inputs).outputs,
    )


def test_values_of_a_large_network_by_name(problem: Callable[..., Any]) -> None:
    trace = passes.step(SPEC, *problem(SPEC, examples=50), path="blas")
    names = Names.of(SPEC)
    assert names.value(trace, "net_h30", 49) == trace.backward.forward.layers[0].net[49, 29]
    assert names.value(trace, "dE/dw900") == trace.backward.gradient[899]
