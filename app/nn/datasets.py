"""The data sets to learn from. Another one is one more entry at the foot.

Those with a seed are generated, with the same numbers on every machine; iris and digits come
with the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.errors import Fault
from app.nn import generators, shipped
from app.nn.checks import MAX_SEED
from app.nn.generators import Examples, Make
from app.nn.registry import (
    Option,
    Registered,
    Value,
    filled,
    listed,
    name_fault,
    option_faults,
)

Kind: TypeAlias = Literal["classification", "regression"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A network that learns the data set: its layers after the input, and the recipe."""

    layers: tuple[tuple[int, str], ...]
    loss: str = "half_squared_error"
    learning_rate: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Registered):
    """`make` takes every option and gives inputs (N, n) and targets (N, K).

    `classes` names what is told apart: with one target it is 0 for the first and 1 for the
    second, with several the target of the class is 1 and the others are 0.
    """

    kind: Kind
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    make: Make
    suggested: Suggested
    classes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


def dataset_faults(name: str, options: Mapping[str, Value], pointer: str) -> Iterator[Fault]:
    """What is wrong with a choice of data set and options; a name stands at `pointer`/dataset."""
    yield from name_fault(DATASETS, "data set", name, f"{pointer}/dataset")
    if name in DATASETS:
        yield from option_faults(DATASETS[name].options, options, pointer)


def generate(name: str, options: Mapping[str, Value]) -> Examples:
    """Inputs (N, n) and targets (N, K), read-only; defaults where an option is not given."""
    entry = DATASETS[name]
    return entry.make(filled(entry.options, options))


def sized(count: int, noise: float) -> tuple[Option, ...]:
    """The options of everything generated."""
    return (
        Option("count", float(count), low=4.0, high=5_000.0, whole=True),
        Option("noise", noise, low=0.0, high=10.0),
        Option("seed", 1.0, low=0.0, high=float(MAX_SEED), whole=True),
    )


PAIR = ("x1", "x2")
SIDES = ("0", "1")
PLAYGROUND = "https://playground.tensorflow.org/"
PIXELS = tuple(f"row{row}_column{column}" for row in range(1, 9) for column in range(1, 9))

DATASETS = listed(
    [
        Dataset(
            name="and",
            formula="t = x1 and x2",
            formula_latex=r"t = x_1 \land x_2",
            sentence={
                "en": "1 only if both inputs are 1; a single neuron learns it.",
                "ko": "두 입력이 모두 1일 때만 1입니다. 뉴런 하나로도 학습합니다.",
            },
            link="https://en.wikipedia.org/wiki/Logical_conjunction",
            kind="classification",
            inputs=PAIR,
            targets=("and",),
            classes=SIDES,
            make=generators.truth_table(0, 0, 0, 1),
            suggested=Suggested(layers=((1, "sigmoid"),), learning_rate=2.0),
        ),
        Dataset(
            name="or",
            formula="t = x1 or x2",
            formula_latex=r"t = x_1 \lor x_2",
            sentence={
                "en": "1 if either input is 1; a single neuron learns it.",
                "ko": "두 입력 가운데 하나라도 1이면 1입니다. 뉴런 하나로도 학습합니다.",
            },
            link="https://en.wikipedia.org/wiki/Logical_disjunction",
            kind="classification",
            inputs=PAIR,
            targets=("or",),
            classes=SIDES,
            make=generators.truth_table(0, 1, 1, 1),
            suggested=Suggested(layers=((1, "sigmoid"),), learning_rate=2.0),
        ),
        Dataset(
            name="xor",
            formula="t = x1 xor x2",
            formula_latex=r"t = x_1 \oplus x_2",
            sentence={
                "en": "1 if the inputs differ: no straight line separates it, so it takes a "
                "hidden layer.",
                "ko": "두 입력이 서로 다르면 1입니다. "
                "직선 하나로 나눌 수 없어 은닉층이 필요합니다.",
            },
            link="https://en.wikipedia.org/wiki/Exclusive_or",
            kind="classification",
            inputs=PAIR,
            targets=("xor",),
            classes=SIDES,
            make=generators.truth_table(0, 1, 1, 0),
            suggested=Suggested(layers=((3, "tanh"), (1, "sigmoid")), learning_rate=1.0),
        ),
        Dataset(
            name="spiral",
            formula="x = r (cos 2 pi u, sin 2 pi u), u = 1.75 r + t/2",
            formula_latex=r"x = r\,(\cos 2\pi u, \sin 2\pi u),\ u = 1.75\,r + \tfrac{t}{2}",
            sentence={
                "en": "Two arms of a spiral wound into each other: the hardest of the pictures.",
                "ko": "서로 감긴 나선 두 개입니다. 평면 데이터 가운데 가장 어렵습니다.",
            },
            link=PLAYGROUND,
            kind="classification",
            inputs=PAIR,
            targets=("arm",),
            classes=SIDES,
            make=generators.spiral,
            options=sized(200, 0.02),
            suggested=Suggested(
                layers=((16, "tanh"), (16, "tanh"), (1, "sigmoid")), learning_rate=2.0
            ),
        ),
        Dataset(
            name="circle",
            formula="t = 0 for r < 0.5, t = 1 for 0.7 < r < 1",
            formula_latex=r"t = 0\ (r < 0.5),\ t = 1\ (0.7 < r < 1)",
            sentence={
                "en": "A disc inside a ring: the boundary has to close on itself.",
                "ko": "고리 안에 원판이 있습니다. 경계가 한 바퀴 돌아 닫혀야 합니다.",
            },
            link=PLAYGROUND,
            kind="classification",
            inputs=PAIR,
            targets=("ring",),
            classes=SIDES,
            make=generators.circle,
            options=sized(200, 0.0),
            suggested=Suggested(layers=((6, "tanh"), (1, "sigmoid")), learning_rate=2.0),
        ),
        Dataset(
            name="moons",
            formula="x = (cos pi u, sin pi u) or (1 - cos pi u, 1/2 - sin pi u)",
            formula_latex=r"x = (\cos \pi u, \sin \pi u)"
            r"\ \text{or}\ (1 - \cos \pi u, \tfrac12 - \sin \pi u)",
            sentence={
                "en": "Two half moons that reach into each other.",
                "ko": "서로 파고든 반달 두 개입니다.",
            },
            link="https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html",
            kind="classification",
            inputs=PAIR,
            targets=("moon",),
            classes=SIDES,
            make=generators.moons,
            options=sized(200, 0.1),
            suggested=Suggested(layers=((8, "tanh"), (1, "sigmoid")), learning_rate=1.0),
        ),
        Dataset(
            name="gauss",
            formula="x ~ N(+-1/2, noise^2)",
            formula_latex=r"x \sim \mathcal{N}(\pm\tfrac12, \sigma^2)",
            sentence={
                "en": "Two round clouds: a straight line separates almost all of it.",
                "ko": "둥근 구름 두 개입니다. 거의 모두 직선 하나로 나뉩니다.",
            },
            link=PLAYGROUND,
            kind="classification",
            inputs=PAIR,
            targets=("cloud",),
            classes=SIDES,
            make=generators.gauss,
            options=sized(200, 0.25),
            suggested=Suggested(layers=((2, "tanh"), (1, "sigmoid"))),
        ),
        Dataset(
            name="sine",
            formula="t = sin(pi x)",
            formula_latex=r"t = \sin(\pi x)",
            sentence={
                "en": "One wave of the sine over one input: a curve to be fitted.",
                "ko": "입력 하나에 대한 사인 곡선 한 주기를 맞추는 회귀 문제입니다.",
            },
            link="https://en.wikipedia.org/wiki/Curve_fitting",
            kind="regression",
            inputs=("x",),
            targets=("y",),
            make=generators.sine,
            options=sized(40, 0.0),
            suggested=Suggested(layers=((6, "tanh"), (1, "linear")), learning_rate=0.2),
        ),
        Dataset(
            name="plane",
            formula="t = (x1 + x2) / 2",
            formula_latex=r"t = \tfrac12 (x_1 + x_2)",
            sentence={
                "en": "The mean of two inputs: a single linear neuron fits it exactly.",
                "ko": "두 입력의 평균입니다. 선형 뉴런 하나로 정확히 맞출 수 있습니다.",
            },
            link=PLAYGROUND,
            kind="regression",
            inputs=PAIR,
            targets=("y",),
            make=generators.plane,
            options=sized(100, 0.0),
            suggested=Suggested(layers=((1, "linear"),)),
        ),
        Dataset(
            name="iris",
            formula="4 lengths in cm -> 3 species, 150 flowers",
            formula_latex=r"\mathbb{R}^4 \to \{1, 2, 3\},\ N = 150",
            sentence={
                "en": "Sepals and petals of 150 irises, measured, tell three species apart.",
                "ko": "붓꽃 150송이의 꽃받침과 꽃잎을 잰 값으로 품종을 맞힙니다.",
            },
            link="https://archive.ics.uci.edu/dataset/53/iris",
            kind="classification",
            inputs=("sepal_length", "sepal_width", "petal_length", "petal_width"),
            targets=tuple(f"species={name}" for name in shipped.SPECIES),
            classes=shipped.SPECIES,
            make=shipped.iris,
            suggested=Suggested(
                layers=((5, "tanh"), (3, "softmax")), loss="cross_entropy", learning_rate=0.1
            ),
        ),
        Dataset(
            name="digits",
            formula="8 x 8 pixels from 0 to 1 -> 10 digits, 1797 images",
            formula_latex=r"[0, 1]^{8 \times 8} \to \{0, \dots, 9\},\ N = 1797",
            sentence={
                "en": "Handwritten digits as 8 x 8 pixels, to be told apart.",
                "ko": "8 × 8 픽셀로 된 손글씨 숫자입니다. 어떤 숫자인지 맞힙니다.",
            },
            link="https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
            kind="classification",
            inputs=PIXELS,
            targets=tuple(f"digit={digit}" for digit in range(10)),
            classes=tuple(map(str, range(10))),
            make=shipped.digits,
            options=(Option("count", 1_797.0, low=10.0, high=1_797.0, whole=True),),
            suggested=Suggested(layers=((16, "tanh"), (10, "softmax")), loss="cross_entropy"),
        ),
    ]
)
