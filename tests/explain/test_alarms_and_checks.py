"""Alarms and verdicts in words: every kind, both languages, no slot left empty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.explain import alarms, checks
from app.explain.model import Lang
from app.nn.alarms import DETECTORS, Alarm
from app.nn.gradcheck import Problem, sweep
from app.nn.names import Names
from app.nn.spec import Bias, NetworkSpec

LANGS: tuple[Lang, ...] = ("en", "ko")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", [detector.kind for detector in DETECTORS])
def test_every_alarm_has_a_sentence_with_its_factor(kind: str, lang: Lang) -> None:
    alarm = Alarm(kind, 1, ("h1", "h2"), "dout_h1/dnet_h1", 0, 0.0003, 0.75, by_ratio=True)
    said = alarms.sentence(alarm, lang)
    assert "dout_h1/dnet_h1" in said
    assert "0.0003" in said
    assert "{" not in said


def test_many_names_are_cut() -> None:
    names = [f"h{k}" for k in range(1, 10)]
    assert alarms.listed(names, "en") == "h1, h2, h3, h4 and 5 more"
    assert alarms.listed(names, "ko") == "h1, h2, h3, h4 외 5개"


CORNER = NetworkSpec((1, 1, 1), ("relu", "linear"), bias=Bias("none"))
SEQUENTIAL = NetworkSpec(
    (1, 1, 1), ("tanh", "linear"), update_order="sequential", bias=Bias("none")
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("spec", "theta", "verdict", "parts"),
    [
        (CORNER, [0.5, 0.4], "agrees", ["2"]),
        (CORNER, [0.0, 0.4], "agrees_except_kinks", ["w1", "h1"]),
        (SEQUENTIAL, [0.3, 0.4], "by_design", ["w1"]),
        (CORNER, [np.nan, 0.4], "not_finite", ["w1", "w2"]),
    ],
)
def test_every_verdict_has_a_sentence(
    spec: NetworkSpec, theta: list[float], verdict: str, parts: list[str], lang: Lang
) -> None:
    problem = Problem(spec, np.array(theta), np.array([[1.0]]), np.array([[0.7]]))
    found = sweep(problem, [0, 1], [1e-4, 1e-5, 1e-6])
    assert checks.whole(found) == verdict
    said = checks.sentence(Names.of(spec), found, lang)
    assert all(part in said for part in parts)
    for place in range(2):
        assert checks.parameter_sentence(Names.of(spec), found, place, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_a_disagreement_is_told_with_both_numbers(lang: Lang) -> None:
    problem = Problem(CORNER, np.array([0.5, 0.4]), np.array([[1.0]]), np.array([[0.7]]))
    right = sweep(problem, [0, 1], [1e-4, 1e-5, 1e-6])
    wrong = replace(right, analytic=1.001 * right.analytic, derivative=1.001 * right.derivative)
    assert checks.whole(wrong) == "disagrees"
    for said in (
        checks.sentence(Names.of(CORNER), wrong, lang),
        checks.parameter_sentence(Names.of(CORNER), wrong, 1, lang),
    ):
        assert "−0.2502" in said
        assert "−0.2500" in said
