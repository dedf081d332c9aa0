"""Cards of what an optimizer remembers: velocity, m, v and s of a parameter, before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.explain.anatomy import Parameter
from app.explain.clipping import clipping_note
from app.explain.compose import given_card, segment, worked_card
from app.explain.expressions import Expression, Number, Square, Sum
from app.explain.formulas import Formula, difference, half_way
from app.explain.model import Card
from app.explain.moves import clipped, decayed, new_velocity, times
from app.explain.recipes import ONE
from app.explain.scene import Scene

KINDS = ("velocity", "m", "v", "s")


def remembered(kind: str) -> Callable[[Scene, Parameter], Card]:
    """The card of what is remembered before the update; NotFound if it is not kept."""

    def card(scene: Scene, parameter: Parameter) -> Card:
        number = scene.memory(kind, parameter)
        sentence = scene.say(
            f"memory.{_key(scene, kind)}",
            name=number.name or "",
            weight=parameter.name,
            result=segment(number, role="now"),
        )
        return given_card("update", number, sentence, uses=(parameter.name,))

    return card


def renewed(kind: str) -> Callable[[Scene, Parameter], Card]:
    """The card of what is remembered after the update, with its formula."""

    def card(scene: Scene, parameter: Parameter) -> Card:
        number = scene.new_memory(kind, parameter)
        if scene.is_frozen(parameter):
            return _frozen(scene, number)
        key = _key(scene, kind)
        work = RECIPES[key](scene, parameter)
        settled = Formula(number, work, _half_way(work)).settle()
        sentence = scene.say(
            f"memory.{key}.new",
            name=number.name or "",
            weight=parameter.name,
            work=settled.write(work),
            result=settled.result,
        )
        return worked_card(
            "update",
            settled,
            sentence,
            scene.say(f"memory.{key}.words"),
            note=clipping_note(scene),
            uses=(parameter.name, f"dE/d{parameter.name}"),
        )

    return card


def _frozen(scene: Scene, number: Number) -> Card:
    sentence = scene.say(
        "update.frozen", parameter=number.name or "", result=segment(number, role="now")
    )
    return given_card("update", number, sentence)


def _key(scene: Scene, kind: str) -> str:
    """AdaGrad's s is a sum, RMSprop's a mean."""
    return f"s.{scene.spec.optimizer.name}" if kind == "s" else kind


def _half_way(work: Sum) -> Sum:
    """Every summand worked out, numbers as they are."""
    return Sum(
        tuple(part if isinstance(part, Number) else half_way(part) for part in work.summands)
    )


def _mean(scene: Scene, beta: str, old: Number, new: Expression) -> Sum:
    """beta·old + (1 − beta)·new."""
    keep = scene.option(beta)
    return Sum((times(keep, old), times(difference(ONE, keep), new)))


def _m(scene: Scene, parameter: Parameter) -> Sum:
    return _mean(scene, "beta1", scene.memory("m", parameter), _pull(scene, parameter))


def _v(scene: Scene, parameter: Parameter) -> Sum:
    pull = Square(_pull(scene, parameter))
    return _mean(scene, "beta2", scene.memory("v", parameter), pull)


def _pull(scene: Scene, parameter: Parameter) -> Expression:
    """What Adam takes for the gradient; AdamW's decay is no part of it."""
    take = decayed if scene.spec.optimizer.name == "adam" else clipped
    return take(scene, parameter)


def _sum_of_squares(scene: Scene, parameter: Parameter) -> Sum:
    return Sum((scene.memory("s", parameter), Square(clipped(scene, parameter))))


def _mean_of_squares(scene: Scene, parameter: Parameter) -> Sum:
    square = Square(clipped(scene, parameter))
    return _mean(scene, "rho", scene.memory("s", parameter), square)


RECIPES: Mapping[str, Callable[[Scene, Parameter], Sum]] = {
    "velocity": new_velocity,
    "m": _m,
    "v": _v,
    "s.adagrad": _sum_of_squares,
    "s.rmsprop": _mean_of_squares,
}
