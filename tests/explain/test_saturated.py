"""A sure and wrong output under a cross-entropy: infinite factors, a finite delta."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest

from app.explain.model import plain_text
from app.nn import passes
from app.nn.spec import NetworkSpec

Teach: TypeAlias = Callable[..., Any]

PAIRS = [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]


@pytest.fixture(params=PAIRS)
def taught(request: pytest.FixtureRequest, lesson: Teach) -> Any:
    output, loss = request.param
    spec = NetworkSpec((1, 2), (output,), loss=loss)
    state = passes.start(spec, np.array([1000.0, -1000.0, 0.0, 0.0]))
    trace = passes.step(spec, state, np.array([[1.0]]), np.array([[0.0, 1.0]]))
    return lesson(spec, trace=trace)


def test_the_infinite_factor_says_that_nothing_is_lost(taught: Any) -> None:
    card = taught.card("dE/dout_o2")
    assert (card.value, card.shown) == (-math.inf, "−∞")
    assert plain_text(card.sentence).startswith("dE/dout_o2 is −∞ here")
    assert "Nothing is lost" in plain_text(card.sentence)
    assert "잃는 것은 없습니다" in taught.says("dE/dout_o2", "ko")
    [named] = [segment for segment in card.sentence if segment.name]
    assert (named.name, named.value) == ("dE/dout_o2", -math.inf)


def test_the_delta_is_a_number_like_any_other(taught: Any) -> None:
    card = taught.card("delta_o2")
    assert (card.value, card.shown) == (-1.0, "−1")
    assert "lost" not in plain_text(card.sentence)


def test_what_divides_stands_in_brackets(lesson: Teach) -> None:
    """The line as text: without them (a − b)/c × (1 − c) would be another number."""
    taught = lesson(NetworkSpec((2, 1), ("sigmoid",), loss="binary_cross_entropy"))
    lines = {line.label: line.plain for line in taught.card("dE/dout_o1").lines}
    assert lines["symbols"] == "(out_o1 − target_o1)/(out_o1(1 − out_o1))"
