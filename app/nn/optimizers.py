"""Optimizers, in PyTorch's arithmetic. Another one is one more entry at the foot.

`update` moves the parameters start..stop-1. All it reads and writes is on the board; `before`,
`after`, `gradient` are the cells where the whole vector of `count` parameters begins, `memory`
and `memory_after` where the optimizer's slots begin (each again `count` long), `options` where
the entry's options begin, in their order, true as 1 and false as 0. `step` counts the updates
made before this one.
"""

from __future__ import annotations

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


def velocity_with_momentum(options: Mapping[str, Value]) -> tuple[str, ...]:
    return ("velocity",) if options["momentum"] else ()


def nesterov_needs_momentum(options: Mapping[str, Value]) -> str | None:
    if options["nesterov"] and not options["momentum"]:
        return "nesterov needs a momentum above 0."
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimizer(Registered):
    """`memory` names the numbers kept per parameter; `conflict` tells which options do not fit.

    The first option of every optimizer is `learning_rate`.
    """

    options: tuple[Option, ...]
    update: AnyFunction
    memory: Callable[[Mapping[str, Value]], tuple[str, ...]]
    conflict: Callable[[Mapping[str, Value]], str | None] = no_conflict


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
            ),
            update=sgd,
            memory=velocity_with_momentum,
            conflict=nesterov_needs_momentum,
        ),
    ]
)

update = chain([entry.update for entry in OPTIMIZERS.values()])
