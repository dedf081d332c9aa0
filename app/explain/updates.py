"""Cards of the update: the new value of a parameter, written as the optimizer computes it."""

from __future__ import annotations

from app.explain.anatomy import Parameter
from app.explain.compose import given_card, question, segment, worked_card
from app.explain.digits import show_change
from app.explain.expressions import Expression, Minus, Number, Product, Sum
from app.explain.formulas import Formula, Settled, aligned, difference
from app.explain.model import Card, Sentence
from app.explain.scene import Scene


def new_value(scene: Scene, parameter: Parameter) -> Card:
    """w+ = w − learning rate × move."""
    if parameter.is_bias and not scene.spec.bias.trainable:
        return _frozen(scene, parameter)
    before, after = scene.weight(parameter), scene.new_weight(parameter)
    kind = _kind(scene)
    work, partial = _work(scene, parameter, kind)
    shown = show_change(before.value, after.value)
    settled = Formula(after, work, partial, shown=shown).settle()
    return worked_card(
        "update",
        settled,
        _sentence(scene, parameter, settled, kind),
        scene.say(f"update.words.{kind}"),
        why=question(scene, "update"),
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
    if scene.spec.optimizer.name != "sgd":
        return "other"
    options = scene.spec.optimizer_options
    if options["momentum"]:
        return "momentum"
    return "decay" if options["weight_decay"] else "plain"


def _work(scene: Scene, parameter: Parameter, kind: str) -> tuple[Expression, Expression | None]:
    """The new value as it is computed, and with the change worked out."""
    before = scene.weight(parameter)
    if kind == "other":
        return scene.new_weight(parameter), None
    step = Product((scene.option("learning_rate"), _move(scene, parameter)), "·", "×")
    change = aligned(Minus(step))
    return difference(before, step), Sum((before, change))


def _move(scene: Scene, parameter: Parameter) -> Expression:
    """What the learning rate is multiplied by: PyTorch's SGD, in its order.

    g + weight_decay·w; with momentum v⁺ = momentum·v + that; with nesterov that + momentum·v⁺.
    """
    options = scene.spec.optimizer_options
    move: Expression = scene.gradient(parameter)
    if options["weight_decay"]:
        decay = Product((scene.option("weight_decay"), scene.weight(parameter)), "·", "×")
        move = Sum((move, decay))
    if not options["momentum"]:
        return move
    momentum = scene.option("momentum")
    velocity = _sum(Product((momentum, scene.velocity(parameter)), "·", "×"), move)
    if not options["nesterov"]:
        return velocity
    return _sum(move, Product((momentum, velocity), "·", "×"))


def _sum(first: Expression, second: Expression) -> Sum:
    """Flat, so that no brackets are written within a sum."""
    parts = [
        part
        for summand in (first, second)
        for part in (summand.summands if isinstance(summand, Sum) else (summand,))
    ]
    return Sum(tuple(parts))


def _sentence(scene: Scene, parameter: Parameter, settled: Settled, kind: str) -> Sentence:
    before, after = scene.weight(parameter), scene.new_weight(parameter)
    return scene.say(
        _key(kind, before, after, scene.gradient(parameter)),
        parameter=parameter.name,
        error=scene.reacting,
        optimizer=scene.spec.optimizer.name,
        work=settled.write(settled.formula.work),
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
    return given_card(
        "update", number, scene.say("learning_rate", result=segment(number, role="now"))
    )


def velocity(scene: Scene, parameter: Parameter) -> Card:
    return _remembered(scene, parameter, scene.velocity(parameter))


def new_velocity(scene: Scene, parameter: Parameter) -> Card:
    return _remembered(scene, parameter, scene.new_velocity(parameter))


def _remembered(scene: Scene, parameter: Parameter, number: Number) -> Card:
    sentence = scene.say(
        "velocity",
        name=number.name or "",
        weight=parameter.name,
        result=segment(number, role="now"),
    )
    return given_card("update", number, sentence, uses=(parameter.name,))
