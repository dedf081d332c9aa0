"""The matrix of slopes that the cards of a softmax layer show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pytest

from app.explain.jacobian import WHOLE, places
from app.explain.model import Card
from app.nn.spec import NetworkSpec

Teach: TypeAlias = Callable[..., Any]

SHARES = NetworkSpec((2, 2, 3), ("tanh", "softmax"))


def shown(card: Card) -> dict[str, float]:
    assert card.matrix
    return {cell.name: cell.value for row in card.matrix.cells for cell in row if cell}


@pytest.mark.parametrize("name", ["dout_o1/dnet_o1", "dout_o3/dnet_o2", "delta_o2"])
@pytest.mark.parametrize("loss", ["cross_entropy", "half_squared_error"])
@pytest.mark.parametrize("example", [0, 1])
def test_it_is_whole(lesson: Teach, name: str, loss: str, example: int) -> None:
    taught = lesson(replace(SHARES, loss=loss), examples=2)
    card = taught.card(name, example=example)
    assert card.matrix.rows == ("out_o1", "out_o2", "out_o3")
    assert card.matrix.columns == ("net_o1", "net_o2", "net_o3")
    out = taught.trace.backward.forward.outputs[example]
    expected = np.diag(out) - np.outer(out, out)
    values = [[cell.value for cell in row] for row in card.matrix.cells]
    np.testing.assert_allclose(values, expected, rtol=1e-12, atol=1e-16)
    for entry in shown(card):
        assert taught.card(entry, example=example).value == shown(card)[entry]


def test_only_joint_layers_have_one(lesson: Teach) -> None:
    taught = lesson(SHARES)
    assert {card.name for card in taught.cards("en") if card.matrix} == {
        *(f"delta_o{at}" for at in (1, 2, 3)),
        *(f"dout_o{row}/dnet_o{column}" for row in (1, 2, 3) for column in (1, 2, 3)),
    }


def test_of_many_outputs_the_rows_concerned(lesson: Teach) -> None:
    taught = lesson(replace(SHARES, sizes=(2, 2, 12)))
    matrix = taught.card("dout_o4/dnet_o5").matrix
    assert matrix.rows == ("out_o1", None, "out_o4", "out_o5", None, "out_o12")
    assert matrix.columns == ("net_o1", None, "net_o4", "net_o5", None, "net_o12")
    assert matrix.cells[1] == (None,) * 6
    assert matrix.cells[2][3].name == "dout_o4/dnet_o5"


@pytest.mark.parametrize(
    ("count", "needed", "expected"),
    [
        (WHOLE, {3}, [0, 1, 2, 3, 4, 5, 6, 7]),
        (9, {3}, [0, None, 3, None, 8]),
        (9, {0, 8}, [0, None, 8]),
        (10, {1, 8}, [0, 1, None, 8, 9]),
    ],
)
def test_places(count: int, needed: set[int], expected: list[int | None]) -> None:
    assert places(count, needed) == expected
