"""How weights start. Another initializer is one more entry at the foot. Biases start at 0.

`draw` gives `count` numbers from a stream, for a layer with so many sources and destinations.
The weights of all layers come from one stream, in their flat order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from app.nn.arrays import Floats
from app.nn.randomness import PARAMETERS, Stream
from app.nn.registry import Option, Registered, Value, filled, listed, no_conflict, number

if TYPE_CHECKING:  # spec.py asks this registry whether an initializer exists
    from app.nn.spec import NetworkSpec

Draw: TypeAlias = Callable[[Stream, int, int, int, Mapping[str, Value]], Floats]
Scale: TypeAlias = Callable[[int, int], float]


def constant(
    _stream: Stream, count: int, _sources: int, _destinations: int, options: Mapping[str, Value]
) -> Floats:
    return np.full(count, number(options.get("value", 0.0)))


def uniform(
    stream: Stream, count: int, _sources: int, _destinations: int, options: Mapping[str, Value]
) -> Floats:
    low, high = number(options["low"]), number(options["high"])
    return low + (high - low) * stream.uniform(count)


def normal(
    stream: Stream, count: int, _sources: int, _destinations: int, options: Mapping[str, Value]
) -> Floats:
    return number(options["mean"]) + number(options["std"]) * stream.normal(count)


def xavier(sources: int, destinations: int) -> float:
    return math.sqrt(2.0 / (sources + destinations))


def he(sources: int, _destinations: int) -> float:
    return math.sqrt(2.0 / sources)


def lecun(sources: int, _destinations: int) -> float:
    return math.sqrt(1.0 / sources)


def uniform_with(deviation: Scale) -> Draw:
    """Uniform around 0; a uniform number of limit a has the standard deviation a/sqrt(3)."""

    def draw(
        stream: Stream, count: int, sources: int, destinations: int, _options: Mapping[str, Value]
    ) -> Floats:
        limit = math.sqrt(3.0) * deviation(sources, destinations)
        return limit * (2.0 * stream.uniform(count) - 1.0)

    return draw


def normal_with(deviation: Scale) -> Draw:
    def draw(
        stream: Stream, count: int, sources: int, destinations: int, _options: Mapping[str, Value]
    ) -> Floats:
        return deviation(sources, destinations) * stream.normal(count)

    return draw


def low_below_high(options: Mapping[str, Value]) -> str | None:
    return None if number(options["low"]) <= number(options["high"]) else "low is at most high."


@dataclass(frozen=True, slots=True, kw_only=True)
class Initializer(Registered):
    draw: Draw
    options: tuple[Option, ...] = ()
    conflict: Callable[[Mapping[str, Value]], str | None] = no_conflict


WIKIPEDIA = "https://en.wikipedia.org/wiki/Weight_initialization"

INITIALIZERS = listed(
    [
        Initializer(
            name="zeros",
            formula="0",
            formula_latex="0",
            sentence={
                "en": "Every weight starts at 0: the neurons of a layer stay equal for ever.",
                "ko": "모든 가중치가 0에서 시작합니다. 같은 층의 뉴런은 끝까지 서로 같습니다.",
            },
            link=WIKIPEDIA,
            draw=constant,
        ),
        Initializer(
            name="constant",
            formula="value",
            formula_latex="c",
            sentence={
                "en": "Every weight starts at the same number.",
                "ko": "모든 가중치가 같은 수에서 시작합니다.",
            },
            link=WIKIPEDIA,
            draw=constant,
            options=(Option("value", 0.5),),
        ),
        Initializer(
            name="uniform",
            formula="U(low, high)",
            formula_latex=r"\mathcal{U}(a, b)",
            sentence={
                "en": "Any number between low and high, all equally likely.",
                "ko": "최솟값과 최댓값 사이의 모든 수를 같은 확률로 뽑습니다.",
            },
            link=WIKIPEDIA,
            draw=uniform,
            options=(Option("low", -0.5), Option("high", 0.5)),
            conflict=low_below_high,
        ),
        Initializer(
            name="normal",
            formula="N(mean, std^2)",
            formula_latex=r"\mathcal{N}(\mu, \sigma^2)",
            sentence={
                "en": "Numbers around the mean; far ones are rare.",
                "ko": "평균 가까이에서 뽑습니다. 먼 수는 드뭅니다.",
            },
            link=WIKIPEDIA,
            draw=normal,
            options=(Option("mean", 0.0), Option("std", 0.1, low=0.0)),
        ),
        Initializer(
            name="xavier_uniform",
            formula="U(-a, a), a = sqrt(6/(n_in+n_out))",
            formula_latex=r"\mathcal{U}(-a, a),\ a=\sqrt{\tfrac{6}{n_{in}+n_{out}}}",
            sentence={
                "en": "Keeps signals and gradients about equally large in every layer.",
                "ko": "신호와 기울기의 크기를 모든 층에서 비슷하게 유지합니다.",
            },
            link="https://proceedings.mlr.press/v9/glorot10a.html",
            draw=uniform_with(xavier),
        ),
        Initializer(
            name="xavier_normal",
            formula="N(0, 2/(n_in+n_out))",
            formula_latex=r"\mathcal{N}\left(0, \tfrac{2}{n_{in}+n_{out}}\right)",
            sentence={
                "en": "Like xavier_uniform, with normal numbers.",
                "ko": "xavier_uniform과 같지만 정규분포에서 뽑습니다.",
            },
            link="https://proceedings.mlr.press/v9/glorot10a.html",
            draw=normal_with(xavier),
        ),
        Initializer(
            name="he_uniform",
            formula="U(-a, a), a = sqrt(6/n_in)",
            formula_latex=r"\mathcal{U}(-a, a),\ a=\sqrt{\tfrac{6}{n_{in}}}",
            sentence={
                "en": "Made for relu, which silences half of its inputs.",
                "ko": "입력의 절반을 0으로 만드는 relu에 맞춘 방법입니다.",
            },
            link="https://arxiv.org/abs/1502.01852",
            draw=uniform_with(he),
        ),
        Initializer(
            name="he_normal",
            formula="N(0, 2/n_in)",
            formula_latex=r"\mathcal{N}\left(0, \tfrac{2}{n_{in}}\right)",
            sentence={
                "en": "Like he_uniform, with normal numbers.",
                "ko": "he_uniform과 같지만 정규분포에서 뽑습니다.",
            },
            link="https://arxiv.org/abs/1502.01852",
            draw=normal_with(he),
        ),
        Initializer(
            name="lecun_normal",
            formula="N(0, 1/n_in)",
            formula_latex=r"\mathcal{N}\left(0, \tfrac{1}{n_{in}}\right)",
            sentence={
                "en": "Gives each net input about the size of one input.",
                "ko": "순입력의 크기를 입력 하나와 비슷하게 맞춥니다.",
            },
            link="http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf",
            draw=normal_with(lecun),
        ),
    ]
)


def draw(spec: NetworkSpec) -> Floats:
    """(P,) the parameters that the spec's initializer and seed give; biases are 0."""
    entry = INITIALIZERS[spec.initializer.name]
    options = filled(entry.options, spec.initializer.options)
    stream = Stream(spec.seed, PARAMETERS)
    weights = [
        entry.draw(stream, sources * destinations, sources, destinations, options)
        for sources, destinations in pairwise(spec.sizes)
    ]
    return np.concatenate([*weights, np.zeros(spec.layout.n_biases)])
