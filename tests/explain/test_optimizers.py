"""The cards of every optimizer's update: formulas that come out by hand, in both languages."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import Any, TypeAlias

import numpy as np
import pytest

from app.errors import NotFound
from app.explain.model import Card, plain_text
from app.nn import passes
from app.nn.names import Names
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import Bias, Choice, NetworkSpec
from tests.explain.test_by_hand import check

Teach: TypeAlias = Callable[..., Any]


def choices() -> list[Choice]:
    """Every optimizer plain, with decay, with momentum, clipped."""
    extras = ({}, {"weight_decay": 0.1}, {"momentum": 0.9, "weight_decay": 0.1},
              {"momentum": 0.9, "nesterov": True})  # fmt: skip
    made = []
    for (name, entry), extra, norm in product(OPTIMIZERS.items(), extras, (None, 0.02)):
        if extra.keys() <= {option.name for option in entry.options}:
            made.append(Choice(name, {**extra, "gradient_clip_norm": norm}))
    return made


CHOICES = [pytest.param(choice, id=f"{choice.name} {dict(choice.options)}") for choice in choices()]


def updates(lesson: Any) -> list[str]:
    """Every name of the update."""
    return list(Names.of(lesson.spec).update())


@pytest.mark.parametrize("choice", CHOICES)
def test_what_is_displayed_comes_out_by_hand(
    steps_of_the_worked_example: Teach, choice: Choice
) -> None:
    nearly, count = [], 0
    for at, lesson in enumerate(steps_of_the_worked_example(60, choice)):
        names = updates(lesson)
        for name in names if at < 2 else names[at % 7 :: 7]:
            made = lesson.card(name)
            check(made)
            count += 1
            nearly += [(at, name)] if made.relation == "≈" else []
    assert count > 100
    assert not nearly


@pytest.mark.parametrize("choice", CHOICES)
def test_every_new_number_has_a_formula(worked: Teach, choice: Choice) -> None:
    lesson = worked(step=3, optimizer=choice)
    for kind in (*lesson.spec.memory, ""):
        name = f"{kind}_w5+" if kind else "w5+"
        made = lesson.card(name)
        assert [line.label for line in made.lines][:3] == ["words", "symbols", "numbers"]
        assert made.lines[-1].plain == made.shown
        assert plain_text(made.sentence) != plain_text(lesson.card(name, "ko").sentence)


def test_adam_s_first_step(worked: Teach) -> None:
    lesson = worked(optimizer=Choice("adam"))
    made: Card = lesson.card("w5+")
    assert [(line.label, line.plain) for line in made.lines[1:]] == [
        ("symbols", "w5 − η·m_w5⁺/(1 − β₁^t)/(√(v_w5⁺/(1 − β₂^t)) + ε)"),
        (
            "numbers",
            "0.40 − 0.001 × 0.008217/(1 − 0.9^1)/(√(0.0000067514/(1 − 0.999^1)) + 1×10^−8)",
        ),
        ("partial", "0.40 − 0.001 × 0.08217/(0.08217 + 1×10^−8)"),
        ("result", "0.3990"),
    ]
    assert "w5 goes down: 0.40 − 0.001000 = 0.3990." in plain_text(made.sentence)
    assert "w5는 작아져 새 값은 0.40 − 0.001000 = 0.3990입니다." in lesson.says("w5+", "ko")
    assert {"m_w5+", "v_w5+", "dE/dw5"} <= set(made.uses)
    assert lesson.card("v_w5+").lines[1].plain == "β₂·v_w5 + (1 − β₂)·(∂E_total/∂w5)²"
    assert lesson.card("m_w5+").lines[2].plain == "0.9 × 0 + (1 − 0.9) × 0.08217"


def test_clipping_is_said_and_shown(worked: Teach) -> None:
    made = worked(optimizer=Choice("sgd", {"gradient_clip_norm": 0.02})).card("w5+")
    assert made.lines[1].plain == "w5 − η·κ·∂E_total/∂w5"
    assert plain_text(made.note) == (
        "Clipping: all gradients together have the norm 0.1209, more than 0.02, so each is "
        "multiplied by κ = 0.1654."
    )
    wide = worked(optimizer=Choice("sgd", {"gradient_clip_norm": 5.0})).card("w5+")
    assert wide.lines[1].plain == "w5 − η·∂E_total/∂w5"
    assert "within 5, so κ = 1 and nothing is cut" in plain_text(wide.note)
    assert not worked().card("w5+").note


def test_biases_that_are_not_trained(worked: Teach) -> None:
    made = worked(optimizer=Choice("adam")).card("m_b1+")
    assert plain_text(made.sentence).endswith("so m_b1+ stays 0.")
    assert not made.lines


@pytest.mark.parametrize("name", ["velocity_w5", "s_w5+", "m_w5"])
def test_what_this_optimizer_does_not_remember_is_unknown(worked: Teach, name: str) -> None:
    with pytest.raises(NotFound):
        worked().card(name)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_memory_that_overflows_while_the_parameters_do_not(lesson: Teach, lang: str) -> None:
    """A gradient of 1e200 squares to Infinity; what is divided by its root is 0, and w stays."""
    spec = NetworkSpec((1, 1), ("linear",), optimizer=Choice("adam"), bias=Bias("none"))
    for step in (0, 1):
        state = passes.start(spec, np.array([1e100]))
        for _ in range(step):
            state = passes.step(spec, state, np.array([[1e50]]), np.zeros((1, 1))).after
        taught = lesson(spec, trace=passes.step(spec, state, np.array([[1e50]]), np.zeros((1, 1))))
        made = taught.card("v_w1+", lang)
        assert made.value == math.inf
        first = "v_w1" if step else "v_w1+"
        assert first in plain_text(made.sentence)
        assert taught.card("w1+", lang).value == 1e100
