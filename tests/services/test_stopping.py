"""Stop rules: against a plain reading of each, and the same however the steps are cut."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.stopping import Best, Held, Patience, Stop, first_held

NAN, INF = math.nan, math.inf
few = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5000001, 1.0, 2.0, -1.0, NAN, INF, -INF])
curves = st.lists(few | st.floats(), min_size=1, max_size=40)
rules = st.builds(
    Stop,
    loss_below=st.none() | few.filter(math.isfinite),
    no_improvement=st.none()
    | st.builds(Patience, st.integers(1, 6), st.sampled_from([0.0, 0.05, 0.3])),
    not_finite=st.booleans(),
)


def by_hand(stop: Stop, losses: list[float]) -> Held | None:
    """Each rule as its sentence says, for one step after another."""
    best, at = INF, 0
    for step, loss in enumerate(losses):
        better = loss < best and loss <= best - (stop.no_improvement or Patience(1)).delta
        best, at = (loss, step) if better else (best, at)
        if stop.not_finite and not math.isfinite(loss):
            return Held(step, "not_finite")
        if stop.loss_below is not None and loss < stop.loss_below:
            return Held(step, "loss_below")
        if stop.no_improvement is not None and step - at >= stop.no_improvement.steps:
            return Held(step, "no_improvement")
    return None


def in_pieces(stop: Stop, losses: list[float], cuts: list[int]) -> Held | None:
    best = Best()
    for first, last in zip([0, *cuts], [*cuts, len(losses)], strict=True):
        piece = np.array(losses[first:last])
        held, best = first_held(stop, best, first, piece, np.zeros((len(piece), 2)))
        if held is not None:
            return held
    return None


@given(rules, curves, st.data())
def test_the_first_step_at_which_a_rule_holds_whatever_the_cuts(
    stop: Stop, losses: list[float], data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(losses)), max_size=5).map(sorted))
    assert in_pieces(stop, losses, []) == by_hand(stop, losses)
    assert in_pieces(stop, losses, cuts) == by_hand(stop, losses)


@pytest.mark.parametrize(
    ("stop", "losses", "held"),
    [
        (Stop(loss_below=0.5), [1.0, 0.5, 0.4], Held(2, "loss_below")),
        (Stop(no_improvement=Patience(2)), [1.0, 0.9, 0.9, 0.8, 0.8, 0.8],
         Held(5, "no_improvement")),
        (Stop(no_improvement=Patience(2, 0.25)), [1.0, 0.9, 0.8, 0.7], Held(2, "no_improvement")),
        (Stop(no_improvement=Patience(3, 0.25)), [1.0, 0.9, 0.8, 0.7, 0.6, 0.5], None),
        (Stop(no_improvement=Patience(2)), [NAN, NAN, NAN], Held(2, "no_improvement")),
        (Stop(not_finite=True), [1.0, INF], Held(1, "not_finite")),
        (Stop(not_finite=True, loss_below=1.0), [2.0, -INF], Held(1, "not_finite")),
        (Stop(), [NAN, INF], None),
    ],
)  # fmt: skip
def test_what_each_rule_means(stop: Stop, losses: list[float], held: Held | None) -> None:
    assert in_pieces(stop, losses, []) == held


def test_a_parameter_that_is_not_finite_counts_too() -> None:
    thetas = np.array([[1.0, 2.0], [1.0, NAN]])
    held, _ = first_held(Stop(not_finite=True), Best(), 7, np.array([1.0, 1.0]), thetas)
    assert held == Held(8, "not_finite")
