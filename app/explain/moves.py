"""How every optimizer makes a new value, as a formula; one entry each, at the foot.

An optimizer without an entry is still explained: from where to where the parameter goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.explain.anatomy import Parameter
from app.explain.expressions import Expression, Fraction, Minus, Number, Power, Product, Sum
from app.explain.formulas import aligned, difference, half_way
from app.explain.recipes import ONE, root
from app.explain.scene import Scene


@dataclass(frozen=True, slots=True)
class Move:
    """The new value as it is computed, worked out half way, and as the sentence says it."""

    work: Expression
    partial: Expression | None
    spoken: Expression


def move(scene: Scene, parameter: Parameter) -> Move:
    name = scene.spec.optimizer.name
    if name in MOVES:
        return MOVES[name](scene, parameter)
    after = scene.new_weight(parameter)
    return Move(after, None, after)


def times(*factors: Expression) -> Product:
    return Product(factors, "·", "×")


def flat_sum(first: Expression, second: Expression) -> Sum:
    """Flat, so that no brackets are written within a sum."""
    parts = [
        part
        for summand in (first, second)
        for part in (summand.summands if isinstance(summand, Sum) else (summand,))
    ]
    return Sum(tuple(parts))


# -- what the update uses of the gradient --------------------------------------------------------
def clipped(scene: Scene, parameter: Parameter) -> Expression:
    """The gradient, or where clipping cut it κ·gradient."""
    scale, gradient = scene.clip_scale(), scene.gradient(parameter)
    return gradient if scale is None or scale.value == 1 else times(scale, gradient)


def decayed(scene: Scene, parameter: Parameter) -> Expression:
    """That, and weight_decay·w where weight decay is part of the gradient."""
    descent = clipped(scene, parameter)
    if not scene.spec.optimizer_options["weight_decay"]:
        return descent
    return Sum((descent, times(scene.option("weight_decay"), scene.weight(parameter))))


# -- sgd -----------------------------------------------------------------------------------------
def new_velocity(scene: Scene, parameter: Parameter) -> Sum:
    """v⁺ = momentum·v + gradient, in PyTorch's way."""
    kept = times(scene.option("momentum"), scene.memory("velocity", parameter))
    return flat_sum(kept, decayed(scene, parameter))


def _sgd(scene: Scene, parameter: Parameter) -> Move:
    before = scene.weight(parameter)
    step = times(scene.option("learning_rate"), _sgd_direction(scene, parameter))
    work = difference(before, step)
    return Move(work, Sum((before, aligned(Minus(step)))), work)


def _sgd_direction(scene: Scene, parameter: Parameter) -> Expression:
    """g; with momentum v⁺; with nesterov g + momentum·v⁺."""
    options = scene.spec.optimizer_options
    if not options["momentum"]:
        return decayed(scene, parameter)
    velocity = new_velocity(scene, parameter)
    if not options["nesterov"]:
        return velocity
    return flat_sum(decayed(scene, parameter), times(scene.option("momentum"), velocity))


# -- those that divide by a root -----------------------------------------------------------------
def _rooted(scene: Scene, parameter: Parameter) -> Move:
    """AdaGrad and RMSprop: the gradient over the root of its squares."""
    squares = scene.new_memory("s", parameter)
    return _divided(scene, parameter, clipped(scene, parameter), squares, decay=False)


def _adam(scene: Scene, parameter: Parameter) -> Move:
    return _divided(scene, parameter, *_corrected(scene, parameter), decay=False)


def _adamw(scene: Scene, parameter: Parameter) -> Move:
    decay = bool(scene.spec.optimizer_options["weight_decay"])
    return _divided(scene, parameter, *_corrected(scene, parameter), decay=decay)


def _corrected(scene: Scene, parameter: Parameter) -> tuple[Expression, Expression]:
    """m⁺/(1 − β₁^t) and v⁺/(1 − β₂^t)."""
    mean, square = (
        Fraction(
            scene.new_memory(kind, parameter),
            difference(ONE, Power(scene.option(beta), scene.count())),
        )
        for kind, beta in (("m", "beta1"), ("v", "beta2"))
    )
    return mean, square


def _divided(
    scene: Scene, parameter: Parameter, top: Expression, square: Expression, *, decay: bool
) -> Move:
    """w − learning rate · top/(√square + ε); with decay the learning rate shrinks w too."""
    before, rate = scene.weight(parameter), scene.option("learning_rate")

    def step(above: Expression, below: Expression) -> Product:
        return times(rate, Fraction(above, Sum((below, scene.option("epsilon")))))

    whole = step(top, root(square))
    half = step(top if isinstance(top, Number) else half_way(top), half_way(root(square)))
    kept: Expression = before
    changes: list[Expression] = [Minus(whole)]
    if decay:
        shrink = times(rate, scene.option("weight_decay"))
        kept = times(before, difference(ONE, shrink))
        changes.insert(0, Minus(times(*shrink.factors, before)))
    spoken = Sum((before, *(aligned(change) for change in changes)))
    return Move(difference(kept, whole), difference(kept, half), spoken)


MOVES: Mapping[str, Callable[[Scene, Parameter], Move]] = {
    "sgd": _sgd,
    "adagrad": _rooted,
    "rmsprop": _rooted,
    "adam": _adam,
    "adamw": _adamw,
}
