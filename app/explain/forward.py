"""Cards of the forward pass: net and out, and the numbers that are given."""

from __future__ import annotations

import numpy as np

from app.explain import recipes, shares
from app.explain.anatomy import Neuron, Parameter
from app.explain.compose import given_card, question, segment, worked_card
from app.explain.expressions import Expression, Number, Product, Sum
from app.explain.formulas import SHOWN_TERMS, Formula, long_sum, worked_out
from app.explain.model import Card, Role
from app.explain.scene import Scene


def net(scene: Scene, neuron: Neuron) -> Card:
    """net = the sum of source × weight, in the order of the sources, + bias."""
    bias = scene.anatomy.bias(neuron)
    numbers = () if bias is None else (scene.weight(bias),)
    work = Sum((*_weighted(scene, neuron, "·"), *(_times_one(number) for number in numbers)))
    spoken = Sum((*_weighted(scene, neuron, "×"), *numbers))
    single = len(work.summands) == 1
    settled = Formula(
        scene.net(neuron), work, None if single else worked_out(work), (spoken,)
    ).settle()
    no_bias = "" if numbers else ".no_bias"
    layer = "output" if scene.anatomy.is_output(neuron) else "hidden"
    return worked_card(
        "forward",
        settled,
        scene.say(
            f"net.{_amount(scene, neuron)}{no_bias}",
            neuron=neuron.name,
            kind=scene.text(f"layer.{layer}"),
            count=str(scene.anatomy.fan_in(neuron)),
            sum=settled.write(spoken),
            result=settled.result,
        ),
        scene.say(f"net.words{no_bias}"),
        why=question(scene, "net") if numbers else None,
    )


def _amount(scene: Scene, neuron: Neuron) -> str:
    count = scene.anatomy.fan_in(neuron)
    if count > SHOWN_TERMS:
        return "many"
    if count == 1:
        return "one"
    return "first" if neuron.layer == 1 else "later"


def _weighted(scene: Scene, neuron: Neuron, sign: str) -> tuple[Expression, ...]:
    sent = scene.outs(neuron.layer - 1)
    first = scene.anatomy.weight(neuron, 0).index
    weights = scene.trace.before.theta[first : first + len(sent)]

    def term(at: int) -> Expression:
        weight = scene.anatomy.weight(neuron, at)
        source = scene.out(scene.anatomy.at(neuron.layer - 1, at), "source")
        return Product((source, scene.weight(weight)), "·", sign)

    return long_sum(len(sent), term, lambda middle: float(np.sum(sent[middle] * weights[middle])))


def _times_one(bias: Number) -> Expression:
    return Product((bias, recipes.ONE), "·", "·")


def out(scene: Scene, neuron: Neuron) -> Card:
    """out = f(net)."""
    activation = scene.spec.activations[neuron.layer - 1]
    if scene.joint(neuron):
        return shares.out(scene, neuron)
    before, result = scene.net(neuron), scene.out(neuron)
    recipe = recipes.ACTIVATIONS.get(activation)
    worked = recipe(before) if recipe else recipes.unlisted(activation, before, result.value)
    settled = Formula(result, worked.work, worked.partial).settle()
    return worked_card(
        "forward",
        settled,
        scene.say(
            _activation_key(activation, result.value),
            neuron=neuron.name,
            activation=activation,
            net=settled.number(before),
            result=settled.result,
        ),
        scene.say("out.words", neuron=neuron.name),
    )


def _activation_key(activation: str, value: float) -> str:
    if activation == "relu":
        return "out.relu.on" if value > 0 else "out.relu.off"
    if activation in ("leaky_relu", "elu"):
        return "out.on" if value > 0 else f"out.{activation}"
    return f"out.{activation}" if activation in recipes.ACTIVATIONS else "out.other"


def given_input(scene: Scene, neuron: Neuron) -> Card:
    number = scene.out(neuron, "source")
    sentence = scene.say("input", name=neuron.name, result=segment(number, role="now"))
    return given_card("forward", number, sentence)


def given_target(scene: Scene, neuron: Neuron) -> Card:
    number = scene.target(neuron)
    sentence = scene.say("target", neuron=neuron.name, result=segment(number, role="now"))
    return given_card("error", number, sentence)


def parameter(scene: Scene, asked: Parameter) -> Card:
    """A weight or bias as it is before the update."""
    number = scene.weight(asked)
    now: Role = "now"
    if asked.source is not None and asked.target is not None:
        sentence = scene.say(
            "weight",
            name=asked.name,
            source=asked.source.name,
            neuron=asked.target.name,
            result=segment(number, role=now),
        )
        return given_card("forward", number, sentence)
    owner = "" if asked.target is None else asked.target.name
    sentence = scene.say(
        "bias.one" if owner else "bias.shared",
        name=asked.name,
        neuron=owner,
        result=segment(number, role=now),
    )
    return given_card("forward", number, sentence)
