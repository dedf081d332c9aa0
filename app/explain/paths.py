"""Cards of the paths into a hidden neuron: what flows back along each, and all of them added."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.errors import NotFound
from app.explain.anatomy import Neuron
from app.explain.compose import direction, question, signed, way, worked_card
from app.explain.expressions import Expression, Number, Product, Sum
from app.explain.formulas import SHOWN_TERMS, Formula, Settled, aligned, long_sum, worked_out
from app.explain.lists import listed
from app.explain.model import Card, Sentence
from app.explain.notation import symbol
from app.explain.scene import Scene
from app.explain.strips import path_strip


def path(scene: Scene, output: Neuron, neuron: Neuron) -> Card:
    """dE_o/dout of the layer below: what comes back along one path."""
    work = _path(scene, output, neuron)
    result = _worth(work)
    settled = Formula(result, work, shown=signed(result)).settle()
    back, weight = scene.delta(output), scene.link_back(output, neuron)
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
        trap=old_or_new(scene, [weight]),
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
        result, work, None if single else worked_out(work), shown=signed(result)
    ).settle()
    shown = [scene.link_back(output, neuron) for output in above[:SHOWN_TERMS]]
    return worked_card(
        "backward",
        settled,
        _paths_sentence(scene, neuron, above, settled, work),
        scene.say("paths.words"),
        why=None if single else question(scene, "paths"),
        trap=old_or_new(scene, shown) if len(above) <= SHOWN_TERMS else None,
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
    back, weight = scene.delta(output), scene.link_back(output, neuron)
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


def old_or_new(scene: Scene, weights: list[Number]) -> str:
    """Which weights the delta flowed through: the famous mistake is to take the new ones."""
    names = [(weight.name or "").removesuffix("+") for weight in weights]
    count = "one" if len(names) == 1 else "many"
    return scene.text(
        f"paths.trap.{count}.{scene.spec.update_order}",
        weights=listed(scene, names),
    )
