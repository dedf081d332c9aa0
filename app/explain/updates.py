"""Cards of the update: the new value of a parameter, written as the optimizer computes it."""

from __future__ import annotations

from app.explain.anatomy import Parameter
from app.explain.clipping import clipping_note
from app.explain.compose import given_card, question, segment, worked_card
from app.explain.digits import show_change
from app.explain.expressions import Expression, Number
from app.explain.formulas import Formula, Settled
from app.explain.model import Card, Sentence
from app.explain.moves import MOVES, move
from app.explain.scene import Scene


def new_value(scene: Scene, parameter: Parameter) -> Card:
    """w+ as the optimizer computes it; for plain SGD w − learning rate × gradient."""
    if scene.is_frozen(parameter):
        return _frozen(scene, parameter)
    before, after = scene.weight(parameter), scene.new_weight(parameter)
    kind = _kind(scene)
    made = move(scene, parameter)
    shown = show_change(before.value, after.value)
    settled = Formula(after, made.work, made.partial, (made.spoken,), shown).settle()
    return worked_card(
        "update",
        settled,
        _sentence(scene, parameter, settled, made.spoken),
        scene.say(f"update.words.{kind}"),
        note=clipping_note(scene),
        why=question(scene, "update" if scene.spec.optimizer.name == "sgd" else "update.root"),
        trap=scene.text(
            f"update.trap.{scene.spec.update_order}",
            before=before.shown(settled.view).text,
            after=shown.text,
        ),
        uses=(parameter.name, f"dE/d{parameter.name}"),
    )


def _frozen(scene: Scene, parameter: Parameter) -> Card:
    number = scene.new_weight(parameter)
    sentence = scene.say(
        "update.frozen", parameter=parameter.name, result=segment(number, role="now")
    )
    return given_card("update", number, sentence)


def _kind(scene: Scene) -> str:
    """Which of the sentences fits the optimizer and its settings."""
    name, options = scene.spec.optimizer.name, scene.spec.optimizer_options
    if name != "sgd":
        return name if name in MOVES else "other"
    if options["momentum"]:
        return "momentum"
    return "decay" if options["weight_decay"] else "plain"


def _sentence(scene: Scene, parameter: Parameter, settled: Settled, spoken: Expression) -> Sentence:
    before, after = scene.weight(parameter), scene.new_weight(parameter)
    return scene.say(
        _key(_kind(scene), before, after, scene.gradient(parameter)),
        parameter=parameter.name,
        error=scene.reacting,
        optimizer=scene.spec.optimizer.name,
        work=settled.write(spoken),
        rate=settled.number(scene.option("learning_rate")),
        before=settled.number(before),
        result=settled.result,
    )


def _key(kind: str, before: Number, after: Number, gradient: Number) -> str:
    if kind == "other":
        return "update.other"
    if kind == "plain" and before.value == after.value and gradient.value != 0:
        return "update.plain.tiny"
    goes = "down" if after.value < before.value else "up" if after.value > before.value else "still"
    return f"update.{kind}.{goes}"


def learning_rate(scene: Scene) -> Card:
    number = scene.option("learning_rate")
    kind = "learning_rate" if scene.spec.optimizer.name == "sgd" else "learning_rate.other"
    return given_card("update", number, scene.say(kind, result=segment(number, role="now")))
