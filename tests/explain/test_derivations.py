"""Along a path multiply, between paths add: on random deep networks, for every parameter."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import NotFound
from app.explain.derivations import MOST_PATHS, derive
from app.nn.names import Names
from app.nn.spec import Bias, Choice, NetworkSpec

Teach: TypeAlias = Callable[..., Any]


specs = st.builds(
    lambda sizes, **rest: NetworkSpec(sizes, ("tanh",) * (len(sizes) - 1), **rest),
    st.lists(st.integers(1, 4), min_size=2, max_size=5).map(tuple),
    bias=st.sampled_from([Bias(), Bias("shared"), Bias("none")]),
    update_order=st.sampled_from(["simultaneous", "sequential"]),
    reduction=st.sampled_from(["mean", "sum"]),
)


@settings(max_examples=30, deadline=None)
@given(spec=specs, examples=st.integers(1, 4), seed=st.integers(0, 10**6), data=st.data())
def test_paths_multiply_and_sum_to_the_gradient(
    lesson: Teach, spec: NetworkSpec, examples: int, seed: int, data: st.DataObject
) -> None:
    taught = lesson(spec, seed=seed, examples=examples)
    parameter = data.draw(st.sampled_from(Names.of(spec).parameters))
    derived = [derive(spec, taught.trace, parameter, at) for at in range(examples)]
    for one in derived:
        assert not one.paths_truncated
        product = math.prod(factor.value for factor in one.factors)
        assert one.contribution == pytest.approx(product * one.reduction_factor, rel=1e-12)
        for path in one.paths:
            assert path.product == math.prod(factor.value for factor in path.factors)
        total = math.fsum(path.product for path in one.paths)
        size = math.fsum(abs(path.product) for path in one.paths)
        assert total == pytest.approx(product, rel=1e-12, abs=1e-14 * size)
    size = math.fsum(abs(one.contribution) for one in derived)
    total = math.fsum(one.contribution for one in derived)
    assert total == pytest.approx(derived[0].gradient, rel=1e-12, abs=1e-14 * size)


def test_w1_of_the_worked_example(worked: Teach) -> None:
    taught = worked()
    derived = derive(taught.spec, taught.trace, "w1", 0)
    assert derived.address == "w1.1.1"
    assert [path.through for path in derived.paths] == [("h1", "o1"), ("h1", "o2")]
    assert [factor.name for factor in derived.paths[1].factors] == [
        "dE/dout_o2", "dout_o2/dnet_o2", "dnet_o2/dout_h1", "dout_h1/dnet_h1", "dnet_h1/dw1",
    ]  # fmt: skip
    assert [factor.name for factor in derived.factors] == [
        "dE/dout_h1", "dout_h1/dnet_h1", "dnet_h1/dw1",
    ]  # fmt: skip
    assert derived.update.after == pytest.approx(0.149780716, abs=5e-10)
    assert derived.update.change == derived.update.after - derived.update.before


def test_as_text_and_latex(worked: Teach) -> None:
    taught = worked()
    derived = derive(taught.spec, taught.trace, "w2.1.1", 0)
    assert derived.parameter == "w2.1.1"
    assert derived.plain.splitlines() == [
        "∂E_total/∂w5 = ∂E_total/∂out_o1 × ∂out_o1/∂net_o1 × ∂net_o1/∂w5",
        "             = 0.7414 × 0.1868 × 0.5933",
        "             = 0.1385 × 0.5933",
        "             = 0.08217",
        "w5⁺ = w5 − η·∂E_total/∂w5",
        "    = 0.40 − 0.5 × 0.08217",
        "    = 0.40 − 0.0411",
        "    = 0.3589",
    ]
    assert derived.latex.startswith("\\begin{aligned}")
    assert "htmlData" not in derived.latex


def test_a_frozen_bias_does_not_move(worked: Teach) -> None:
    taught = worked()
    derived = derive(taught.spec, taught.trace, "b2", 0)
    assert derived.gradient != 0
    assert derived.update.change == 0


def test_too_many_paths_are_cut(lesson: Teach) -> None:
    spec = NetworkSpec((2, 9, 9, 9), ("tanh", "tanh", "tanh"))
    derived = derive(spec, lesson(spec).trace, "w1", 0)
    assert derived.paths_truncated is False
    assert len(derived.paths) == 81
    deeper = NetworkSpec((2, 9, 9, 9, 9), ("tanh",) * 4)
    derived = derive(deeper, lesson(deeper).trace, "w1", 0)
    assert derived.paths_truncated is True
    assert len(derived.paths) == MOST_PATHS


def test_what_is_not_finite_alone_is_given_as_a_pair(lesson: Teach) -> None:
    spec = NetworkSpec((1, 1), ("linear",), optimizer=Choice("sgd", {"learning_rate": 1e300}))
    trace = lesson(spec, steps=4).trace
    fused = [factor.fused for factor in derive(spec, trace, "w1", 0).factors]
    assert fused in ([False, False, False], [True, False])


def test_an_unknown_parameter(worked: Teach) -> None:
    taught = worked()
    with pytest.raises(NotFound, match="Did you mean"):
        derive(taught.spec, taught.trace, "w55", 0)


def test_sequential_paths_go_through_the_new_weights(worked: Teach) -> None:
    taught = worked(order="sequential")
    path = derive(replace(taught.spec), taught.trace, "w1", 0).paths[0]
    assert path.factors[2].value == pytest.approx(0.358916480, abs=5e-10)
