"""Every number of the worked example, exact and as printed, in both orders of the update."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest

from app.nn import kernel, passes
from app.nn.names import Names
from app.nn.spec import Floats, NetworkSpec, UpdateOrder

Problem = tuple[passes.State, Floats, Floats]


def printed_as(text: str, value: float) -> bool:
    """Whether a text shows a number rounded to the digits it has."""
    return Decimal(value).quantize(Decimal(text), ROUND_HALF_EVEN) == Decimal(text)


@pytest.mark.parametrize("part", ["forward", "backward"])
def test_every_number_of_the_text(
    part: str, mazur: dict[str, Any], worked: NetworkSpec, worked_problem: Problem
) -> None:
    trace = passes.step(worked, *worked_problem)
    names = Names.of(worked)
    assert mazur[part]
    for entry in mazur[part]:
        value = names.value(trace, entry["name"])
        assert value == pytest.approx(entry["exact"], rel=1e-12, abs=0), entry["name"]
        assert "note" in entry or printed_as(entry["printed"], value), entry["name"]


@pytest.mark.parametrize("order", ["simultaneous", "sequential"])
def test_after_one_and_after_ten_thousand_updates(
    order: UpdateOrder, mazur: dict[str, Any], worked: NetworkSpec, worked_problem: Problem
) -> None:
    spec = replace(worked, update_order=order)
    state, inputs, targets = worked_problem
    run = kernel.run(spec, state, inputs, targets, 10_000)
    outputs = passes.forward(spec, run.state.theta, inputs).outputs[0]
    found = {
        "E_total after 1 update": run.losses[1],
        "E_total after 9999 updates": run.losses[9_999],
        "E_total after 10000 updates": run.losses[10_000],
        "out_o1 after 10000": outputs[0],
        "out_o2 after 10000": outputs[1],
    }
    for label, exact in mazur["after_training"][order].items():
        # 10 000 updates multiply a difference in the last digit of the constants.
        assert found[label] == pytest.approx(exact, rel=1e-12, abs=0), label


def test_the_closing_numbers_of_the_text_come_from_the_sequential_order(
    mazur: dict[str, Any], worked: NetworkSpec, worked_problem: Problem
) -> None:
    run = kernel.run(replace(worked, update_order="sequential"), *worked_problem, 10_000)
    printed = mazur["after_training"]["printed"]
    assert printed_as(printed["E_total after 1 update"], run.losses[1])
    assert printed_as(printed["E_total after 10000 updates"], run.losses[10_000])


def test_the_shared_biases_stay(worked: NetworkSpec, worked_problem: Problem) -> None:
    run = kernel.run(worked, *worked_problem, 100)
    assert run.state.theta[8:].tolist() == [0.35, 0.60]
