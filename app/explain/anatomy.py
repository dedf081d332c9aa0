"""Which neuron and which parameter a name means, and how they hang together.

Layers count from 0 (the inputs), positions within a layer from 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotFound
from app.nn.names import Names
from app.nn.spec import NetworkSpec


@dataclass(frozen=True, slots=True)
class Neuron:
    name: str
    layer: int
    position: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """A weight has a target and a source; a bias has no source, a shared one no target either."""

    name: str
    index: int
    layer: int
    target: Neuron | None
    source: Neuron | None

    @property
    def is_bias(self) -> bool:
        return self.source is None


@dataclass(frozen=True, slots=True)
class Anatomy:
    spec: NetworkSpec
    names: Names

    @classmethod
    def of(cls, spec: NetworkSpec) -> Anatomy:
        return cls(spec, Names.of(spec))

    def at(self, layer: int, position: int) -> Neuron:
        return Neuron(self.names.neuron_name(layer, position + 1), layer, position)

    def neuron(self, name: str) -> Neuron:
        """By name; raises NotFound."""
        found = self.names.neuron(name)
        if found is None:
            raise NotFound(self.names.unknown("name", name))
        return Neuron(name, found[0], found[1] - 1)

    def neurons(self, layer: int) -> list[Neuron]:
        return [self.at(layer, position) for position in range(self.spec.sizes[layer])]

    @property
    def outputs(self) -> list[Neuron]:
        return self.neurons(self.spec.depth)

    def is_output(self, neuron: Neuron) -> bool:
        return neuron.layer == self.spec.depth

    def fan_in(self, neuron: Neuron) -> int:
        """How many neurons feed this one."""
        return self.spec.sizes[neuron.layer - 1]

    def fan_out(self, neuron: Neuron) -> int:
        """How many neurons this one feeds."""
        return self.spec.sizes[neuron.layer + 1]

    def parameter(self, name: str) -> Parameter:
        """By name (w5, b_h1) or address (w2.1.1); raises NotFound."""
        return self.parameter_at(self.names.index(name))

    def parameter_at(self, index: int) -> Parameter:
        layer, target, source = self.names.ends(index)
        return Parameter(
            self.names.parameter_name(index),
            index,
            layer,
            None if target is None else self.at(layer, target - 1),
            None if source is None else self.at(layer - 1, source - 1),
        )

    def weight(self, target: Neuron, source: int) -> Parameter:
        """The weight into `target` from the neuron at position `source` of the layer below."""
        return self.parameter_at(
            self.names.weight_index(target.layer, target.position + 1, source + 1)
        )

    def bias(self, neuron: Neuron) -> Parameter | None:
        """The bias that is added to this neuron's sum; None with mode none."""
        if self.spec.bias.mode == "none":
            return None
        return self.parameter_at(self.names.bias_index(neuron.layer, neuron.position + 1))
