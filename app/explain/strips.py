"""The strip of causes above a derivative: w5 —×0.5933→ net_o1 —×0.1868→ out_o1 —×0.7414→ E."""

from __future__ import annotations

from app.explain.anatomy import Neuron, Parameter
from app.explain.compose import link
from app.explain.digits import Shown, show
from app.explain.model import Link
from app.explain.scene import Scene

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


def path_strip(scene: Scene, above: Neuron, neuron: Neuron) -> tuple[Link, ...]:
    """From a neuron through one neuron of the layer above it."""
    weight = scene.link_back(above, neuron)
    slope, back = scene.slope(above), scene.gap(above)
    first = link(
        f"out_{neuron.name}", f"net_{above.name}", weight, show(weight.value, weight.style),
        weight.symbol.plain,
    )  # fmt: skip
    return (
        first,
        slope_link(scene, above, show(slope.value)),
        gap_link(scene, above, show(back.value)),
    )
