"""Alarms: each is raised by what it is for, by nothing else, and its factor is a real number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from app.errors import BadInput
from app.nn.activations import ACTIVATIONS
from app.nn.alarms import DETECTORS, Alarm, alarms
from app.nn.arrays import Floats
from app.nn.names import Names
from app.nn.passes import StepTrace, start, step
from app.nn.spec import Bias, NetworkSpec, check

NONE = Bias("none")
INPUTS = np.array([[1.0, -0.5], [0.3, 0.9]])
TARGETS = np.array([[0.2], [0.8]])

Case = tuple[NetworkSpec, Floats]


def weights(spec: NetworkSpec, *values: float) -> Case:
    return spec, np.array(values)


CASES: Mapping[str, Case] = {
    "not_finite": weights(NetworkSpec((2, 1), ("linear",), bias=NONE), np.inf, 1.0),
    "saturated": weights(
        NetworkSpec((2, 2, 1), ("sigmoid", "sigmoid"), bias=NONE), 90.0, 50.0, 0.4, 0.5, 0.6, 0.7
    ),
    "dead": weights(
        NetworkSpec((2, 2, 1), ("relu", "linear")), 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, -9.0, 0.1, 0.0
    ),
    "vanishing": weights(
        NetworkSpec((2, 2, 1), ("tanh", "linear"), bias=NONE), 0.1, 0.2, 0.3, 0.4, 1e-5, 2e-5
    ),
    "exploding": weights(
        NetworkSpec((2, 2, 1), ("linear", "linear"), bias=NONE), 0.1, 0.2, 0.3, 0.1, 2e3, 900.0
    ),
    "twins": weights(
        NetworkSpec((2, 2, 1), ("tanh", "linear"), bias=NONE), 0.1, 0.2, 0.1, 0.2, 0.5, 0.5
    ),
}


def traced(case: Case) -> tuple[NetworkSpec, StepTrace]:
    spec, theta = case
    return spec, step(spec, start(spec, theta), INPUTS, TARGETS)


@pytest.mark.parametrize("kind", [detector.kind for detector in DETECTORS])
def test_each_alarm_is_raised_by_its_own_case_only(kind: str) -> None:
    spec, trace = traced(CASES[kind])
    assert [alarm.kind for alarm in alarms(spec, trace)] == [kind]


@pytest.mark.parametrize("kind", [detector.kind for detector in DETECTORS])
def test_its_factor_is_a_quantity_of_the_step(kind: str) -> None:
    spec, trace = traced(CASES[kind])
    (alarm,) = alarms(spec, trace)
    value = Names.of(spec).value(trace, alarm.factor, alarm.example)
    assert value == alarm.value or (np.isnan(value) and np.isnan(alarm.value))


def found(kind: str) -> Alarm:
    (alarm,) = alarms(*traced(CASES[kind]))
    return alarm


def test_the_neurons_and_factors_are_the_right_ones() -> None:
    assert found("saturated").names == ("h1",)
    assert found("saturated").factor == "dout_h1/dnet_h1"
    assert found("dead").names == ("h1",)
    assert found("dead").value == 0.0
    assert found("vanishing").factor == "dnet_o1/dout_h2"
    assert found("vanishing").value == 2e-5
    assert found("exploding").factor == "dnet_o1/dout_h1"
    assert found("twins").names == ("h1", "h2")
    assert found("not_finite").names == ("w1",)


def test_the_worked_example_raises_none(
    worked: NetworkSpec, worked_problem: tuple[Any, Floats, Floats]
) -> None:
    state, inputs, targets = worked_problem
    assert alarms(worked, step(worked, state, inputs, targets)) == ()


def test_a_gradient_can_vanish_in_the_slopes() -> None:
    spec = NetworkSpec((1, 1, 1, 1), ("sigmoid", "sigmoid", "linear"), bias=NONE)
    trace = step(
        spec, start(spec, np.array([0.5, 18.0, 1.0])), np.array([[1.0]]), np.array([[3.0]])
    )
    by_kind = {alarm.kind: alarm for alarm in alarms(spec, trace)}
    assert by_kind["vanishing"].factor == "dout_h2_1/dnet_h2_1"
    assert by_kind["saturated"].names == ("h2_1",)


def test_a_saturated_output_that_is_right_is_no_trouble() -> None:
    spec = NetworkSpec((1, 2), ("sigmoid",), bias=NONE)
    theta, inputs = np.array([9.0, 9.0]), np.array([[1.0]])
    right_and_wrong = step(spec, start(spec, theta), inputs, np.array([[1.0, 0.0]]))
    (alarm,) = alarms(spec, right_and_wrong)
    assert (alarm.kind, alarm.names) == ("saturated", ("o2",))


def test_a_large_gradient_is_exploding_even_in_a_single_layer() -> None:
    spec = NetworkSpec((1, 1), ("linear",), bias=NONE)
    trace = step(spec, start(spec, np.array([1e4])), np.array([[1.0]]), np.array([[0.0]]))
    (alarm,) = alarms(spec, trace)
    assert (alarm.kind, alarm.factor, alarm.value) == ("exploding", "dE/dout_o1", 1e4)


def hidden_networks() -> Iterator[NetworkSpec]:
    """One for every activation that hidden layers may have."""
    for name in ACTIVATIONS:
        spec = NetworkSpec((2, 3, 3, 2), (name, name, "linear"))
        with suppress(BadInput):
            check(spec)
            yield spec


def test_random_networks_of_any_activation_raise_no_error(problem: Callable[..., Any]) -> None:
    for scale in (0.0, 1.0, 1e3, 1e200):
        for spec in hidden_networks():
            state, inputs, targets = problem(spec, examples=3)
            trace = step(spec, start(spec, scale * state.theta), inputs, targets)
            for alarm in alarms(spec, trace):
                assert alarm.names
                assert Names.of(spec).find(trace.blueprint, alarm.factor, alarm.example)
