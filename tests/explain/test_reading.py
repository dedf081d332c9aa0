"""The order in which a step is read."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from app.errors import NotFound
from app.explain.cards import calculations
from app.nn.spec import Bias, NetworkSpec

Teach: TypeAlias = Callable[..., Any]

ORDER = [
    *("net_h1", "out_h1", "net_h2", "out_h2", "net_o1", "out_o1", "net_o2", "out_o2"),
    *("E_o1", "E_o2", "E_total"),
    *("dE/dout_o1", "dout_o1/dnet_o1", "dnet_o1/dw5", "dE/dw5", "delta_o1", "dE/dw6"),
    *("dE/dout_o2", "dout_o2/dnet_o2", "dnet_o2/dw7", "dE/dw7", "delta_o2", "dE/dw8"),
    *("dE_o1/dout_h1", "dE_o2/dout_h1", "dE/dout_h1", "dout_h1/dnet_h1"),
    *("dnet_h1/dw1", "dE/dw1", "delta_h1", "dE/dw2"),
    *("dE_o1/dout_h2", "dE_o2/dout_h2", "dE/dout_h2", "dout_h2/dnet_h2"),
    *("dnet_h2/dw3", "dE/dw3", "delta_h2", "dE/dw4"),
    *("w5+", "w6+", "w7+", "w8+", "w1+", "w2+", "w3+", "w4+"),
]


def test_the_worked_example(worked: Teach) -> None:
    stops = calculations(worked().spec)
    assert [stop.name for stop in stops] == ORDER
    assert [(stop.phase, stop.group) for stop in stops[10:13]] == [
        ("error", "E"),
        ("backward", "o1"),
        ("backward", "o1"),
    ]


def test_biases_that_learn_are_read_too() -> None:
    spec = NetworkSpec((2, 2, 2), ("sigmoid", "sigmoid"))
    names = [stop.name for stop in calculations(spec)]
    assert names.index("dE/db_o1") == names.index("dE/dw6") + 1
    assert names.index("b_o1+") == names.index("w6+") + 1
    shared = [stop.name for stop in calculations(replace(spec, bias=Bias("shared")))]
    assert shared.index("dE/db2") == shared.index("dE/dw8") + 1
    assert shared[-1] == "b1+"


def test_with_several_examples_a_gradient_comes_twice() -> None:
    spec = NetworkSpec((2, 1), ("sigmoid",))
    names = [stop.name for stop in calculations(spec, 3, 2)]
    assert names[names.index("E_total") + 1] == "E_batch"
    assert [name for name in names if name.startswith("dE/dw")] == [
        "dE/dw1[2]", "dE/dw1", "dE/dw2[2]", "dE/dw2",
    ]  # fmt: skip


@pytest.mark.parametrize("examples", [1, 3])
def test_every_stop_has_a_card(lesson: Teach, examples: int) -> None:
    spec = NetworkSpec((2, 3, 2, 2), ("tanh", "relu", "sigmoid"))
    taught = lesson(spec, examples=examples)
    for stop in calculations(spec, examples, 1 if examples > 1 else 0):
        made = taught.card(stop.name, "en", examples // 2)
        assert made.phase == stop.phase
        assert made.lines


def test_a_large_network_is_read_page_by_page() -> None:
    stops = calculations(NetworkSpec((784, 1024, 10), ("relu", "sigmoid")))
    start = time.perf_counter()
    assert len(stops) > 1_600_000
    assert stops[-1].name == "b_h1024+"
    assert len(stops[800_000:801_000]) == 1_000
    assert time.perf_counter() - start < 1
    with pytest.raises(IndexError):
        stops[len(stops)]


def test_a_card_of_a_large_network_is_short(lesson: Teach) -> None:
    spec = NetworkSpec((784, 64, 10), ("relu", "sigmoid"))
    made = lesson(spec).card("net_h1")
    assert made.lines[1].plain == "i1·w1 + i2·w2 + ⋯ + i784·w784 + b_h1·1"
    assert "(⋯ 781)" in made.lines[3].plain
    assert "784 inputs" in lesson(spec).says("net_h1")


@pytest.mark.parametrize(
    "name",
    ["net_h9", "w99+", "dE/dw0", "dout_o1/dnet_o2", "dnet_o1/dw1", "dnet_o1/di1", "nonsense",
     "E_h1", "velocity_w1", "dnet_o1/dout_o2"],
)  # fmt: skip
def test_unknown_names(worked: Teach, name: str) -> None:
    with pytest.raises(NotFound):
        worked().card(name)


def test_an_unknown_example(worked: Teach) -> None:
    with pytest.raises(NotFound, match="Unknown example 1"):
        worked().card("net_h1", example=1)


def test_a_delta_that_comes_as_one_number_is_read_first() -> None:
    spec = NetworkSpec((2, 2), ("softmax",), "cross_entropy")
    names = [stop.name for stop in calculations(spec) if stop.phase == "backward"]
    assert names[:6] == [
        "dE/dout_o1", "dout_o1/dnet_o1", "delta_o1", "dnet_o1/dw1", "dE/dw1", "dE/dw2"
    ]  # fmt: skip
