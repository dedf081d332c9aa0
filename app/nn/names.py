"""Every name a person meets, and the value behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np

from app.errors import NotFound
from app.nn.arrays import Ints
from app.nn.board import Blueprint, joint_output
from app.nn.neurons import Parts
from app.nn.passes import StepTrace
from app.nn.places import Finder, Phase, Place, find
from app.nn.spec import NetworkSpec

# Close matches are searched among all names only while that takes no time worth mentioning.
FEW = 500
# What is asked for by the names of parameters.
PARAMETER_KINDS = ("parameter", "series")


@dataclass(frozen=True)
class Names(Parts):
    """The names of one network; make it with `Names.of(spec)`."""

    @classmethod
    def of(cls, spec: NetworkSpec) -> Names:
        return names_of(spec)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Flat order: w1..wN, then the biases."""
        return tuple(self.parameter_name(index) for index in range(self.layout.size))

    def some_parameters(self, page: slice) -> tuple[list[str], list[str]]:
        """Names and structural addresses (w2.1.1, b1.2, shared b1) of a part of theta: in a large
        network all would take seconds.
        """
        indices = range(self.layout.size)[page]
        return [self.parameter_name(i) for i in indices], [self.address(i) for i in indices]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every name of `all`, as the columns of traced rows."""
        return tuple(self.all())

    def index(self, name: str) -> int:
        """The place of a parameter in theta, by name or address; NotFound otherwise."""
        index = self.parameter(name)
        if index is None:
            raise NotFound(self.unknown("parameter", name))
        return index

    def value(self, trace: StepTrace, name: str, example: int = 0) -> float:
        """The one value a name has in a step, for one example (row) of its batch.

        Parameters and the optimizer's memory are those before the update; with a `+` behind
        their name those after it. NotFound for an unknown name or example.
        """
        return self.find(trace.blueprint, name, example)[1].read(trace.board)

    def has(self, name: str) -> bool:
        return find(Finder(self, Blueprint.of(self.spec, 1), 0), name) is not None

    def phase(self, name: str) -> Phase:
        return self.find(Blueprint.of(self.spec, 1), name.split("[", maxsplit=1)[0], 0)[0]

    def find(self, drawing: Blueprint, name: str, example: int) -> tuple[Phase, Place]:
        """Where on a board a name's value is; NotFound for an unknown name or example."""
        if not 0 <= example < drawing.plan.rows:
            raise NotFound(
                f"Unknown example {example}. This batch has {drawing.plan.rows}, from 0."
            )
        return self.found(Finder(self, drawing, example), name)

    def found(self, finder: Finder, name: str) -> tuple[Phase, Place]:
        found = find(finder, name)
        if found is None:
            raise NotFound(self.unknown("name", name))
        return found

    def places(self, drawing: Blueprint, names: Sequence[str], example: int) -> Ints:
        """(C, 2): the pairs of cells whose products are the values of some names."""
        finder = Finder(self, drawing, example)
        found = (self.found(finder, name)[1] for name in names)
        return np.array([(place.first, place.second) for place in found], dtype=np.int64)

    def all(self) -> Iterator[str]:
        """Every name, in the order of computation; not its synonyms, nor one per example."""
        last = self.spec.depth
        yield from self.neurons[0]
        yield from (self.parameter_name(index) for index in range(self.layout.size))
        for name in chain.from_iterable(self.neurons[1:]):
            yield from (f"net_{name}", f"out_{name}")
        yield from (f"t_{name}" for name in self.neurons[last])
        yield from (f"E_{name}" for name in self.neurons[last])
        yield from ("E_total", "E_batch")
        for layer in range(last, 0, -1):
            yield from self.backward(layer)
        yield from self.update()

    def backward(self, layer: int) -> Iterator[str]:
        """The names of one layer's backward pass, neuron by neuron, then its shared bias."""
        joint = layer == self.spec.depth and joint_output(self.spec)
        if joint:  # every delta needs all of them
            yield from (f"dE/dout_{name}" for name in self.neurons[layer])
        for place, name in enumerate(self.neurons[layer], start=1):
            if layer < self.spec.depth:
                yield from (f"dnet_{to}/dout_{name}" for to in self.neurons[layer + 1])
            if layer == self.spec.depth - 1:
                yield from (f"dE_{to}/dout_{name}" for to in self.neurons[layer + 1])
            if joint:
                yield from (f"dout_{of}/dnet_{name}" for of in self.neurons[layer])
            else:
                yield from (f"dE/dout_{name}", f"dout_{name}/dnet_{name}")
            yield f"delta_{name}"
            for parameter in self.into(layer, place):
                yield from (f"dnet_{name}/d{parameter}", f"dE/d{parameter}")
        if self.spec.bias.mode == "shared":
            yield from (f"dnet_{name}/db{layer}" for name in self.neurons[layer])
            yield f"dE/db{layer}"

    def into(self, layer: int, place: int) -> Iterator[str]:
        """The weights that end in a neuron, and its own bias if it has one."""
        first = self.weight_index(layer, place, 1)
        for index in range(first, first + self.spec.sizes[layer - 1]):
            yield self.parameter_name(index)
        if self.spec.bias.mode == "per_neuron":
            yield self.parameter_name(self.bias_index(layer, place))

    def update(self) -> Iterator[str]:
        yield "learning_rate"
        for parameter in self.parameters:
            for kind in self.spec.memory:
                yield from (f"{kind}_{parameter}", f"{kind}_{parameter}+")
            yield f"{parameter}+"

    def unknown(self, kind: str, given: str) -> str:
        """The sentence for a wrong name: the culprit, a likely meaning, what names look like."""
        near = get_close_matches(given[:80], self.some(kind), n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        first, last = self.parameter_name(0), self.parameter_name(self.layout.size - 1)
        output = self.neuron_name(self.spec.depth, 1)
        examples = (
            f"{first}, {self.address(0)}, {last}"
            if kind in PARAMETER_KINDS
            else f"net_{output}, E_total, delta_{output}, dE/d{first}, {first}+"
        )
        return f"Unknown {kind} '{given[:80]}'.{hint} Known are names like {examples}."

    def some(self, kind: str) -> tuple[str, ...]:
        """The names to look for a near miss in: none in a large network."""
        if self.layout.size > FEW:
            return ()
        return self.parameters if kind in PARAMETER_KINDS else self.columns


@lru_cache(maxsize=256)
def names_of(spec: NetworkSpec) -> Names:
    return Names(spec, spec.layout)
