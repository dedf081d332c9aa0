"""The sentences and formulas of the worked example, word for word as they were agreed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from app.nn.names import Names

Teach: TypeAlias = Callable[..., Any]

AGREED = json.loads(Path(__file__).with_name("worked-example.json").read_text())
SAID = [(name, lang) for name, agreed in AGREED.items() for lang in ("en", "ko") if lang in agreed]
WORKED_OUT = [name for name, agreed in AGREED.items() if "lines" in agreed]


@pytest.mark.parametrize(("name", "lang"), SAID)
def test_sentence(worked: Teach, name: str, lang: str) -> None:
    assert worked().says(name, lang) == AGREED[name][lang]


@pytest.mark.parametrize("name", WORKED_OUT)
def test_formula(worked: Teach, name: str) -> None:
    made = worked().card(name)
    lines = [line.plain for line in made.lines if line.label != "words"]
    assert lines == AGREED[name]["lines"]
    assert made.relation == "="


def test_title_and_strip(worked: Teach) -> None:
    made = worked().card("dE/dw5")
    assert made.title == "∂E_total/∂w5"
    assert [(link.source, link.factor.shown, link.target, link.role) for link in made.strip] == [
        ("w5", "0.5933", "net_o1", "source"),
        ("net_o1", "0.1868", "out_o1", "slope"),
        ("out_o1", "0.7414", "E", "gap"),
    ]


def test_terms_are_the_numbers_of_the_formula_in_order(worked: Teach) -> None:
    made = worked().card("dE/dw5", "ko")
    assert [(term.name, term.shown, term.role, term.label) for term in made.terms] == [
        ("dE/dout_o1", "0.7414", "gap", "o1의 차이"),
        ("dout_o1/dnet_o1", "0.1868", "slope", "o1의 미분값"),
        ("dnet_o1/dw5", "0.5933", "source", "h1의 출력"),
    ]


@pytest.mark.parametrize(
    ("name", "lang", "question", "answer"),
    [
        ("dE/dw5", "en", "Why multiply?", "Gears in a row: ratios multiply."),
        ("E_o1", "ko", "왜 ½?", "미분할 때 생기는 2와 약분됩니다."),
        (
            "dE/dout_o1",
            "ko",
            "E_o2는 왜 사라졌을까요?",
            "E_o2에는 out_o1이 없으므로 미분하면 0입니다.",
        ),
        ("dE/dout_h1", "en", "Why add?", "Along a path multiply, between paths add."),
    ],
)
def test_why(worked: Teach, name: str, lang: str, question: str, answer: str) -> None:
    why = worked().card(name, lang).why
    assert (why.question, why.answer) == (question, answer)


@pytest.mark.parametrize(
    ("name", "lang", "trap"),
    [
        ("dE/dout_h1", "en", "w5 and w7 are the old weights."),
        ("dE/dout_h1", "ko", "갱신하기 전의 w5, w7입니다."),
        ("dout_o1/dnet_o1", "en", "the output goes in, not net."),
        ("dout_o1/dnet_o1", "ko", "net이 아니라 out을 넣습니다."),
        (
            "w5+",
            "ko",
            "적어만 두고, 모든 가중치를 한꺼번에 갱신할 때까지는 옛 값(0.40)을 씁니다.",
        ),
    ],
)
def test_trap(worked: Teach, name: str, lang: str, trap: str) -> None:
    assert worked().card(name, lang).trap == trap


def test_the_delta_says_what_it_is_for(worked: Teach, texts: Teach) -> None:
    assert (
        "Then ∂E_total/∂w5 = δ_o1 × out_h1 = 0.1385 × 0.5933 = 0.08217. "
        "Some books carry the other sign."
    ) in texts(worked().card("delta_o1"))


def test_in_sequential_order_every_use_of_a_new_weight_is_said(worked: Teach) -> None:
    lesson = worked(order="sequential")
    made = lesson.card("dE/dout_h1")
    assert made.lines[1].plain == "δ_o1·w5⁺ + δ_o2·w7⁺"
    assert [term.name for term in made.terms] == ["delta_o1", "w5+", "delta_o2", "w7+"]
    assert "already the new weights" in made.trap
    assert "applied at once" in lesson.card("w5+").trap


def test_a_name_comes_back_as_it_was_asked(worked: Teach) -> None:
    made = worked().card("dE/dw2.1.1")
    assert made.name == "dE/dw2.1.1"
    assert made.shown == "0.08217"


@pytest.mark.parametrize("step", [0, 1, 100, 3000])
def test_values_are_those_of_the_trace(worked: Teach, step: int) -> None:
    lesson = worked(step)
    names = Names.of(lesson.spec)
    for name in names.all():
        assert lesson.card(name).value == names.value(lesson.trace, name), name
