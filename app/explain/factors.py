"""Cards of the single factors of the chain rule: the gap, the slope, what a weight multiplies."""

from __future__ import annotations

from dataclasses import replace

from app.errors import NotFound
from app.explain import loss_recipes, recipes, shares
from app.explain.anatomy import Neuron, Parameter
from app.explain.compose import direction, question, signed, worked_card
from app.explain.errors import loss_kind
from app.explain.formulas import Formula
from app.explain.model import Card, Question
from app.explain.notation import symbol
from app.explain.paths import old_or_new, paths
from app.explain.scene import Scene
from app.explain.strips import gap_link, slope_link, source_link

SATURATED = 0.01  # a slope below this passes on so little that the sentence says so


def gap(scene: Scene, neuron: Neuron) -> Card:
    """dE/dout: of an output from the loss, of a hidden neuron from the paths to the layer above."""
    return _output_gap(scene, neuron) if scene.anatomy.is_output(neuron) else paths(scene, neuron)


def _output_gap(scene: Scene, neuron: Neuron) -> Card:
    target, out, result = scene.target(neuron), scene.out(neuron), scene.gap(neuron)
    recipe = loss_recipes.GAPS.get(scene.spec.loss)
    worked = (
        recipe(target, out, scene.spec.sizes[-1])
        if recipe
        else recipes.unlisted(scene.spec.loss, out, result.value)
    )
    settled = Formula(result, worked.work, worked.partial, shown=signed(result)).settle()
    kind, verb = loss_kind(scene), direction(result.value)
    key = "gap.zero" if verb == "zero" else f"gap.{kind}.{verb}"
    return worked_card(
        "backward",
        settled,
        scene.say(
            key,
            out_name=f"out_{neuron.name}",
            size=settled.size,
            work=settled.write(worked.work),
            count=str(scene.spec.sizes[-1]),
        ),
        scene.say(f"gap.words.{kind}"),
        why=_other_errors(scene, neuron),
        strip=(gap_link(scene, neuron, settled.shown),),
        uses=(f"E_{neuron.name}", "E_total"),
    )


def _other_errors(scene: Scene, neuron: Neuron) -> Question | None:
    """Where the errors of the other outputs have gone."""
    others = [output for output in scene.anatomy.outputs if output != neuron]
    if not others:
        return None
    count = "one" if len(others) == 1 else "many"
    return question(
        scene, f"gap.{count}", other=f"E_{others[0].name}", out_name=f"out_{neuron.name}"
    )


def slope(scene: Scene, neuron: Neuron, again: Neuron) -> Card:
    """dout/dnet: the slope of the activation at this point of its curve."""
    if scene.joint(neuron) and scene.joint(again):
        return shares.slope(scene, neuron, again)
    if neuron != again:
        raise NotFound(f"out_{neuron.name} does not depend on net_{again.name} directly.")
    activation = scene.spec.activations[neuron.layer - 1]
    net, out, result = scene.net(neuron), scene.out(neuron), scene.slope(neuron)
    recipe = recipes.SLOPES.get(activation)
    worked = recipe(net, out) if recipe else recipes.unlisted(f"{activation}'", net, result.value)
    settled = Formula(result, worked.work, worked.partial).settle()
    return worked_card(
        "backward",
        settled,
        scene.say(
            _slope_key(activation, result.value),
            neuron=neuron.name,
            net_name=f"net_{neuron.name}",
            out_name=f"out_{neuron.name}",
            result=settled.result,
        ),
        scene.say("slope.words", neuron=neuron.name),
        trap=_slope_trap(scene, activation),
        strip=(slope_link(scene, neuron, settled.shown),),
        uses=(f"net_{neuron.name}", f"out_{neuron.name}"),
    )


def _slope_key(activation: str, value: float) -> str:
    if value == 0:
        return "slope.zero"
    if activation in ("leaky_relu", "elu") and value == 1:
        return "slope.full"
    if activation in ("sigmoid", "tanh"):
        return "slope.saturated" if value < SATURATED else f"slope.{activation}"
    own = activation in ("relu", "linear")
    return f"slope.{activation}" if own else "slope.other"


def _slope_trap(scene: Scene, activation: str) -> str | None:
    kinds = {"sigmoid": "output", "tanh": "output", "relu": "relu", "leaky_relu": "leaky"}
    return scene.text(f"slope.trap.{kinds[activation]}") if activation in kinds else None


def lever(scene: Scene, neuron: Neuron, parameter: Parameter) -> Card:
    """dnet/dw is what the weight is multiplied by; dnet/db is 1."""
    if parameter.layer != neuron.layer or parameter.target not in (None, neuron):
        raise NotFound(f"net_{neuron.name} does not contain {parameter.name}.")
    result = scene.incoming(parameter, neuron)
    source = parameter.source
    work = recipes.ONE if source is None else scene.out(source, "source")
    settled = Formula(result, work).settle()
    net_name = f"net_{neuron.name}"
    if source is None:
        sentence = scene.say("dnet/db", bias=parameter.name, net_name=net_name, size=settled.size)
        words, why = scene.say("dnet/db.words"), None
    else:
        slots = {
            "weight": parameter.name,
            "net_name": net_name,
            "source_name": scene.out(source).name or "",
        }
        sentence = scene.say(f"dnet/dw.{direction(result.value)}", **slots, size=settled.size)
        words = scene.say("dnet/dw.words", source=scene.out(source).label)
        why = question(scene, "dnet/dw", **slots)
    return worked_card(
        "backward",
        settled,
        sentence,
        words,
        why=why,
        strip=(source_link(scene, parameter, neuron, settled.shown),),
        uses=(parameter.name, net_name),
    )


def through(scene: Scene, neuron: Neuron, below: Neuron) -> Card:
    """dnet/dout of the layer below is the weight between them."""
    if below.layer != neuron.layer - 1:
        raise NotFound(f"net_{neuron.name} does not contain out_{below.name}.")
    weight = scene.link_back(neuron, below)
    name = f"dnet_{neuron.name}/dout_{below.name}"
    result = replace(weight, name=name, symbol=symbol(name))
    settled = Formula(result, weight).settle()
    slots = {
        "weight": f"out_{below.name}",
        "net_name": f"net_{neuron.name}",
        "source_name": weight.name or "",
    }
    return worked_card(
        "backward",
        settled,
        scene.say(f"dnet/dw.{direction(result.value)}", **slots, size=settled.size),
        scene.say("dnet/dw.words", source=weight.label),
        why=question(scene, "dnet/dw", **slots),
        trap=old_or_new(scene, [weight]),
        uses=(f"out_{below.name}", f"net_{neuron.name}"),
    )
