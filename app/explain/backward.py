"""Cards of the backward pass: the factors of the chain rule, the delta, the paths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.errors import NotFound
from app.explain import recipes
from app.explain.anatomy import Neuron, Parameter
from app.explain.compose import direction, question, way, worked_card
from app.explain.digits import Shown, show
from app.explain.errors import loss_kind
from app.explain.expressions import Expression, Number, Product, Sum
from app.explain.formulas import SHOWN_TERMS, Formula, Settled, aligned, long_sum, worked_out
from app.explain.lists import listed
from app.explain.model import Card, Question, Sentence
from app.explain.notation import symbol
from app.explain.scene import Scene
from app.explain.strips import gap_link, path_strip, slope_link, source_link

SATURATED = 0.01  # a slope below this passes on so little that the sentence says so


def gap(scene: Scene, neuron: Neuron) -> Card:
    """dE/dout: of an output from the loss, of a hidden neuron from the paths to the layer above."""
    return _output_gap(scene, neuron) if scene.anatomy.is_output(neuron) else paths(scene, neuron)


def _output_gap(scene: Scene, neuron: Neuron) -> Card:
    target, out, result = scene.target(neuron), scene.out(neuron), scene.gap(neuron)
    recipe = recipes.GAPS.get(scene.spec.loss)
    worked = (
        recipe(target, out, scene.spec.sizes[-1])
        if recipe
        else recipes.unlisted(scene.spec.loss, out, result.value)
    )
    settled = Formula(result, worked.work, worked.partial, shown=_signed(result)).settle()
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


def _signed(number: Number) -> Shown:
    shown = show(number.value, number.style)
    return Shown(shown.value, shown.decimal, signed=True)


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
    if activation in ("sigmoid", "tanh"):
        return "slope.saturated" if value < SATURATED else f"slope.{activation}"
    return f"slope.{activation}" if activation in recipes.SLOPES else "slope.other"


def _slope_trap(scene: Scene, activation: str) -> str | None:
    kinds = {"sigmoid": "output", "tanh": "output", "relu": "relu"}
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
    weight = _through(scene, neuron, below)
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
        trap=_old_or_new(scene, [weight]),
        uses=(f"out_{below.name}", f"net_{neuron.name}"),
    )


def delta(scene: Scene, neuron: Neuron) -> Card:
    """delta = dE/dout × dout/dnet, kept for the weights below and the layer before."""
    factors = (scene.gap(neuron), scene.slope(neuron))
    work, result = Product(factors), scene.delta(neuron)
    settled = Formula(result, work).settle()
    layer = "output" if scene.anatomy.is_output(neuron) else "hidden"
    return worked_card(
        "backward",
        settled,
        scene.say(
            f"delta.{layer}",
            delta_name=result.name or "",
            delta=result.symbol.plain,
            neuron=neuron.name,
            net_name=f"net_{neuron.name}",
            **_delta_users(scene, neuron),
            work=settled.write(work),
            result=settled.result,
        ),
        scene.say("delta.words", gap=factors[0].label, slope=factors[1].label),
        note=_delta_note(scene, neuron),
        strip=(
            slope_link(scene, neuron, factors[1].shown(settled.view)),
            gap_link(scene, neuron, factors[0].shown(settled.view)),
        ),
        uses=(f"net_{neuron.name}", f"out_{neuron.name}"),
    )


def _delta_users(scene: Scene, neuron: Neuron) -> dict[str, str]:
    """Who needs the delta again: the weights into the neuron, and the layer before."""
    count = scene.anatomy.fan_in(neuron)
    amount = {1: "one", 2: "two"}.get(count, "many")
    layer = ".layer" if neuron.layer > 1 else ""
    users = scene.text(
        f"users.{amount}{layer}",
        first=scene.anatomy.weight(neuron, 0).name,
        last=scene.anatomy.weight(neuron, count - 1).name,
    )
    alone = count == 1 and not layer
    return {"users": users, "need": scene.text("users.needs" if alone else "users.need")}


def _delta_note(scene: Scene, neuron: Neuron) -> Sentence:
    """What the delta is for: the gradient of the first weight."""
    weight = scene.anatomy.weight(neuron, 0)
    if weight.source is None or scene.many:
        return ()
    result, source = scene.gradient(weight), scene.out(weight.source, "source")
    work = Product((scene.delta(neuron), source))
    settled = Formula(result, work).settle()
    return scene.say(
        "delta.note",
        gradient=result.symbol.plain,
        delta=scene.delta(neuron).symbol.plain,
        source_name=source.symbol.plain,
        work=settled.write(work),
        result=settled.result,
    )


def path(scene: Scene, output: Neuron, neuron: Neuron) -> Card:
    """dE_o/dout of the layer below: what comes back along one path."""
    work = _path(scene, output, neuron)
    result = _worth(work)
    settled = Formula(result, work, shown=_signed(result)).settle()
    back, weight = scene.delta(output), _through(scene, output, neuron)
    return worked_card(
        "backward",
        settled,
        scene.say(
            f"path.{direction(result.value)}",
            output=output.name,
            out_name=f"out_{neuron.name}",
            net_name=f"net_{output.name}",
            error=f"E_{output.name}",
            weight=settled.number(weight, size=True),
            weight_way=way(scene, weight),
            delta=settled.number(back, size=True),
            delta_way=way(scene, back),
            work=settled.write(work),
            size=settled.size,
        ),
        scene.say("path.words", delta=back.label, weight=weight.label),
        trap=_old_or_new(scene, [weight]),
        strip=path_strip(scene, output, neuron),
        uses=(f"out_{neuron.name}", f"net_{output.name}"),
    )


def paths(scene: Scene, neuron: Neuron) -> Card:
    """dE/dout of a hidden neuron: the sum over the neurons it feeds."""
    above = scene.anatomy.neurons(neuron.layer + 1)
    back = scene.deltas(neuron.layer + 1)
    through = scene.backward(above[0]).weights[:, neuron.position]

    def term(at: int) -> Expression:
        return _path(scene, above[at], neuron)

    work = Sum(
        long_sum(len(above), term, lambda middle: float(np.sum(back[middle] * through[middle])))
    )
    result = scene.gap(neuron)
    single = len(above) == 1
    settled = Formula(
        result, work, None if single else worked_out(work), shown=_signed(result)
    ).settle()
    shown = [_through(scene, output, neuron) for output in above[:SHOWN_TERMS]]
    return worked_card(
        "backward",
        settled,
        _paths_sentence(scene, neuron, above, settled, work),
        scene.say("paths.words"),
        why=None if single else question(scene, "paths"),
        trap=_old_or_new(scene, shown) if len(above) <= SHOWN_TERMS else None,
        strip=path_strip(scene, above[0], neuron) if single else (),
        uses=(f"out_{neuron.name}",),
    )


def _paths_sentence(
    scene: Scene, neuron: Neuron, above: list[Neuron], settled: Settled, work: Sum
) -> Sentence:
    slots: dict[str, Sentence | str] = {}
    for letter, output, product in zip("ab", above, work.summands, strict=False):
        part = replace(aligned(product), role="gap")
        slots[f"to_{letter}"] = output.name
        slots[f"work_{letter}"] = settled.write(product)
        slots[f"part_{letter}"] = (settled.number(part, signed=True),)
    key = {1: "one", 2: "two"}.get(len(above), "many")
    return scene.say(
        f"paths.{key}",
        **slots,
        neuron=neuron.name,
        count=str(len(above)),
        result=settled.result,
    )


def _path(scene: Scene, output: Neuron, neuron: Neuron) -> Product:
    """delta × weight, named where the convention has a name for it."""
    back, weight = scene.delta(output), _through(scene, output, neuron)
    name = f"dE_{output.name}/dout_{neuron.name}"
    worth = Number(
        back.value * weight.value,
        symbol(name),
        name if scene.anatomy.is_output(output) else None,
        "gap",
        label=scene.text("label.path", neuron=output.name),
    )
    return Product((back, weight), "·", "×", worth)


def _worth(product: Product) -> Number:
    if product.worth is None or product.worth.name is None:
        raise NotFound("A path has a name only where it ends at an output.")
    return product.worth


def _through(scene: Scene, output: Neuron, neuron: Neuron) -> Number:
    return scene.backward_weight(scene.anatomy.weight(output, neuron.position))


def _old_or_new(scene: Scene, weights: list[Number]) -> str:
    """Which weights the delta flowed through: the famous mistake is to take the new ones."""
    names = [(weight.name or "").removesuffix("+") for weight in weights]
    count = "one" if len(names) == 1 else "many"
    return scene.text(
        f"paths.trap.{count}.{scene.spec.update_order}",
        weights=listed(scene, names),
    )
