"""The chain rule for one parameter, in two views.

The delta view multiplies three numbers: how the error reacts to the neuron's output, the slope
there, and what the parameter is multiplied by. The path view multiplies along every single
path from the parameter to the error; the products of all paths add up to the same number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.explain.anatomy import Anatomy, Neuron, Parameter
from app.explain.cards import card
from app.explain.expressions import Number
from app.explain.model import Card, Line
from app.explain.notation import symbol
from app.explain.scene import Scene
from app.explain.views import unmarked
from app.nn.passes import StepTrace
from app.nn.spec import NetworkSpec, trainable_mask

MOST_PATHS = 256


@dataclass(frozen=True, slots=True)
class DerivedFactor:
    """`fused`: dE/dnet as one number, where dE/dout and the slope are not two finite ones."""

    name: str
    value: float
    latex: str
    fused: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """From the parameter's neuron through one neuron of every later layer to the error."""

    through: tuple[str, ...]
    factors: tuple[DerivedFactor, ...]
    product: float


@dataclass(frozen=True, slots=True)
class Update:
    before: float
    learning_rate: float
    change: float
    after: float


@dataclass(frozen=True, slots=True)
class Derivation:
    """`gradient` is of the batch; factors and paths are of one example, before the reduction.

    `contribution` is that example's share of the gradient: the product of the factors times
    `reduction_factor`. All examples' contributions add up to `gradient`.
    """

    parameter: str
    address: str
    example: int
    gradient: float
    factors: tuple[DerivedFactor, ...]
    paths: tuple[Path, ...]
    paths_truncated: bool
    reduction_factor: float
    contribution: float
    update: Update
    latex: str
    plain: str


def derive(spec: NetworkSpec, trace: StepTrace, parameter: str, example: int) -> Derivation:
    """By name (w5) or address (w2.1.1); the name comes back as it was asked. Raises NotFound."""
    anatomy = Anatomy.of(spec)
    scene = Scene(spec, trace, example, trace.before.step, "en", anatomy)
    found = anatomy.parameter(parameter)
    own = anatomy.names.value(trace, f"dE/d{found.name}[{example}]", example)
    formulas = _cards(scene, found)
    return Derivation(
        parameter=parameter,
        address=anatomy.names.address(found.index),
        example=example,
        gradient=scene.gradient(found).value,
        factors=_factors(scene, found),
        paths=tuple(islice(_paths(scene, found), MOST_PATHS)),
        paths_truncated=_path_count(scene, found) > MOST_PATHS,
        reduction_factor=trace.backward.reduction_factor,
        contribution=own * trace.backward.reduction_factor,
        update=_update(scene, found),
        latex=_latex(formulas),
        plain=_plain(formulas),
    )


def _factors(scene: Scene, parameter: Parameter) -> tuple[DerivedFactor, ...]:
    """Three for a weight or a neuron's own bias; a shared bias gathers its layer's deltas."""
    if parameter.target is None:
        return (_factor(scene.contribution(parameter, scene.example)),)
    incoming = _factor(scene.incoming(parameter, parameter.target))
    return (*_back(scene, parameter.target), incoming)


def _back(scene: Scene, neuron: Neuron) -> tuple[DerivedFactor, ...]:
    """How the error reacts to a net input: two factors, or one where they are not two numbers."""
    if scene.chained(neuron):
        return (_factor(scene.gap(neuron)), _factor(scene.slope(neuron)))
    return (_factor(scene.delta(neuron), fused=True),)


def _factor(number: Number, *, fused: bool = False) -> DerivedFactor:
    return DerivedFactor(number.name or "", number.value, number.symbol.latex, fused)


def _entries(scene: Scene, parameter: Parameter) -> list[Neuron]:
    """The neurons that the parameter enters."""
    if parameter.target is None:
        return scene.anatomy.neurons(parameter.layer)
    return [parameter.target]


def _path_count(scene: Scene, parameter: Parameter) -> int:
    sizes = scene.spec.sizes[parameter.layer + 1 :]
    return len(_entries(scene, parameter)) * math.prod(sizes)


def _paths(scene: Scene, parameter: Parameter) -> Iterator[Path]:
    for neuron in _entries(scene, parameter):
        last = _factor(scene.incoming(parameter, neuron))
        for route in _routes(scene.anatomy, neuron):
            factors = (*_along(scene, route), last)
            yield Path(
                tuple(passed.name for passed in route),
                factors,
                math.prod(factor.value for factor in factors),
            )


def _routes(anatomy: Anatomy, neuron: Neuron) -> Iterator[tuple[Neuron, ...]]:
    """Every way from a neuron to an output, itself included."""
    if anatomy.is_output(neuron):
        yield (neuron,)
        return
    for position in range(anatomy.fan_out(neuron)):
        for rest in _routes(anatomy, anatomy.at(neuron.layer + 1, position)):
            yield (neuron, *rest)


def _along(scene: Scene, route: tuple[Neuron, ...]) -> Iterator[DerivedFactor]:
    """The factors of a route, the error first, as the chain rule is written."""
    yield from _back(scene, route[-1])
    for above, below in zip(reversed(route), reversed(route[:-1]), strict=False):
        weight = scene.link_back(above, below)
        name = f"dnet_{above.name}/dout_{below.name}"
        yield DerivedFactor(name, weight.value, symbol(name).latex)
        yield _factor(scene.slope(below))


def _update(scene: Scene, parameter: Parameter) -> Update:
    before, after = scene.weight(parameter).value, scene.new_weight(parameter).value
    moves = bool(trainable_mask(scene.spec)[parameter.index])
    change = after - before if moves else 0.0
    return Update(before, scene.option("learning_rate").value, change, after)


def _cards(scene: Scene, parameter: Parameter) -> list[Card]:
    """The formulas in order: this example's gradient, the batch's, the new value."""
    names = [f"dE/d{parameter.name}", f"{parameter.name}+"]
    if scene.many:
        names.insert(0, f"dE/d{parameter.name}[{scene.example}]")
    return [
        card(scene.spec, scene.trace, name, scene.example, scene.lang, scene.step) for name in names
    ]


def _latex(formulas: list[Card]) -> str:
    rows = [
        f"{formula.title_latex if at == 0 else ''} &{sign} {unmarked(line.latex)}"
        for formula in formulas
        for at, (sign, line) in enumerate(_equations(formula, r"\approx"))
    ]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _plain(formulas: list[Card]) -> str:
    return "\n".join(
        f"{formula.title if at == 0 else ' ' * len(formula.title)} {sign} {line.plain}"
        for formula in formulas
        for at, (sign, line) in enumerate(_equations(formula, "≈"))
    )


def _equations(formula: Card, nearly: str) -> Iterator[tuple[str, Line]]:
    """The lines that are mathematics, each with its sign."""
    for line in formula.lines:
        if line.label != "words":
            last = line.label == "result" and formula.relation == "≈"
            yield (nearly if last else "=", line)
