"""A grid of networks: every combination of what is varied, each a change of one base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

from app.errors import BadInput, Fault
from app.nn.spec import Choice, NetworkSpec
from app.services.creation import Draft
from app.services.edits import Patch, new_optimizer

AXES = ("hidden", "activation", "optimizer", "learning_rate", "seed")
"""In this order trials are numbered; the last varies fastest."""
REDRAWN = {"hidden", "seed"}
"""What is varied here asks for other starting parameters than the base's own."""
CULPRITS = (
    (r"/layers/\d+/activation", "activation"),
    (r"/layers(/.*)?", "hidden"),
    (r"/optimizer/learning_rate", "learning_rate"),
    (r"/optimizer(/.*)?", "optimizer"),
)
"""Which axis a fault of a specification comes from: the first that is varied."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What is varied; an axis that is not given stays as it is in the base."""

    hidden: Sequence[tuple[int, ...]] = ()
    activation: Sequence[str] = ()
    optimizer: Sequence[Choice] = ()
    learning_rate: Sequence[float] = ()
    seed: Sequence[int] = ()

    @property
    def axes(self) -> Mapping[str, Sequence[Any]]:
        """Those that are varied."""
        return {name: values for name in AXES if (values := getattr(self, name))}

    @property
    def size(self) -> int:
        return prod(len(values) for values in self.axes.values())


@dataclass(frozen=True, slots=True)
class Point:
    """One combination: `at` is the place of each choice on its axis."""

    at: Mapping[str, int]
    choices: Mapping[str, Any]
    draft: Draft

    @property
    def said(self) -> str:
        """In few words, e.g. 'hidden 4-4, learning_rate 0.1'."""
        return ", ".join(f"{name} {word(value)}" for name, value in self.choices.items())

    def pointer(self, given: str) -> str | None:
        """The place on an axis that a fault of the specification comes from; None: the base."""
        if given.startswith(f"/layers/{self.draft.spec.depth}/"):
            return None
        for pattern, axis in CULPRITS:
            if axis in self.at and re.fullmatch(pattern, given):
                return f"/grid/{axis}/{self.at[axis]}"
        return None


def word(value: object) -> str:
    if isinstance(value, Choice):
        return value.name
    if isinstance(value, tuple):
        return "-".join(map(str, value)) or "none"
    return str(value)


def points(base: Draft, grid: Grid) -> Iterator[Point]:
    axes = grid.axes
    for places in product(*(range(len(values)) for values in axes.values())):
        at = dict(zip(axes, places, strict=True))
        choices = {name: axes[name][place] for name, place in at.items()}
        yield Point(at, choices, varied(base, choices))


def varied(base: Draft, choices: Mapping[str, Any]) -> Draft:
    spec = base.spec
    if "hidden" in choices:
        spec = with_hidden(spec, choices["hidden"])
    if "activation" in choices:
        hidden = (choices["activation"],) * (spec.depth - 1)
        spec = replace(spec, activations=(*hidden, *spec.activations[-1:]))
    spec = replace(
        spec,
        optimizer=new_optimizer(spec.optimizer, optimizer_patch(choices)),
        seed=choices.get("seed", spec.seed),
    )
    if REDRAWN & choices.keys():
        return replace(base, spec=spec, weights=None, biases=None)
    return replace(base, spec=spec)


def with_hidden(spec: NetworkSpec, sizes: tuple[int, ...]) -> NetworkSpec:
    """Each layer keeps the activation that stood there; further ones take that of the last."""
    known = spec.activations[:-1] or ("sigmoid",)
    activations = [known[min(layer, len(known) - 1)] for layer in range(len(sizes))]
    return replace(
        spec,
        sizes=(spec.sizes[0], *sizes, spec.sizes[-1]),
        activations=(*activations, spec.activations[-1]),
    )


def optimizer_patch(choices: Mapping[str, Any]) -> Patch:
    chosen: Choice | None = choices.get("optimizer")
    rate = {key: choices[key] for key in ("learning_rate",) if key in choices}
    if chosen is None:
        return Patch(optimizer_options=rate)
    return Patch(optimizer_name=chosen.name, optimizer_options={**chosen.options, **rate})


def check_axes(base: NetworkSpec, grid: Grid) -> None:
    """Raises BadInput for what would give the same trial twice."""
    faults = [*repeated(grid), *rates_given_twice(grid), *activations_of_nothing(base, grid)]
    if not grid.axes:
        names = ", ".join(AXES)
        faults.append(Fault("/grid", "too-few", f"Vary at least one of {names}."))
    if faults:
        raise BadInput(faults)


def repeated(grid: Grid) -> Iterator[Fault]:
    for name, values in grid.axes.items():
        for place, value in enumerate(values):
            if value in values[:place]:
                yield Fault(f"/grid/{name}/{place}", "twice", "This stands there already.")


def rates_given_twice(grid: Grid) -> Iterator[Fault]:
    for place, choice in enumerate(grid.optimizer):
        if grid.learning_rate and "learning_rate" in choice.options:
            detail = "learning_rate is varied by itself; leave it out here, or there."
            yield Fault(f"/grid/optimizer/{place}/learning_rate", "twice", detail)


def activations_of_nothing(base: NetworkSpec, grid: Grid) -> Iterator[Fault]:
    layers = [len(sizes) for sizes in grid.hidden] or [base.depth - 1]
    if grid.activation and 0 in layers:
        detail = "A network without hidden layers has none to give an activation; vary one of both."
        yield Fault("/grid/activation", "conflict", detail)
