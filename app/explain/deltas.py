"""Cards of the delta of a neuron: how strongly the error reacts to its net input.

Nearly always dE/dout times the slope. With a cross-entropy and its own activation the two
collapse into output - target; with softmax under another loss every output's error comes back
through the matrix of slopes.
"""

from __future__ import annotations

import numpy as np

from app.explain.anatomy import Neuron
from app.explain.compose import worked_card
from app.explain.expressions import Expression, Number, Product, Sum
from app.explain.formulas import Formula, Settled, difference, dots_added_up, long_sum, worked_out
from app.explain.jacobian import jacobian
from app.explain.model import Card, Sentence
from app.explain.notation import Symbol
from app.explain.scene import Scene
from app.explain.strips import links_back
from app.nn.softmax import jacobians


def delta(scene: Scene, neuron: Neuron) -> Card:
    """delta = dE/dout × dout/dnet, kept for the weights below and the layer before."""
    if scene.collapsed(neuron):
        return _collapsed(scene, neuron)
    if scene.joint(neuron):
        return _gathered(scene, neuron)
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
            **_users(scene, neuron),
            work=settled.write(work),
            result=settled.result,
        ),
        scene.say("delta.words", gap=factors[0].label, slope=factors[1].label),
        note=_note(scene, neuron),
        strip=links_back(scene, neuron, settled.view),
        uses=(f"net_{neuron.name}", f"out_{neuron.name}"),
    )


def _users(scene: Scene, neuron: Neuron) -> dict[str, str]:
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


def _note(scene: Scene, neuron: Neuron) -> Sentence:
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


def _collapsed(scene: Scene, neuron: Neuron) -> Card:
    """delta = out - target, or out × (sum of the targets) - target."""
    settled = Formula(scene.delta(neuron), _gap(scene, neuron)).settle()
    return worked_card(
        "backward",
        settled,
        _sentence(scene, neuron, settled, "delta.collapsed"),
        scene.say("delta.collapsed.words"),
        note=_both_factors(scene, neuron),
        strip=links_back(scene, neuron, settled.view),
        matrix=jacobian(scene, neuron, neuron) if scene.joint(neuron) else None,
        uses=(f"net_{neuron.name}", f"out_{neuron.name}", f"t_{neuron.name}"),
    )


def _both_factors(scene: Scene, neuron: Neuron) -> Sentence:
    """What has become of dE/dout and the slope."""
    if scene.joint(neuron):
        return scene.say("delta.collapsed.shares")
    if not scene.chained(neuron):
        return scene.say("delta.collapsed.lost")
    factors = Product((scene.gap(neuron), scene.slope(neuron)))
    settled = Formula(scene.delta(neuron), factors).settle()
    return scene.say("delta.collapsed.note", work=settled.write(factors))


def _gap(scene: Scene, neuron: Neuron) -> Expression:
    out, target = scene.out(neuron), scene.target(neuron)
    targets = scene.trace.backward.forward.targets
    wanted = 1.0 if targets is None else float(np.sum(targets[scene.example]))
    if not scene.joint(neuron) or wanted == 1.0:
        return difference(out, target)
    together = Number(wanted, Symbol(r"\textstyle\sum \mathrm{target}", "Σ target"))
    return difference(Product((out, together)), target)


def _gathered(scene: Scene, neuron: Neuron) -> Card:
    """delta_j = the sum over the outputs of dE/dout_i × dout_i/dnet_j."""
    outputs = scene.anatomy.outputs
    layer = scene.backward(neuron)
    column = jacobians(scene.outs(neuron.layer)[None, :])[0][:, neuron.position]
    back = layer.dE_dout[scene.example]

    def term(at: int) -> Expression:
        return Product((scene.gap(outputs[at]), scene.share_slope(outputs[at], neuron)))

    work = Sum(long_sum(len(outputs), term, lambda middle: float(back[middle] @ column[middle])))
    single = len(outputs) == 1
    settled = Formula(
        scene.delta(neuron), work, None if single else worked_out(work) or dots_added_up(work)
    ).settle()
    return worked_card(
        "backward",
        settled,
        _sentence(scene, neuron, settled, "delta.shares"),
        scene.say("delta.shares.words"),
        note=_note(scene, neuron),
        strip=links_back(scene, neuron, settled.view),
        matrix=jacobian(scene, neuron, neuron),
        uses=(f"net_{neuron.name}", *(f"out_{output.name}" for output in outputs)),
    )


def _sentence(scene: Scene, neuron: Neuron, settled: Settled, key: str) -> Sentence:
    number = scene.delta(neuron)
    return scene.say(
        key,
        delta_name=number.name or "",
        delta=number.symbol.plain,
        net_name=f"net_{neuron.name}",
        **_users(scene, neuron),
        work=settled.write(settled.formula.work),
        result=settled.result,
    )
