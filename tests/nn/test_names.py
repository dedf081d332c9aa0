"""Every name has exactly one value, every value a name; what is not a name is said to be none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import NotFound
from app.nn import passes
from app.nn.names import Names
from app.nn.spec import Bias, Choice, NetworkSpec

DEEP = NetworkSpec((2, 3, 2, 2), ("tanh", "relu", "sigmoid"))
SHARED = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"), bias=Bias("shared"))
MOMENTUM = NetworkSpec((2, 1), ("linear",), optimizer=Choice("sgd", {"momentum": 0.9}))

specs = st.builds(
    lambda sizes, mode: NetworkSpec(tuple(sizes), ("tanh",) * (len(sizes) - 1), bias=Bias(mode)),
    st.lists(st.integers(1, 12), min_size=2, max_size=5),
    st.sampled_from(["per_neuron", "shared", "none"]),
)


def addresses_of(names: Names) -> tuple[str, ...]:
    return tuple(names.some_parameters(slice(None))[1])


@given(specs)
@settings(max_examples=60, deadline=None)
def test_parameters_round_trip(spec: NetworkSpec) -> None:
    names = Names.of(spec)
    places = list(range(spec.layout.size))
    assert [names.index(name) for name in names.parameters] == places
    assert [names.index(address) for address in addresses_of(names)] == places
    assert len(set(names.parameters)) == len(set(addresses_of(names))) == len(places)


@given(specs)
@settings(max_examples=25, deadline=None)
def test_every_listed_name_has_a_phase_and_the_phases_are_in_order(spec: NetworkSpec) -> None:
    names = Names.of(spec)
    phases = [names.phase(name) for name in names.all()]
    order = ["forward", "error", "backward", "update"]
    assert phases == sorted(phases, key=order.index)
    assert len(set(names.columns)) == len(names.columns)


@given(specs, st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_other_text_is_no_name(spec: NetworkSpec, text: str) -> None:
    names = Names.of(spec)
    if text not in {*names.columns, *addresses_of(names), "loss"}:
        with pytest.raises(NotFound, match="Unknown name"):
            names.phase(text)


@pytest.mark.parametrize(
    ("spec", "neurons"),
    [
        (MOMENTUM, (("i1", "i2"), ("o1",))),
        (SHARED, (("i1", "i2"), ("h1", "h2", "h3"), ("o1", "o2"))),
        (DEEP, (("i1", "i2"), ("h1_1", "h1_2", "h1_3"), ("h2_1", "h2_2"), ("o1", "o2"))),
    ],
)
def test_neurons(spec: NetworkSpec, neurons: tuple[tuple[str, ...], ...]) -> None:
    assert Names.of(spec).neurons == neurons


def test_parameters_and_addresses() -> None:
    deep, shared = Names.of(DEEP), Names.of(SHARED)
    assert deep.parameters[11:14] == ("w12", "w13", "w14")
    assert deep.parameters[16:19] == ("b_h1_1", "b_h1_2", "b_h1_3")
    assert addresses_of(deep)[6] == "w2.1.1"
    assert addresses_of(deep)[16:18] == ("b1.1", "b1.2")
    assert shared.parameters[-2:] == addresses_of(shared)[-2:] == ("b1", "b2")
    assert deep.ends(6) == (2, 1, 1)
    assert deep.ends(17) == (1, 2, None)
    assert shared.ends(13) == (2, None, None)


def test_values_are_those_of_the_trace(problem: Callable[..., Any]) -> None:
    trace = passes.step(DEEP, *problem(DEEP, examples=3))
    names, back = Names.of(DEEP), trace.backward
    ahead = back.forward
    assert ahead.errors is not None
    assert ahead.targets is not None
    delta, out = back.layers[1].delta[2, 0], ahead.layers[0].out[2, 1]
    expected = {
        "i2": ahead.inputs[2, 1],
        "w8": trace.before.theta[7],
        "b_h2_1": trace.before.theta[19],
        "net_h2_2": ahead.layers[1].net[2, 1],
        "out_o1": ahead.outputs[2, 0],
        "t_o2": ahead.targets[2, 1],
        "E_o2": ahead.errors.per_output[2, 1],
        "E_total": ahead.errors.per_example[2],
        "E_batch": ahead.errors.total,
        "loss": ahead.errors.total,
        "dE/dout_h1_3": back.layers[0].dE_dout[2, 2],
        "dout_h1_3/dnet_h1_3": back.layers[0].slope[2, 2],
        "delta_h2_1": delta,
        "dnet_h2_1/dout_h1_2": trace.before.theta[7],
        "dnet_h2_1/dw8": out,
        "dnet_h2_1/db_h2_1": 1.0,
        "dE_o2/dout_h2_1": back.layers[2].delta[2, 1] * trace.before.theta[14],
        "dE/dw8": back.gradient[7],
        "dE/dw2.1.2": back.gradient[7],
        "dE/dw8[2]": delta * out,
        "dE/db_h2_1[2]": delta,
        "learning_rate": 0.5,
        "w8+": trace.after.theta[7],
        "b2.1+": trace.after.theta[19],
    }
    assert {name: names.value(trace, name, 2) for name in expected} == expected


def test_contributions_add_up_to_the_gradient(problem: Callable[..., Any]) -> None:
    for spec in (DEEP, SHARED):
        trace, names = passes.step(spec, *problem(spec, examples=3)), Names.of(spec)
        for name in names.parameters:
            shares = [names.value(trace, f"dE/d{name}[{example}]") for example in range(3)]
            factor = trace.backward.reduction_factor
            assert sum(shares) * factor == pytest.approx(names.value(trace, f"dE/d{name}"))


def test_the_memory_of_an_optimizer(problem: Callable[..., Any]) -> None:
    state, inputs, targets = problem(MOMENTUM)
    names = Names.of(MOMENTUM)
    first = passes.step(MOMENTUM, state, inputs, targets)
    second = passes.step(MOMENTUM, first.after, inputs, targets)
    assert names.value(first, "velocity_w1") == 0.0
    assert names.value(first, "velocity_w1+") == names.value(first, "dE/dw1")
    assert names.value(second, "velocity_w1") == names.value(first, "velocity_w1+")
    assert "velocity_b_o1+" in names.columns


def test_every_listed_name_has_a_value(problem: Callable[..., Any]) -> None:
    for spec in (DEEP, SHARED, MOMENTUM):
        trace, names = passes.step(spec, *problem(spec)), Names.of(spec)
        assert np.all(np.isfinite([names.value(trace, name) for name in names.all()]))


@pytest.mark.parametrize(
    "name",
    ["", "w0", "w01", "w17", "w2.3.1", "b1", "b3.3", "b4.1", "b_h1", "h1_1", "i3", "net_i1",
     "out_i1", "t_h1_1", "E_h1_1", "dE/dw", "dE/dw1[3]", "dE/dw1[-1]", "dout_o1/dnet_o2", "w1++",
     "dnet_o1/dw1", "dnet_o1/dout_h1_1", "dE_h2_1/dout_h1_1", "dE_o1/dout_h1_1", "velocity_w1",
     "w99999999999999999999", "W1", "dE/dout_i1", "dnet_h1_1/dout_i1", "w1\n", "w١"],
)  # fmt: skip
def test_unknown_names(name: str, problem: Callable[..., Any]) -> None:
    trace = passes.step(DEEP, *problem(DEEP))
    with pytest.raises(NotFound, match="Unknown name"):
        Names.of(DEEP).value(trace, name)


def test_an_unknown_name_is_met_with_a_likely_one(problem: Callable[..., Any]) -> None:
    trace = passes.step(SHARED, *problem(SHARED))
    with pytest.raises(NotFound, match=r"Did you mean 'out_h1'\?"):
        Names.of(SHARED).value(trace, "outh1")
    with pytest.raises(NotFound, match="Unknown parameter 'b9'"):
        Names.of(SHARED).index("b9")


def test_an_unknown_example(problem: Callable[..., Any]) -> None:
    trace = passes.step(DEEP, *problem(DEEP))
    with pytest.raises(NotFound, match="Unknown example 3"):
        Names.of(DEEP).value(trace, "net_o1", 3)


def test_a_name_in_a_network_of_a_million_parameters_is_read_at_once() -> None:
    names = Names.of(NetworkSpec((1000, 900, 100, 10), ("relu",) * 3))
    assert names.index("w990001") == names.index("w3.1.1") == 990_000
    assert names.parameter_name(names.index("b2.7")) == "b_h2_7"
    assert names.phase("dE/dw1000") == "backward"
    with pytest.raises(NotFound):
        names.phase("nothing")
