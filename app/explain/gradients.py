"""Cards of the gradients: of a weight, of a bias, for one example and for the batch."""

from __future__ import annotations

import numpy as np

from app.explain import recipes
from app.explain.anatomy import Neuron, Parameter
from app.explain.compose import direction, question, way, worked_card
from app.explain.errors import reduced
from app.explain.expressions import Expression, Number, Product, Sum
from app.explain.formulas import (
    Formula,
    Settled,
    dots_added_up,
    long_sum,
    named_half_way,
    worked_out,
)
from app.explain.model import Card, Link, Sentence
from app.explain.scene import Scene
from app.explain.strips import links_back, source_link

WEAK = 2  # from this ratio on a hidden weight is compared with the weight it feeds


def gradient(scene: Scene, parameter: Parameter) -> Card:
    """dE/dw: with one example the chain rule itself, else the examples gathered."""
    if scene.many:
        return _batch(scene, parameter)
    return _of_example(scene, parameter, scene.gradient(parameter))


def contribution(scene: Scene, parameter: Parameter, example: int) -> Card:
    """dE/dw[e]: the chain rule for one example of the batch."""
    result = scene.contribution(parameter, example)
    return _of_example(scene.of_example(example), parameter, result)


def _of_example(scene: Scene, parameter: Parameter, result: Number) -> Card:
    if parameter.target is None:
        return _shared_bias(scene, parameter, result)
    if parameter.source is None:
        return _bias(scene, parameter, parameter.target, result)
    first = parameter.source.position == 0 and scene.chained(parameter.target)
    if not first and result.value != 0:
        return _sibling(scene, parameter, parameter.target, parameter.source, result)
    return _chain(scene, parameter, parameter.target, parameter.source, result)


def _chain(scene: Scene, weight: Parameter, neuron: Neuron, source: Neuron, result: Number) -> Card:
    """All three factors: how the error reacts, the slope, what comes in."""
    factors = (scene.gap(neuron), scene.slope(neuron), scene.incoming(weight, neuron))
    work = Product(factors)
    output = scene.anatomy.is_output(neuron)
    partial = Product((named_half_way(Product(factors[:2]), scene.delta(neuron)), factors[2]))
    settled = Formula(result, work, partial if output else None).settle()
    zero = result.value == 0
    sentence = _zero if zero else _output if output else _hidden
    labels = {"gap": factors[0].label, "slope": factors[1].label}
    return worked_card(
        "backward",
        settled,
        sentence(scene, weight, neuron, source, settled, factors),
        scene.say("dE/dw.words", **labels, source=scene.out(source).label),
        note=_which_zero(scene, factors) if zero else (),
        why=question(scene, "dE/dw"),
        strip=_strip(scene, weight, neuron, settled, factors),
        uses=_chain_uses(scene, weight, neuron, source),
    )


_Factors = tuple[Number, Number, Number]


def _output(
    scene: Scene, weight: Parameter, neuron: Neuron, source: Neuron, settled: Settled,
    factors: _Factors,
) -> Sentence:  # fmt: skip
    gap, slope, incoming = factors
    if all(factor.value < 0 for factor in factors):  # thrice the other way is hard to follow
        return _at_once(scene, weight, neuron, source, settled, factors)
    return scene.say(
        f"dE/dw.output.{direction(settled.formula.result.value)}",
        weight=weight.name,
        net_name=f"net_{neuron.name}",
        out_name=f"out_{neuron.name}",
        source=settled.number(incoming, size=True),
        source_way=way(scene, incoming),
        slope=settled.number(slope, size=True),
        slope_way=way(scene, slope),
        gap=settled.number(gap, size=True),
        gap_way=way(scene, gap),
        size=settled.size,
    )


def _hidden(
    scene: Scene, weight: Parameter, neuron: Neuron, source: Neuron, settled: Settled,
    factors: _Factors,
) -> Sentence:  # fmt: skip
    value = settled.formula.result.value
    stronger = scene.anatomy.weight(scene.anatomy.at(neuron.layer + 1, 0), neuron.position)
    other = abs(_own_gradient(scene, stronger).value)
    if not np.isfinite(other) or other < WEAK * abs(value):
        return _at_once(scene, weight, neuron, source, settled, factors)
    compared = {"stronger": stronger.name, "ratio": f"{other / abs(value):.0f}"}
    return _at_once(scene, weight, neuron, source, settled, factors, **compared)


def _at_once(
    scene: Scene, weight: Parameter, neuron: Neuron, source: Neuron, settled: Settled,
    factors: _Factors, **compared: str,
) -> Sentence:  # fmt: skip
    """The three factors in one product; perhaps beside the weight that it feeds."""
    gap, slope, incoming = factors
    return scene.say(
        f"dE/dw.hidden.{direction(settled.formula.result.value)}{'.weak' if compared else ''}",
        weight=weight.name,
        neuron=neuron.name,
        gap=settled.number(gap),
        paths=gap.label,
        slope=settled.number(slope),
        source=settled.number(incoming),
        source_label=scene.out(source).label,
        size=settled.size,
        **compared,
    )


def _own_gradient(scene: Scene, parameter: Parameter) -> Number:
    """What the looked-at example makes of it."""
    return scene.contribution(parameter, scene.example) if scene.many else scene.gradient(parameter)


def _zero(
    scene: Scene, weight: Parameter, _neuron: Neuron, _source: Neuron, settled: Settled,
    factors: _Factors,
) -> Sentence:  # fmt: skip
    known = any(factor.value == 0 for factor in factors)
    key = "dE/dw.zero" if known else "dE/dw.underflow"
    return scene.say(key, weight=weight.name, zero=settled.result)


def _which_zero(scene: Scene, factors: _Factors) -> Sentence:
    zeros = [factor.label for factor in factors if factor.value == 0]
    return scene.say("dE/dw.zero.note", factor=zeros[0]) if zeros else ()


def _strip(
    scene: Scene, weight: Parameter, neuron: Neuron, settled: Settled, factors: _Factors
) -> tuple[Link, ...]:
    incoming = factors[2].shown(settled.view)
    return (
        source_link(scene, weight, neuron, incoming),
        *links_back(scene, neuron, settled.view),
    )


def _chain_uses(scene: Scene, weight: Parameter, neuron: Neuron, source: Neuron) -> tuple[str, ...]:
    sent = scene.out(source).name or ""
    return (weight.name, sent, f"net_{neuron.name}", f"out_{neuron.name}")


def _sibling(
    scene: Scene, weight: Parameter, neuron: Neuron, source: Neuron, result: Number
) -> Card:
    """A weight of a neuron whose delta is known already."""
    back, sent = scene.delta(neuron), scene.out(source, "source")
    work = Product((back, sent))
    settled = Formula(result, work).settle()
    factors = (scene.gap(neuron), scene.slope(neuron), scene.incoming(weight, neuron))
    return worked_card(
        "backward",
        settled,
        scene.say(
            f"dE/dw.{'sibling' if source.position else 'first'}.{direction(result.value)}",
            weight=weight.name,
            delta=back.symbol.plain,
            first=scene.anatomy.weight(neuron, 0).name,
            work=settled.write(work),
            result=settled.result,
            size=settled.size,
        ),
        scene.say("dE/dw.sibling.words", delta=back.label, source=sent.label),
        why=question(scene, "dE/dw"),
        strip=_strip(scene, weight, neuron, settled, factors),
        uses=_chain_uses(scene, weight, neuron, source),
    )


def _bias(scene: Scene, bias: Parameter, neuron: Neuron, result: Number) -> Card:
    """dE/db = delta × 1."""
    back = scene.delta(neuron)
    settled = Formula(result, Product((back, recipes.ONE))).settle()
    factors = (scene.gap(neuron), scene.slope(neuron), scene.incoming(bias, neuron))
    verb = direction(result.value)
    return worked_card(
        "backward",
        settled,
        scene.say(
            "dE/db.zero" if verb == "zero" else f"dE/db.one.{verb}",
            bias=bias.name,
            net_name=f"net_{neuron.name}",
            delta=back.symbol.plain,
            size=settled.size,
            zero=settled.result,
        ),
        scene.say("dE/db.one.words", delta=back.label),
        note=_frozen(scene),
        strip=_strip(scene, bias, neuron, settled, factors),
        uses=(bias.name, f"net_{neuron.name}", f"out_{neuron.name}"),
    )


def _shared_bias(scene: Scene, bias: Parameter, result: Number) -> Card:
    """dE/db of a bias that a layer shares: the sum of the layer's deltas."""
    neurons = scene.anatomy.neurons(bias.layer)
    values = scene.deltas(bias.layer)

    def term(at: int) -> Expression:
        return scene.delta(neurons[at])

    work = Sum(long_sum(len(neurons), term, lambda middle: float(np.sum(values[middle]))))
    spoken = worked_out(work)
    settled = Formula(result, work, dots_added_up(work), (spoken,)).settle()
    verb = direction(result.value)
    return worked_card(
        "backward",
        settled,
        scene.say(
            "dE/db.zero" if verb == "zero" else f"dE/db.shared.{verb}",
            bias=bias.name,
            sum=settled.write(spoken),
            result=settled.result,
            size=settled.size,
            zero=settled.result,
        ),
        scene.say("dE/db.shared.words"),
        note=_frozen(scene),
        why=question(scene, "paths"),
        uses=(bias.name,),
    )


def _frozen(scene: Scene) -> Sentence:
    return () if scene.spec.bias.trainable else scene.say("dE/db.frozen")


def _batch(scene: Scene, parameter: Parameter) -> Card:
    """dE/dw over several examples: their gradients, averaged or added up."""
    count, values = scene.batch_size, scene.contributions(parameter)

    def term(at: int) -> Expression:
        return scene.contribution(parameter, at)

    total = Sum(long_sum(count, term, lambda middle: float(np.sum(values[middle]))))
    result = scene.gradient(parameter)
    settled = reduced(scene, result, total).settle()
    verb = direction(result.value)
    reduction = scene.spec.reduction
    key = "batch.zero" if verb == "zero" else f"batch.{reduction}.{verb}"
    return worked_card(
        "backward",
        settled,
        scene.say(key, count=str(count), parameter=parameter.name, size=settled.size),
        scene.say(f"batch.{reduction}.words"),
        note=_frozen(scene) if parameter.is_bias else (),
        uses=(parameter.name,),
    )
