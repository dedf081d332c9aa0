"""What is displayed can be checked by hand.

Every line of every formula, and every equation inside a sentence, is worked out again from its
text alone, by Python's own arithmetic: the product of the displayed factors, rounded as
displayed, is the displayed result. A card whose lines do not come out has to say ≈.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from statistics import NormalDist
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.explain.cards import calculations
from app.explain.model import Card, plain_text
from app.nn.activations import ACTIVATIONS
from app.nn.losses import LOSSES
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import Bias, Choice, NetworkSpec

Teach: TypeAlias = Callable[..., Any]

NUMBER = r"[−+]?\d+(?:\.\d+)?(?:×10\^−?\d+)?"
EQUATION = re.compile(rf"(?<![\w_.])([(½|−+\d][\d.× ·²½()+−/^|⋯]*?) = ({NUMBER})")
DOTS = re.compile(r"⋯(?! \d)")  # those of a long sum; in its next line they have become a number
SHOWN = {
    "__builtins__": {}, "exp": math.exp, "ln": math.log, "tanh": math.tanh, "sqrt": math.sqrt,
    "max": max, "int": int, "abs": abs, "sign": lambda x: (x > 0) - (x < 0),
    "clip": lambda x: max(-1.0, min(1.0, x)), "σ": lambda x: 1.0 / (1.0 + math.exp(-x)),
    "Φ": NormalDist().cdf, "φ": NormalDist().pdf,
}  # fmt: skip


def by_hand(text: str) -> float:
    """The value of a line as it is written."""
    text = re.sub(r"×10\^(−?\d+)", r"e\1", text)
    text = re.sub(r" \(⋯ \d+\)", "", text)
    text = text.replace("½(", "0.5*(").replace("½", "0.5").replace("²", "**2")
    text = text.replace("√(", "sqrt(")
    text = text.replace("e^(", "exp(").replace("[", "int(").replace("]", ")")
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    text = re.sub(r"([\d)]) ?[×·] ?", r"\1*", text)
    text = re.sub(r"(\d)\(", r"\1*(", text).replace("^", "**")
    return float(eval(text.replace("−", "-"), SHOWN))  # noqa: S307 - our own text


def rounds_as_shown(value: float, shown: str) -> bool:
    result = Decimal(re.sub(r"×10\^", "e", shown).replace("−", "-"))
    exponent = result.as_tuple().exponent
    assert isinstance(exponent, int)
    half = 0.5 * 10.0**exponent
    return abs(value - float(result)) <= half + 1e-12 * abs(value)


def check(made: Card) -> None:
    if made.relation == "=" and math.isfinite(made.value):
        for line in made.lines:
            if line.label in ("numbers", "partial") and not DOTS.search(line.plain):
                assert rounds_as_shown(by_hand(line.plain), made.shown), (made.name, line.plain)
        for sentence in (made.sentence, made.note):
            for left, right in EQUATION.findall(plain_text(sentence)):
                if "⋯" not in left:
                    assert rounds_as_shown(by_hand(left), right), (made.name, left, right)


@pytest.mark.parametrize("order", ["simultaneous", "sequential"])
def test_the_worked_example(worked: Teach, order: str) -> None:
    for made in worked(order=order).cards("en"):
        check(made)
        assert made.relation == "=", made.name


def test_thousands_of_steps_of_the_worked_example(steps_of_the_worked_example: Teach) -> None:
    nearly = []
    for at, lesson in enumerate(steps_of_the_worked_example(2000)):
        stops = calculations(lesson.spec)
        made = lesson.card(stops[at % len(stops)].name)
        check(made)
        nearly += [(at, made.name)] if made.relation == "≈" else []
    assert not nearly


def test_the_check_notices_a_wrong_digit(worked: Teach) -> None:
    made = worked().card("dE/dw5")
    assert by_hand("0.7414 × 0.1868 × 0.5933") == pytest.approx(made.value, rel=1e-4)
    assert by_hand("½(−0.7414)²") == pytest.approx(0.27483698)
    assert by_hand("0.40 − 0.5 × (−2.26×10^−2)") == pytest.approx(0.4113)
    assert not rounds_as_shown(by_hand("0.7414 × 0.1868 × 0.5943"), made.shown)
    assert EQUATION.findall("through o1 0.1385 × 0.40 = +0.05540, and") == [
        ("0.1385 × 0.40", "+0.05540")
    ]


specs = st.builds(
    NetworkSpec,
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=4).map(tuple),
    activations=st.just(("tanh",)),
    loss=st.sampled_from(list(LOSSES)),
    reduction=st.sampled_from(["mean", "sum"]),
    bias=st.sampled_from([Bias(), Bias("shared"), Bias("none"), Bias(trainable=False)]),
    optimizer=st.sampled_from(
        [
            Choice("sgd", {"learning_rate": 0.3}),
            Choice("sgd", {"learning_rate": 0.1, "momentum": 0.9}),
            Choice("sgd", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
            Choice("sgd", {"learning_rate": 0.01, "weight_decay": 0.01}),
            *(Choice(name) for name in OPTIMIZERS),
        ]
    ),
    update_order=st.sampled_from(["simultaneous", "sequential"]),
)


@settings(max_examples=20, deadline=None)
@given(spec=specs, draw=st.data())
def test_random_networks(lesson: Teach, spec: NetworkSpec, draw: st.DataObject) -> None:
    hidden = st.sampled_from([name for name in ACTIVATIONS if not ACTIVATIONS[name].joint])
    output = LOSSES[spec.loss].needs or draw.draw(st.sampled_from(list(ACTIVATIONS)))
    below = tuple(draw.draw(hidden) for _ in spec.sizes[2:])
    spec = replace(spec, activations=(*below, output))
    seed, examples = draw.draw(st.integers(0, 10**6)), draw.draw(st.integers(1, 6))
    taught = lesson(spec, seed=seed, examples=examples, steps=draw.draw(st.integers(1, 3)))
    names = draw.draw(st.lists(st.sampled_from(taught.names(examples - 1)), max_size=40))
    lang = draw.draw(st.sampled_from(["en", "ko"]))
    for name in names:
        check(taught.card(name, lang, examples - 1))
