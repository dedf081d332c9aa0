"""Optimizers, in PyTorch's arithmetic. Another one is one more entry at the foot.

`update` moves the parameters start..stop-1. All it reads and writes is on the board; `before`,
`after`, `gradient` are the cells where the whole vector of `count` parameters begins, `memory`
and `memory_after` where the optimizer's slots begin (each again `count` long), `options` where
the entry's options begin, in their order, true as 1 and false as 0. `step` counts the updates
that the optimizer made before this one.

`gradient` is clipped already where the network clips. Roots and quotients are written so that
plain Python refuses none of them: squares are never negative, a numerator comes from the board.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.nn.arrays import Floats
from app.nn.compilable import AnyFunction, chain, compilable
from app.nn.registry import Option, Registered, Value, listed, no_conflict


@compilable
def sgd(
    board: Floats, before: int, after: int, gradient: int, memory: int, memory_after: int,
    _count: int, options: int, _step: int, start: int, stop: int,
) -> None:  # fmt: skip
    rate = board[options]
    momentum = board[options + 1]
    nesterov = board[options + 2] != 0.0
    decay = board[options + 3]
    for i in range(start, stop):
        move = board[gradient + i]
        if decay != 0.0:
            move = move + decay * board[before + i]
        if momentum != 0.0:
            velocity = momentum * board[memory + i] + move
            board[memory_after + i] = velocity
            move = move + momentum * velocity if nesterov else velocity
        board[after + i] = board[before + i] - rate * move


@compilable
def adagrad(
    board: Floats, before: int, after: int, gradient: int, memory: int, memory_after: int,
    _count: int, options: int, _step: int, start: int, stop: int,
) -> None:  # fmt: skip
    rate = board[options]
    epsilon = board[options + 1]
    for i in range(start, stop):
        g = board[gradient + i]
        squares = board[memory + i] + g * g
        board[memory_after + i] = squares
        board[after + i] = board[before + i] - rate * g / (math.sqrt(squares) + epsilon)


@compilable
def rmsprop(
    board: Floats, before: int, after: int, gradient: int, memory: int, memory_after: int,
    _count: int, options: int, _step: int, start: int, stop: int,
) -> None:  # fmt: skip
    rate = board[options]
    rho = board[options + 1]
    epsilon = board[options + 2]
    for i in range(start, stop):
        g = board[gradient + i]
        square = rho * board[memory + i] + (1.0 - rho) * g * g
        board[memory_after + i] = square
        board[after + i] = board[before + i] - rate * g / (math.sqrt(square) + epsilon)


@compilable
def adam(
    board: Floats, before: int, after: int, gradient: int, memory: int, memory_after: int,
    count: int, options: int, step: int, start: int, stop: int,
) -> None:  # fmt: skip
    """Weight decay is part of the gradient, and so of both moments."""
    decay = board[options + 4]
    for i in range(start, stop):
        g = board[gradient + i]
        if decay != 0.0:
            g = g + decay * board[before + i]
        remember(board, memory + i, memory_after + i, count, options, g)
        board[after + i] = board[before + i]
    follow(board, after, memory_after, count, options, step, start, stop)


@compilable
def adamw(
    board: Floats, before: int, after: int, gradient: int, memory: int, memory_after: int,
    count: int, options: int, step: int, start: int, stop: int,
) -> None:  # fmt: skip
    """Weight decay acts on the parameters themselves, before the move."""
    keep = 1.0 - board[options] * board[options + 4]
    for i in range(start, stop):
        remember(board, memory + i, memory_after + i, count, options, board[gradient + i])
        board[after + i] = board[before + i] * keep
    follow(board, after, memory_after, count, options, step, start, stop)


@compilable
def remember(
    board: Floats, memory: int, memory_after: int, count: int, options: int, g: float
) -> None:
    """m and v of one parameter: means of the gradients and of their squares that slowly forget."""
    beta1, beta2 = board[options + 1], board[options + 2]
    board[memory_after] = beta1 * board[memory] + (1.0 - beta1) * g
    board[memory_after + count] = beta2 * board[memory + count] + (1.0 - beta2) * g * g


@compilable
def follow(
    board: Floats, after: int, memory_after: int, count: int, options: int, step: int,
    start: int, stop: int,
) -> None:  # fmt: skip
    """w - learning_rate m^ / (sqrt v^ + epsilon), in PyTorch's order of operations.

    m^ and v^ are m and v over 1 - beta^t: both began at 0, which makes them too small at first.
    """
    t = float(step + 1)
    rate = board[options] / (1.0 - board[options + 1] ** t)
    root = math.sqrt(1.0 - board[options + 2] ** t)
    epsilon = board[options + 3]
    for i in range(start, stop):
        size = math.sqrt(board[memory_after + count + i]) / root + epsilon
        board[after + i] = board[after + i] - rate * board[memory_after + i] / size


def velocity_with_momentum(options: Mapping[str, Value]) -> tuple[str, ...]:
    return ("velocity",) if options["momentum"] else ()


def nesterov_needs_momentum(options: Mapping[str, Value]) -> str | None:
    if options["nesterov"] and not options["momentum"]:
        return "nesterov needs a momentum above 0."
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimizer(Registered):
    """`memory` names the numbers kept per parameter; `conflict` tells which options do not fit.

    The first option of every optimizer is `learning_rate`, the last `gradient_clip_norm`.
    """

    options: tuple[Option, ...]
    update: AnyFunction
    memory: Callable[[Mapping[str, Value]], tuple[str, ...]]
    conflict: Callable[[Mapping[str, Value]], str | None] = no_conflict


def always(*kinds: str) -> Callable[[Mapping[str, Value]], tuple[str, ...]]:
    """The memory of an optimizer that keeps the same numbers whatever its options."""
    return lambda _options: kinds


def adams(weight_decay: float) -> tuple[Option, ...]:
    """The options of Adam and AdamW, which differ in how much they decay by default."""
    return (
        Option("learning_rate", 0.001, low=0.0),
        Option("beta1", 0.9, low=0.0, below=1.0),
        Option("beta2", 0.999, low=0.0, below=1.0),
        Option("epsilon", 1e-8, low=0.0),
        Option("weight_decay", weight_decay, low=0.0),
        CLIP,
    )


CLIP = Option("gradient_clip_norm", None, low=0.0, open_low=True)
ADAM_LATEX = (
    r"{kept} - \eta\,\frac{{\hat m}}{{\sqrt{{\hat v}} + \epsilon}},"
    r" \quad \hat m = \frac{{m}}{{1 - \beta_1^t}}, \quad \hat v = \frac{{v}}{{1 - \beta_2^t}}"
)

OPTIMIZERS = listed(
    [
        Optimizer(
            name="sgd",
            formula="w - learning_rate dE/dw",
            formula_latex=r"w - \eta\,\frac{\partial E}{\partial w}",
            sentence={
                "en": "Moves each parameter a little way against its gradient.",
                "ko": "각 매개변수를 기울기의 반대 방향으로 조금 옮깁니다.",
            },
            link="https://en.wikipedia.org/wiki/Stochastic_gradient_descent",
            options=(
                Option("learning_rate", 0.5, low=0.0),
                Option("momentum", 0.0, low=0.0),
                Option("nesterov", default=False),
                Option("weight_decay", 0.0, low=0.0),
                CLIP,
            ),
            update=sgd,
            memory=velocity_with_momentum,
            conflict=nesterov_needs_momentum,
        ),
        Optimizer(
            name="adagrad",
            formula="w - learning_rate g / (sqrt(s) + epsilon), s + g^2 -> s",
            formula_latex=r"w - \eta\,\frac{g}{\sqrt{s} + \epsilon}, \quad s \leftarrow s + g^2",
            sentence={
                "en": "Takes smaller steps where the gradients so far were large.",
                "ko": "지금까지 기울기가 컸던 매개변수일수록 조금씩 옮깁니다.",
            },
            link="https://jmlr.org/papers/v12/duchi11a.html",
            options=(
                Option("learning_rate", 0.01, low=0.0),
                Option("epsilon", 1e-10, low=0.0),
                CLIP,
            ),
            update=adagrad,
            memory=always("s"),
        ),
        Optimizer(
            name="rmsprop",
            formula="w - learning_rate g / (sqrt(s) + epsilon), rho s + (1 - rho) g^2 -> s",
            formula_latex=(
                r"w - \eta\,\frac{g}{\sqrt{s} + \epsilon},"
                r" \quad s \leftarrow \rho s + (1 - \rho) g^2"
            ),
            sentence={
                "en": "Divides each gradient by the size that its last ones had on average.",
                "ko": "기울기를 최근 기울기들의 평균 크기로 나누어 옮깁니다.",
            },
            link="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
            options=(
                Option("learning_rate", 0.01, low=0.0),
                Option("rho", 0.99, low=0.0, below=1.0),
                Option("epsilon", 1e-8, low=0.0),
                CLIP,
            ),
            update=rmsprop,
            memory=always("s"),
        ),
        Optimizer(
            name="adam",
            formula=(
                "w - learning_rate m^ / (sqrt(v^) + epsilon), m^ = m/(1 - beta1^t), "
                "v^ = v/(1 - beta2^t), beta1 m + (1 - beta1) g -> m, beta2 v + (1 - beta2) g^2 -> v"
            ),
            formula_latex=ADAM_LATEX.format(kept="w"),
            sentence={
                "en": "Moves by the mean of the last gradients over the root of their mean square.",
                "ko": "최근 기울기의 평균을 제곱 평균의 제곱근으로 나눈 만큼 옮깁니다.",
            },
            link="https://arxiv.org/abs/1412.6980",
            options=adams(weight_decay=0.0),
            update=adam,
            memory=always("m", "v"),
        ),
        Optimizer(
            name="adamw",
            formula=(
                "w (1 - learning_rate weight_decay) - learning_rate m^ / (sqrt(v^) + epsilon), "
                "m^ and v^ as in Adam"
            ),
            formula_latex=ADAM_LATEX.format(kept=r"(1 - \eta\lambda)\,w"),
            sentence={
                "en": "Adam that first pulls every parameter a little towards 0.",
                "ko": "매개변수를 먼저 0 쪽으로 조금 당긴 다음 Adam처럼 옮깁니다.",
            },
            link="https://arxiv.org/abs/1711.05101",
            options=adams(weight_decay=0.01),
            update=adamw,
            memory=always("m", "v"),
        ),
    ]
)

update = chain([entry.update for entry in OPTIMIZERS.values()])
