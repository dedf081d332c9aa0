"""The strip of causes above a derivative: w5 —×0.5933→ net_o1 —×0.1868→ out_o1 —×0.7414→ E."""

from __future__ import annotations

from app.explain.anatomy import Neuron, Parameter
from app.explain.compose import link
from app.explain.digits import Shown, show
from app.explain.model import Link
from app.explain.scene import Scene
from app.explain.views import View

END = "E"


def source_link(scene: Scene, parameter: Parameter, neuron: Neuron, shown: Shown) -> Link:
    """From a parameter to the sum it enters."""
    label = "1" if parameter.source is None else scene.out(parameter.source).symbol.plain
    factor = scene.incoming(parameter, neuron)
    return link(parameter.name, f"net_{neuron.name}", factor, shown, label)


def slope_link(scene: Scene, neuron: Neuron, shown: Shown) -> Link:
    label = scene.text("strip.slope")
    return link(f"net_{neuron.name}", f"out_{neuron.name}", scene.slope(neuron), shown, label)


def gap_link(scene: Scene, neuron: Neuron, shown: Shown) -> Link:
    """From an output to the error; from a hidden neuron over all its paths."""
    number = scene.gap(neuron)
    output = scene.anatomy.is_output(neuron)
    label = scene.text("strip.gap") if output else number.label
    return link(f"out_{neuron.name}", END, number, shown, label)


def delta_link(scene: Scene, neuron: Neuron, shown: Shown) -> Link:
    """From a sum straight to the error, where the way between is not one factor after another."""
    number = scene.delta(neuron)
    return link(f"net_{neuron.name}", END, number, shown, number.symbol.plain)


def links_back(scene: Scene, neuron: Neuron, view: View) -> tuple[Link, ...]:
    """From a neuron's sum to the error."""
    if not scene.chained(neuron):
        return (delta_link(scene, neuron, scene.delta(neuron).shown(view)),)
    return (
        slope_link(scene, neuron, scene.slope(neuron).shown(view)),
        gap_link(scene, neuron, scene.gap(neuron).shown(view)),
    )


def path_strip(scene: Scene, above: Neuron, neuron: Neuron) -> tuple[Link, ...]:
    """From a neuron through one neuron of the layer above it."""
    weight = scene.link_back(above, neuron)
    first = link(
        f"out_{neuron.name}", f"net_{above.name}", weight, show(weight.value, weight.style),
        weight.symbol.plain,
    )  # fmt: skip
    return (first, *links_back(scene, above, View()))
