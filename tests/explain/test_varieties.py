"""Every kind of sentence, in both languages, for every entry of the registries.

No slot stays unfilled, no Korean particle that depends on a sound follows a live number, and
no sentence is longer than a person reads in one breath.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any, TypeAlias

import numpy as np
import pytest

from app.explain.model import Card, Lang, Segment, Sentence, plain_text
from app.nn import passes
from app.nn.activations import ACTIVATIONS
from app.nn.finite import first_not_finite
from app.nn.losses import LOSSES
from app.nn.optimizers import OPTIMIZERS
from app.nn.spec import Bias, Choice, NetworkSpec

Teach: TypeAlias = Callable[..., Any]

LANGUAGES: tuple[Lang, ...] = ("en", "ko")
PLAIN = NetworkSpec((2, 2, 2), ("sigmoid", "sigmoid"))


def fitting(activation: str, loss: str) -> NetworkSpec:
    """A network with both, as far as they are allowed to stand together."""
    hidden = "tanh" if ACTIVATIONS[activation].joint else activation
    output = LOSSES[loss].needs or activation
    return replace(PLAIN, activations=(hidden, output), loss=loss)


SETTINGS = [
    Choice(name, options)
    for name in OPTIMIZERS
    for options in (
        {"learning_rate": 0.1},
        {"learning_rate": 0.1, "momentum": 0.9},
        {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
        {"learning_rate": 0.1, "weight_decay": 0.1},
        {"learning_rate": 0.1, "gradient_clip_norm": 0.01},
        {"learning_rate": 0.1, "momentum": 0.9, "weight_decay": 0.1, "gradient_clip_norm": 0.01},
        {"learning_rate": 0.1, "gradient_clip_norm": 1000.0},
    )
    if options.keys() <= {option.name for option in OPTIMIZERS[name].options}
]
SPECS = {
    **{f"{name} {loss}": fitting(name, loss) for name, loss in product(ACTIVATIONS, LOSSES)},
    **{f"optimizer {at}": replace(PLAIN, optimizer=choice) for at, choice in enumerate(SETTINGS)},
    **{f"biases {mode} {trainable}": replace(PLAIN, bias=Bias(mode, trainable))
       for mode in ("per_neuron", "shared", "none") for trainable in (True, False)},
    **{f"sizes {sizes}": replace(PLAIN, sizes=sizes, activations=("tanh",) * (len(sizes) - 1))
       for sizes in ((1, 1), (3, 1), (1, 1, 1), (9, 7, 8), (2, 3, 4, 2), (5, 1, 3), (3, 3))},
    "sequential": replace(PLAIN, update_order="sequential"),
    "sum": replace(PLAIN, reduction="sum", loss="mean_squared_error"),
}  # fmt: skip

# What may not follow a number: forms that depend on how the number is read aloud.
PARTICLES = re.compile(
    r"(은|는|이|가|을|를|과|와|으로|로|이며|며|이라|라|이나|나)(?![가-힣])|이어서|여서"
)
UNFILLED = re.compile(r"[{}]|\bNone\b")
NUMBER = re.compile(r"[−+]?\d[\d.]*(?:×10\^−?\d+)?|½")
NAME = re.compile(r"[\w∂δ/⁺]*_[\w∂/⁺]+|\b[wbhio]\d+\b")
MOST_WORDS, MOST_LETTERS = 35, 90


@pytest.fixture(params=SPECS, scope="module")
def spec(request: pytest.FixtureRequest) -> NetworkSpec:
    return SPECS[request.param]


@pytest.mark.parametrize("examples", [1, 3])
def test_every_sentence(lesson: Teach, texts: Teach, spec: NetworkSpec, examples: int) -> None:
    taught = lesson(spec, seed=examples, examples=examples, steps=2)
    for lang in LANGUAGES:
        for made in taught.cards(lang, example=examples - 1):
            judge(made, lang, texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_zero(lesson: Teach, texts: Teach, lang: Lang) -> None:
    """Dead neurons, zero inputs and outputs that hit their targets."""
    for activation, loss in product(ACTIVATIONS, LOSSES):
        spec = fitting(activation, loss)
        for inputs, theta in ((0.0, 0.0), (1.0, -1.0)):
            state = passes.start(spec, np.full(spec.layout.size, theta))
            given = np.full((1, 2), inputs)
            aims = passes.forward(spec, state.theta, given).outputs
            for targets in (aims, aims + 1.0) if LOSSES[loss].high is None else (aims, 1.0 - aims):
                taught = lesson(spec, trace=passes.step(spec, state, given, targets))
                for made in taught.cards(lang):
                    judge(made, lang, texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_not_finite(lesson: Teach, texts: Teach, lang: Lang) -> None:
    """Linear layers, an absurd learning rate: NaN and Infinity are values like any other."""
    wild = Choice("sgd", {"learning_rate": 1e300})
    spec = replace(PLAIN, activations=("linear", "linear"), optimizer=wild)
    for steps in (1, 2, 3, 4):
        for made in lesson(spec, steps=steps).cards(lang):
            judge(made, lang, texts)


def test_the_first_lost_number_is_named(lesson: Teach) -> None:
    wild = Choice("sgd", {"learning_rate": 1e300})
    spec = replace(PLAIN, activations=("linear", "linear"), optimizer=wild)
    taught = lesson(spec, steps=2)
    lost = [made for made in taught.cards("en") if not np.isfinite(made.value)]
    assert lost
    assert "became too large to compute with" in plain_text(lost[0].sentence)
    assert plain_text(lost[0].sentence).endswith("at step 1; everything after it is lost.")
    for made in lost:
        said = "it answers" if made.name == "headline" else "became too large"
        assert said in plain_text(made.sentence)
    assert "계산 범위를 넘었습니다" in taught.says(lost[0].name, "ko")


def test_zero_says_that_nothing_gets_through(lesson: Teach) -> None:
    spec = replace(PLAIN, activations=("relu", "sigmoid"))
    state = passes.start(spec, np.full(spec.layout.size, -1.0))
    taught = lesson(spec, trace=passes.step(spec, state, np.ones((1, 2)), np.ones((1, 2))))
    assert taught.says("dE/dw5") == (
        "This factor is 0, so nothing gets through: w5 has no effect now."
    )
    assert taught.says("dE/dw5", "ko") == (
        "이 인수의 값은 0이므로 변화가 전해지지 않고, 지금 w5는 총오차에 영향을 주지 않습니다."
    )


def judge(made: Card, lang: Lang, texts: Teach) -> None:
    for text in texts(made):
        assert not UNFILLED.search(text), (made.name, text)
        assert "  " not in text, (made.name, text)
    assert made.sentence, made.name
    for sentence in (made.sentence, made.note):
        if lang == "ko":
            assert not particles_after_numbers(sentence), (made.name, plain_text(sentence))
        for part in re.split(r"(?<=[.?])\s", plain_text(sentence)):
            assert not too_long(part, lang), (made.name, part)


def particles_after_numbers(sentence: Sentence) -> list[str]:
    pairs = zip(sentence, (*sentence[1:], None), strict=False)
    return [
        after.text
        for number, after in pairs
        if number.value is not None and after and PARTICLES.match(after.text)
    ]


def too_long(part: str, lang: Lang) -> bool:
    words = NUMBER.sub("", NAME.sub("w" if lang == "en" else "", part))
    if lang == "ko":
        return len(re.sub(r"[^가-힣a-zA-Z]", "", words)) > MOST_LETTERS
    return len(re.findall(r"[A-Za-z']+", words)) > MOST_WORDS


def test_the_checks_notice() -> None:
    number = Segment("0.5", "w5", 0.5, "now")
    assert particles_after_numbers((number, Segment("를 더하면")))
    assert not particles_after_numbers((number, Segment("이므로")))
    assert too_long("word " * 36, "en")
    assert too_long("가" * 91, "ko")


def test_a_batch_has_a_batch_error(lesson: Teach) -> None:
    many, alone = lesson(PLAIN, examples=3), lesson(PLAIN)
    for name in ("w5+", "phase:backward"):
        assert "batch error" in many.says(name)
        assert "배치 오차" in many.says(name, "ko")
        assert "총오차" not in many.says(name, "ko")
        assert "batch error" not in alone.says(name)
        assert "총오차" in alone.says(name, "ko")


def test_the_only_output_has_no_share(lesson: Teach) -> None:
    taught = lesson(replace(PLAIN, sizes=(2, 2, 1)))
    assert "%" not in taught.says("phase:error")
    assert "%" not in taught.says("phase:error", "ko")


def test_the_cards_and_the_network_lose_the_same_number_first(lesson: Teach) -> None:
    """Inputs that only the second example loses: looked at from the first, the name is the same."""
    wild = Choice("sgd", {"learning_rate": 1e300})
    spec = replace(PLAIN, activations=("linear", "linear"), optimizer=wild)
    for steps, examples in ((2, 1), (2, 3), (3, 2)):
        taught = lesson(spec, steps=steps, examples=examples)
        first = first_not_finite(taught.spec, taught.trace)
        said = [taught.card(name) for name in taught.names() if name != "headline"]
        lost = [made for made in said if not np.isfinite(made.value)]
        assert lost
        assert all(f"{first} became too large" in plain_text(made.sentence) for made in lost)


def test_a_hidden_weight_is_compared_within_its_example(lesson: Teach) -> None:
    taught = lesson(PLAIN, examples=3, seed=4)
    names = [f"dE/dw{n}[{e}]" for n in (1, 3) for e in range(3)]
    for made in map(taught.card, names):
        said = re.search(r"about 1/(\d+) of what (w\d)", plain_text(made.sentence))
        if said:
            example = made.name[-2]
            other = abs(taught.card(f"dE/d{said[2]}[{example}]").value)
            assert int(said[1]) == round(other / abs(made.value))
